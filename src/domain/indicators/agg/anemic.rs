//! Whether there is any aggregate, or only records.

use crate::domain::census::{Census, ItemNo, Reach};
use crate::domain::indicators::scene::Scene;
use crate::domain::patterns::Entity;
use crate::domain::source::facts::ItemMarks;

/// Why an indicator of quality says nothing where the pattern is missing.
pub const ANEMIC: &str = "there is no aggregate: what has an identity neither hides nor guards anything";

/// Whether the pattern is missing: no root guards a change, and entities hide next to no field. Who stores
/// records how then tells nothing of aggregates.
pub fn is_anemic(scene: &Scene<'_>) -> bool {
    let census = scene.census;
    let entities = &scene.patterns.entities;
    let guards = entities.iter().filter(|entity| entity.root).any(|entity| guards(scene, entity));
    let fields = || entities.iter().flat_map(|entity| census.slots(entity.item));
    let hides = |reach: Reach| matches!(reach, Reach::Private | Reach::Restricted);
    let hidden = fields().filter(|slot| hides(slot.reach)).count() as f64;
    let least = scene.parameters.section("agg").table("encapsulated").ramp("ramp").from;
    !guards && hidden <= least * fields().count() as f64
}

/// Whether an entity has a method that changes it and can refuse.
pub fn guards(scene: &Scene<'_>, entity: &Entity) -> bool {
    entity.methods.iter().any(|method| changes(scene.census, entity.item, *method) && decides(scene, *method))
}

/// Whether a method changes what it is called on, or gives it back changed.
pub fn changes(census: &Census<'_>, own: ItemNo, method: ItemNo) -> bool {
    let marks = census.item(method).marks;
    let gives_back = || {
        let target = crate::domain::census::Target::Item(own);
        census.result(method).is_some_and(|slot| {
            slot.core == Some(target) || census.types(slot).iter().any(|part| part.target == Some(target))
        })
    };
    let changes = marks.has(ItemMarks::CHANGES) || (marks.has(ItemMarks::CONSUMES) && gives_back());
    changes && !marks.has(ItemMarks::SETTER)
}

fn decides(scene: &Scene<'_>, method: ItemNo) -> bool {
    let census = scene.census;
    let refuses = census.result(method).is_some_and(|slot| {
        census.types(slot).iter().any(|part| matches!(census.word(part.word), "Result" | "Option"))
    });
    refuses || census.item(method).decisions > 0
}
