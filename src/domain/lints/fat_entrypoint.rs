//! `fat-entrypoint`: an entrypoint makes more than five decisions.

use crate::domain::lints::found::Found;
use crate::domain::lints::{Ground, Lint, When};

/// The lint.
pub const LINT: Lint = Lint {
    name: "fat-entrypoint",
    construct: "svc",
    when: When::Needed,
    costs: &["svc.thin_entrypoints"],
    because: "an entrypoint that decides can only be tested through the outside (book, ch. 4)",
    find,
};

/// More decisions than this are too many for an entrypoint.
const MOST: u32 = 5;

fn find(ground: &Ground<'_>) -> Vec<Found> {
    let (census, patterns) = (ground.scene.census, ground.scene.patterns);
    let fat = patterns.entrypoints.iter().filter(|one| {
        census.is_function(one.item) && census.is_production(one.item) && patterns.decisions(one.item) > MOST
    });
    fat.map(|one| {
        let decisions = patterns.decisions(one.item);
        let message = format!("entrypoint `{}` makes {decisions} decisions", census.name(one.item));
        let instead = "move them to a use case that takes plain values, and translate only here";
        Found::new(ground, one.item, census.item(one.item).place, message, instead)
    })
    .collect()
}
