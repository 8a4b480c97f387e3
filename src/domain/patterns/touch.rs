//! What each item touches of the outside: paths, macros, derives, attributes, statements in SQL, and
//! calls on fields and parameters that are clients of it.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::domain::census::outside::Outside;
use crate::domain::census::{Census, ItemNo, OutsideNo, Target};
use crate::domain::graph::{EdgeKind, ItemKind, Place};
use crate::domain::patterns::{InfraForm, InfraUse, Side, Touch};
use crate::domain::policy::catalogue::{Catalogue, Stance};
use crate::domain::source::deeds::{ActForm, TextForm};
use crate::domain::source::symbols::Sym;

/// Aliases of aliases are followed this deep.
pub(super) const MAX_ALIASES: u32 = 4;

/// What the touch of a statement in SQL is called.
pub const STATEMENT: &str = "an SQL statement";

/// What all items touch.
pub(super) fn touches(census: &Census<'_>, catalogue: &Catalogue) -> Vec<Touch> {
    let known: Vec<Kind> = census.outside.iter().map(|outside| Kind::of(catalogue, outside)).collect();
    let mut finder = Finder { census, known, aliases: FxHashMap::default(), clients: FxHashMap::default() };
    finder.clients = finder.clients();
    let mut touches = vec![Touch::default(); census.items.len()];
    for item in census.item_nos() {
        let mut found = finder.of(item);
        found.sort_by_key(|touch| (touch.place, touch.form));
        let mut whole = item;
        while let Some(above) = counts_for(census, whole) {
            touches[above.0 as usize].infra.extend(found.iter().cloned());
            whole = above;
        }
        touches[item.0 as usize].infra.extend(found);
    }
    for touch in &mut touches {
        touch.infra.sort_by_key(|touch| (touch.place, touch.form));
    }
    touches
}

/// The item whose text an item is part of: a variant stands in its enum, a required method in its
/// trait, a function in a body in that of another.
pub fn counts_for(census: &Census<'_>, item: ItemNo) -> Option<ItemNo> {
    let found = census.item(item);
    let holder = found.holder?;
    match found.kind {
        ItemKind::Variant | ItemKind::AssocConst | ItemKind::AssocType => Some(holder),
        ItemKind::Method => census.is_required(item).then_some(holder),
        _ => census.is_function(holder).then_some(holder),
    }
}

/// What naming something outside amounts to.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// It is no infrastructure.
    Free,
    /// It is.
    Infra,
    /// A derive or attribute that ties a type to a store, the command line or a wire.
    Persistence,
    /// One that ties it to how it is shown.
    Presentation,
}

impl Kind {
    fn of(catalogue: &Catalogue, outside: &Outside) -> Self {
        // A derive of a harmless crate may have a famous name: `pest`'s `Parser`.
        let harmless = outside.known && outside.domain == Stance::Allow;
        let is = |lists: &[&str]| lists.iter().any(|list| outside.is_one_of(catalogue.list(list)));
        let persistence = ["derives.persistence", "derives.cli", "derives.wire", "attributes.persistence"];
        match outside.is_infra() {
            _ if !harmless && is(&persistence) => Self::Persistence,
            _ if !harmless && is(&["derives.presentation", "attributes.presentation"]) => Self::Presentation,
            true => Self::Infra,
            false => Self::Free,
        }
    }
}

struct Finder<'c, 'g> {
    census: &'c Census<'g>,
    known: Vec<Kind>,
    aliases: FxHashMap<ItemNo, Option<OutsideNo>>,
    /// Fields and parameters that are infrastructure, by the item that declares them.
    clients: FxHashMap<ItemNo, Vec<(Sym, OutsideNo)>>,
}

impl Finder<'_, '_> {
    fn of(&mut self, item: ItemNo) -> Vec<InfraUse> {
        let mut found = Vec::new();
        let census = self.census;
        for used in census.uses(item).iter().filter(|used| Census::is_own(used)) {
            let outside = match used.to {
                Target::Outside(outside) => Some(outside),
                Target::Item(alias) => self.alias(alias, 0),
                Target::Module(_) => None,
            };
            let Some(outside) = outside else { continue };
            let form = match (used.kind, self.known[outside.0 as usize]) {
                (_, Kind::Free) | (EdgeKind::Impl, _) => continue,
                (EdgeKind::Derive | EdgeKind::Attribute, Kind::Persistence) => InfraForm::PersistenceDerive,
                (EdgeKind::Derive | EdgeKind::Attribute, Kind::Presentation) => InfraForm::PresentationDerive,
                // Only as derives and attributes do these names count for themselves.
                _ if !census.external(outside).is_infra() => continue,
                (EdgeKind::Derive | EdgeKind::Attribute, _) => InfraForm::Attribute,
                (EdgeKind::Signature, _) => InfraForm::Signature,
                (EdgeKind::Macro, _) => InfraForm::Macro,
                _ => InfraForm::Body,
            };
            found.push(infra(census.external(outside), used.place, form));
        }
        for text in census.texts(item) {
            if let TextForm::Sql(_) = text.form {
                found.push(statement(text.place));
            }
        }
        self.through_clients(item, &mut found);
        found
    }

    /// What an alias stands for, where that is infrastructure.
    fn alias(&mut self, item: ItemNo, depth: u32) -> Option<OutsideNo> {
        if self.census.item(item).kind != ItemKind::TypeAlias || depth > MAX_ALIASES {
            return None;
        }
        if let Some(known) = self.aliases.get(&item) {
            return *known;
        }
        let census = self.census;
        let mut found = None;
        for used in census.uses(item).iter().filter(|used| Census::is_own(used)) {
            found = found.or(match used.to {
                Target::Outside(outside) => {
                    (self.known[outside.0 as usize] == Kind::Infra).then_some(outside)
                }
                Target::Item(other) => self.alias(other, depth + 1),
                Target::Module(_) => None,
            });
        }
        self.aliases.insert(item, found);
        found
    }

    /// Fields and parameters that are infrastructure themselves.
    fn clients(&mut self) -> FxHashMap<ItemNo, Vec<(Sym, OutsideNo)>> {
        let mut clients: FxHashMap<ItemNo, Vec<(Sym, OutsideNo)>> = FxHashMap::default();
        let census = self.census;
        for item in census.item_nos() {
            let structure = matches!(census.item(item).kind, ItemKind::Struct | ItemKind::Union);
            if !structure && !census.is_function(item) {
                continue;
            }
            for slot in census.slots(item).iter().filter(|slot| census.word(slot.name) != "->") {
                let outside = match slot.core {
                    Some(Target::Outside(outside)) => Some(outside),
                    Some(Target::Item(alias)) => self.alias(alias, 0),
                    _ => None,
                };
                if let Some(outside) = outside.filter(|outside| census.external(*outside).is_infra()) {
                    clients.entry(item).or_default().push((slot.name, outside));
                }
            }
        }
        clients
    }

    /// `self.pool.begin()`: the pool is touched, though its type is not named here.
    fn through_clients(&self, item: ItemNo, found: &mut Vec<InfraUse>) {
        let census = self.census;
        if self.clients.is_empty() || !census.is_function(item) || census.acts(item).is_empty() {
            return;
        }
        let given = census.parameters(item).filter_map(|slot| match slot.core {
            Some(Target::Item(given)) => Some(given),
            _ => None,
        });
        let owners = std::iter::once(item).chain(census.self_item(item)).chain(given);
        let clients: Vec<(Sym, OutsideNo)> =
            owners.filter_map(|owner| self.clients.get(&owner)).flatten().copied().collect();
        if clients.is_empty() {
            return;
        }
        for act in census.acts(item) {
            let ActForm::Method { on: Some(on), .. } = act.form else { continue };
            if let Some((_, outside)) = clients.iter().find(|(name, _)| *name == on) {
                found.push(infra(census.external(*outside), act.place, InfraForm::Body));
            }
        }
    }
}

/// Libraries of which a set of touches speaks.
pub fn libraries(touch: &Touch) -> FxHashSet<&str> {
    touch.infra.iter().map(|touch| library(&touch.what)).collect()
}

/// The library of a path.
pub fn library(path: &str) -> &str {
    path.split("::").next().unwrap_or(path)
}

fn infra(outside: &Outside, place: Place, form: InfraForm) -> InfraUse {
    let side = match (outside.is_driven(), outside.is_driving()) {
        (true, _) => Side::Driven,
        (_, true) => Side::Driving,
        _ => Side::Neither,
    };
    InfraUse {
        place,
        what: outside.path.clone(),
        category: outside.category.clone(),
        family: outside.family.clone(),
        form,
        side,
    }
}

fn statement(place: Place) -> InfraUse {
    InfraUse {
        place,
        what: STATEMENT.to_owned(),
        category: "database_sql".to_owned(),
        family: "database".to_owned(),
        form: InfraForm::Sql,
        side: Side::Driven,
    }
}
