//! `repository-for-inner-entity`: a repository keeps no root of an aggregate.

use crate::domain::lints::found::Found;
use crate::domain::lints::looks;
use crate::domain::lints::{Ground, Lint, When};

/// The lint.
pub const LINT: Lint = Lint {
    name: "repository-for-inner-entity",
    construct: "repo",
    when: When::Needed,
    costs: &["repo.one_per_aggregate"],
    because: "what is inside an aggregate is reached through its root, or its rules are not (ch. 7)",
    find,
};

fn find(ground: &Ground<'_>) -> Vec<Found> {
    let census = ground.scene.census;
    let lost = looks::lost(ground, "repo.one_per_aggregate").into_iter();
    lost.map(|(item, evidence)| {
        let message = format!("repository `{}` {}", census.name(item), evidence.fact);
        let instead = "keep the root that it belongs to, and reach it through that";
        Found::new(ground, item, census.item(item).place, message, instead).at(evidence.site.clone())
    })
    .collect()
}
