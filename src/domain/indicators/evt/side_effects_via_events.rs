//! `evt.side_effects_via_events`: effects beside the store that follow from events.

use crate::domain::indicators::evt::flows::Flows;
use crate::domain::indicators::measurement::Measurement;
use crate::domain::indicators::scene::Scene;
use crate::domain::indicators::tally::{Member, Tally};
use crate::domain::policy::model::IndicatorSpec;

/// Measures it.
pub fn measure(scene: &Scene<'_>, spec: &IndicatorSpec) -> Measurement {
    let flows = Flows::of(scene);
    let mut tally = Tally::new();
    for effect in &scene.patterns.effects {
        let behind = flows.is_behind_events(effect.item);
        // An effect with nothing written around it is the use case itself.
        if !behind && !flows.is_in_writing(effect.item) {
            continue;
        }
        tally.add(match behind {
            true => Member::good(scene.census, effect.item).at(effect.place),
            false => {
                let fact = format!("{} is done where something is written", words(&effect.family));
                Member::bad(scene.census, effect.item, fact).at(effect.place)
            }
        });
    }
    tally.measure(scene, spec, "effects follow from events", "nothing is done beside what is written")
}

fn words(family: &str) -> &'static str {
    match family {
        "notification" => "a notification",
        "messaging" => "sending a message",
        "http_client" => "a call of another service",
        _ => "a call of the cloud",
    }
}
