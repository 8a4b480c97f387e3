//! `repository-without-double`: no test replaces a repository by a double.

use crate::domain::lints::found::Found;
use crate::domain::lints::{Ground, Lint, When};
use crate::domain::patterns::Layer;

/// The lint.
pub const LINT: Lint = Lint {
    name: "repository-without-double",
    construct: "repo",
    when: When::Needed,
    costs: &["repo.faked", "tst.doubles", "dip.used_seams"],
    because: "a trivial fake is one of the greatest gains of a repository (book, ch. 2)",
    find,
};

fn find(ground: &Ground<'_>) -> Vec<Found> {
    let (census, patterns) = (ground.scene.census, ground.scene.patterns);
    // Where nothing is tested at all, that is the thing to say.
    if !patterns.tests.iter().any(|test| test.layer == Layer::Unit) {
        return Vec::new();
    }
    let bare = patterns.repositories().filter(|(port, _)| port.doubles.iter().all(|double| !double.used));
    bare.map(|(port, _)| {
        let item = port.traits[0];
        let message = format!("no test ever replaces repository `{}`", census.name(item));
        let instead = "write a fake that keeps things in memory, and run the use cases on it";
        Found::new(ground, item, census.item(item).place, message, instead)
    })
    .collect()
}
