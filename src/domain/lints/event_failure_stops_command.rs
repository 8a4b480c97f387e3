//! `event-failure-stops-command`: a handler that fails makes the one who raised the event fail.

use crate::domain::lints::found::Found;
use crate::domain::lints::looks;
use crate::domain::lints::{Ground, Lint, When};

/// The lint.
pub const LINT: Lint = Lint {
    name: "event-failure-stops-command",
    construct: "evt",
    when: When::Needed,
    costs: &["evt.failure_isolation"],
    because: "a command is done when its own work is done; what follows may be tried again (book, ch. 10)",
    find,
};

fn find(ground: &Ground<'_>) -> Vec<Found> {
    let census = ground.scene.census;
    let lost = looks::lost(ground, "evt.failure_isolation").into_iter();
    lost.map(|(item, evidence)| {
        let message = format!("`{}` fails when a handler of its event fails", census.name(item));
        let instead = "log the error or put the event on a queue, and let the command succeed";
        Found::new(ground, item, census.item(item).place, message, instead).at(evidence.site.clone())
    })
    .collect()
}
