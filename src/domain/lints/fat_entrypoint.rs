//! `fat-entrypoint`: an entrypoint makes more decisions than it should.

use crate::domain::lints::found::Found;
use crate::domain::lints::looks;
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

fn find(ground: &Ground<'_>) -> Vec<Found> {
    let (census, patterns) = (ground.scene.census, ground.scene.patterns);
    let most = looks::words(ground, "fat-entrypoint").count("decisions");
    let fat = patterns.entrypoints.iter().filter(|one| {
        census.is_function(one.item) && census.is_production(one.item) && patterns.decisions(one.item) > most
    });
    fat.map(|one| {
        let decisions = patterns.decisions(one.item);
        let message = format!("entrypoint `{}` makes {decisions} decisions", census.name(one.item));
        let instead = "move them to a use case that takes plain values, and translate only here";
        Found::new(ground, one.item, census.item(one.item).place, message, instead)
    })
    .collect()
}
