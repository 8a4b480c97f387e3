//! `uow.abstracted`: the best way in which something atomic is expressed.

use crate::domain::census::ItemNo;
use crate::domain::graph::ItemKind;
use crate::domain::indicators::measurement::Measurement;
use crate::domain::indicators::scene::Scene;
use crate::domain::indicators::tally::absent;
use crate::domain::patterns::ScopeForm;
use crate::domain::policy::model::IndicatorSpec;
use crate::domain::policy::role::Role;

/// Measures it. What is there is told by its best form, so there are no members to count.
pub fn measure(scene: &Scene<'_>, spec: &IndicatorSpec) -> Measurement {
    let number = |key: &str| spec.constants.number(key);
    let has = |form: ScopeForm| scene.patterns.scopes.iter().any(|scope| scope.form == form);
    let (value, reason) = match () {
        () if has(ScopeForm::UnitOfWork) && has_trait(scene) => {
            (number("trait"), "a trait stands for the unit of work")
        }
        () if runs_closures(scene) => (number("associated"), "closures run inside a transaction"),
        () if has_associated(scene) => (number("associated"), "ports leave the transaction open"),
        () if has(ScopeForm::UnitOfWork) => (number("wrapper"), "a type stands for the unit of work"),
        () if handed_on(scene) => (number("parameter"), "transactions are passed by hand"),
        () if has(ScopeForm::Begin) || has(ScopeForm::Closure) => {
            (number("inside_repository"), "transactions are opened and ended in one function")
        }
        () => (0.0, "there is no transaction"),
    };
    absent(scene, spec, value, reason)
}

/// Whether a trait of the product commits.
fn has_trait(scene: &Scene<'_>) -> bool {
    let census = scene.census;
    let commits = scene.catalogue.list("transactions.commits");
    let words = scene.parameters.section("uow");
    let wears = |name: &str, key: &str| words.is_within(key, name);
    let ends_with = |name: &str| words.is_end_of("unit_suffixes", name);
    let is_unit = |item: ItemNo| {
        let found = census.item(item);
        found.kind == ItemKind::Trait
            && (wears(census.name(item), "sure_unit_words") || ends_with(census.name(item)))
    };
    let ends =
        |item: ItemNo| census.is_required(item) && commits.iter().any(|word| word == census.name(item));
    census.item_nos().filter(|item| census.is_production(*item)).any(|item| is_unit(item) || ends(item))
}

/// Whether what runs inside a transaction is more than the statements of one adapter.
fn runs_closures(scene: &Scene<'_>) -> bool {
    let mut closures = scene.patterns.scopes.iter().filter(|scope| scope.form == ScopeForm::Closure);
    closures.any(|scope| scene.roles.of(scene.census, scope.item) != Some(Role::Adapter))
}

fn has_associated(scene: &Scene<'_>) -> bool {
    let (census, words) = (scene.census, scene.parameters.section("uow"));
    census.item_nos().any(|item| {
        let found = census.item(item);
        found.kind == ItemKind::AssocType
            && census.is_production(item)
            && found.holder.is_some_and(|holder| census.item(holder).kind == ItemKind::Trait)
            && words.lists("associated_types", census.name(item))
    })
}

/// Whether a function writes in a transaction that another one opens.
fn handed_on(scene: &Scene<'_>) -> bool {
    let scopes = &scene.patterns.scopes;
    let opened = scopes.iter().any(|scope| scope.form == ScopeForm::Begin);
    opened && scopes.iter().any(|scope| scope.form == ScopeForm::Parameter && scope.writes)
}
