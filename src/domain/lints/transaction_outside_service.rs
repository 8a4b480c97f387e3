//! `transaction-outside-service`: a transaction is opened in an entrypoint or in the domain.

use crate::domain::finding::Level;
use crate::domain::lints::found::Found;
use crate::domain::lints::{Ground, Lint, When};
use crate::domain::patterns::ScopeForm;
use crate::domain::policy::role::Role;

/// The lint.
pub const LINT: Lint = Lint {
    name: "transaction-outside-service",
    construct: "uow",
    when: When::Always,
    costs: &["uow.owned_by_service"],
    because: "the use case knows what belongs together; whoever calls it does not (book, ch. 6)",
    find,
};

fn find(ground: &Ground<'_>) -> Vec<Found> {
    let (census, patterns, roles) = (ground.scene.census, ground.scene.patterns, ground.scene.roles);
    let mut found = Vec::new();
    for scope in
        patterns.scopes.iter().filter(|scope| matches!(scope.form, ScopeForm::Begin | ScopeForm::Closure))
    {
        let (place, level) = match roles.of(census, scope.item) {
            Some(Role::Entrypoint) => ("an entrypoint", Level::Warn),
            Some(Role::Domain) => ("the domain", Level::Deny),
            _ => continue,
        };
        if !census.is_production(scope.item) {
            continue;
        }
        let message = format!("`{}` opens a transaction in {place}", census.name(scope.item));
        let instead = "open it in the use case, best through a unit of work";
        found.push(Found::new(ground, scope.item, scope.place, message, instead).at_most(level));
    }
    found
}
