//! `begin-without-commit`: a transaction with writes is neither committed nor handed on.

use crate::domain::lints::found::Found;
use crate::domain::lints::{Ground, Lint, When};
use crate::domain::patterns::ScopeForm;

/// The lint.
pub const LINT: Lint = Lint {
    name: "begin-without-commit",
    construct: "uow",
    when: When::Always,
    costs: &["uow.explicit_commit"],
    because: "a transaction that nobody commits is rolled back when it is dropped: the writes are lost (ch. 6)",
    find,
};

fn find(ground: &Ground<'_>) -> Vec<Found> {
    let (census, patterns) = (ground.scene.census, ground.scene.patterns);
    let open = patterns.scopes.iter().filter(|scope| {
        scope.form == ScopeForm::Begin && scope.writes && !scope.committed && census.is_production(scope.item)
    });
    open.map(|scope| {
        let message = format!("`{}` begins a transaction, writes and never commits", census.name(scope.item));
        let instead = "commit it on the good path, or hand it on to who does";
        Found::new(ground, scope.item, scope.place, message, instead)
    })
    .collect()
}
