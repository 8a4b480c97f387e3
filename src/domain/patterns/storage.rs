//! Where stores are read and written: statements in SQL, query builders, methods of known libraries, and
//! calls of repositories.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::domain::census::{Act, Census, ItemNo, Region, Standing, Target};
use crate::domain::graph::{EdgeKind, ItemKind, Place};
use crate::domain::patterns::calls::Calls;
use crate::domain::patterns::ground::Ground;
use crate::domain::patterns::lookup::{Members, receivers};
use crate::domain::patterns::touch::libraries;
use crate::domain::patterns::{AccessForm, Port, StoreAccess, Touch};
use crate::domain::source::deeds::{ActForm, RegionForm, Sql, SqlVerb, TextForm};
use crate::domain::source::span::Span;
use crate::domain::source::symbols::Sym;

/// All accesses of production functions, by function and place; the scope of each is not known yet.
pub(super) fn accesses(
    ground: &Ground<'_>,
    touches: &[Touch],
    calls: &Calls,
    members: &Members,
    ports: &[Port],
) -> Vec<StoreAccess> {
    let methods = Methods::new(ground);
    let kept = kept(members, ports);
    let mut found: Vec<StoreAccess> = Vec::new();
    let repeating = ground.parameters.section("facts").words("repeating_calls");
    for item in functions(ground.census) {
        let mut own = statements(ground.census, item);
        own.extend(methods.of(ground, &touches[item.0 as usize], calls, item));
        for site in calls.of(item) {
            if let Some(form) = kept.get(&site.to) {
                own.push((site.place, *form, None));
            }
        }
        own.sort_by_key(|(place, form, _)| (*place, *form));
        own.dedup_by_key(|(place, ..)| *place);
        found.extend(own.into_iter().map(|(place, form, sql)| StoreAccess {
            item,
            place,
            form,
            sql,
            scope: None,
            in_loop: in_loop(ground.census, repeating, item, place.span),
        }));
    }
    found
}

/// Production functions, those that traits provide included.
pub fn functions(census: &Census<'_>) -> impl Iterator<Item = ItemNo> {
    census
        .item_nos()
        .filter(|item| census.is_function(*item) && census.item(*item).standing == Standing::Production)
}

/// Methods of repositories, and what implements them.
fn kept(members: &Members, ports: &[Port]) -> FxHashMap<ItemNo, AccessForm> {
    let mut kept = FxHashMap::default();
    for repository in ports.iter().filter_map(|port| port.repository.as_ref()) {
        let lookups = repository.lookups.iter().map(|method| (*method, AccessForm::Lookup));
        let stores = repository.stores.iter().map(|method| (*method, AccessForm::Store));
        for (method, form) in lookups.chain(stores) {
            for item in std::iter::once(&method).chain(members.implementing(method)) {
                kept.insert(*item, form);
            }
        }
    }
    kept
}

type Found = (Place, AccessForm, Option<Sql>);

/// Statements that stand in an item, or in constants that it names.
fn statements(census: &Census<'_>, item: ItemNo) -> Vec<Found> {
    let here = census.texts(item).iter().filter_map(|text| access(text.form, text.place));
    let named = census.uses(item).iter().filter(|used| used.kind == EdgeKind::Body).flat_map(|used| {
        let texts = match used.to {
            Target::Item(other) if is_constant(census, other) => census.texts(other),
            _ => &[],
        };
        texts.iter().filter_map(|text| access(text.form, used.place))
    });
    here.chain(named).collect()
}

fn is_constant(census: &Census<'_>, item: ItemNo) -> bool {
    matches!(census.item(item).kind, ItemKind::Const | ItemKind::Static | ItemKind::AssocConst)
}

fn access(form: TextForm, place: Place) -> Option<Found> {
    let TextForm::Sql(sql) = form else { return None };
    match sql.verb {
        SqlVerb::Read => Some((place, AccessForm::Read, Some(sql))),
        SqlVerb::Write => Some((place, AccessForm::Write, Some(sql))),
        SqlVerb::Begin | SqlVerb::Define => None,
    }
}

/// What methods of libraries do, by the library and the method.
struct Methods<'a> {
    known: FxHashMap<(&'a str, Sym), AccessForm>,
    /// Libraries whose functions write, with these.
    writing_calls: Vec<(&'a str, &'a [String])>,
    in_memory: FxHashSet<Sym>,
    writing_parts: FxHashSet<Sym>,
    /// Methods that carry out a statement which a call before them made.
    executing: FxHashSet<Sym>,
}

impl<'a> Methods<'a> {
    fn new(ground: &Ground<'a>) -> Self {
        let symbols = &ground.census.graph.symbols;
        let mut known = FxHashMap::default();
        for (section, form) in [("store_reads.", AccessForm::Read), ("store_writes.", AccessForm::Write)] {
            let mut lists: Vec<_> = ground
                .catalogue
                .lists
                .iter()
                .filter_map(|(name, list)| Some((name.strip_prefix(section)?, list)))
                .collect();
            lists.sort_unstable();
            for (library, names) in lists {
                known.extend(names.iter().filter_map(|name| Some(((library, symbols.get(name)?), form))));
            }
        }
        let facts = ground.parameters.section("facts");
        let words = |list: &str| facts.words(list).iter().filter_map(|word| symbols.get(word)).collect();
        let writing = facts.table("write_calls");
        Self {
            known,
            writing_calls: writing
                .entries
                .keys()
                .map(|krate| (krate.as_str(), writing.words(krate)))
                .collect(),
            in_memory: words("in_memory"),
            writing_parts: words("writing_parts"),
            executing: words("executing_calls"),
        }
    }

    fn of(&self, ground: &Ground<'_>, touch: &Touch, calls: &Calls, item: ItemNo) -> Vec<Found> {
        let census = ground.census;
        let mut libraries: Vec<&str> = libraries(touch).into_iter().collect();
        libraries.sort_unstable();
        let mut found = Vec::new();
        for used in census.uses(item).iter().filter(|used| used.kind == EdgeKind::Body) {
            let Some(outside) = census.outer(used.to) else { continue };
            let writes = |(library, names): &(&str, &[String])| {
                *library == outside.krate() && names.iter().any(|name| name == outside.last())
            };
            if self.writing_calls.iter().any(writes) {
                found.push((used.place, AccessForm::Write, None));
            }
        }
        if libraries.is_empty() {
            return found;
        }
        let mut made: Vec<u32> = found.iter().map(|(place, ..)| place.span.start).collect();
        for act in census.acts(item) {
            let ActForm::Method { name, on } = act.form else { continue };
            // `Entity::insert(row).exec(db)` is one write: each call is carried out once.
            if self.executing.contains(&name)
                && let Some(at) = made.iter().rposition(|start| *start < act.place.span.start)
            {
                made.remove(at);
                continue;
            }
            let form = libraries.iter().find_map(|library| self.known.get(&(*library, name)));
            if let Some(form) = form
                && self.may_be_store(ground, calls, item, act, on, *form)
            {
                found.push((act.place, *form, None));
            }
        }
        found
    }

    /// Whether nothing says that a method is called on something else than the store.
    fn may_be_store(
        &self,
        ground: &Ground<'_>,
        calls: &Calls,
        item: ItemNo,
        act: &Act,
        on: Option<Sym>,
        form: AccessForm,
    ) -> bool {
        let census = ground.census;
        if calls.of(item).iter().any(|site| site.place == act.place) {
            return false;
        }
        let Some(on) = on else { return true };
        if self.in_memory.contains(&on) || (form == AccessForm::Read && self.writing_parts.contains(&on)) {
            return false;
        }
        let mut declared = receivers(census, item, on).peekable();
        declared.peek().is_none()
            || declared.any(|receiver| match receiver.slot.core {
                Some(Target::Outside(outside)) => census.external(outside).is_driven(),
                Some(Target::Item(alias)) => census.item(alias).kind == ItemKind::TypeAlias,
                _ => {
                    receiver.slot.word.is_none()
                        || receiver.slot.seam != crate::domain::source::deeds::Seam::None
                }
            })
    }
}

/// Whether a place stands in a loop, or in a closure that runs for each element: that of a method which is
/// `repeating`.
pub fn in_loop(census: &Census<'_>, repeating: &[String], item: ItemNo, span: Span) -> bool {
    loop_around(census, repeating, item, span).is_some()
}

/// The smallest loop around a place, or closure that runs for each element.
pub fn loop_around<'c>(
    census: &'c Census<'_>,
    repeating: &[String],
    item: ItemNo,
    span: Span,
) -> Option<&'c Region> {
    let repeats = |region: &Region| match region.form {
        RegionForm::Loop => true,
        RegionForm::Closure => census.acts(item).iter().any(|act| match act.form {
            ActForm::Method { name, .. } => {
                repeating.iter().any(|word| word == census.word(name))
                    && is_argument(census, item, act.place.span, region.span)
            }
            _ => false,
        }),
        RegionForm::Arm(_) | RegionForm::Attempt(_) | RegionForm::Rest(_) => false,
    };
    census.around(item, span, repeats)
}

/// Whether a closure is an argument of the method of this name: the last one that is called before it,
/// and not far behind. `begin().map_err(|_| …)` hands nothing to `begin`.
pub fn is_argument(census: &Census<'_>, item: ItemNo, name: Span, closure: Span) -> bool {
    const REACH: u32 = 96;
    let near = closure.start >= name.end && closure.start - name.end <= REACH;
    let between = |act: &Act| {
        let at = act.place.span;
        matches!(act.form, ActForm::Method { .. }) && name.end <= at.start && at.end <= closure.start
    };
    near && !census.acts(item).iter().any(between)
}

/// How many of these places can be passed in one run: of branches that exclude each other the one with
/// most counts.
pub fn in_one_run(census: &Census<'_>, item: ItemNo, places: &[(Span, u32)]) -> Vec<bool> {
    let mut kept = vec![true; places.len()];
    let mut groups: FxHashMap<u32, Vec<Span>> = FxHashMap::default();
    for region in census.regions(item) {
        if let RegionForm::Arm(group) | RegionForm::Attempt(group) | RegionForm::Rest(group) = region.form {
            groups.entry(group).or_default().push(region.span);
        }
    }
    let mut groups: Vec<Vec<Span>> = groups.into_values().collect();
    // Inner branches first.
    groups.sort_unstable_by_key(|arms| {
        let whole = arms.iter().map(|arm| arm.end).max().unwrap_or(0)
            - arms.iter().map(|arm| arm.start).min().unwrap_or(0);
        (whole, arms.first().map(|arm| arm.start))
    });
    for arms in groups {
        let weight = |arm: &Span, kept: &[bool]| -> u32 {
            let within = places.iter().zip(kept).filter(|((place, _), kept)| **kept && arm.contains(*place));
            within.map(|((_, weight), _)| *weight).sum()
        };
        let mut best = None;
        for (at, arm) in arms.iter().enumerate() {
            let found = weight(arm, &kept);
            if best.is_none_or(|(_, most)| found > most) {
                best = Some((at, found));
            }
        }
        for (at, arm) in arms.iter().enumerate() {
            if best.is_some_and(|(best, _)| best != at) {
                for ((place, _), kept) in places.iter().zip(&mut kept) {
                    *kept &= !arm.contains(*place);
                }
            }
        }
    }
    kept
}
