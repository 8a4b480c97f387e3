//! `sleep-in-test`: a test sleeps.

use crate::domain::census::outside::Impure;
use crate::domain::lints::found::Found;
use crate::domain::lints::{Ground, Lint, When};

/// The lint.
pub const LINT: Lint = Lint {
    name: "sleep-in-test",
    construct: "tst",
    when: When::Always,
    costs: &["tst.quiet_tests"],
    because: "a test that waits is slow when it passes, and fails on a slow day (book, ch. 3)",
    find,
};

fn find(ground: &Ground<'_>) -> Vec<Found> {
    let (census, patterns) = (ground.scene.census, ground.scene.patterns);
    let mut found = Vec::new();
    for test in &patterns.tests {
        let uses = census.uses(test.item);
        let paused = uses
            .iter()
            .any(|used| census.outer(used.to).is_some_and(|outside| outside.path == "tokio::time::pause"));
        if paused {
            continue;
        }
        for used in uses {
            let waits = census.outer(used.to).filter(|outside| outside.impure == Some(Impure::Waiting));
            let Some(outside) = waits else { continue };
            let message = format!("test `{}` sleeps", census.name(test.item));
            let instead = "pause the clock, or wait for a signal";
            let to = format!("ext:{}", outside.path);
            found.push(Found::new(ground, test.item, used.place, message, instead).to(to));
        }
    }
    found
}
