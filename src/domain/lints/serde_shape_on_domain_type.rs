//! `serde-shape-on-domain-type`: a type of the domain spells out how it is serialised.

use crate::domain::indicators::purity::persistence_ignorant_types::spells_out;
use crate::domain::lints::found::Found;
use crate::domain::lints::looks;
use crate::domain::lints::{Ground, Lint, When};
use crate::domain::patterns::DataKind;
use crate::domain::policy::role::Role;

/// The lint.
pub const LINT: Lint = Lint {
    name: "serde-shape-on-domain-type",
    construct: "purity",
    when: When::Needed,
    costs: &["purity.persistence_ignorant_types"],
    because: "attributes that spell out a format make the model follow it (ch. 2)",
    find,
};

fn find(ground: &Ground<'_>) -> Vec<Found> {
    let (census, patterns) = (ground.scene.census, ground.scene.patterns);
    let mut found = Vec::new();
    for item in looks::items_of(ground, Role::Domain) {
        let means = matches!(patterns.data(item), Some(DataKind::Entity | DataKind::Value));
        if !means || !spells_out(&ground.scene, item) || looks::is_active_record(ground, item) {
            continue;
        }
        let message = format!("`{}` of the domain spells out how it is serialised", census.name(item));
        let instead = "serialise a type of the adapter's own, made from this one";
        found.push(Found::new(ground, item, census.item(item).place, message, instead));
    }
    found
}
