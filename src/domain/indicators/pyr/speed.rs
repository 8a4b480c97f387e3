//! `pyr.speed`: how long tests take, where a report of a run is given.

use crate::domain::finding::evidence::Evidence;
use crate::domain::indicators::measurement::{Measurement, Population};
use crate::domain::indicators::scene::Scene;
use crate::domain::policy::model::IndicatorSpec;

/// Measures it.
pub fn measure(scene: &Scene<'_>, spec: &IndicatorSpec) -> Measurement {
    let timed = match scene.timings {
        Some(timings) if !timings.is_empty() => timings,
        _ => return Measurement::not_applicable(spec, "no report of a test run is given"),
    };
    let number = |key: &str| spec.constants.number(key);
    let is_fast = |seconds: f64| seconds <= number("fast_seconds");
    let fast = timed.iter().filter(|test| is_fast(test.seconds)).count();
    let total: f64 = timed.iter().map(|test| test.seconds).sum();
    let share = fast as f64 / timed.len() as f64;
    let total_ramp = spec.constants.ramp("total_seconds");
    let value = number("fast") * spec.constants.ramp("fast_share").score(share)
        + number("total")
            * crate::domain::policy::arithmetic::Ramp::new(total_ramp.from.log10(), total_ramp.to.log10())
                .score(total.max(f64::MIN_POSITIVE).log10());
    let slow: Vec<_> = timed.iter().filter(|test| !is_fast(test.seconds)).collect();
    let slow_seconds: f64 = slow.iter().map(|test| test.seconds).sum();
    let told = |test: &&crate::domain::indicators::scene::Timing| Evidence {
        site: test.site.clone(),
        item: test.name.clone(),
        fact: format!("takes {:.1} s", test.seconds),
        loss: (100.0 - value) * test.seconds / slow_seconds,
    };
    let evidence = if value < 100.0 { slow.iter().map(told).collect() } else { Vec::new() };
    Measurement::new(spec, value, Population::Members(timed.len() as u32), 1.0, &scene.parameters.scoring)
        .because(format!("{fast} of {} tests are fast, all take {total:.1} s", timed.len()))
        .with_evidence(evidence)
}
