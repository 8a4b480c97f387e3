//! Checks beside the outcomes: what can be observed of them, measured apart from the model and never
//! mixed into it, so that it can contradict it.

mod cochange;
mod commit_size;
pub mod history;
mod hotspots;
mod idempotent;
mod panics;
mod places;
mod timeouts;
mod unbounded;

use crate::domain::checks::history::Past;
use crate::domain::indicators::cqrs::no_query_in_loop;
use crate::domain::indicators::measurement::Measurement;
use crate::domain::indicators::pyr::speed;
use crate::domain::indicators::scene::Scene;
use crate::domain::model::Model;
use crate::domain::policy::model::{Asks, IndicatorSpec, Parameters};

/// What was observed of one outcome.
#[derive(Clone, Debug, PartialEq)]
pub struct Check {
    /// The outcome that it stands beside, `maint`.
    pub outcome: String,
    /// What was measured: 0 to 100 and high is good, or nothing and why. Its weight is without meaning.
    pub measured: Measurement,
}

/// How one check is measured.
#[derive(Clone, Copy)]
enum How {
    /// From the code.
    Code(fn(&Scene<'_>, &IndicatorSpec) -> Measurement),
    /// From the code and its history.
    History(fn(&Scene<'_>, &IndicatorSpec, &Past) -> Measurement),
}

/// Every check with the outcome that it stands beside, in the order in which they are shown.
const ALL: &[(&str, &str, How)] = &[
    ("cochange", "maint", How::History(cochange::measure)),
    ("hotspots", "maint", How::History(hotspots::measure)),
    ("test_time", "deliv", How::Code(speed::measure)),
    ("commit_size", "deliv", How::History(commit_size::measure)),
    ("panics", "rel", How::Code(panics::measure)),
    ("timeouts", "rel", How::Code(timeouts::measure)),
    ("idempotent", "rel", How::Code(idempotent::measure)),
    ("query_in_loop", "read", How::Code(no_query_in_loop::measure)),
    ("unbounded", "read", How::Code(unbounded::measure)),
];

/// All checks of one system.
pub fn checks(scene: &Scene<'_>, past: &Past) -> Vec<Check> {
    let mut found = Vec::new();
    for (name, outcome, how) in ALL {
        let Some(construct) = scene.parameters.construct(outcome) else { continue };
        let constants = scene.parameters.section("check").table(name).clone();
        let ramp = constants.entries.contains_key("ramp").then(|| constants.ramp("ramp"));
        let spec = IndicatorSpec {
            id: format!("check.{name}"),
            construct,
            weight: 1.0,
            asks: Asks::State,
            ramp,
            constants,
        };
        let measured = match how {
            How::Code(measure) => measure(scene, &spec),
            How::History(measure) => measure(scene, &spec, past),
        };
        found.push(Check { outcome: (*outcome).to_owned(), measured });
    }
    found
}

impl Check {
    /// How much better what was observed is than the outcome that the model gives, in points; none where
    /// one of the two is missing or rests on too little evidence, or where they are near each other.
    pub fn contradicts(&self, model: &Model, parameters: &Parameters) -> Option<f64> {
        let outcome = model.get(&self.outcome)?;
        let enough = |confidence| parameters.trust.is_enough(confidence);
        if !enough(outcome.confidence()) || !enough(self.measured.confidence) {
            return None;
        }
        let gap = self.measured.value? - outcome.health()?;
        (gap.abs() > parameters.section("model").number("disagreement")).then_some(gap)
    }
}
