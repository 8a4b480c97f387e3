//! `domain-reaches-outward`: an item of the domain reaches the outside through modules between.

use rustc_hash::FxHashSet;

use crate::domain::lints::found::Found;
use crate::domain::lints::looks;
use crate::domain::lints::{Ground, Lint, When};
use crate::domain::policy::role::Role;

/// The lint.
pub const LINT: Lint = Lint {
    name: "domain-reaches-outward",
    construct: "purity",
    when: When::Needed,
    costs: &["purity.no_indirect_leak"],
    because: "a rule that hangs on the outside through a third hangs on the outside (introduction)",
    find,
};

/// Steps that are followed and shown.
const FARTHEST: usize = 6;

fn find(ground: &Ground<'_>) -> Vec<Found> {
    let mut found = Vec::new();
    let mut dead = FxHashSet::default();
    for item in looks::items_of(ground, Role::Domain) {
        let Some(way) = looks::way_out(ground, item, FARTHEST, &mut dead) else { continue };
        let (Some(first), Some(last)) = (way.first(), way.last()) else { continue };
        let message = format!(
            "`{}` of the domain reaches `{}` through `{}`",
            ground.scene.census.name(item),
            last.to,
            first.to
        );
        let instead = "turn one step of the way round with a trait that the domain owns";
        let place = looks::place_of(ground, item, &first.to);
        found.push(Found::new(ground, item, place, message, instead).to(last.to.clone()).through(way));
    }
    found
}
