//! `lang.domain_types`: fields and parameters of the model that have a type of the business.

use crate::domain::census::{Census, ItemNo, Slot, Target};
use crate::domain::graph::ItemKind;
use crate::domain::indicators::measurement::Measurement;
use crate::domain::indicators::scene::Scene;
use crate::domain::indicators::tally::{Member, Tally};
use crate::domain::patterns::DataKind;
use crate::domain::policy::constants::Constants;
use crate::domain::policy::model::IndicatorSpec;
use crate::domain::policy::role::Role;
use crate::domain::source::deeds::Seam;
use crate::domain::source::facts::ItemMarks;

/// Measures it.
pub fn measure(scene: &Scene<'_>, spec: &IndicatorSpec) -> Measurement {
    let census = scene.census;
    let words = scene.parameters.section("lang");
    let mut tally = Tally::new();
    for item in census.item_nos().filter(|item| census.is_production(*item) && speaks(scene, *item)) {
        let field = !census.is_function(item);
        for slot in census.slots(item) {
            let name = census.word(slot.name);
            let plain = field && is_plain(name, words);
            if plain || name == "->" || slot.seam != Seam::None || slot.word.is_none() {
                continue;
            }
            tally.add(match is_rich(census, slot, words) {
                true => Member::good(census, item).at(slot.place),
                false => {
                    let word = slot.word.map_or("", |word| census.word(word));
                    Member::bad(census, item, format!("`{name}` is a bare `{word}`")).at(slot.place)
                }
            });
        }
    }
    tally.measure(
        scene,
        spec,
        "fields and parameters of the model have a type of the business",
        "the model has neither fields nor parameters",
    )
}

/// Whether fields or parameters of an item are words of the model: of entities, events and values with
/// several fields, and of their methods that neither make nor show one.
fn speaks(scene: &Scene<'_>, item: ItemNo) -> bool {
    let census = scene.census;
    if scene.roles.of(census, item) != Some(Role::Domain) {
        return false;
    }
    let marks = census.item(item).marks;
    match census.item(item).kind {
        ItemKind::Struct => is_model(scene, item),
        ItemKind::Variant => census
            .item(item)
            .holder
            .is_some_and(|holder| scene.patterns.data(holder) == Some(DataKind::Event)),
        ItemKind::Method if census.trait_of(item).is_none() => {
            marks.has(ItemMarks::RECEIVER)
                && !marks.has(ItemMarks::ACCESSOR)
                && !census.is_constructor(item)
                && census.self_item(item).is_some_and(|own| {
                    is_model(scene, own) || scene.patterns.data(own) == Some(DataKind::Event)
                })
        }
        _ => false,
    }
}

fn is_model(scene: &Scene<'_>, item: ItemNo) -> bool {
    match scene.patterns.data(item) {
        Some(DataKind::Entity | DataKind::Event) => true,
        Some(DataKind::Value | DataKind::Plain) => scene.census.slots(item).len() > 1,
        _ => false,
    }
}

fn is_plain(name: &str, words: &Constants) -> bool {
    let ends = words.words("plain_field_suffixes").iter().any(|suffix| name.ends_with(suffix.as_str()));
    ends || words.words("plain_fields").iter().any(|plain| plain == name)
}

/// Whether a type says more than a number or a text.
fn is_rich(census: &Census<'_>, slot: &Slot, words: &Constants) -> bool {
    if let Some(Target::Item(_)) = slot.core {
        return true;
    }
    let word = slot.word.map_or("", |word| census.word(word));
    words.words("rich_types").iter().any(|rich| rich == word)
        || words.words("rich_prefixes").iter().any(|prefix| word.starts_with(prefix.as_str()))
}
