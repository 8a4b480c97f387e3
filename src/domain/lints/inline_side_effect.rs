//! `inline-side-effect`: a notification, a message or a call goes out in the middle of what is written.

use crate::domain::lints::found::Found;
use crate::domain::lints::looks;
use crate::domain::lints::{Ground, Lint, When};

/// The lint.
pub const LINT: Lint = Lint {
    name: "inline-side-effect",
    construct: "evt",
    when: When::Needed,
    costs: &["evt.side_effects_via_events"],
    because: "a use case that also tells everyone grows with each one who wants to know (book, ch. 8)",
    find,
};

fn find(ground: &Ground<'_>) -> Vec<Found> {
    let census = ground.scene.census;
    let lost = looks::lost(ground, "evt.side_effects_via_events").into_iter();
    lost.map(|(item, evidence)| {
        let message = format!("`{}`: {}", census.name(item), evidence.fact);
        let instead = "raise an event, and do it in a handler";
        Found::new(ground, item, census.item(item).place, message, instead).at(evidence.site.clone())
    })
    .collect()
}
