//! `setter-on-aggregate`: a method of an entity only sets a field.

use crate::domain::census::Reach;
use crate::domain::lints::found::Found;
use crate::domain::lints::{Ground, Lint, When};
use crate::domain::source::facts::ItemMarks;

/// The lint.
pub const LINT: Lint = Lint {
    name: "setter-on-aggregate",
    construct: "agg",
    when: When::Needed,
    costs: &["agg.guarded_mutation"],
    because: "a setter says what is stored, not what happens: the rule is left to the caller (book, ch. 4 and 7)",
    find,
};

fn find(ground: &Ground<'_>) -> Vec<Found> {
    let (census, patterns) = (ground.scene.census, ground.scene.patterns);
    let mut found = Vec::new();
    for entity in &patterns.entities {
        for method in &entity.methods {
            let item = census.item(*method);
            if !item.marks.has(ItemMarks::SETTER)
                || !item.marks.has(ItemMarks::CHANGES)
                || item.reach == Reach::Private
            {
                continue;
            }
            let name = census.name(*method);
            let message = format!("`{name}` only sets a field of `{}`", census.name(entity.item));
            let instead =
                "name the method after what happens in the business, and check there whether it may";
            found.push(Found::new(ground, *method, item.place, message, instead));
        }
    }
    found
}
