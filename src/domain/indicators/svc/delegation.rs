//! `svc.delegation`: how many entrypoints that write leave the work to a use case.

use crate::domain::census::ItemNo;
use crate::domain::indicators::measurement::Measurement;
use crate::domain::indicators::scene::Scene;
use crate::domain::indicators::svc::asking::Asking;
use crate::domain::indicators::tally::{Member, Tally};
use crate::domain::policy::model::IndicatorSpec;

/// Measures it.
pub fn measure(scene: &Scene<'_>, spec: &IndicatorSpec) -> Measurement {
    let census = scene.census;
    let asking = Asking::of(scene);
    let mut tally = Tally::new();
    let mut last: Option<ItemNo> = None;
    for entrypoint in scene.patterns.entrypoints.iter().filter(|entrypoint| entrypoint.writes) {
        if last.replace(entrypoint.item) == Some(entrypoint.item) {
            continue;
        }
        tally.add(match asking.delegates(entrypoint.item) {
            true => Member::good(census, entrypoint.item),
            false => Member::bad(census, entrypoint.item, "writes without asking a use case"),
        });
    }
    tally.measure(scene, spec, "entrypoints that write leave it to a use case", "no entrypoint writes")
}
