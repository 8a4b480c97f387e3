//! `embedded-aggregate`: a root holds another root.

use crate::domain::census::Target;
use crate::domain::lints::found::Found;
use crate::domain::lints::looks;
use crate::domain::lints::{Ground, Lint, When};

/// The lint.
pub const LINT: Lint = Lint {
    name: "embedded-aggregate",
    construct: "agg",
    when: When::Needed,
    costs: &["agg.reference_by_id"],
    because: "an aggregate inside another one is changed behind the back of its own root (book, ch. 7)",
    find,
};

fn find(ground: &Ground<'_>) -> Vec<Found> {
    let (census, patterns) = (ground.scene.census, ground.scene.patterns);
    let is_root =
        |item| patterns.entities.iter().any(|one| one.item == item && one.root && !one.kept_by.is_empty());
    let mut found = Vec::new();
    for entity in patterns.entities.iter().filter(|entity| entity.root) {
        for field in census.slots(entity.item) {
            let Some(Target::Item(inner)) = field.core else { continue };
            // Many of a kind are parts; that they have a repository is another lint's.
            if inner == entity.item || !is_root(inner) || looks::is_collection(ground, field) {
                continue;
            }
            let (outer, name) = (census.name(entity.item), census.name(inner));
            let message = format!("aggregate `{outer}` holds aggregate `{name}`");
            let instead = "hold its id, and load it through its own repository";
            found.push(Found::new(ground, entity.item, field.place, message, instead).to(census.id(inner)));
        }
    }
    found
}
