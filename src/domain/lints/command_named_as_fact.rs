//! `command-named-as-fact`: a command has the name of something that happened.

use crate::domain::indicators::evt::mood::is_participle;
use crate::domain::lints::found::Found;
use crate::domain::lints::looks;
use crate::domain::lints::{Ground, Lint, When};
use crate::domain::patterns::MessageForm;
use crate::domain::patterns::names::words;

/// The lint.
pub const LINT: Lint = Lint {
    name: "command-named-as-fact",
    construct: "evt",
    when: When::Needed,
    costs: &["evt.mood"],
    because: "a command can be refused: its name asks for something (book, ch. 10)",
    find,
};

fn find(ground: &Ground<'_>) -> Vec<Found> {
    let census = ground.scene.census;
    let lang = ground.scene.parameters.section("lang");
    let past = |name: &str| words(name).first().is_some_and(|word| is_participle(word, lang));
    let wrong = ground.scene.patterns.messages.iter().filter(|message| {
        message.form == MessageForm::Command
            && past(census.name(message.item))
            && looks::loses(ground, "evt.mood", message.item)
    });
    wrong
        .map(|message| {
            let text = format!("command `{}` is named as if it had happened", census.name(message.item));
            let instead = "name it after what is asked for, as `BookRoom`; or make it an event";
            Found::new(ground, message.item, census.item(message.item).place, text, instead)
        })
        .collect()
}
