//! `persistence-outside-port`: a store is reached outside adapters, read side and composition.

use crate::domain::lints::found::Found;
use crate::domain::lints::looks;
use crate::domain::lints::{Ground, Lint, When};
use crate::domain::patterns::AccessForm;
use crate::domain::policy::role::Role;
use crate::domain::roles::Tag;

/// The lint.
pub const LINT: Lint = Lint {
    name: "persistence-outside-port",
    construct: "repo",
    when: When::Needed,
    costs: &["repo.persistence_behind_port"],
    because: "storage that is reached from everywhere cannot be replaced anywhere (book, ch. 2)",
    find,
};

fn find(ground: &Ground<'_>) -> Vec<Found> {
    let (census, patterns, roles) = (ground.scene.census, ground.scene.patterns, ground.scene.roles);
    let ported = patterns.driven().next().is_some();
    let mut found = Vec::new();
    for (item, accesses) in looks::accesses_by_item(ground) {
        if !census.is_production(item) {
            continue;
        }
        let role = roles.of(census, item);
        let module = census.item(item).module;
        // Statements in a room that is named for the core, and no port anywhere.
        let misplaced = role == Some(Role::Adapter) && !ported && looks::is_named_core(ground, module);
        if matches!(role, Some(Role::Adapter | Role::Composition | Role::Test)) && !misplaced
            || roles.has(module, Tag::ReadSide)
        {
            continue;
        }
        // Handlers that query have a lint of their own.
        let entry = patterns.entrypoints.iter().any(|one| one.item == item);
        let own = |form: AccessForm| matches!(form, AccessForm::Read | AccessForm::Write);
        let accesses: Vec<_> = accesses.into_iter().filter(|access| own(access.form)).collect();
        let Some(first) = accesses.first().filter(|_| !entry) else { continue };
        let name = census.name(item);
        if looks::tells_health(ground, name) {
            continue;
        }
        let message = match misplaced {
            true => format!("`{name}` reaches the store in a room named for the core"),
            false => format!("`{name}` reaches the store outside of any adapter"),
        };
        let instead = "put the query behind a port, in the adapter that implements it";
        let mut one = Found::new(ground, item, first.place, message, instead);
        one.places = accesses.iter().map(|access| access.place).collect();
        found.push(one);
    }
    found
}
