//! `domain-reaches-outward`: an item of the domain reaches the outside through modules between.

use rustc_hash::FxHashSet;

use crate::domain::census::{Census, ItemNo, Target};
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
    because: "a rule that hangs on the outside through a third hangs on the outside (book, introduction)",
    find,
};

fn find(ground: &Ground<'_>) -> Vec<Found> {
    let spec = ground.scene.parameters.indicator("purity.no_indirect_leak");
    let steps = spec.map_or(0, |spec| spec.constants.count("hops_shown")) as usize;
    let mut found = Vec::new();
    let mut dead = FxHashSet::default();
    for item in looks::items_of(ground, Role::Domain) {
        found.extend(application(ground, item));
        let Some(way) = looks::way_out(ground, item, steps, &mut dead) else { continue };
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

/// Names of the application that an item of the domain names: what is further in knows nothing of what is
/// further out, traits that are made for that left out.
fn application(ground: &Ground<'_>, item: ItemNo) -> Vec<Found> {
    let (census, roles) = (ground.scene.census, ground.scene.roles);
    let mut found = Vec::new();
    let from = looks::sure(ground);
    for used in census.uses(item).iter().filter(|used| !used.test && Census::is_own(used)) {
        let Target::Item(target) = used.to else { continue };
        let whole = census.whole(target);
        let sure = roles.confidence(census, whole).min(roles.confidence(census, item)) >= from;
        let outer = census.is_production(whole) && roles.of(census, whole) == Some(Role::Application);
        if !outer || !sure || ground.scene.patterns.leads_to_port(used) {
            continue;
        }
        let id = census.id(whole);
        let message = format!("`{}` of the domain names `{id}` of the application", census.name(item));
        let instead = "move what the domain needs into it, or hand in the result";
        found.push(Found::new(ground, item, used.place, message, instead).to(id));
    }
    found
}
