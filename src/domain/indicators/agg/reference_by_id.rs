//! `agg.reference_by_id`: entities that name another root by its identity, not by holding it.

use crate::domain::census::{ItemNo, Slot, Target};
use crate::domain::indicators::agg::anemic::{ANEMIC, is_anemic};
use crate::domain::indicators::measurement::Measurement;
use crate::domain::indicators::scene::Scene;
use crate::domain::indicators::tally::{Member, Tally};
use crate::domain::patterns::names::snake;
use crate::domain::policy::model::IndicatorSpec;

/// Measures it.
pub fn measure(scene: &Scene<'_>, spec: &IndicatorSpec) -> Measurement {
    if is_anemic(scene) {
        return Measurement::not_applicable(spec, ANEMIC);
    }
    let census = scene.census;
    let roots: Vec<Root> = scene
        .patterns
        .entities
        .iter()
        .filter(|entity| entity.root)
        .map(|entity| Root::of(scene, entity.item))
        .collect();
    let mut tally = Tally::new();
    for entity in &scene.patterns.entities {
        for slot in census.slots(entity.item) {
            let others = roots.iter().filter(|root| root.item != entity.item);
            for root in others {
                if slot.core == Some(Target::Item(root.item)) {
                    let fact = format!("holds `{}`, another root, itself", census.name(root.item));
                    tally.add(Member::bad(census, entity.item, fact).at(slot.place));
                } else if root.is_named(scene, slot) {
                    tally.add(Member::good(census, entity.item).at(slot.place));
                }
            }
        }
    }
    tally.measure(scene, spec, "mentions of another root are by id", "no entity mentions another root")
}

/// How a root is named by its identity.
struct Root {
    item: ItemNo,
    fields: Vec<String>,
    types: Vec<String>,
}

impl Root {
    fn of(scene: &Scene<'_>, item: ItemNo) -> Self {
        let words = scene.parameters.section("agg");
        let name = scene.census.name(item);
        let with = |stem: &str, suffix: &String| format!("{stem}{suffix}");
        let fields = words.words("identity_suffixes").iter().map(|suffix| with(&snake(name), suffix));
        let types = words.words("identity_types").iter().map(|suffix| with(name, suffix));
        Self { item, fields: fields.collect(), types: types.collect() }
    }

    /// Whether a field holds the identity of this root, or of several.
    fn is_named(&self, scene: &Scene<'_>, slot: &Slot) -> bool {
        let name = scene.census.word(slot.name);
        let typed = slot.word.map_or("", |word| scene.census.word(word));
        self.types.iter().any(|word| word == typed)
            || self.fields.iter().any(|field| name == field || name.strip_suffix('s') == Some(field))
    }
}
