//! `tst.isolated_logic`: how many decisions can be tried without any infrastructure, wherever they stand.

use crate::domain::census::ItemNo;
use crate::domain::indicators::measurement::Measurement;
use crate::domain::indicators::scene::Scene;
use crate::domain::indicators::tally::{Member, Tally};
use crate::domain::patterns::business::business;
use crate::domain::patterns::storage::functions;
use crate::domain::policy::model::IndicatorSpec;

/// Measures it.
pub fn measure(scene: &Scene<'_>, spec: &IndicatorSpec) -> Measurement {
    let census = scene.census;
    let bound = bound(scene);
    let mut tally = Tally::new();
    for (item, decisions) in business(census, scene.roles, scene.patterns, scene.parameters) {
        let member = match bound[item.0 as usize] {
            None => Member::good(census, item),
            Some(to) => {
                let touched = scene
                    .patterns
                    .touch(to)
                    .infra
                    .first()
                    .map_or("infrastructure", |touch| touch.what.as_str());
                let fact = match to == item {
                    true => format!("{decisions} decisions beside `{touched}`"),
                    false => format!("{decisions} decisions that lead to `{touched}`"),
                };
                Member::bad(census, item, fact)
            }
        };
        tally.add(member.times(decisions));
    }
    tally.measure(scene, spec, "business decisions can be tried in isolation", "nothing decides")
}

/// For each function the one with infrastructure that it ends at, ports not passed.
fn bound(scene: &Scene<'_>) -> Vec<Option<ItemNo>> {
    let census = scene.census;
    let mut callers: Vec<Vec<ItemNo>> = vec![Vec::new(); census.items.len()];
    let mut open: Vec<(ItemNo, ItemNo)> = Vec::new();
    for item in functions(census) {
        for to in scene.patterns.calls(item) {
            callers[to.0 as usize].push(item);
        }
        let of_port = scene.patterns.ports.iter().any(|port| port.methods.contains(&item));
        if scene.patterns.touch(item).any() && !of_port {
            open.push((item, item));
        }
    }
    let mut bound: Vec<Option<ItemNo>> = vec![None; census.items.len()];
    open.reverse();
    while let Some((item, to)) = open.pop() {
        if bound[item.0 as usize].is_none() {
            bound[item.0 as usize] = Some(to);
            open.extend(callers[item.0 as usize].iter().map(|caller| (*caller, to)));
        }
    }
    // What touches it itself is told so.
    for item in functions(census) {
        if bound[item.0 as usize].is_some() && scene.patterns.touch(item).any() {
            bound[item.0 as usize] = Some(item);
        }
    }
    bound
}
