//! `agg.guarded_mutation`: roots that change only through methods which can refuse.

use crate::domain::indicators::agg::NONE;
use crate::domain::indicators::agg::anemic::{changes, guards};
use crate::domain::indicators::measurement::Measurement;
use crate::domain::indicators::scene::Scene;
use crate::domain::indicators::tally::{Member, Tally, absent};
use crate::domain::policy::model::IndicatorSpec;

/// Measures it.
pub fn measure(scene: &Scene<'_>, spec: &IndicatorSpec) -> Measurement {
    let census = scene.census;
    let mut tally = Tally::new();
    for root in scene.patterns.entities.iter().filter(|entity| entity.root) {
        let any = root.methods.iter().any(|method| changes(census, root.item, *method));
        tally.add(match guards(scene, root) {
            true => Member::good(census, root.item),
            false if any => Member::bad(census, root.item, "changes without a check that could refuse"),
            false => Member::bad(census, root.item, "has no method that changes it"),
        });
    }
    if tally.is_empty() {
        return absent(scene, spec, 0.0, NONE);
    }
    tally.measure(scene, spec, "roots guard their changes", NONE)
}
