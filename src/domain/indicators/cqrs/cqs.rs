//! `cqrs.cqs`: how many functions of the core that change something answer no question.

use crate::domain::census::{Census, ItemNo, Slot, Target};
use crate::domain::indicators::cqrs::reads::is_missing;
use crate::domain::indicators::measurement::Measurement;
use crate::domain::indicators::scene::Scene;
use crate::domain::indicators::tally::{Member, Tally};
use crate::domain::patterns::scopes::writes;
use crate::domain::patterns::{DataKind, MessageForm};
use crate::domain::policy::model::IndicatorSpec;
use crate::domain::source::facts::ItemMarks;

/// Measures it.
pub fn measure(scene: &Scene<'_>, spec: &IndicatorSpec) -> Measurement {
    let census = scene.census;
    if is_missing(scene) {
        return Measurement::not_applicable(spec, "there is no read side");
    }
    let mut writing = vec![false; census.items.len()];
    for access in scene.patterns.accesses.iter().filter(|access| writes(access)) {
        writing[access.item.0 as usize] = true;
    }
    let is_root =
        |own: ItemNo| scene.patterns.entities.iter().any(|entity| entity.root && entity.item == own);
    let mut tally = Tally::new();
    for item in census.functions().filter(|item| scene.roles.is_core(census, *item)) {
        let changes =
            census.item(item).marks.has(ItemMarks::CHANGES) && census.self_item(item).is_some_and(is_root);
        if !changes && !writing[item.0 as usize] {
            continue;
        }
        tally.add(match census.result(item).and_then(|slot| answer(scene, item, slot)) {
            None => Member::good(census, item),
            Some(word) => Member::bad(census, item, format!("changes something and answers `{word}`")),
        });
    }
    tally.measure(
        scene,
        spec,
        "functions that change something answer no question",
        "the core changes nothing",
    )
}

/// The data that a result carries, if it is more than an id, a version or an event.
fn answer<'c>(scene: &Scene<'c>, item: ItemNo, slot: &Slot) -> Option<&'c str> {
    let census: &'c Census<'_> = scene.census;
    let words = scene.parameters.section("cqrs").table("cqs");
    let part = census.types(slot).iter().find(|part| !words.lists("around", census.word(part.word)))?;
    let word = census.word(part.word);
    match part.target {
        Some(Target::Item(to)) => {
            let event = scene
                .patterns
                .messages
                .iter()
                .any(|message| message.form == MessageForm::Event && census.whole(message.item) == to);
            let fine = event
                || scene
                    .parameters
                    .section("agg")
                    .words("identity_types")
                    .iter()
                    .any(|end| word.ends_with(end.as_str()))
                || census.self_item(item) == Some(to)
                || scene.patterns.data(to) == Some(DataKind::Error);
            (!fine).then_some(word)
        }
        Some(Target::Outside(outside)) => {
            let own = matches!(census.external(outside).krate(), "std" | "alloc" | "core");
            (own && !words.lists("plain", word)).then_some(word)
        }
        _ => words.lists("collections", word).then_some(word),
    }
}
