//! `domain-test-needs-io`: a test of nothing but the domain needs the outside.

use crate::domain::census::ItemNo;
use crate::domain::lints::found::Found;
use crate::domain::lints::{Ground, Lint, When};
use crate::domain::patterns::Layer;
use crate::domain::policy::role::Role;

/// The lint.
pub const LINT: Lint = Lint {
    name: "domain-test-needs-io",
    construct: "pyr",
    when: When::Needed,
    costs: &["pyr.shape", "tst.quiet_tests"],
    because: "a test of a rule should need nothing but the rule (book, ch. 1 and 3)",
    find,
};

fn find(ground: &Ground<'_>) -> Vec<Found> {
    let (census, patterns, roles) = (ground.scene.census, ground.scene.patterns, ground.scene.roles);
    let is_domain = |item: ItemNo| roles.of(census, item) == Some(Role::Domain);
    let mut found = Vec::new();
    for test in patterns.tests.iter().filter(|test| test.layer != Layer::Unit) {
        let named: Vec<ItemNo> = test.reaches().filter(|item| census.is_production(*item)).collect();
        if named.is_empty() || !named.iter().all(|item| is_domain(*item)) {
            continue;
        }
        let message =
            format!("`{}` tests the domain alone, and needs the outside for it", census.name(test.item));
        let instead = "make what it needs from values, so that no store or file is asked";
        found.push(Found::new(ground, test.item, census.item(test.item).place, message, instead));
    }
    found
}
