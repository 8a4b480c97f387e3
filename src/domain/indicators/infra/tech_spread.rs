//! `infra.tech_spread`: of the items that name a technology, how many stand outside the adapters.

use std::collections::BTreeMap;

use crate::domain::graph::Place;
use crate::domain::indicators::measurement::Measurement;
use crate::domain::indicators::scene::Scene;
use crate::domain::indicators::tally::{Member, Tally};
use crate::domain::policy::model::IndicatorSpec;
use crate::domain::policy::role::Role;

/// Measures it.
pub fn measure(scene: &Scene<'_>, spec: &IndicatorSpec) -> Measurement {
    let census = scene.census;
    let uncounted = scene.parameters.section("facts").words("uncounted_families");
    let mut tally = Tally::new();
    for item in census.counted() {
        let role = scene.roles.of(census, item);
        if role == Some(Role::Composition) {
            continue;
        }
        let mut families: BTreeMap<&str, Place> = BTreeMap::new();
        for touch in &scene.patterns.touch(item).infra {
            if !touch.family.is_empty() && !uncounted.contains(&touch.family) {
                families.entry(&touch.family).or_insert(touch.place);
            }
        }
        for (family, place) in families {
            let member = match role {
                Some(Role::Adapter) => Member::good(census, item),
                _ => Member::bad(census, item, format!("names the {family} outside the adapters")),
            };
            tally.add(member.at(place));
        }
    }
    tally.measure_bad(
        scene,
        spec,
        "items that name a technology stand outside the adapters",
        "no technology is named",
    )
}
