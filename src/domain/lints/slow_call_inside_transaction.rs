//! `slow-call-inside-transaction`: a call to the outside between begin and commit.

use crate::domain::lints::found::Found;
use crate::domain::lints::looks;
use crate::domain::lints::{Ground, Lint, When};
use crate::domain::patterns::ScopeForm;

/// The lint.
pub const LINT: Lint = Lint {
    name: "slow-call-inside-transaction",
    construct: "uow",
    when: When::Needed,
    costs: &["uow.owned_by_service"],
    because: "while a transaction waits for the network it holds its locks, and what was sent cannot be rolled back (book, ch. 10)",
    find,
};

fn find(ground: &Ground<'_>) -> Vec<Found> {
    let (census, patterns) = (ground.scene.census, ground.scene.patterns);
    let mut found = Vec::new();
    for scope in patterns.scopes.iter().filter(|scope| scope.form == ScopeForm::Begin && scope.writes) {
        let end = looks::commit_of(ground, scope);
        let within = patterns.effects.iter().filter(|effect| {
            effect.item == scope.item
                && effect.place.span.start > scope.place.span.start
                && effect.place.span.start < end
        });
        for effect in within {
            let name = census.name(scope.item);
            let message =
                format!("`{name}` calls out ({}) between begin and commit", effect.family.replace('_', " "));
            let instead = "do it after the commit, or raise an event that is handled then";
            found.push(Found::new(ground, scope.item, effect.place, message, instead));
        }
    }
    found
}
