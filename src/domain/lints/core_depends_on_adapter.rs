//! `core-depends-on-adapter`: an item of the core names one of an adapter, an entrypoint or the composition.

use crate::domain::census::{Census, Target};
use crate::domain::finding::Level;
use crate::domain::lints::found::Found;
use crate::domain::lints::looks;
use crate::domain::lints::{Ground, Lint, When};
use crate::domain::policy::role::Role;

/// The lint.
pub const LINT: Lint = Lint {
    name: "core-depends-on-adapter",
    construct: "dip",
    when: When::Needed,
    costs: &["dip.direction"],
    because: "what changes often should depend on what changes seldom, not the other way round (book, introduction, ch. 2)",
    find,
};

fn find(ground: &Ground<'_>) -> Vec<Found> {
    let (census, patterns, roles) = (ground.scene.census, ground.scene.patterns, ground.scene.roles);
    let mut found = Vec::new();
    for item in census.counted().filter(|item| roles.is_core(census, *item)) {
        // Who names what is called and what calls joins them, wherever that stands.
        let names = |role: Role| {
            census.uses(item).iter().filter(|used| !used.test).any(|used| match used.to {
                Target::Item(target) => roles.of(census, census.whole(target)) == Some(role),
                _ => false,
            })
        };
        let joins = census.is_function(item) && names(Role::Adapter) && names(Role::Entrypoint);
        for used in census.uses(item).iter().filter(|used| !used.test && Census::is_own(used)) {
            let Target::Item(target) = used.to else { continue };
            let whole = census.whole(target);
            if !census.is_production(whole) || !roles.is_outer(census, whole) || patterns.leads_to_port(used)
            {
                continue;
            }
            let word = looks::role_word(ground, whole);
            let own = looks::role_word(ground, item);
            let message = format!("the {own} names `{}`, which stands in {word}", census.id(whole));
            let instead = "depend on a trait that the core owns, and let the outer part implement it";
            let unsure = roles.confidence(census, whole) < looks::SURE;
            let one = Found::new(ground, item, used.place, message, instead).to(census.id(whole));
            found.push(match (joins, unsure) {
                (true, _) => one.at_most(Level::Note),
                (false, true) => one.at_most(Level::Warn),
                (false, false) => one,
            });
        }
    }
    found
}
