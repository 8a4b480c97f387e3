//! `query-in-loop`: a query or a look-up in a loop.

use crate::domain::lints::found::Found;
use crate::domain::lints::{Ground, Lint, When};
use crate::domain::patterns::AccessForm;

/// The lint.
pub const LINT: Lint = Lint {
    name: "query-in-loop",
    construct: "cqrs",
    when: When::Always,
    costs: &["cqrs.no_query_in_loop"],
    because: "a query for each row is slow as soon as there are rows (book, ch. 12)",
    find,
};

fn find(ground: &Ground<'_>) -> Vec<Found> {
    let (census, patterns) = (ground.scene.census, ground.scene.patterns);
    let asked = patterns.accesses.iter().filter(|access| {
        access.in_loop
            && matches!(access.form, AccessForm::Read | AccessForm::Lookup)
            && census.is_production(access.item)
            && !access.sql.is_some_and(|sql| sql.limited)
    });
    asked
        .map(|access| {
            let message =
                format!("`{}` asks the store once for every turn of a loop", census.name(access.item));
            let instead = "ask once for all of them: a join, `IN (…)`, or a batch";
            Found::new(ground, access.item, access.place, message, instead)
        })
        .collect()
}
