//! `rules-outside-the-domain`: the application decides what the domain should.

use crate::domain::census::ItemNo;
use crate::domain::lints::found::Found;
use crate::domain::lints::looks;
use crate::domain::lints::{Ground, Lint, When};
use crate::domain::policy::role::Role;

/// The lint.
pub const LINT: Lint = Lint {
    name: "rules-outside-the-domain",
    construct: "svc",
    when: When::Needed,
    costs: &["svc.domain_owns_rules"],
    because: "a domain that only holds data leaves its rules to whoever uses it (ch. 4)",
    find,
};

fn find(ground: &Ground<'_>) -> Vec<Found> {
    let limits = looks::words(ground, "rules-outside-the-domain");
    let (census, patterns) = (ground.scene.census, ground.scene.patterns);
    let deciding = |role: Role| -> Vec<(u32, ItemNo)> {
        let sure = |item: &ItemNo| ground.scene.roles.confidence(census, *item) >= looks::sure(ground);
        let converts = |item: &ItemNo| limits.lists("conversions", census.name(*item));
        let functions = looks::items_of(ground, role).filter(|item| census.is_function(*item));
        let functions = functions.filter(|item| sure(item) && !converts(item));
        functions.map(|item| (patterns.decisions(item), item)).filter(|(count, _)| *count > 0).collect()
    };
    let sum = |list: &[(u32, ItemNo)]| list.iter().map(|(count, _)| count).sum::<u32>();
    let (mut outside, inside) = (deciding(Role::Application), sum(&deciding(Role::Domain)));
    let count = sum(&outside);
    // Where there is no domain at all, its place is what is missing.
    let domain = looks::items_of(ground, Role::Domain).any(|item| census.is_data(item));
    if !domain || count + inside < limits.count("decisions") || count <= limits.count("times") * inside {
        return Vec::new();
    }
    outside.sort_by_key(|(count, item)| (std::cmp::Reverse(*count), *item));
    let Some((most, first)) = outside.first().copied() else { return Vec::new() };
    let message = format!(
        "the application takes {count} decisions and the domain {inside}; `{}` alone takes {most}",
        census.name(first)
    );
    let instead = "move what is decided about a thing to a method of that thing";
    vec![Found::new(ground, first, census.item(first).place, message, instead)]
}
