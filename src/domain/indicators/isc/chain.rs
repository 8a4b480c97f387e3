//! `isc.chain`: how many requests can only be served while another service is up.

use rustc_hash::FxHashSet;

use crate::domain::census::ItemNo;
use crate::domain::indicators::isc::calls::outbound;
use crate::domain::indicators::measurement::Measurement;
use crate::domain::indicators::scene::Scene;
use crate::domain::indicators::tally::{Member, Tally};
use crate::domain::patterns::Driver;
use crate::domain::patterns::lookup::Members;
use crate::domain::policy::model::IndicatorSpec;

/// Measures it.
pub fn measure(scene: &Scene<'_>, spec: &IndicatorSpec) -> Measurement {
    let census = scene.census;
    let technical = scene.parameters.section("services").words("technical");
    let calling: FxHashSet<ItemNo> = outbound(scene).into_iter().map(|call| call.item).collect();
    let members = Members::new(census);
    let mut tally = Tally::new();
    for entrypoint in &scene.patterns.entrypoints {
        let serves = matches!(entrypoint.by, Driver::Http | Driver::Rpc | Driver::GraphQl);
        let id = census.id(entrypoint.item);
        if !serves || technical.iter().any(|module| id.starts_with(module.as_str())) {
            continue;
        }
        tally.add(match reached(scene, &members, entrypoint.item, &calling, spec.constants.count("calls")) {
            None => Member::good(census, entrypoint.item),
            Some(to) => Member::bad(
                census,
                entrypoint.item,
                format!("waits for another service in `{}`", census.name(to)),
            ),
        });
    }
    tally.measure_bad(scene, spec, "requests wait for another service", "no requests are served")
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
