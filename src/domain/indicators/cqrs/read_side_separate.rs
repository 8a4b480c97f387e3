//! `cqrs.read_side_separate`: how many functions that only read stand apart, or ask what does.

use crate::domain::indicators::cqrs::reads::{is_read_side, readers};
use crate::domain::indicators::measurement::Measurement;
use crate::domain::indicators::scene::Scene;
use crate::domain::indicators::tally::{Member, Tally};
use crate::domain::policy::model::IndicatorSpec;

/// Measures it.
pub fn measure(scene: &Scene<'_>, spec: &IndicatorSpec) -> Measurement {
    let census = scene.census;
    let mut tally = Tally::new();
    for item in readers(scene) {
        let asks = || scene.patterns.calls(item).iter().any(|to| is_read_side(scene, *to));
        tally.add(match is_read_side(scene, item) || asks() {
            true => Member::good(census, item),
            false => Member::bad(census, item, "reads outside a read side"),
        });
    }
    tally.measure(scene, spec, "functions that only read stand on a read side", "nothing is only read")
}
