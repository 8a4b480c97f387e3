//! `component-cycle`: top-level modules or crates depend on each other in a circle.

use crate::domain::lints::found::Found;
use crate::domain::lints::looks;
use crate::domain::lints::{Ground, Lint, When};

/// The lint.
pub const LINT: Lint = Lint {
    name: "component-cycle",
    construct: "mud",
    when: When::Always,
    costs: &["mud.cycles"],
    because: "what stands in a circle can only be understood, tested and changed as a whole (book, introduction, ch. 3)",
    find,
};

fn find(ground: &Ground<'_>) -> Vec<Found> {
    looks::circles(ground)
}
