//! `cqrs.read_skips_model`: how many functions of the read side name no aggregate.

use crate::domain::census::{Census, Target};
use crate::domain::indicators::cqrs::reads::{is_read_side, readers};
use crate::domain::indicators::measurement::Measurement;
use crate::domain::indicators::scene::Scene;
use crate::domain::indicators::tally::{Member, Tally};
use crate::domain::policy::model::IndicatorSpec;

/// Measures it.
pub fn measure(scene: &Scene<'_>, spec: &IndicatorSpec) -> Measurement {
    let census = scene.census;
    let is_root = |target: Target| match target {
        Target::Item(item) => {
            let own = census.self_item(item).unwrap_or(item);
            scene.patterns.entities.iter().any(|entity| entity.root && entity.item == own)
        }
        _ => false,
    };
    let mut tally = Tally::new();
    for item in readers(scene).into_iter().filter(|item| is_read_side(scene, *item)) {
        let root = census.uses(item).iter().find(|used| Census::is_own(used) && is_root(used.to));
        tally.add(match root {
            None => Member::good(census, item),
            Some(used) => {
                let fact = format!("reads through `{}`", census.target_word(used.to));
                Member::bad(census, item, fact).at(used.place)
            }
        });
    }
    tally.measure(scene, spec, "functions of the read side name no aggregate", "there is no read side")
}
