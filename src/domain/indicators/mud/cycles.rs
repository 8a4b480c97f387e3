//! `mud.cycles`: how much of the code stands in components that all reach each other.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use crate::domain::census::{Census, ItemNo, Standing, Target, Use};
use crate::domain::graph::Place;
use crate::domain::graph::adjacency::Adjacency;
use crate::domain::graph::components::components;
use crate::domain::indicators::measurement::Measurement;
use crate::domain::indicators::mud::components::{Components, lineage};
use crate::domain::indicators::scene::Scene;
use crate::domain::indicators::tally::{Member, Tally};
use crate::domain::policy::model::IndicatorSpec;

/// Measures it.
pub fn measure(scene: &Scene<'_>, spec: &IndicatorSpec) -> Measurement {
    let census = scene.census;
    let parts = Components::of(census, spec.constants.number("split_above"));
    let edges = edges(census, &parts);
    let pairs = edges.keys().copied();
    let circles = components(&Adjacency::new(parts.modules.len(), pairs));
    let mut circle: Vec<Option<usize>> = vec![None; parts.modules.len()];
    for (at, members) in circles.iter().enumerate().filter(|(_, members)| members.len() > 1) {
        members.iter().for_each(|member| circle[*member as usize] = Some(at));
    }
    let mut tally = Tally::of_facts();
    for (at, first) in parts.first.iter().enumerate() {
        let Some(first) = first else { continue };
        let size = parts.sizes[at];
        let own = edges.range((at as u32, 0)..=(at as u32, u32::MAX));
        let back =
            own.into_iter().find(|((_, to), _)| circle[at].is_some() && circle[at] == circle[*to as usize]);
        let member = match back {
            None => Member::good(census, *first),
            Some(((_, to), (item, place))) => {
                let other = census.target_word(Target::Module(parts.modules[*to as usize]));
                Member::bad(census, *item, format!("stands in a circle with `{other}`")).at(*place)
            }
        };
        tally.add(member.sized(size));
    }
    tally.measure_bad(
        scene,
        spec,
        "tokens stand in components that use each other",
        "there is only the root of a crate",
    )
}

/// Which component uses which, with the first item and place that show it; parents and their
/// descendants left out.
fn edges(census: &Census<'_>, parts: &Components) -> BTreeMap<(u32, u32), (ItemNo, Place)> {
    let mut edges: FxHashMap<(u32, u32), (ItemNo, Place)> = FxHashMap::default();
    let mut note = |from: Option<u32>, item: ItemNo, uses: &[Use]| {
        let Some(from) = from else { return };
        for used in uses.iter().filter(|used| Census::is_own(used) && !used.test) {
            let Target::Item(to) = used.to else { continue };
            let Some(to) =
                parts.at(census, to).filter(|to| *to != from && census.is_production(to_item(used)))
            else {
                continue;
            };
            edges.entry((from, to)).or_insert((item, used.place));
        }
    };
    for item in census.item_nos().filter(|item| census.is_production(*item)) {
        note(parts.at(census, item), item, census.uses(item));
    }
    for block in census.impl_nos() {
        let found = census.block(block);
        if let (Standing::Production, Some(first)) = (found.standing, found.methods.first()) {
            note(parts.of[found.module.0 as usize], *first, census.impl_uses(block));
        }
    }
    let related = |a: u32, b: u32| {
        let (a, b) = (parts.modules[a as usize], parts.modules[b as usize]);
        lineage(census, a).contains(&b) || lineage(census, b).contains(&a)
    };
    edges.into_iter().filter(|((from, to), _)| !related(*from, *to)).collect()
}

fn to_item(used: &Use) -> ItemNo {
    match used.to {
        Target::Item(item) => item,
        _ => ItemNo(0),
    }
}
