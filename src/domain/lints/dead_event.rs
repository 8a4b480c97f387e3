//! `dead-event`: an event is raised and never handled, or the other way round.

use crate::domain::lints::found::Found;
use crate::domain::lints::{Ground, Lint, When};
use crate::domain::patterns::MessageForm;

/// The lint.
pub const LINT: Lint = Lint {
    name: "dead-event",
    construct: "evt",
    when: When::Needed,
    costs: &["evt.live_events"],
    because: "an event that nobody raises or nobody hears only looks like a flow (book, ch. 8)",
    find,
};

fn find(ground: &Ground<'_>) -> Vec<Found> {
    let (census, patterns) = (ground.scene.census, ground.scene.patterns);
    let mut found = Vec::new();
    for message in patterns.messages.iter().filter(|message| message.form == MessageForm::Event) {
        let text = match (message.raised.is_empty(), message.handled.is_empty()) {
            (false, true) => "is raised and nobody handles it",
            (true, false) => "is handled and nobody raises it",
            _ => continue,
        };
        let text = format!("event `{}` {text}", census.name(message.item));
        let instead = "handle or publish it, or take it out";
        found.push(Found::new(ground, message.item, census.item(message.item).place, text, instead));
    }
    found
}
