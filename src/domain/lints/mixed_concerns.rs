//! `mixed-concerns`: a function does the work of three parts.

use crate::domain::lints::found::Found;
use crate::domain::lints::{Ground, Lint, When};

/// The lint.
pub const LINT: Lint = Lint {
    name: "mixed-concerns",
    construct: "mud",
    when: When::Always,
    costs: &["mud.homogeneity"],
    because: "where everything is done everywhere, nothing can be changed alone (introduction, epilogue)",
    find,
};

fn find(ground: &Ground<'_>) -> Vec<Found> {
    let census = ground.scene.census;
    let measured = ground.measured.iter().find(|one| one.indicator == "mud.homogeneity");
    let mut found = Vec::new();
    for item in census.functions() {
        let id = census.id(item);
        let Some(evidence) = measured.and_then(|one| one.evidence.iter().find(|one| one.item == id)) else {
            continue;
        };
        let message = format!("`{}` mixes concerns: {}", census.name(item), evidence.fact);
        let instead = "split it: the edge translates, a use case leads, the model decides, an adapter stores";
        found.push(Found::new(ground, item, census.item(item).place, message, instead));
    }
    found
}
