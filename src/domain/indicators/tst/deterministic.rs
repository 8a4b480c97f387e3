//! `tst.deterministic`: how many functions of the core give the same for the same.

use crate::domain::indicators::measurement::Measurement;
use crate::domain::indicators::scene::Scene;
use crate::domain::indicators::tally::{Member, Tally};
use crate::domain::policy::model::IndicatorSpec;

/// Measures it.
pub fn measure(scene: &Scene<'_>, spec: &IndicatorSpec) -> Measurement {
    let census = scene.census;
    let mut tally = Tally::new();
    for item in census.functions().filter(|item| scene.roles.is_core(census, *item)) {
        let impure = census.uses(item).iter().find_map(|used| {
            let outside = census.outer(used.to)?;
            outside.impure.map(|_| (used.place, outside.path.as_str()))
        });
        tally.add(match impure {
            None => Member::good(census, item),
            Some((place, path)) => Member::bad(census, item, format!("asks `{path}`")).at(place),
        });
    }
    tally.measure(scene, spec, "functions of the core give the same for the same", "there is no core")
}
