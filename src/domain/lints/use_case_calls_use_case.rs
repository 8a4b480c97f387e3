//! `use-case-calls-use-case`: a use case calls another one that writes.

use std::collections::BTreeSet;

use crate::domain::census::ItemNo;
use crate::domain::lints::found::Found;
use crate::domain::lints::looks;
use crate::domain::lints::{Ground, Lint, When};
use crate::domain::policy::role::Role;

/// The lint.
pub const LINT: Lint = Lint {
    name: "use-case-calls-use-case",
    construct: "svc",
    when: When::Needed,
    costs: &["uow.owned_by_service"],
    because: "a use case within another one has two beginnings and two ends, and nobody knows which counts (epilogue)",
    find,
};

fn find(ground: &Ground<'_>) -> Vec<Found> {
    let (census, roles, patterns) = (ground.scene.census, ground.scene.roles, ground.scene.patterns);
    // A use case is what an entrypoint asks for; all else is a part of one.
    let use_cases: BTreeSet<ItemNo> = patterns
        .entrypoints
        .iter()
        .flat_map(|entry| patterns.calls(entry.item))
        .copied()
        .filter(|item| census.is_production(*item) && roles.of(census, *item) == Some(Role::Application))
        .collect();
    let writing: BTreeSet<ItemNo> =
        patterns.accesses.iter().filter(|access| looks::is_write(access)).map(|access| access.item).collect();
    let writes = |item: ItemNo| {
        writing.contains(&item) || patterns.calls(item).iter().any(|called| writing.contains(called))
    };
    let mut found = Vec::new();
    for item in use_cases.iter().copied() {
        for called in patterns.calls(item).iter().copied().filter(|called| *called != item) {
            // A decorator hands on to what has the same trait, or the same name.
            let decorates = census.name(item) == census.name(called)
                || (census.trait_of(item).is_some() && census.trait_of(item) == census.trait_of(called));
            if decorates || !use_cases.contains(&called) || !writes(called) || !writes(item) {
                continue;
            }
            let to = census.id(called);
            let (own, other) = (census.name(item), census.name(called));
            let message = format!("use case `{own}` calls use case `{other}`, which writes too");
            let instead = "raise an event that it handles, or share a function of the domain";
            let place = looks::place_of(ground, item, &to);
            found.push(Found::new(ground, item, place, message, instead).to(to));
        }
    }
    found
}
