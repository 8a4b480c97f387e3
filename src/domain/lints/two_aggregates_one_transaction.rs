//! `two-aggregates-one-transaction`: a use case stores through two repositories.

use crate::domain::lints::found::Found;
use crate::domain::lints::looks;
use crate::domain::lints::{Ground, Lint, When};

/// The lint.
pub const LINT: Lint = Lint {
    name: "two-aggregates-one-transaction",
    construct: "agg",
    when: When::Needed,
    costs: &["agg.one_per_transaction"],
    because: "an aggregate is the boundary of what must be right at once; the rest may follow (book, ch. 7 and 10)",
    find,
};

fn find(ground: &Ground<'_>) -> Vec<Found> {
    let census = ground.scene.census;
    let lost = looks::lost(ground, "agg.one_per_transaction").into_iter();
    lost.map(|(item, evidence)| {
        let message = format!("`{}` {}", census.name(item), evidence.fact);
        let instead =
            "store one, raise an event, and change the other in its handler; or make them one aggregate";
        Found::new(ground, item, census.item(item).place, message, instead).at(evidence.site.clone())
    })
    .collect()
}
