//! `pyr.service_level`: how many unit tests speak to use cases.

use crate::domain::census::ItemNo;
use crate::domain::indicators::measurement::Measurement;
use crate::domain::indicators::scene::Scene;
use crate::domain::indicators::tally::{Member, Tally};
use crate::domain::patterns::{Direction, Layer, MessageForm};
use crate::domain::policy::kind::PackageKind;
use crate::domain::policy::model::IndicatorSpec;
use crate::domain::policy::role::Role;

/// Measures it.
pub fn measure(scene: &Scene<'_>, spec: &IndicatorSpec) -> Measurement {
    let census = scene.census;
    let library = |kind: &PackageKind| {
        matches!(kind, PackageKind::Library | PackageKind::AdapterLibrary | PackageKind::ProcMacro)
    };
    if scene.facts.kinds.iter().all(library) {
        return Measurement::not_applicable(spec, "a library has no use cases");
    }
    let has_service = census.counted().any(|item| scene.roles.of(census, item) == Some(Role::Application));
    if !has_service {
        return Measurement::not_applicable(spec, "no module is the application");
    }
    let mut of_service = vec![false; census.items.len()];
    for item in census.item_nos() {
        of_service[item.0 as usize] =
            scene.roles.of(census, item) == Some(Role::Application) && census.is_production(item);
    }
    let driving = scene.patterns.ports.iter().filter(|port| port.direction == Direction::Driving);
    let commands = scene.patterns.messages.iter().filter(|message| message.form == MessageForm::Command);
    let more = driving
        .flat_map(|port| port.traits.iter().chain(&port.methods).copied())
        .chain(commands.map(|message| message.item));
    for item in more {
        of_service[item.0 as usize] = true;
    }
    let speaks = |item: ItemNo| of_service[item.0 as usize];
    let mut tally = Tally::of_facts();
    for test in scene.patterns.tests.iter().filter(|test| test.layer == Layer::Unit) {
        let member = match test.reaches().any(speaks) {
            true => Member::good(census, test.item),
            false => Member::bad(census, test.item, "speaks to no use case"),
        };
        tally.add(member.times(test.rows));
    }
    tally.measure(scene, spec, "unit tests speak to use cases", "there are no unit tests")
}
