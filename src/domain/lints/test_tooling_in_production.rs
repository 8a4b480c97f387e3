//! `test-tooling-in-production`: production code names a crate for tests.

use crate::domain::lints::found::Found;
use crate::domain::lints::looks;
use crate::domain::lints::{Ground, Lint, When};

/// The lint.
pub const LINT: Lint = Lint {
    name: "test-tooling-in-production",
    construct: "tst",
    when: When::Always,
    costs: &["tst.quiet_tests"],
    because: "what is only for tests should not be built into the product (ch. 3)",
    find,
};

fn find(ground: &Ground<'_>) -> Vec<Found> {
    let census = ground.scene.census;
    let mut found = Vec::new();
    for item in census.counted() {
        for used in census.uses(item).iter().filter(|used| !used.test) {
            let tool = census.outer(used.to).filter(|outside| {
                matches!(
                    outside.category.as_str(),
                    "test_pure" | "test_double" | "test_infrastructure" | "test_end_to_end"
                )
            });
            let Some(outside) = tool else { continue };
            // A type that is gated by a feature for tests is not built into the product.
            if looks::is_for_tests(ground, item) {
                continue;
            }
            let message = format!("production code names `{}`, a tool for tests", outside.path);
            let instead = "put it behind `cfg(test)`, as in `#[cfg_attr(test, automock)]`";
            let to = format!("ext:{}", outside.path);
            found.push(Found::new(ground, item, used.place, message, instead).to(to));
        }
    }
    found
}
