//! `console-output-in-domain`: the domain prints.

use crate::domain::finding::Level;
use crate::domain::lints::found::Found;
use crate::domain::lints::looks;
use crate::domain::lints::{Ground, Lint, When};
use crate::domain::policy::role::Role;
use crate::domain::source::deeds::ActForm;

/// The lint.
pub const LINT: Lint = Lint {
    name: "console-output-in-domain",
    construct: "purity",
    when: When::Always,
    costs: &["purity.infra_free_items"],
    because: "what is printed cannot be asked for: a test sees only what is given back (ch. 3)",
    find,
};

fn find(ground: &Ground<'_>) -> Vec<Found> {
    let (census, roles) = (ground.scene.census, ground.scene.roles);
    let mut found = Vec::new();
    let sure = |item: &_| roles.confidence(census, *item) >= looks::sure(ground);
    for item in looks::items_of(ground, Role::Domain).filter(sure) {
        for act in census.acts(item) {
            let (level, what, instead) = match act.form {
                ActForm::Look => (Level::Warn, "looks at a value with `dbg!`", "take it out"),
                ActForm::Print => {
                    let instead = "give it back as data, and print it where the program is called";
                    (Level::Note, "prints", instead)
                }
                _ => continue,
            };
            let message = format!("`{}` of the domain {what}", census.name(item));
            found.push(Found::new(ground, item, act.place, message, instead).at_most(level));
        }
    }
    found
}
