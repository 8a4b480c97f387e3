//! `uow.atomic_boundary`: how many functions with writes that belong together do all or nothing.

use crate::domain::indicators::measurement::Measurement;
use crate::domain::indicators::scene::Scene;
use crate::domain::indicators::tally::{Member, Tally};
use crate::domain::patterns::compound::compound;
use crate::domain::policy::model::IndicatorSpec;

/// Measures it.
pub fn measure(scene: &Scene<'_>, spec: &IndicatorSpec) -> Measurement {
    let census = scene.census;
    let mut tally = Tally::new();
    for found in compound(census, scene.roles, scene.patterns, scene.catalogue, scene.parameters) {
        tally.add(match found.atomic {
            true => Member::good(census, found.item),
            false => {
                let place = found.places.last().copied().unwrap_or(census.item(found.item).place);
                Member::bad(census, found.item, "writes again outside a transaction").at(place)
            }
        });
    }
    tally.measure(
        scene,
        spec,
        "functions with several writes do all or nothing",
        "no function writes more than once",
    )
}
