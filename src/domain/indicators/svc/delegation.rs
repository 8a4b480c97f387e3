//! `svc.delegation`: how many entrypoints that write leave the work to a use case.

use crate::domain::census::{ItemNo, Target};
use crate::domain::indicators::measurement::Measurement;
use crate::domain::indicators::scene::Scene;
use crate::domain::indicators::tally::{Member, Tally};
use crate::domain::patterns::{Direction, MessageForm};
use crate::domain::policy::model::IndicatorSpec;
use crate::domain::policy::role::Role;

/// Measures it.
pub fn measure(scene: &Scene<'_>, spec: &IndicatorSpec) -> Measurement {
    let census = scene.census;
    let commands: Vec<ItemNo> = scene
        .patterns
        .messages
        .iter()
        .filter(|message| message.form == MessageForm::Command)
        .map(|message| census.whole(message.item))
        .collect();
    let mut tally = Tally::new();
    let mut last: Option<ItemNo> = None;
    for entrypoint in scene.patterns.entrypoints.iter().filter(|entrypoint| entrypoint.writes) {
        if last.replace(entrypoint.item) == Some(entrypoint.item) {
            continue;
        }
        tally.add(match delegates(scene, entrypoint.item, &commands) {
            true => Member::good(census, entrypoint.item),
            false => Member::bad(census, entrypoint.item, "writes without asking a use case"),
        });
    }
    tally.measure(scene, spec, "entrypoints that write leave it to a use case", "no entrypoint writes")
}

/// Calls something of the application or a driving port, or makes a command.
fn delegates(scene: &Scene<'_>, item: ItemNo, commands: &[ItemNo]) -> bool {
    let census = scene.census;
    let asked = |to: ItemNo| {
        let of_application = scene.roles.of(census, to) == Some(Role::Application)
            || census.self_item(to).is_some_and(|own| scene.roles.of(census, own) == Some(Role::Application));
        let driving = scene
            .patterns
            .ports
            .iter()
            .any(|port| port.direction == Direction::Driving && port.methods.contains(&to));
        // What keeps data is no use case, wherever it stands.
        let keeps = scene.patterns.repositories().any(|(port, _)| port.methods.contains(&to));
        (of_application || driving) && !keeps
    };
    let sends = || {
        census
            .uses(item)
            .iter()
            .any(|used| matches!(used.to, Target::Item(to) if commands.contains(&census.whole(to))))
    };
    scene.patterns.calls(item).iter().any(|to| asked(*to)) || sends()
}
