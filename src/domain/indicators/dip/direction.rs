//! `dip.direction`: of all pairs of items that cross the border of the core, how many point inwards.

use std::collections::BTreeMap;

use crate::domain::census::{Census, ImplNo, ItemNo, Standing, Target, Use};
use crate::domain::graph::Place;
use crate::domain::indicators::dip::reach::{MISSING, is_missing};
use crate::domain::indicators::measurement::Measurement;
use crate::domain::indicators::scene::Scene;
use crate::domain::indicators::tally::{Member, Tally};
use crate::domain::patterns::Direction;
use crate::domain::policy::model::IndicatorSpec;

/// Measures it.
pub fn measure(scene: &Scene<'_>, spec: &IndicatorSpec) -> Measurement {
    if is_missing(scene) {
        return Measurement::not_applicable(spec, MISSING);
    }
    let census = scene.census;
    let mut tally = Tally::new();
    for ((from, to), place) in pairs(scene) {
        if scene.roles.is_outer(census, from) {
            tally.add(Member::good(census, from));
        } else {
            let role = scene.roles.of(census, to).map_or("outside", |role| role.word());
            let fact = format!("names `{}` of the {role} code", census.name(to));
            tally.add(Member::bad(census, from, fact).at(place));
        }
    }
    tally.measure(
        scene,
        spec,
        "pairs of items across the border of the core point inwards",
        "nothing crosses the border of the core",
    )
}

/// Pairs of items on both sides of the border, each with the first place that shows it. What leads to a
/// method or a variant leads to its type; what leads from the core to a driven port crosses no border.
fn pairs(scene: &Scene<'_>) -> BTreeMap<(ItemNo, ItemNo), Place> {
    let census = scene.census;
    let mut pairs: BTreeMap<(ItemNo, ItemNo), Place> = BTreeMap::new();
    let ports: Vec<ItemNo> = scene
        .patterns
        .ports
        .iter()
        .filter(|port| port.direction == Direction::Driven)
        .flat_map(|port| port.traits.iter().copied())
        .collect();
    let mut note = |from: ItemNo, uses: &[Use]| {
        for used in uses.iter().filter(|used| !used.test && Census::is_own(used)) {
            let Target::Item(to) = used.to else { continue };
            let to = owner(census, to);
            let (inner, outer) = (scene.roles.is_core(census, from), scene.roles.is_outer(census, to));
            let outward = inner && outer && !ports.contains(&to) && !scene.patterns.is_mere_name(census, to);
            let inward = scene.roles.is_outer(census, from) && scene.roles.is_core(census, to);
            if (outward || inward) && census.is_production(to) {
                pairs.entry((from, to)).or_insert(used.place);
            }
        }
    };
    for item in census.item_nos().filter(|item| census.is_production(*item)) {
        note(source(census, item), census.uses(item));
    }
    for number in 0..census.impls.len() as u32 {
        let block = census.block(ImplNo(number));
        if block.standing != Standing::Production {
            continue;
        }
        // What an adapter implements for a type of the core is the adapter's word.
        let own = match block.self_type {
            Some(Target::Item(own)) if census.item(own).module == block.module => Some(own),
            Some(_) => block.methods.first().copied(),
            None => None,
        };
        if let Some(own) = own {
            note(own, census.impl_uses(ImplNo(number)));
        }
    }
    pairs
}

/// What a name leads to: the type of a method or of a variant.
fn owner(census: &Census<'_>, item: ItemNo) -> ItemNo {
    let whole = census.whole(item);
    census.self_item(whole).unwrap_or(whole)
}

/// What names something: a function for what stands in it, an enum for its variants.
fn source(census: &Census<'_>, item: ItemNo) -> ItemNo {
    census.whole(item)
}
