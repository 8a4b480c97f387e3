//! `event-named-as-command`: an event without a past participle in its name.

use crate::domain::lints::found::Found;
use crate::domain::lints::looks;
use crate::domain::lints::{Ground, Lint, When};
use crate::domain::patterns::MessageForm;
use crate::domain::policy::role::Role;

/// The lint.
pub const LINT: Lint = Lint {
    name: "event-named-as-command",
    construct: "evt",
    when: When::Needed,
    costs: &["evt.mood"],
    because: "an event is a fact: its name says what happened (book, ch. 10)",
    find,
};

fn find(ground: &Ground<'_>) -> Vec<Found> {
    let (census, patterns) = (ground.scene.census, ground.scene.patterns);
    let wrong = patterns.messages.iter().filter(|message| {
        message.form == MessageForm::Event
            && ground.scene.roles.of(census, message.item) == Some(Role::Domain)
            && looks::loses(ground, "evt.mood", message.item)
    });
    wrong
        .map(|message| {
            let text = format!("event `{}` is not named in the past tense", census.name(message.item));
            let instead = "name it after what happened, as `RoomBooked`; or make it a command";
            Found::new(ground, message.item, census.item(message.item).place, text, instead)
        })
        .collect()
}
