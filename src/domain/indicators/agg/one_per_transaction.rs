//! `agg.one_per_transaction`: use cases that store through one repository only.

use crate::domain::census::ItemNo;
use crate::domain::indicators::agg::anemic::{ANEMIC, is_anemic};
use crate::domain::indicators::measurement::Measurement;
use crate::domain::indicators::scene::Scene;
use crate::domain::indicators::tally::{Member, Tally};
use crate::domain::patterns::{DataKind, Port, Repository};
use crate::domain::policy::model::IndicatorSpec;
use crate::domain::policy::role::Role;

/// Measures it.
pub fn measure(scene: &Scene<'_>, spec: &IndicatorSpec) -> Measurement {
    if is_anemic(scene) {
        return Measurement::not_applicable(spec, ANEMIC);
    }
    let census = scene.census;
    let keepers: Vec<(&Port, &Repository)> = scene
        .patterns
        .repositories()
        .filter(|(port, repository)| !is_outbox(scene, port, repository))
        .collect();
    let mut tally = Tally::new();
    for item in census.functions() {
        if matches!(scene.roles.of(census, item), Some(Role::Adapter | Role::Composition | Role::Test)) {
            continue;
        }
        let calls = scene.patterns.calls(item);
        let stored =
            keepers.iter().filter(|(_, keeper)| keeper.stores.iter().any(|store| calls.contains(store)));
        let stored: Vec<&str> = stored.map(|(port, _)| census.name(port.traits[0])).collect();
        match stored.as_slice() {
            [] => {}
            [_] => tally.add(Member::good(census, item)),
            [first, second, ..] => {
                let fact = format!("stores through `{first}` and `{second}`");
                tally.add(Member::bad(census, item, fact));
            }
        }
    }
    tally.measure(
        scene,
        spec,
        "functions that store do so through one repository",
        "no use case stores through a repository",
    )
}

/// Whether a repository keeps messages: storing one with the aggregate is no second aggregate.
fn is_outbox(scene: &Scene<'_>, port: &Port, repository: &Repository) -> bool {
    let name = scene.census.name(port.traits[0]);
    let message =
        |item: &ItemNo| matches!(scene.patterns.data(*item), Some(DataKind::Event | DataKind::Command));
    let outboxes = scene.parameters.section("agg").words("outbox_words");
    outboxes.iter().any(|word| name.contains(word.as_str())) || repository.manages.iter().all(message)
}
