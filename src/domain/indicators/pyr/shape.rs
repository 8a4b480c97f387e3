//! `pyr.shape`: many unit tests, fewer integration tests, a handful end to end.

use crate::domain::finding::evidence::Evidence;
use crate::domain::indicators::measurement::{Measurement, Population};
use crate::domain::indicators::scene::Scene;
use crate::domain::patterns::Layer;
use crate::domain::policy::kind::PackageKind;
use crate::domain::policy::model::IndicatorSpec;

/// Measures it.
pub fn measure(scene: &Scene<'_>, spec: &IndicatorSpec) -> Measurement {
    let count = |layer: Layer| -> u32 {
        scene.patterns.tests.iter().filter(|test| test.layer == layer).map(|test| test.rows).sum()
    };
    let (unit, integration, whole) = (count(Layer::Unit), count(Layer::Integration), count(Layer::EndToEnd));
    let all = unit + integration + whole;
    if all == 0 {
        return Measurement::not_applicable(spec, "there are no tests");
    }
    let number = |key: &str| spec.constants.number(key);
    let part = |count: u32| f64::from(count) / f64::from(all);
    let order = match (unit >= integration && integration >= whole, unit >= whole) {
        (true, _) => 100.0,
        (false, true) => number("half_order"),
        (false, false) => 0.0,
    };
    let value = number("unit") * spec.constants.ramp("unit_ramp").score(part(unit))
        + number("e2e") * spec.constants.ramp(ramp(scene)).score(part(whole))
        + number("order") * order;
    let reason = format!("{unit} unit, {integration} integration and {whole} end-to-end tests");
    Measurement::new(spec, value, Population::Members(all), 1.0, &scene.parameters.scoring)
        .because(reason)
        .with_evidence(evidence(scene, 100.0 - value))
}

/// A command line tool is best tried as a whole.
fn ramp(scene: &Scene<'_>) -> &'static str {
    let kinds = &scene.facts.kinds;
    match kinds.contains(&PackageKind::Cli) && !kinds.contains(&PackageKind::Service) {
        true => "e2e_ramp_cli",
        false => "e2e_ramp",
    }
}

/// Tests that need much of the world share what is lost.
fn evidence(scene: &Scene<'_>, lost: f64) -> Vec<Evidence> {
    let census = scene.census;
    let heavy: Vec<_> = scene.patterns.tests.iter().filter(|test| test.layer != Layer::Unit).collect();
    if lost <= 0.0 {
        return Vec::new();
    }
    let fact = |layer: Layer| match layer {
        Layer::EndToEnd => "runs the whole program",
        _ => "needs a store, files or the network",
    };
    let each = lost / heavy.len() as f64;
    let told = |test: &&crate::domain::patterns::Test| Evidence {
        site: census.site(census.item(test.item).place),
        item: census.id(test.item),
        fact: fact(test.layer).to_owned(),
        loss: each,
    };
    heavy.iter().map(told).collect()
}
