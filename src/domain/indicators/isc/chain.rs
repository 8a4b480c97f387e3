//! `isc.chain`: how many requests can only be served while another service is up.

use rustc_hash::FxHashSet;

use crate::domain::census::ItemNo;
use crate::domain::indicators::isc::calls::{Call, outbound};
use crate::domain::indicators::measurement::Measurement;
use crate::domain::indicators::scene::Scene;
use crate::domain::indicators::tally::{Member, Tally};
use crate::domain::patterns::Driver;
use crate::domain::patterns::lookup::Members;
use crate::domain::policy::model::IndicatorSpec;

/// Measures it.
pub fn measure(scene: &Scene<'_>, spec: &IndicatorSpec) -> Measurement {
    let census = scene.census;
    let mut tally = Tally::new();
    for (entry, call) in waiting(scene, spec.constants.count("calls")) {
        tally.add(match call {
            None => Member::good(census, entry),
            Some(call) => {
                let fact = format!("waits for another service in `{}`", census.name(call.item));
                Member::bad(census, entry, fact)
            }
        });
    }
    tally.measure_bad(scene, spec, "requests wait for another service", "no requests are served")
}

/// What serves requests, each with the call of another service that it reaches in so many steps, if any;
/// gateways are left out.
pub fn waiting(scene: &Scene<'_>, steps: u32) -> Vec<(ItemNo, Option<Call>)> {
    let census = scene.census;
    let technical = scene.parameters.section("services").words("technical");
    let calls = outbound(scene);
    let calling: FxHashSet<ItemNo> = calls.iter().map(|call| call.item).collect();
    let members = Members::new(census);
    let mut waiting = Vec::new();
    for entrypoint in &scene.patterns.entrypoints {
        let serves = matches!(entrypoint.by, Driver::Http | Driver::Rpc | Driver::GraphQl);
        let id = census.id(entrypoint.item);
        if !serves || technical.iter().any(|module| id.starts_with(module.as_str())) {
            continue;
        }
        let to = reached(scene, &members, entrypoint.item, &calling, steps);
        let call = to.and_then(|to| calls.iter().find(|call| call.item == to).cloned());
        waiting.push((entrypoint.item, call));
    }
    waiting
}

/// The call of another service that a function reaches in a few steps; a port leads to what implements it.
fn reached(
    scene: &Scene<'_>,
    members: &Members,
    from: ItemNo,
    calling: &FxHashSet<ItemNo>,
    steps: u32,
) -> Option<ItemNo> {
    let production = |item: &ItemNo| scene.census.is_production(*item);
    let mut seen: FxHashSet<ItemNo> = FxHashSet::default();
    let mut edge = vec![from];
    for _ in 0..=steps {
        if let Some(found) = edge.iter().find(|item| calling.contains(item)) {
            return Some(*found);
        }
        let mut next: Vec<ItemNo> = Vec::new();
        for to in edge.iter().flat_map(|item| scene.patterns.calls(*item)) {
            let implementing = members.implementing(*to).iter().copied().filter(production);
            next.extend(std::iter::once(*to).chain(implementing).filter(|to| seen.insert(*to)));
        }
        edge = next;
    }
    None
}
