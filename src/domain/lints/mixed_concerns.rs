//! `mixed-concerns`: a function does the work of three parts.

use crate::domain::lints::found::Found;
use crate::domain::lints::looks;
use crate::domain::lints::{Ground, Lint, When};

/// The lint.
pub const LINT: Lint = Lint {
    name: "mixed-concerns",
    construct: "mud",
    when: When::Always,
    costs: &["mud.homogeneity"],
    because: "where everything is done everywhere, nothing can be changed alone (book, introduction, epilogue)",
    find,
};

fn find(ground: &Ground<'_>) -> Vec<Found> {
    let census = ground.scene.census;
    let mut found = Vec::new();
    for (item, evidence) in looks::lost(ground, "mud.homogeneity") {
        // The evidence says `mixes …` of the item that it stands beside.
        let concerns = evidence.fact.trim_start_matches("mixes ");
        let message = format!("`{}` mixes concerns: {concerns}", census.name(item));
        let instead = "split it: the edge translates, a use case leads, the model decides, an adapter stores";
        found.push(Found::new(ground, item, census.item(item).place, message, instead));
    }
    found
}
