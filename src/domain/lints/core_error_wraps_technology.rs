//! `core-error-wraps-technology`: an error of the core wraps an error of a technology.

use crate::domain::graph::EdgeKind;
use crate::domain::lints::found::Found;
use crate::domain::lints::looks;
use crate::domain::lints::{Ground, Lint, When};
use crate::domain::patterns::DataKind;

/// The lint.
pub const LINT: Lint = Lint {
    name: "core-error-wraps-technology",
    construct: "dip",
    when: When::Needed,
    costs: &["purity.infra_free_items", "infra.types_in_core_api"],
    because: "callers of the core should read of the business, not of its tools (ch. 1)",
    find,
};

fn find(ground: &Ground<'_>) -> Vec<Found> {
    let (census, patterns, roles) = (ground.scene.census, ground.scene.patterns, ground.scene.roles);
    let mut found = Vec::new();
    for item in census.counted().filter(|item| roles.is_core(census, *item)) {
        if patterns.data(item) != Some(DataKind::Error) {
            continue;
        }
        let variants = looks::members(ground, item);
        for part in std::iter::once(item).chain(variants) {
            for used in census.uses(part).iter().filter(|used| used.kind == EdgeKind::Signature) {
                let Some(outside) = census.outer(used.to).filter(|outside| outside.is_infra()) else {
                    continue;
                };
                let message = format!("error `{}` of the core wraps `{}`", census.name(item), outside.path);
                let instead = "map it to an error of the core in the adapter";
                let to = format!("ext:{}", outside.path);
                found.push(Found::new(ground, item, used.place, message, instead).to(to));
            }
        }
    }
    found
}
