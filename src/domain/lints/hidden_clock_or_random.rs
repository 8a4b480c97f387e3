//! `hidden-clock-or-random`: the core asks the clock, chance or the environment.

use crate::domain::census::outside::Impure;
use crate::domain::finding::Level;
use crate::domain::lints::found::Found;
use crate::domain::lints::{Ground, Lint, When, looks};
use crate::domain::roles::Tag;

/// The lint.
pub const LINT: Lint = Lint {
    name: "hidden-clock-or-random",
    construct: "tst",
    when: When::Needed,
    costs: &["tst.deterministic", "di.explicit_dependencies"],
    because: "a function that asks the clock, chance or the environment answers differently each time (book, ch. 3)",
    find,
};

fn find(ground: &Ground<'_>) -> Vec<Found> {
    let census = ground.scene.census;
    let words = looks::words(ground, "hidden-clock-or-random");
    let is_identity =
        |path: &str| words.words("identities").iter().any(|word| path.starts_with(word.as_str()));
    let mut found = Vec::new();
    for item in census.functions().filter(|item| ground.scene.roles.is_core(census, *item)) {
        let settings = ground.scene.roles.has(census.item(item).module, Tag::Config);
        for used in census.uses(item) {
            let Some(outside) = census.outer(used.to) else { continue };
            let (what, level) = match outside.impure {
                // How long something took is for logs and limits.
                Some(Impure::Clock) if words.is_within("measuring", &outside.path) => {
                    ("the clock", Level::Note)
                }
                Some(Impure::Clock) => ("the clock", Level::Warn),
                // An id that is only new has no answer to get wrong.
                Some(Impure::Random) if is_identity(&outside.path) => ("chance", Level::Note),
                Some(Impure::Random) => ("chance", Level::Warn),
                Some(Impure::Environment) if !settings => ("the environment", Level::Warn),
                _ => continue,
            };
            let message = format!("`{}` asks {what} through `{}`", census.name(item), outside.path);
            let instead = "take the value as a parameter, or a port that gives it";
            let to = format!("ext:{}", outside.path);
            found.push(Found::new(ground, item, used.place, message, instead).to(to).at_most(level));
        }
    }
    found
}
