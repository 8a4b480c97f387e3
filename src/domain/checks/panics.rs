//! `check.panics`: how often code of the product may stop its thread.

use std::collections::BTreeMap;

use crate::domain::census::{Act, ItemNo};
use crate::domain::finding::evidence::Evidence;
use crate::domain::graph::{ItemKind, Place};
use crate::domain::indicators::measurement::{Measurement, Population};
use crate::domain::indicators::scene::Scene;
use crate::domain::policy::arithmetic::tenth;
use crate::domain::policy::model::IndicatorSpec;
use crate::domain::source::deeds::ActForm;

/// Measures it: functions named `main` may stop the program, and a method of the workspace that is called
/// `expect` is none that panics.
pub fn measure(scene: &Scene<'_>, spec: &IndicatorSpec) -> Measurement {
    let census = scene.census;
    let functions: Vec<ItemNo> = census
        .functions()
        .filter(|item| !(census.item(*item).kind == ItemKind::Fn && census.name(*item) == "main"))
        .collect();
    if functions.is_empty() {
        return Measurement::not_applicable(spec, "there is no function");
    }
    let stops: Vec<(ItemNo, Vec<&Act>)> = functions
        .iter()
        .map(|item| {
            (*item, census.acts(*item).iter().filter(|act| may_stop(scene, spec, *item, act)).collect())
        })
        .filter(|(_, acts): &(ItemNo, Vec<&Act>)| !acts.is_empty())
        .collect();
    let all: usize = stops.iter().map(|(_, acts)| acts.len()).sum();
    let each = 100.0 * all as f64 / functions.len() as f64;
    let value = spec.score(each);
    let evidence = stops.iter().map(|(item, acts)| Evidence {
        site: census.site(first(acts).unwrap_or(census.item(*item).place)),
        item: census.id(*item),
        fact: told(acts, |act| word(scene, act)),
        loss: (100.0 - value) * acts.len() as f64 / all as f64,
    });
    let evidence = if value < 100.0 { evidence.collect() } else { Vec::new() };
    Measurement::new(spec, value, Population::Members(functions.len() as u32), 1.0, &scene.parameters.scoring)
        .because(format!(
            "{all} places that may panic in {} functions, {} for each 100",
            functions.len(),
            tenth(each)
        ))
        .with_evidence(evidence)
}

/// The first place of these that is known.
fn first(acts: &[&Act]) -> Option<Place> {
    acts.iter().map(|act| act.place).filter(|place| place.span.end > 0).min()
}

fn may_stop(scene: &Scene<'_>, spec: &IndicatorSpec, item: ItemNo, act: &Act) -> bool {
    let census = scene.census;
    match act.form {
        ActForm::Panic | ActForm::Index => true,
        ActForm::Method { name, .. } => {
            let name = census.word(name);
            let own = || scene.patterns.calls(item).iter().any(|called| census.name(*called) == name);
            spec.constants.lists("calls", name) && !own()
        }
        _ => false,
    }
}

fn word<'a>(scene: &Scene<'a>, act: &Act) -> &'a str {
    match act.form {
        ActForm::Method { name, .. } => scene.census.word(name),
        ActForm::Index => "[…]",
        _ => "panic!",
    }
}

/// `2 expect, 1 panic!`.
fn told<'a>(acts: &[&Act], word: impl Fn(&Act) -> &'a str) -> String {
    let mut counts: BTreeMap<&str, u32> = BTreeMap::new();
    acts.iter().for_each(|act| *counts.entry(word(act)).or_default() += 1);
    let counts: Vec<String> = counts.into_iter().map(|(word, count)| format!("{count} `{word}`")).collect();
    counts.join(", ")
}
