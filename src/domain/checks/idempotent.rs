//! `check.idempotent`: how many consumers of messages can be told the same twice.

use std::collections::BTreeSet;

use crate::domain::census::ItemNo;
use crate::domain::indicators::measurement::Measurement;
use crate::domain::indicators::scene::Scene;
use crate::domain::indicators::tally::{Member, Tally};
use crate::domain::patterns::{AccessForm, Driver};
use crate::domain::policy::model::IndicatorSpec;
use crate::domain::source::deeds::ActForm;

/// Measures it: consumers that write, themselves or through what they call.
pub fn measure(scene: &Scene<'_>, spec: &IndicatorSpec) -> Measurement {
    let census = scene.census;
    let mut tally = Tally::of_facts();
    let consumers: BTreeSet<ItemNo> = scene
        .patterns
        .entrypoints
        .iter()
        .filter(|entry| entry.by == Driver::Consumer && entry.writes && census.is_production(entry.item))
        .map(|entry| entry.item)
        .collect();
    for item in consumers {
        let reached = reached(scene, item, spec.constants.count("steps"));
        tally.add(match reached.iter().any(|item| stands_twice(scene, spec, *item)) {
            true => Member::good(census, item),
            false => Member::bad(census, item, "writes again when a message comes twice"),
        });
    }
    tally.measure(scene, spec, "consumers that write stand a message twice", "no consumer of messages writes")
}

/// A function and what it calls, so many steps far.
fn reached(scene: &Scene<'_>, from: ItemNo, steps: u32) -> BTreeSet<ItemNo> {
    let mut found = BTreeSet::from([from]);
    for _ in 0..steps {
        let next: Vec<ItemNo> = found.iter().flat_map(|item| scene.patterns.calls(*item)).copied().collect();
        found.extend(next);
    }
    found
}

/// Whether a function writes so that twice is once, or asks whether it was done already.
fn stands_twice(scene: &Scene<'_>, spec: &IndicatorSpec, item: ItemNo) -> bool {
    let census = scene.census;
    let asks = |word: &str| spec.constants.is_within("words", word);
    let upsert = scene.patterns.accesses.iter().any(|access| {
        access.item == item && access.form == AccessForm::Write && access.sql.is_some_and(|sql| sql.guarded)
    });
    let asked = census.acts(item).iter().any(|act| match act.form {
        ActForm::Method { name, on } => asks(census.word(name)) || on.is_some_and(|on| asks(census.word(on))),
        _ => false,
    });
    upsert || asked || scene.patterns.calls(item).iter().any(|called| asks(census.name(*called)))
}
