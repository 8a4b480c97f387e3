//! `purity.no_indirect_leak`: how much of the domain reaches no infrastructure through other code.

use crate::domain::census::{Census, ItemNo, Target};
use crate::domain::graph::Place;
use crate::domain::indicators::measurement::Measurement;
use crate::domain::indicators::purity::home::{MISSING, is_missing};
use crate::domain::indicators::scene::Scene;
use crate::domain::indicators::tally::{Member, Tally};
use crate::domain::patterns::touch::counts_for;
use crate::domain::policy::model::IndicatorSpec;
use crate::domain::policy::role::Role;

/// Measures it.
pub fn measure(scene: &Scene<'_>, spec: &IndicatorSpec) -> Measurement {
    let census = scene.census;
    if is_missing(scene) {
        return Measurement::not_applicable(spec, MISSING);
    }
    let leaks = leaks(scene);
    let mut first: Vec<Option<(Place, ItemNo)>> = vec![None; census.items.len()];
    for item in census.item_nos().filter(|item| is_domain(scene, *item)) {
        let leak = outward(scene, item).find(|(_, to)| leaks[to.0 as usize]);
        let mut whole = item;
        while let Some(above) = counts_for(census, whole) {
            whole = above;
        }
        let slot = &mut first[whole.0 as usize];
        *slot = slot.or(leak);
    }
    let mut tally = Tally::new();
    let domain = census.counted().filter(|item| is_domain(scene, *item));
    for item in domain.filter(|item| !scene.patterns.is_empty_type(*item)) {
        let size = f64::from(census.item(item).size);
        let member = match first[item.0 as usize] {
            None => Member::good(census, item),
            Some((place, to)) => Member::bad(census, item, chain(scene, &leaks, to, spec)).at(place),
        };
        tally.add(member.sized(size));
    }
    tally.measure(
        scene,
        spec,
        "tokens of the domain reach no infrastructure through other code",
        "no module is the domain",
    )
}

fn is_domain(scene: &Scene<'_>, item: ItemNo) -> bool {
    scene.roles.of(scene.census, item) == Some(Role::Domain) && scene.census.is_production(item)
}

/// What an item names outside the domain, ports left out, in order of place.
fn outward<'a>(scene: &'a Scene<'_>, item: ItemNo) -> impl Iterator<Item = (Place, ItemNo)> + 'a {
    let census = scene.census;
    let uses = census.uses(item).iter().filter(|used| Census::is_own(used) && !used.test);
    uses.filter_map(move |used| match used.to {
        Target::Item(to) => {
            let fine =
                is_domain(scene, to) || !census.is_production(to) || scene.patterns.leads_to_port(used);
            (!fine).then_some((used.place, to))
        }
        _ => None,
    })
}

/// Whether each item outside the domain belongs to the outer parts, names infrastructure, or leads to
/// what does.
fn leaks(scene: &Scene<'_>) -> Vec<bool> {
    let census = scene.census;
    let mut named_by: Vec<Vec<ItemNo>> = vec![Vec::new(); census.items.len()];
    let mut open: Vec<ItemNo> = Vec::new();
    for item in census.item_nos().filter(|item| census.is_production(*item) && !is_domain(scene, *item)) {
        if scene.roles.is_outer(census, item) || scene.patterns.touch(item).any() {
            open.push(item);
        }
        for (_, to) in outward(scene, item) {
            named_by[to.0 as usize].push(item);
        }
    }
    let mut leaks = vec![false; census.items.len()];
    while let Some(item) = open.pop() {
        if !std::mem::replace(&mut leaks[item.0 as usize], true) {
            open.extend(&named_by[item.0 as usize]);
        }
    }
    leaks
}

/// Where it leads in the end.
fn chain(scene: &Scene<'_>, leaks: &[bool], first: ItemNo, spec: &IndicatorSpec) -> String {
    let census = scene.census;
    let mut at = first;
    let mut hops = 1;
    let ends = |item: ItemNo| scene.roles.is_outer(census, item) || scene.patterns.touch(item).any();
    while !ends(at) && hops < spec.constants.count("hops_shown") {
        match outward(scene, at).find(|(_, to)| leaks[to.0 as usize]) {
            Some((_, to)) => at = to,
            None => break,
        }
        hops += 1;
    }
    let touched = scene
        .patterns
        .touch(at)
        .infra
        .first()
        .map_or_else(|| census.name(at).to_owned(), |touch| touch.what.clone());
    format!("leads to `{touched}` through `{}`", census.name(first))
}
