//! `synchronous-service-chain`: requests are only served while another service answers.

use std::collections::BTreeMap;

use crate::domain::census::ItemNo;
use crate::domain::finding::Level;
use crate::domain::indicators::isc::calls::{Call, Host};
use crate::domain::indicators::isc::chain::waiting;
use crate::domain::lints::found::Found;
use crate::domain::lints::looks;
use crate::domain::lints::{Ground, Lint, When};
use crate::domain::source::deeds::ActForm;

/// The lint.
pub const LINT: Lint = Lint {
    name: "synchronous-service-chain",
    construct: "isc",
    when: When::Needed,
    costs: &["isc.chain"],
    because: "services that wait for each other fail together (ch. 11)",
    find,
};

fn find(ground: &Ground<'_>) -> Vec<Found> {
    let census = ground.scene.census;
    let steps =
        ground.scene.parameters.indicator("isc.chain").map_or(0, |spec| spec.constants.count("calls"));
    // What waits, by the function that calls: one place is enough to look at.
    let mut by_call: BTreeMap<ItemNo, (Call, Vec<ItemNo>)> = BTreeMap::new();
    for (entry, call) in waiting(&ground.scene, steps) {
        // A service of somebody else's is called when it must be.
        let Some(call) = call.filter(|call| call.host != Host::Public && sends(ground, call)) else {
            continue;
        };
        by_call.entry(call.item).or_insert_with(|| (call, Vec::new())).1.push(entry);
    }
    by_call
        .into_iter()
        .map(|(item, (call, entries))| {
            let first = census.name(entries[0]);
            let who = match entries.len() {
                1 => format!("`{first}` waits"),
                count => format!("{count} requests wait, as `{first}` does,"),
            };
            let message =
                format!("{who} for another service: `{}` calls it by `{}`", census.name(item), call.what);
            let instead = "tell it by an event, or keep a copy of what is asked for";
            let place = census.item(entries[0]).place;
            let mut one = Found::new(ground, entries[0], place, message, instead).to(census.id(item));
            one.places = entries.iter().map(|entry| census.item(*entry).place).collect();
            // Where the other end does not show, it may be anybody's.
            if call.host == Host::Own { one } else { one.at_most(Level::Note) }
        })
        .collect()
}

/// Whether a request goes out where a client is named, and not only a part of one is: a status, a header.
fn sends(ground: &Ground<'_>, call: &Call) -> bool {
    let census = ground.scene.census;
    let words = looks::words(ground, "synchronous-service-chain");
    let last = call.what.rsplit("::").next().unwrap_or(&call.what);
    let touch = ground.scene.patterns.touch(call.item);
    let remote = touch.infra.iter().any(|touch| touch.family == "rpc");
    let client = touch
        .infra
        .iter()
        .any(|touch| touch.family == "http_client" && words.is_within("clients", &touch.what));
    let sent = census.acts(call.item).iter().any(|act| match act.form {
        ActForm::Method { name, .. } => words.lists("sends", census.word(name)),
        _ => false,
    });
    remote || words.lists("sends", last) || (client && sent)
}
