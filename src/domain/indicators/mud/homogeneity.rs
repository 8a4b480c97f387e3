//! `mud.homogeneity`: how much code stands in functions that mix several concerns.

use crate::domain::census::{Census, ItemNo};
use crate::domain::indicators::measurement::Measurement;
use crate::domain::indicators::scene::Scene;
use crate::domain::indicators::tally::{Member, Tally};
use crate::domain::patterns::Side;
use crate::domain::policy::model::IndicatorSpec;
use crate::domain::policy::role::Role;

/// Measures it.
pub fn measure(scene: &Scene<'_>, spec: &IndicatorSpec) -> Measurement {
    let census = scene.census;
    let least = spec.constants.count("concerns") as usize;
    let mut tally = Tally::of_facts();
    let decisions = scene.parameters.section("facts").count("concern_decisions");
    for item in census.functions() {
        if scene.roles.of(census, item) == Some(Role::Composition) {
            continue;
        }
        let concerns = concerns(scene, spec, item, decisions);
        let member = match concerns.len() < least {
            true => Member::good(census, item),
            false => Member::bad(census, item, format!("mixes {}", concerns.join(", "))),
        };
        tally.add(member.sized(f64::from(census.item(item).size)));
    }
    tally.measure_bad(scene, spec, "tokens stand in functions of several concerns", "there are no functions")
}

/// What a function is about.
fn concerns(scene: &Scene<'_>, spec: &IndicatorSpec, item: ItemNo, least: u32) -> Vec<&'static str> {
    let touch = scene.patterns.touch(item);
    // Where a program starts is where it reads its environment and says how it ended.
    let starts = is_start(scene.census, item);
    let mut found = Vec::new();
    if touch.driving() {
        found.push("requests");
    }
    // Few functions touch anything.
    let lists: &[(&str, &str)] = match touch.infra.is_empty() {
        true => &[],
        false => &[("storage", "storage"), ("others", "others"), ("the machine", "machine")],
    };
    for (name, list) in lists {
        let families = spec.constants.words(list);
        let driven = touch.infra.iter().any(|touch| {
            families.contains(&touch.family)
                && touch.side != Side::Driving
                && !(starts && touch.family == "process")
        });
        if driven {
            found.push(*name);
        }
    }
    if scene.patterns.decisions(item) >= least {
        found.push("decisions");
    }
    found
}

/// Whether a function is the one that a program starts with.
fn is_start(census: &Census<'_>, item: ItemNo) -> bool {
    census.name(item) == "main" && census.module(census.item(item).module).parent.is_none()
}
