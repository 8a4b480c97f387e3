//! `di.single_composition_root`: how many adapters and clients are made where the program is put
//! together.

use crate::domain::indicators::measurement::Measurement;
use crate::domain::indicators::scene::Scene;
use crate::domain::indicators::tally::{Member, Tally};
use crate::domain::policy::model::IndicatorSpec;
use crate::domain::policy::role::Role;
use crate::domain::source::facts::ItemMarks;

/// Measures it.
pub fn measure(scene: &Scene<'_>, spec: &IndicatorSpec) -> Measurement {
    let census = scene.census;
    let mut tally = Tally::new();
    for made in &scene.patterns.constructions {
        let role = scene.roles.of(census, made.item);
        let constructs = role == Some(Role::Adapter)
            && census.self_item(made.item).is_some()
            && !census.item(made.item).marks.has(ItemMarks::RECEIVER);
        let member = match role == Some(Role::Composition) || constructs {
            true => Member::good(census, made.item),
            false => Member::bad(census, made.item, format!("makes `{}` itself", name(scene, made.made))),
        };
        tally.add(member.at(made.place));
    }
    tally.measure(
        scene,
        spec,
        "adapters and clients are made in the composition",
        "no adapter or client is made",
    )
}

/// The type that is made.
fn name(scene: &Scene<'_>, target: crate::domain::census::Target) -> String {
    match scene.census.outer(target) {
        Some(outside) => outside.path.clone(),
        None => scene.census.target_word(target).to_owned(),
    }
}
