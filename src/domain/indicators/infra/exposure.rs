//! `infra.exposure`: how much of the business code names what the program drives.

use crate::domain::census::ItemNo;
use crate::domain::indicators::dip::core_sees_abstractions::Held;
use crate::domain::indicators::measurement::Measurement;
use crate::domain::indicators::scene::Scene;
use crate::domain::indicators::tally::{Member, Tally};
use crate::domain::patterns::Side;
use crate::domain::policy::model::IndicatorSpec;
use crate::domain::policy::role::Role;

/// Measures it.
pub fn measure(scene: &Scene<'_>, spec: &IndicatorSpec) -> Measurement {
    let census = scene.census;
    let held = Held::of(scene);
    let mut tally = Tally::new();
    let business = census.counted().filter(|item| is_business(scene, *item));
    for item in business.filter(|item| !scene.patterns.is_empty_type(*item)) {
        let touches = &scene.patterns.touch(item).infra;
        let member = match touches.iter().find(|touch| touch.side == Side::Driven) {
            None => match held.concrete(item) {
                Some(slot) => {
                    let fact = format!("gets `{}`, which wraps it", held.word(slot));
                    Member::bad(census, item, fact).at(slot.place)
                }
                None => Member::good(census, item),
            },
            Some(touch) => Member::bad(census, item, format!("names `{}`", touch.what)).at(touch.place),
        };
        tally.add(member.sized(f64::from(census.item(item).size)));
    }
    tally.measure_bad(
        scene,
        spec,
        "tokens of business code name driven infrastructure",
        "there is no business code",
    )
}

/// Items of the core, and other functions that decide something outside adapters and composition.
pub fn is_business(scene: &Scene<'_>, item: ItemNo) -> bool {
    let outer =
        matches!(scene.roles.of(scene.census, item), Some(Role::Adapter | Role::Composition | Role::Test));
    scene.roles.is_core(scene.census, item) || !outer && scene.patterns.decisions(item) > 0
}
