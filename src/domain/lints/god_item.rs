//! `god-item`: an item that is very large, or that everything hangs on.

use crate::domain::lints::found::Found;
use crate::domain::lints::looks;
use crate::domain::lints::{Ground, Lint, When};

/// The lint.
pub const LINT: Lint = Lint {
    name: "god-item",
    construct: "mud",
    when: When::Always,
    costs: &["mud.god_items"],
    because: "what everyone uses and what uses everyone cannot be changed by anyone (book, introduction)",
    find,
};

fn find(ground: &Ground<'_>) -> Vec<Found> {
    let census = ground.scene.census;
    let mut found = Vec::new();
    for (item, evidence) in looks::lost(ground, "mud.god_items") {
        let message = format!("`{}` is too much for one place: {}", census.name(item), evidence.fact);
        let instead = "split it along what changes together";
        found.push(Found::new(ground, item, census.item(item).place, message, instead));
    }
    found
}
