//! `purity.persistence_ignorant_types`: how free domain types are of derives that tie them to a store, a
//! wire or a view.

use crate::domain::census::{Census, ItemNo};
use crate::domain::graph::{EdgeKind, ItemKind};
use crate::domain::indicators::measurement::Measurement;
use crate::domain::indicators::purity::home::{MISSING, is_missing};
use crate::domain::indicators::scene::Scene;
use crate::domain::indicators::tally::{Member, Tally};
use crate::domain::patterns::{DataKind, InfraForm};
use crate::domain::policy::model::IndicatorSpec;
use crate::domain::policy::role::Role;
use crate::domain::source::facts::ItemMarks;

/// Measures it.
pub fn measure(scene: &Scene<'_>, spec: &IndicatorSpec) -> Measurement {
    let census = scene.census;
    if is_missing(scene) {
        return Measurement::not_applicable(spec, MISSING);
    }
    let mut tally = Tally::new();
    for item in census.counted().filter(|item| is_data(scene, *item)) {
        let member = Member::good(census, item);
        tally.add(match cost(scene, spec, item) {
            Some((cost, fact)) => member.worth(1.0 - cost, fact),
            None => member,
        });
    }
    tally.measure(scene, spec, "domain types are free of ties by derive", "the domain has no data types")
}

/// A struct with fields or an enum of the domain; errors and markers left out.
fn is_data(scene: &Scene<'_>, item: ItemNo) -> bool {
    let census = scene.census;
    let shaped = match census.item(item).kind {
        ItemKind::Struct => !census.slots(item).is_empty(),
        ItemKind::Enum => true,
        _ => false,
    };
    shaped
        && scene.roles.of(census, item) == Some(Role::Domain)
        && !matches!(scene.patterns.data(item), Some(DataKind::Error | DataKind::Marker))
}

/// What ties a type, and how much that costs, 0 to 1.
fn cost(scene: &Scene<'_>, spec: &IndicatorSpec, item: ItemNo) -> Option<(f64, String)> {
    let touches = &scene.patterns.touch(item).infra;
    let tied = |form: InfraForm, key: &str| {
        let touch = touches.iter().find(|touch| touch.form == form)?;
        Some((spec.constants.number(key), format!("is tied by `{}`", touch.what)))
    };
    tied(InfraForm::PersistenceDerive, "persistence")
        .or_else(|| tied(InfraForm::PresentationDerive, "presentation"))
        .or_else(|| serialised(scene, spec, item))
}

/// Whether a type derives serialisation, and its attributes spell out the shape of that.
pub fn spells_out(scene: &Scene<'_>, item: ItemNo) -> bool {
    derives(scene, item) && scene.census.item(item).marks.has(ItemMarks::WIRE_SHAPE)
}

fn derives(scene: &Scene<'_>, item: ItemNo) -> bool {
    let census: &Census<'_> = scene.census;
    let list = scene.catalogue.list("derives.serialization");
    census.uses(item).iter().any(|used| {
        used.kind == EdgeKind::Derive && census.outer(used.to).is_some_and(|outside| outside.is_one_of(list))
    })
}

/// Messages are made to be written: serde costs them nothing.
fn serialised(scene: &Scene<'_>, spec: &IndicatorSpec, item: ItemNo) -> Option<(f64, String)> {
    if matches!(scene.patterns.data(item), Some(DataKind::Event | DataKind::Command)) {
        return None;
    }
    let derives = derives(scene, item);
    if spells_out(scene, item) {
        return Some((spec.constants.number("serde_shape"), "spells out how it is serialised".to_owned()));
    }
    let strict = scene.parameters.section("purity").word("serde") == "strict";
    (derives && strict).then(|| (spec.constants.number("serde_strict"), "derives serialisation".to_owned()))
}
