//! Units put into layers: by what their names say, or by who depends on whom.

use std::collections::BTreeMap;

use crate::domain::contracts::proposal::units::{Form, Unit, Units};
use crate::domain::contracts::proposal::words::{Part, looks, part, reading};
use crate::domain::contracts::proposal::{Proposed, Style};
use crate::domain::graph::cycles;

/// Keys of `[layers]` that no layer may be called.
const KEYS: [&str; 12] = [
    "order",
    "access",
    "unassigned",
    "level",
    "via",
    "kinds",
    "tests",
    "except",
    "because",
    "instead",
    "baseline",
    "test",
];

/// Two units that name each other at least this often, the lesser of the greater, are one layer: no
/// order between them would be true.
const ENTANGLED: f64 = 0.3;

/// A layer for each unit, in the order in which they depend on each other; those that nothing orders
/// stand side by side.
pub(super) fn by_rank(units: &Units) -> Vec<Vec<Proposed>> {
    let groups = entangled(units);
    let count = groups.iter().max().map_or(0, |most| most + 1);
    // A library's root names all that it holds and hands it on: its programs stand outside of it, the rest
    // inside. Nothing that either names says more of an order.
    let has_root = units.list.iter().any(|unit| unit.form == Form::Root);
    let is_root = |group: usize| members(units, &groups, group).any(|unit| unit.form == Form::Root);
    let is_above =
        |group: usize| has_root && members(units, &groups, group).all(|unit| unit.form == Form::Program);
    let mut edges: BTreeMap<(usize, usize), u32> = BTreeMap::new();
    for ((from, to), weight) in &units.edges {
        let (from, to) = (groups[*from], groups[*to]);
        if from != to && !is_root(from) && !is_root(to) && !is_above(from) {
            *edges.entry((from, to)).or_default() += weight;
        }
    }
    let costs: Vec<(usize, usize, u32)> =
        edges.iter().map(|((from, to), weight)| (*from, *to, *weight)).collect();
    let mut cut = vec![false; costs.len()];
    for cycle in cycles::find(&costs) {
        cycle.cut.into_iter().for_each(|edge| cut[edge] = true);
    }
    let kept: Vec<(usize, usize)> =
        costs.iter().zip(&cut).filter(|(_, cut)| !**cut).map(|((from, to, _), _)| (*from, *to)).collect();
    let mut rank = vec![0; count];
    // The longest way from the outside; without the cut there is no circle, so it ends.
    for _ in 0..count {
        for (from, to) in &kept {
            rank[*to] = rank[*to].max(rank[*from] + 1);
        }
    }
    let depth = rank.iter().max().copied().unwrap_or(0);
    let mut ranks: Vec<Vec<Proposed>> = vec![Vec::new(); depth + 3];
    for (group, rank) in rank.into_iter().enumerate() {
        let members: Vec<&Unit> = members(units, &groups, group).collect();
        let root = is_root(group);
        let at = match (is_above(group), root) {
            (true, _) => 0,
            (_, true) => 1,
            _ => rank + 2,
        };
        let used = root
            && units
                .edges
                .keys()
                .any(|(from, to)| groups[*to] == group && units.list[*from].form == Form::Part);
        ranks[at].push(Proposed {
            name: name(&members),
            modules: selectors(&members),
            shared: used,
            ..Proposed::default()
        });
    }
    tidy(ranks)
}

fn members<'a>(units: &'a Units, groups: &'a [usize], group: usize) -> impl Iterator<Item = &'a Unit> {
    (0..groups.len()).filter(move |at| groups[*at] == group).map(|at| &units.list[at])
}

/// The group of each unit: units that name each other about as often are one.
fn entangled(units: &Units) -> Vec<usize> {
    let mut group: Vec<usize> = (0..units.list.len()).collect();
    // The library and the programs of one package are one.
    for (at, unit) in units.list.iter().enumerate().filter(|(_, unit)| unit.package.is_some()) {
        group[at] = units.list.iter().position(|first| first.package == unit.package).unwrap_or(at);
    }
    for ((from, to), weight) in &units.edges {
        let back = units.weight(*to, *from);
        let (less, more) = ((*weight).min(back), (*weight).max(back));
        let parts = [*from, *to].iter().all(|at| units.list[*at].form == Form::Part);
        if parts && f64::from(less) >= ENTANGLED * f64::from(more) && less > 0 {
            let (keep, gone) = (group[*from].min(group[*to]), group[*from].max(group[*to]));
            group.iter_mut().filter(|one| **one == gone).for_each(|one| *one = keep);
        }
    }
    let mut numbers: Vec<usize> = group.clone();
    numbers.sort_unstable();
    numbers.dedup();
    group.iter().map(|one| numbers.partition_point(|known| known < one)).collect()
}

/// A layer for each part that names stand for. Units whose names say nothing go where they break the
/// fewest dependencies, inner layers first.
pub(super) fn by_role(units: &Units, style: Style) -> Vec<Vec<Proposed>> {
    let layers: &[&[(Part, &str)]] = match style {
        Style::Layered => &[
            &[(Part::Composition, "composition")],
            &[(Part::Driving, "presentation")],
            &[(Part::Application, "business"), (Part::Domain, "business")],
            &[(Part::Driven, "persistence")],
            &[(Part::Shared, "shared")],
        ],
        Style::Hexagonal => &[
            &[(Part::Composition, "composition")],
            &[(Part::Driving, "driving"), (Part::Driven, "driven")],
            &[(Part::Application, "application")],
            &[(Part::Domain, "domain")],
            &[(Part::Shared, "shared")],
        ],
        _ => &[
            &[(Part::Composition, "composition")],
            &[(Part::Driving, "entrypoints")],
            &[(Part::Driven, "adapters")],
            &[(Part::Application, "application")],
            &[(Part::Domain, "domain")],
            &[(Part::Shared, "shared")],
        ],
    };
    let place = |wanted: Part| {
        let found = layers.iter().enumerate().find_map(|(rank, beside)| {
            beside.iter().find(|(part, _)| *part == wanted).map(|(_, name)| (rank, *name))
        });
        found.unwrap_or((0, "composition"))
    };
    let mut placed: Vec<Option<(usize, &str)>> =
        units.list.iter().map(|unit| part(unit).or_else(|| undisputed(unit)).map(place)).collect();
    place_readings(units, place, &mut placed);
    let choices: Vec<(usize, &str)> = match style {
        // What names no technology is no persistence, unless persistence alone may use it.
        Style::Layered => {
            vec![Part::Domain, Part::Shared, Part::Driven, Part::Driving, Part::Composition]
        }
        // What is small and used by all is called so.
        _ => vec![Part::Domain, Part::Application, Part::Driven, Part::Driving, Part::Composition],
    }
    .into_iter()
    .map(place)
    .collect();
    let mut open: Vec<usize> = (0..units.list.len()).filter(|at| placed[*at].is_none()).collect();
    open.sort_by_key(|at| std::cmp::Reverse(units.list[*at].modules));
    for unit in open {
        // The first of equals: what it looks like, then what nothing outer needs to hold stays inside.
        let (looks, speaks) = (looks(&units.list[unit]), by_technology(&units.list[unit]));
        let own = looks.into_iter().chain(speaks).map(place);
        let others = if speaks.is_some() { &[][..] } else { &choices[..] };
        placed[unit] =
            own.chain(others.iter().copied()).min_by_key(|choice| broken(units, &placed, unit, *choice));
    }
    let mut ranks: Vec<Vec<Proposed>> = vec![Vec::new(); layers.len()];
    for (unit, place) in units.list.iter().zip(placed) {
        let Some((rank, name)) = place else { continue };
        let known = ranks[rank].iter().position(|layer| layer.name == name);
        let at = known.unwrap_or(ranks[rank].len());
        if known.is_none() {
            ranks[rank].push(Proposed { name: name.to_owned(), ..Proposed::default() });
        }
        ranks[rank][at].modules.extend(unit.selectors.iter().cloned());
    }
    // A root that defines what others use is shared by all, and stands for itself.
    let root = units.list.iter().position(|unit| unit.form == Form::Root);
    if let Some(root) = root
        && units.edges.keys().any(|(from, to)| *to == root && units.list[*from].form == Form::Part)
    {
        let own = units.list[root].selectors.clone();
        for layer in &mut ranks[0] {
            layer.modules.retain(|selector| !own.contains(selector));
        }
        ranks.insert(
            0,
            vec![Proposed { name: "root".to_owned(), modules: own, shared: true, ..Proposed::default() }],
        );
    }
    tidy(ranks)
}

/// A layer: its rank and its name.
type Place<'a> = (usize, &'a str);

/// Names that may be read in two ways are read in the one that breaks less, the first of equals.
fn place_readings<'a>(units: &Units, place: impl Fn(Part) -> Place<'a>, placed: &mut [Option<Place<'a>>]) {
    for (at, unit) in units.list.iter().enumerate() {
        if let Some(either) = reading(unit, by_technology(unit)) {
            let places = either.into_iter().map(&place);
            placed[at] = places.min_by_key(|choice| broken(units, placed, at, *choice));
        }
    }
}

/// How often dependencies of a unit would point against the order, if it stood there.
fn broken(units: &Units, placed: &[Option<Place<'_>>], unit: usize, place: Place<'_>) -> u32 {
    let breaks = |outer: Place<'_>, inner: Place<'_>| outer != inner && inner.0 <= outer.0;
    let edges = units.edges.iter();
    edges
        .map(|((from, to), weight)| match (placed[*from], placed[*to]) {
            (_, Some(target)) if *from == unit && breaks(place, target) => *weight,
            (Some(source), _) if *to == unit && breaks(source, place) => *weight,
            _ => 0,
        })
        .sum()
}

/// The part of which the technology that a unit names speaks, and what it looks like does not say
/// otherwise.
fn undisputed(unit: &Unit) -> Option<Part> {
    by_technology(unit).filter(|part| looks(unit).is_none_or(|other| other == *part))
}

/// The part that the technology a unit names speaks of.
fn by_technology(unit: &Unit) -> Option<Part> {
    match unit.votes {
        (0, 0) => None,
        (driven, driving) if driven >= driving => Some(Part::Driven),
        _ => Some(Part::Driving),
    }
}

/// The names of some units, as one.
fn name(members: &[&Unit]) -> String {
    if let Some(package) = members.first().and_then(|unit| unit.package.as_ref())
        && members.iter().all(|unit| unit.package.as_ref() == Some(package))
    {
        return package.clone();
    }
    let mut sorted = members.to_vec();
    sorted.sort_by(|a, b| b.modules.cmp(&a.modules).then_with(|| a.name.cmp(&b.name)));
    let names: Vec<&str> = sorted.iter().take(2).map(|unit| unit.name.as_str()).collect();
    match members.len() {
        0..=2 => names.join("-"),
        _ => format!("{}-and-{}-more", names[0], members.len() - 1),
    }
}

fn selectors(members: &[&Unit]) -> Vec<String> {
    let mut selectors: Vec<String> = members.iter().flat_map(|unit| unit.selectors.iter().cloned()).collect();
    selectors.sort();
    selectors
}

/// Without empty layers and ranks, and with names that are keys and stand once.
fn tidy(ranks: Vec<Vec<Proposed>>) -> Vec<Vec<Proposed>> {
    let mut seen: Vec<String> = Vec::new();
    let mut tidy: Vec<Vec<Proposed>> = Vec::new();
    for rank in ranks {
        let mut layers: Vec<Proposed> = rank.into_iter().filter(|layer| !layer.modules.is_empty()).collect();
        layers.sort_by(|a, b| a.name.cmp(&b.name));
        for layer in &mut layers {
            let key = |c: char| if c.is_ascii_alphanumeric() || c == '_' || c == '-' { c } else { '-' };
            let mut name: String = layer.name.chars().map(key).collect();
            while seen.contains(&name) || KEYS.contains(&name.as_str()) {
                name.push_str("-layer");
            }
            seen.push(name.clone());
            layer.name = name;
        }
        if !layers.is_empty() {
            tidy.push(layers);
        }
    }
    tidy
}

#[cfg(test)]
mod tests;
