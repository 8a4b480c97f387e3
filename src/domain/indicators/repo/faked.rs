//! `repo.faked`: repositories that tests replace, a fake by hand above a mock by macro.

use crate::domain::indicators::measurement::Measurement;
use crate::domain::indicators::repo::NONE;
use crate::domain::indicators::scene::Scene;
use crate::domain::indicators::tally::{Member, Tally, absent};
use crate::domain::patterns::{Layer, Port};
use crate::domain::policy::model::IndicatorSpec;

/// Measures it.
pub fn measure(scene: &Scene<'_>, spec: &IndicatorSpec) -> Measurement {
    let facts = scene.parameters.section("facts");
    let mut tally = Tally::new();
    for (port, _) in scene.patterns.repositories() {
        let worth = port.doubles.iter().map(|double| double.worth(facts)).fold(0.0, f64::max);
        let item = port.traits[0];
        tally.add(Member::good(scene.census, item).worth(worth, fact(port, worth)));
    }
    if tally.is_empty() {
        return absent(scene, spec, 0.0, NONE);
    }
    if !scene.patterns.tests.iter().any(|test| test.layer == Layer::Unit) {
        return Measurement::not_applicable(spec, "there is no unit test that could replace anything");
    }
    tally.measure(scene, spec, "repositories are replaced in tests", NONE)
}

fn fact(port: &Port, worth: f64) -> &'static str {
    match worth {
        w if w > 0.0 => "tests replace it by a mock, which checks calls, not state",
        _ if port.doubles.is_empty() => "no test replaces this repository",
        _ => "has a double that no test names",
    }
}
