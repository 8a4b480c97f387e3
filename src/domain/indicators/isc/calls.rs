//! Calls of other services, and messages to them.

use crate::domain::census::ItemNo;
use crate::domain::graph::Place;
use crate::domain::indicators::scene::Scene;
use crate::domain::patterns::storage::functions;
use crate::domain::patterns::{InfraForm, Side};
use crate::domain::source::deeds::TextForm;

/// A function that calls another service and waits for the answer.
#[derive(Clone, Debug)]
pub struct Call {
    /// The function.
    pub item: ItemNo,
    /// Where it calls.
    pub place: Place,
    /// What is named there.
    pub what: String,
    /// Whether an open address stands in the same function.
    pub host: Host,
}

/// Whose the other end is, as far as it shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Host {
    /// A host in the open.
    Public,
    /// One of one's own.
    Own,
    /// It does not show.
    Unknown,
}

/// The first call by HTTP or remote procedure in each function of the product.
pub(super) fn outbound(scene: &Scene<'_>) -> Vec<Call> {
    let census = scene.census;
    let own = scene.parameters.section("services").words("own");
    let mut found = Vec::new();
    for item in functions(census) {
        let touch = scene.patterns.touch(item).infra.iter().find(|touch| {
            let calls = matches!(touch.form, InfraForm::Body | InfraForm::Macro);
            calls
                && touch.side != Side::Driving
                && (touch.family == "http_client" || touch.family == "rpc" && touch.side == Side::Driven)
        });
        let Some(touch) = touch else { continue };
        let id = census.id(item);
        let public = census.texts(item).iter().any(|text| text.form == TextForm::Host);
        let host = match (
            own.iter().any(|word| id.contains(word.as_str()) || touch.what.contains(word.as_str())),
            public,
        ) {
            (true, _) => Host::Own,
            (_, true) => Host::Public,
            _ => Host::Unknown,
        };
        found.push(Call { item, place: touch.place, what: touch.what.clone(), host });
    }
    found
}
