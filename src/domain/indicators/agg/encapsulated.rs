//! `agg.encapsulated`: fields of entities that nobody else can reach.

use crate::domain::census::{Census, ItemNo, Reach};
use crate::domain::indicators::agg::NONE;
use crate::domain::indicators::measurement::Measurement;
use crate::domain::indicators::scene::Scene;
use crate::domain::indicators::tally::{Member, Tally};
use crate::domain::policy::model::IndicatorSpec;
use crate::domain::policy::role::Role;

/// Measures it.
pub fn measure(scene: &Scene<'_>, spec: &IndicatorSpec) -> Measurement {
    let census = scene.census;
    let within_crate = spec.constants.number("crate_visible");
    let mut tally = Tally::new();
    for entity in &scene.patterns.entities {
        let own_crate = is_all_domain(scene, entity.item);
        for slot in census.slots(entity.item) {
            let name = census.word(slot.name);
            let (worth, fact) = match slot.reach {
                Reach::Private | Reach::Restricted => (1.0, String::new()),
                Reach::Crate if own_crate => (1.0, String::new()),
                Reach::Crate => (within_crate, format!("`{name}` can be changed anywhere in the crate")),
                Reach::Public => (0.0, format!("`{name}` can be changed by anyone")),
            };
            tally.add(Member::good(census, entity.item).at(slot.place).worth(worth, fact));
        }
    }
    tally.measure(scene, spec, "fields of entities are private", NONE)
}

/// Whether the crate of an item holds nothing but domain.
fn is_all_domain(scene: &Scene<'_>, item: ItemNo) -> bool {
    let census: &Census<'_> = scene.census;
    let krate = census.module(census.item(item).module).krate;
    let inner = |role: Option<Role>| matches!(role, Some(Role::Domain | Role::Test));
    census
        .module_nos()
        .filter(|module| census.module(*module).krate == krate && !census.module(*module).items.is_empty())
        .all(|module| inner(scene.roles.played(module).role))
}
