//! `test-that-cannot-fail`: a test has no assertion, panic, `?` or snapshot.

use crate::domain::lints::found::Found;
use crate::domain::lints::{Ground, Lint, When};

/// The lint.
pub const LINT: Lint = Lint {
    name: "test-that-cannot-fail",
    construct: "pyr",
    when: When::Always,
    costs: &["pyr.guarded"],
    because: "a test without an assertion shows only that nothing panics (book, ch. 5)",
    find,
};

fn find(ground: &Ground<'_>) -> Vec<Found> {
    let (census, patterns) = (ground.scene.census, ground.scene.patterns);
    let bare = patterns.toothless.iter();
    bare.map(|item| {
        let message = format!("test `{}` asserts nothing", census.name(*item));
        let instead = "assert what should be the case";
        Found::new(ground, *item, census.item(*item).place, message, instead)
    })
    .collect()
}
