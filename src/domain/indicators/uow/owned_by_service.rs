//! `uow.owned_by_service`: whether transactions are opened where use cases are, through an abstraction.

use crate::domain::indicators::measurement::Measurement;
use crate::domain::indicators::scene::Scene;
use crate::domain::indicators::tally::{Member, Tally};
use crate::domain::patterns::{Scope, ScopeForm};
use crate::domain::policy::model::IndicatorSpec;
use crate::domain::policy::role::Role;

/// Measures it.
pub fn measure(scene: &Scene<'_>, spec: &IndicatorSpec) -> Measurement {
    let census = scene.census;
    let mut tally = Tally::new();
    for scope in scene.patterns.scopes.iter().filter(|scope| scope.form != ScopeForm::Parameter) {
        let (worth, fact) = worth(scene, spec, scope);
        tally.add(Member::good(census, scope.item).worth(worth, fact).at(scope.place));
    }
    tally.measure(scene, spec, "transactions are opened where they should be", "no transaction is opened")
}

/// What opening a transaction there is worth, 0 to 1.
fn worth(scene: &Scene<'_>, spec: &IndicatorSpec, scope: &Scope) -> (f64, &'static str) {
    let census = scene.census;
    let number = |key: &str| spec.constants.number(key);
    let in_unit = census.self_item(scope.item).is_some_and(|own| {
        let name = census.name(own).to_ascii_lowercase();
        let words = scene.parameters.section("uow");
        let worn = words.words("sure_unit_words").iter().chain(words.words("unit_suffixes"));
        worn.into_iter().any(|word| name.contains(&word.to_ascii_lowercase()))
    });
    match (scene.roles.of(census, scope.item), scope.form) {
        _ if in_unit => (number("application_abstract"), ""),
        (Some(Role::Application), ScopeForm::UnitOfWork) => (number("application_abstract"), ""),
        (Some(Role::Application), _) => {
            (number("application_concrete"), "opens a concrete transaction in a use case")
        }
        (Some(Role::Adapter), _) => (number("repository"), "opens a transaction inside an adapter"),
        (Some(Role::Entrypoint), _) => (number("elsewhere"), "opens a transaction in an entrypoint"),
        (Some(Role::Domain), _) => (number("elsewhere"), "opens a transaction in the domain"),
        _ => (number("elsewhere"), "opens a transaction outside the use cases"),
    }
}
