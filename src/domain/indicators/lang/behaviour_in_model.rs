//! `lang.behaviour_in_model`: entities that do something.

use crate::domain::census::ItemNo;
use crate::domain::indicators::measurement::Measurement;
use crate::domain::indicators::scene::Scene;
use crate::domain::indicators::tally::{Member, Tally};
use crate::domain::policy::model::IndicatorSpec;
use crate::domain::source::facts::ItemMarks;

/// Measures it.
pub fn measure(scene: &Scene<'_>, spec: &IndicatorSpec) -> Measurement {
    let census = scene.census;
    let mut tally = Tally::new();
    for entity in &scene.patterns.entities {
        let behaves = |method: &ItemNo| {
            let marks = census.item(*method).marks;
            let moves = marks.has(ItemMarks::ACCESSOR) || marks.has(ItemMarks::SETTER);
            marks.has(ItemMarks::RECEIVER) && !moves
        };
        tally.add(match entity.methods.iter().any(behaves) {
            true => Member::good(census, entity.item),
            false => Member::bad(census, entity.item, "only holds data"),
        });
    }
    tally.measure(scene, spec, "entities have behaviour", "no domain type has an identity")
}
