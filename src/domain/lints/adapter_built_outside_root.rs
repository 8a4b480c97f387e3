//! `adapter-built-outside-root`: an adapter or client is made outside the composition root.

use crate::domain::lints::found::Found;
use crate::domain::lints::looks;
use crate::domain::lints::{Ground, Lint, When};
use crate::domain::policy::role::Role;
use crate::domain::roles::Tag;

/// The lint.
pub const LINT: Lint = Lint {
    name: "adapter-built-outside-root",
    construct: "di",
    when: When::Needed,
    costs: &["di.single_composition_root"],
    because: "what builds its own tools cannot be given others in a test (book, ch. 13)",
    find,
};

fn find(ground: &Ground<'_>) -> Vec<Found> {
    let (census, patterns, roles) = (ground.scene.census, ground.scene.patterns, ground.scene.roles);
    let mut found = Vec::new();
    for made in &patterns.constructions {
        if matches!(roles.of(census, made.item), Some(Role::Composition | Role::Adapter | Role::Test)) {
            continue;
        }
        // Settings that make what they are the settings of.
        if roles.has(census.item(made.item).module, Tag::Config) {
            continue;
        }
        let (what, to) = looks::target(ground, made.made);
        let message = format!("`{}` builds `{what}` itself", census.name(made.item));
        let instead = "build it once in the composition root, and take it as a parameter";
        found.push(Found::new(ground, made.item, made.place, message, instead).to(to));
    }
    found
}
