//! `write-bypasses-root`: a write outside of any repository.

use crate::domain::lints::found::Found;
use crate::domain::lints::{Ground, Lint, When};
use crate::domain::patterns::AccessForm;
use crate::domain::policy::role::Role;

/// The lint.
pub const LINT: Lint = Lint {
    name: "write-bypasses-root",
    construct: "agg",
    when: When::Needed,
    costs: &["agg.single_door"],
    because: "a statement that changes what an aggregate guards goes round its rules (book, ch. 7)",
    find,
};

fn find(ground: &Ground<'_>) -> Vec<Found> {
    let (census, patterns, roles) = (ground.scene.census, ground.scene.patterns, ground.scene.roles);
    let mut found = Vec::new();
    // Without any repository there is no door to pass by.
    if patterns.repositories().next().is_none() {
        return found;
    }
    for access in patterns.accesses.iter().filter(|access| access.form == AccessForm::Write) {
        let inside =
            matches!(roles.of(census, access.item), Some(Role::Adapter | Role::Composition | Role::Test));
        if inside || !census.is_production(access.item) {
            continue;
        }
        let message = format!("`{}` writes to the store past every repository", census.name(access.item));
        let instead = "load the aggregate, change it through its root, and save it";
        found.push(Found::new(ground, access.item, access.place, message, instead));
    }
    found
}
