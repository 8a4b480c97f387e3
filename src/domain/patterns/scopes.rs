//! Where things are done all or not at all: transactions in all the ways that Rust has for them.

use rustc_hash::FxHashSet;

use crate::domain::census::{Act, Census, ItemNo, Slot, Target};
use crate::domain::graph::{ItemKind, Place};
use crate::domain::patterns::calls::Calls;
use crate::domain::patterns::ground::Ground;
use crate::domain::patterns::lookup::Members;
use crate::domain::patterns::storage::{functions, is_argument};
use crate::domain::patterns::touch::MAX_ALIASES;
use crate::domain::patterns::{AccessForm, Scope, ScopeForm, StoreAccess, Touch};
use crate::domain::source::deeds::{ActForm, RegionForm, Seam};
use crate::domain::source::facts::ItemMarks;
use crate::domain::source::span::Span;
use crate::domain::source::symbols::Sym;

/// All scopes of production functions, by function and place. Gives each access the scope around it.
pub(super) fn scopes(
    ground: &Ground<'_>,
    touches: &[Touch],
    calls: &Calls,
    members: &Members,
    accesses: &mut [StoreAccess],
) -> Vec<Scope> {
    let census = ground.census;
    let stores = ground.parameters.stores();
    let keeps = touches.iter().any(|touch| stores.iter().any(|family| touch.family(family)));
    let finder = Finder { ground, touches, calls, units: units(ground, members), keeps };
    let mut found: Vec<Scope> = Vec::new();
    let writers: FxHashSet<ItemNo> =
        accesses.iter().filter(|access| writes(access)).map(|access| access.item).collect();
    for item in functions(census) {
        let first = found.len();
        finder.of(item, &mut found);
        if found.len() == first {
            continue;
        }
        found[first..].sort_by_key(|scope| (scope.place, scope.form));
        let from = accesses.partition_point(|access| access.item < item);
        let to = accesses.partition_point(|access| access.item <= item);
        for (at, scope) in found.iter_mut().enumerate().skip(first) {
            let extent = extent(census, ground.catalogue.list("transactions.commits"), scope);
            for access in accesses[from..to].iter_mut().filter(|access| extent.contains(access.place.span)) {
                access.scope = Some(at);
                scope.writes |= writes(access);
            }
            let handed = calls.of(item).iter().filter(|site| extent.contains(site.place.span));
            scope.writes |= handed.into_iter().any(|site| writers.contains(&site.to));
        }
    }
    found
}

/// Whether an access changes what is stored.
pub fn writes(access: &StoreAccess) -> bool {
    matches!(access.form, AccessForm::Write | AccessForm::Store)
}

/// The text in which a scope holds.
pub fn extent(census: &Census<'_>, commits: &[String], scope: &Scope) -> Span {
    let whole = census.item(scope.item).span;
    match scope.form {
        ScopeForm::Parameter => whole,
        ScopeForm::Closure => closure_after(census, scope.item, scope.place.span).unwrap_or(scope.place.span),
        ScopeForm::Begin | ScopeForm::UnitOfWork => {
            let ends = census.acts(scope.item).iter().filter(|act| is_named(census, act, commits));
            let end = ends.map(|act| act.place.span.end).filter(|end| *end > scope.place.span.end).max();
            Span::new(scope.place.span.start, end.unwrap_or(whole.end))
        }
    }
}

fn is_named(census: &Census<'_>, act: &Act, names: &[String]) -> bool {
    matches!(act.form, ActForm::Method { name, .. } if names.iter().any(|word| word == census.word(name)))
}

/// The closure that is the argument of a call.
fn closure_after(census: &Census<'_>, item: ItemNo, name: Span) -> Option<Span> {
    let closures = census.regions(item).iter().filter(|region| region.form == RegionForm::Closure);
    closures.map(|region| region.span).filter(|span| is_argument(census, item, name, *span)).min()
}

/// Types and traits that stand for a unit of work: they commit.
fn units(ground: &Ground<'_>, members: &Members) -> FxHashSet<ItemNo> {
    let (census, words) = (ground.census, ground.parameters.section("uow"));
    let symbols = &census.graph.symbols;
    let known =
        |key: &str| -> Vec<Sym> { words.words(key).iter().filter_map(|name| symbols.get(name)).collect() };
    let (commits, ends, runs) = (known("commits"), known("other_ends"), known("runs"));
    let has = |item: ItemNo, names: &[Sym]| names.iter().any(|name| !members.named(item, *name).is_empty());
    let wears = |item: ItemNo, key: &str| words.is_within(key, census.name(item));
    census
        .item_nos()
        .filter(|item| census.is_production(*item))
        .filter(|item| census.is_data(*item) || census.item(*item).kind == ItemKind::Trait)
        .filter(|item| {
            has(*item, &commits) && (wears(*item, "unit_words") || has(*item, &ends))
                || wears(*item, "sure_unit_words") && has(*item, &runs)
                || words.is_end_of("unit_suffixes", census.name(*item))
        })
        .collect()
}

struct Finder<'a, 'g> {
    ground: &'a Ground<'g>,
    touches: &'a [Touch],
    calls: &'a Calls,
    units: FxHashSet<ItemNo>,
    /// Whether anything is kept in a store.
    keeps: bool,
}

impl Finder<'_, '_> {
    fn of(&self, item: ItemNo, found: &mut Vec<Scope>) {
        let census = self.ground.census;
        let commits = self.ground.catalogue.list("transactions.commits");
        let begins = self.ground.catalogue.list("transactions.begins");
        let touch = &self.touches[item.0 as usize];
        let stores = self.ground.parameters.stores().iter().any(|family| touch.family(family));
        let committed = census.acts(item).iter().any(|act| is_named(census, act, commits));
        // What begins and commits is a transaction, whoever hands out the pool.
        let sure = self.ground.parameters.section("uow").words("commits");
        let opens = stores || self.keeps && census.acts(item).iter().any(|act| is_named(census, act, sure));
        for act in census.acts(item).iter().filter(|act| opens && is_named(census, act, begins)) {
            if self.calls.of(item).iter().any(|site| site.place == act.place) {
                continue;
            }
            let form = match closure_after(census, item, act.place.span) {
                Some(_) => ScopeForm::Closure,
                None => ScopeForm::Begin,
            };
            let committed = form == ScopeForm::Closure || committed || self.hands_on(item);
            found.push(Scope { item, place: act.place, form, committed, writes: false });
        }
        if let Some(scope) = self.unit(item, committed) {
            found.push(scope);
        }
        if let Some(place) = self.given(item) {
            found.push(Scope { item, place, form: ScopeForm::Parameter, committed: true, writes: false });
        }
    }

    /// A call that opens, runs or commits a unit of work.
    fn unit(&self, item: ItemNo, committed: bool) -> Option<Scope> {
        let census = self.ground.census;
        if self.units.is_empty() {
            return None;
        }
        // The unit's own methods are how it is done, not where.
        if census.self_item(item).is_some_and(|own| self.units.contains(&own)) {
            return None;
        }
        let of_unit = |to: ItemNo| {
            let holder = if census.is_required(to) { census.item(to).holder } else { census.self_item(to) };
            holder.is_some_and(|holder| self.units.contains(&holder))
        };
        let gives_unit = |to: ItemNo| match census.result(to).and_then(|slot| slot.core) {
            Some(Target::Item(core)) => self.units.contains(&core),
            _ => false,
        };
        let opens = |to: ItemNo| {
            let begins = self.ground.catalogue.list("transactions.begins");
            let runners = self.ground.catalogue.list("transactions.runners");
            let commits = self.ground.catalogue.list("transactions.commits");
            let name = census.name(to);
            let has = |list: &[String]| list.iter().any(|word| word == name);
            gives_unit(to) || of_unit(to) && (has(begins) || has(runners) || has(commits))
        };
        let site = self.calls.of(item).iter().find(|site| opens(site.to))?;
        let form = ScopeForm::UnitOfWork;
        let runs = closure_after(census, item, site.place.span).is_some();
        Some(Scope {
            item,
            place: site.place,
            form,
            committed: committed || runs || self.hands_on(item),
            writes: false,
        })
    }

    /// A parameter that is a transaction, or a unit of work.
    fn given(&self, item: ItemNo) -> Option<Place> {
        let census = self.ground.census;
        let words = self.ground.parameters.section("uow");
        let is_open = |slot: &Slot| match slot.seam {
            // `fn book<Tx>(rooms: &impl Rooms<Tx = Tx>, tx: &mut Tx)`.
            Seam::Generic(parameter) => words.lists("associated_types", census.word(parameter)),
            _ => false,
        };
        let mut given = census.parameters(item).filter(|slot| is_open(slot) || self.is_given(slot, 0));
        given.next().map(|slot| slot.place)
    }

    /// Whether the type of a slot is a transaction, or a unit of work, under whatever name.
    fn is_given(&self, slot: &Slot, depth: u32) -> bool {
        let census = self.ground.census;
        let types = self.ground.catalogue.list("transactions.types");
        let is_one = |target: Target| match target {
            Target::Outside(outside) => {
                let outside = census.external(outside);
                outside.family == "database" && types.iter().any(|word| word == outside.last())
            }
            Target::Item(core) if census.item(core).kind == ItemKind::TypeAlias && depth < MAX_ALIASES => {
                census.slots(core).iter().any(|meant| self.is_given(meant, depth + 1))
            }
            Target::Item(core) => self.units.contains(&core),
            Target::Module(_) => false,
        };
        census.types(slot).iter().filter_map(|part| part.target).chain(slot.core).any(is_one)
    }

    /// Whether a function gives the transaction back to its caller.
    fn hands_on(&self, item: ItemNo) -> bool {
        let census = self.ground.census;
        let types = self.ground.catalogue.list("transactions.types");
        let names = |slot: &Slot| {
            let words = census.types(slot).iter().map(|part| part.word).chain(slot.word);
            words.into_iter().any(|word| types.iter().any(|name| name == census.word(word)))
        };
        // `Next::Go(transaction)`: what is given back may hold it.
        let holds = |core: ItemNo| {
            let beside = census.module(census.item(core).module).items.iter().copied();
            let parts = beside.filter(|part| *part == core || census.item(*part).holder == Some(core));
            parts.filter(|part| !census.is_function(*part)).any(|part| census.slots(part).iter().any(names))
        };
        let in_result = census.result(item).is_some_and(|slot| {
            let layers = census.types(slot).iter().filter_map(|part| part.target).chain(slot.core);
            let own = layers.into_iter().any(
                |target| matches!(target, Target::Item(core) if self.units.contains(&core) || holds(core)),
            );
            names(slot) || own
        });
        // A constructor of a unit of work keeps it.
        let constructs = census.self_item(item).is_some_and(|own| self.units.contains(&own))
            && !census.item(item).marks.has(ItemMarks::RECEIVER);
        in_result || constructs
    }
}
