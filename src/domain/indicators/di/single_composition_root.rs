//! `di.single_composition_root`: how many adapters and clients are made where the program is put
//! together.

use crate::domain::census::Target;
use crate::domain::indicators::measurement::Measurement;
use crate::domain::indicators::scene::Scene;
use crate::domain::indicators::tally::{Member, Tally};
use crate::domain::patterns::Construction;
use crate::domain::policy::model::IndicatorSpec;
use crate::domain::policy::role::Role;
use crate::domain::source::facts::ItemMarks;

/// Measures it.
pub fn measure(scene: &Scene<'_>, spec: &IndicatorSpec) -> Measurement {
    let census = scene.census;
    let mut tally = Tally::new();
    for made in &scene.patterns.constructions {
        let role = scene.roles.of(census, made.item);
        let constructs = role == Some(Role::Adapter) && (constructs(scene, made) || gives(scene, made));
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

/// Stands in the constructor of another adapter.
fn constructs(scene: &Scene<'_>, made: &Construction) -> bool {
    let census = scene.census;
    census.self_item(made.item).is_some() && !census.item(made.item).marks.has(ItemMarks::RECEIVER)
}

/// Stands in a function of an adapter module whose work it is to give what is driven.
fn gives(scene: &Scene<'_>, made: &Construction) -> bool {
    let census = scene.census;
    let driven = |target: Option<Target>| match target {
        Some(Target::Outside(outside)) => census.external(outside).is_driven(),
        Some(Target::Item(item)) => scene.patterns.touch(item).driven(),
        _ => false,
    };
    let result = census.result(made.item);
    result.is_some_and(|slot| driven(slot.core) || census.types(slot).iter().any(|part| driven(part.target)))
}

/// The type that is made.
fn name(scene: &Scene<'_>, target: Target) -> String {
    match scene.census.outer(target) {
        Some(outside) => outside.path.clone(),
        None => scene.census.target_word(target).to_owned(),
    }
}
