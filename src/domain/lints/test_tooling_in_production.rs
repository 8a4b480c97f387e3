//! `test-tooling-in-production`: production code names a crate for tests.

use crate::domain::finding::Level;
use crate::domain::lints::found::Found;
use crate::domain::lints::looks;
use crate::domain::lints::{Ground, Lint, When};

/// The lint.
pub const LINT: Lint = Lint {
    name: "test-tooling-in-production",
    construct: "tst",
    when: When::Always,
    costs: &["tst.quiet_tests"],
    because: "what is only for tests should not be built into the product (book, ch. 3)",
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
            // Nor is a module that is named after the tool: it serves those who test with it.
            let own = census.module_id(census.item(item).module);
            // Nor what only those get who ask for the tool by a feature.
            if looks::is_for_tests(ground, item)
                || own.split("::").any(|part| part == outside.krate())
                || looks::is_optional(ground, item, outside.node)
            {
                continue;
            }
            let message = format!("production code names `{}`, a tool for tests", outside.path);
            let instead = "put it behind `cfg(test)`, as in `#[cfg_attr(test, automock)]`";
            let to = format!("ext:{}", outside.path);
            let one = Found::new(ground, item, used.place, message, instead).to(to);
            // A mock that other packages use in their tests has to be built with this one.
            let mock = outside.category == "test_double";
            found.push(if mock { one.at_most(Level::Note) } else { one });
        }
    }
    found
}
