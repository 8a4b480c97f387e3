//! Decisions of the business, function by function: those of the core and of what calls it, and what
//! adapters and the composition hide beyond what is free there.

use std::collections::BTreeMap;

use crate::domain::census::{Census, ItemNo, ModuleNo};
use crate::domain::patterns::Patterns;
use crate::domain::patterns::storage::functions;
use crate::domain::policy::model::Parameters;
use crate::domain::policy::role::Role;
use crate::domain::roles::Roles;

/// Functions with their counted decisions, more than 0 each, in order. What a module of the composition
/// hides is counted for the function that decides most there.
pub fn business(
    census: &Census<'_>,
    roles: &Roles,
    patterns: &Patterns,
    parameters: &Parameters,
) -> Vec<(ItemNo, u32)> {
    let constants = parameters.section("facts");
    let (free, free_there) =
        (constants.count("adapter_decisions_free"), constants.count("composition_decisions_free"));
    let mut found: Vec<(ItemNo, u32)> = Vec::new();
    for item in functions(census) {
        let own = patterns.decisions(item);
        let counted = match roles.of(census, item) {
            Some(Role::Composition | Role::Test) => 0,
            Some(Role::Adapter) => own.saturating_sub(free),
            _ => own,
        };
        found.push((item, counted));
    }
    for (_, (sum, most)) in composition(census, roles, patterns) {
        found.push((most, sum.saturating_sub(free_there)));
    }
    found.retain(|(_, counted)| *counted > 0);
    found.sort_unstable();
    found
}

/// Decisions of each module of the composition, and the function that has most of them.
pub fn composition(
    census: &Census<'_>,
    roles: &Roles,
    patterns: &Patterns,
) -> BTreeMap<ModuleNo, (u32, ItemNo)> {
    let mut found: BTreeMap<ModuleNo, (u32, ItemNo)> = BTreeMap::new();
    for item in functions(census).filter(|item| roles.of(census, *item) == Some(Role::Composition)) {
        let own = patterns.decisions(item);
        let entry = found.entry(census.item(item).module).or_insert((0, item));
        entry.0 += own;
        if own > patterns.decisions(entry.1) {
            entry.1 = item;
        }
    }
    found
}
