//! `pyr.guarded`: tests that run, against the business decisions there are to guard.

use crate::domain::indicators::measurement::{Measurement, Population};
use crate::domain::indicators::scene::Scene;
use crate::domain::indicators::tally::absent;
use crate::domain::policy::model::IndicatorSpec;

/// Measures it.
pub fn measure(scene: &Scene<'_>, spec: &IndicatorSpec) -> Measurement {
    let run: u32 = scene.patterns.tests.iter().filter(|test| !test.ignored).map(|test| test.rows).sum();
    let decisions = scene.facts.decisions;
    let wanted = (f64::from(decisions) / spec.constants.number("decisions_per_test")).max(1.0);
    let value = spec.score(f64::from(run) / wanted);
    let reason = format!("{run} tests run for {decisions} business decisions");
    if run == 0 {
        return absent(scene, spec, value, reason);
    }
    Measurement::new(spec, value, Population::Members(run), 1.0, &scene.parameters.scoring).because(reason)
}
