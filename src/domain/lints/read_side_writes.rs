//! `read-side-writes`: code that answers queries changes the store.

use std::collections::BTreeMap;

use crate::domain::census::ModuleNo;
use crate::domain::lints::found::Found;
use crate::domain::lints::looks;
use crate::domain::lints::{Ground, Lint, When};
use crate::domain::patterns::AccessForm;
use crate::domain::patterns::names::words;
use crate::domain::policy::role::Role;
use crate::domain::roles::Tag;

/// The lint.
pub const LINT: Lint = Lint {
    name: "read-side-writes",
    construct: "cqrs",
    when: When::Needed,
    costs: &["cqrs.read_side_separate"],
    because: "who asks should be sure that asking changes nothing (book, ch. 12)",
    find,
};

fn find(ground: &Ground<'_>) -> Vec<Found> {
    let (census, roles) = (ground.scene.census, ground.scene.roles);
    let keepers = looks::words(ground, "read-side-writes").words("keepers");
    let keeps = |id: &str| id.split("::").flat_map(words).any(|word| keepers.contains(&word));
    let mut found = Vec::new();
    let accesses = &ground.scene.patterns.accesses;
    let mut balance: BTreeMap<ModuleNo, i32> = BTreeMap::new();
    for access in accesses {
        let reads = matches!(access.form, AccessForm::Read | AccessForm::Lookup);
        *balance.entry(census.item(access.item).module).or_default() += if reads { 1 } else { -1 };
    }
    for access in accesses.iter().filter(|access| access.form == AccessForm::Write) {
        let module = census.item(access.item).module;
        // A module that writes as often as it reads holds all statements, whatever it is called.
        if !roles.has(module, Tag::ReadSide)
            || balance.get(&module).is_none_or(|more| *more <= 0)
            || matches!(roles.of(census, access.item), Some(Role::Composition | Role::Test))
            || keeps(&census.module_id(module))
            || !census.is_production(access.item)
        {
            continue;
        }
        let message = format!("`{}` of the read side writes to the store", census.name(access.item));
        let instead = "move it to the side that writes";
        found.push(Found::new(ground, access.item, access.place, message, instead));
    }
    found
}
