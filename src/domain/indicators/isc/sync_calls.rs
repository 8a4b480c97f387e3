//! `isc.sync_calls`: of all talk with other services, how much waits for an answer.

use crate::domain::indicators::isc::calls::{Host, outbound};
use crate::domain::indicators::measurement::Measurement;
use crate::domain::indicators::scene::Scene;
use crate::domain::indicators::tally::{Member, Tally};
use crate::domain::patterns::Driver;
use crate::domain::policy::model::IndicatorSpec;

/// Measures it.
pub fn measure(scene: &Scene<'_>, spec: &IndicatorSpec) -> Measurement {
    let census = scene.census;
    let mut tally = Tally::new();
    for call in outbound(scene) {
        let weight = spec.constants.number(match call.host {
            Host::Public => "public_host",
            Host::Own => "own_host",
            Host::Unknown => "unknown_host",
        });
        let fact = format!("waits for an answer by `{}`", call.what);
        tally.add(Member::bad(census, call.item, fact).at(call.place).sized(weight));
    }
    for effect in scene.patterns.effects.iter().filter(|effect| effect.family == "messaging") {
        tally.add(Member::good(census, effect.item).at(effect.place));
    }
    for consumer in scene.patterns.entrypoints.iter().filter(|entrypoint| entrypoint.by == Driver::Consumer) {
        tally.add(Member::good(census, consumer.item));
    }
    tally.measure_bad(
        scene,
        spec,
        "weighted places of talk with others wait for an answer",
        "no other service is called",
    )
}
