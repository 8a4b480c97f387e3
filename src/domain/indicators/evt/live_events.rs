//! `evt.live_events`: types of events that are both raised and handled.

use crate::domain::indicators::evt::NONE;
use crate::domain::indicators::measurement::Measurement;
use crate::domain::indicators::scene::Scene;
use crate::domain::indicators::tally::{Member, Tally, absent};
use crate::domain::patterns::MessageForm;
use crate::domain::policy::model::IndicatorSpec;

/// Measures it.
pub fn measure(scene: &Scene<'_>, spec: &IndicatorSpec) -> Measurement {
    let census = scene.census;
    let mut tally = Tally::new();
    for event in scene.patterns.messages.iter().filter(|message| message.form == MessageForm::Event) {
        tally.add(match (event.raised.is_empty(), event.handled.is_empty()) {
            (false, false) => Member::good(census, event.item),
            (false, true) => Member::bad(census, event.item, "is raised, and nothing handles it"),
            (true, false) => Member::bad(census, event.item, "is handled, and the core never raises it"),
            (true, true) => Member::bad(census, event.item, "is neither raised nor handled"),
        });
    }
    if tally.is_empty() {
        return absent(scene, spec, 0.0, NONE);
    }
    tally.measure(scene, spec, "events are raised and handled", NONE)
}
