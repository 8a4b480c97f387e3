//! Everything that is recognised, part by part: each sees what was found before it.

use crate::domain::at_once::{AtOnce, both};
use crate::domain::census::{Census, ItemNo};
use crate::domain::patterns::calls::{Calls, calls};
use crate::domain::patterns::decisions::decisions;
use crate::domain::patterns::doubles::doubled;
use crate::domain::patterns::effects::{constructions, effects};
use crate::domain::patterns::entry::{entrypoints, tell_writes};
use crate::domain::patterns::ground::Ground;
use crate::domain::patterns::lookup::Members;
use crate::domain::patterns::messages::messages;
use crate::domain::patterns::model::{entities, kinds};
use crate::domain::patterns::ports::ports;
use crate::domain::patterns::repositories::marked;
use crate::domain::patterns::scopes::scopes;
use crate::domain::patterns::storage::accesses;
use crate::domain::patterns::suite::suite;
use crate::domain::patterns::touch::touches;
use crate::domain::patterns::{Patterns, Port, PortParts, Touch};
use crate::domain::policy::catalogue::Catalogue;
use crate::domain::policy::model::Parameters;
use crate::domain::roles::Roles;

/// What items are and do, one by one: that does not hang on the part that their modules play.
pub struct Groundwork {
    members: Members,
    sites: Calls,
    touches: Vec<Touch>,
}

/// What items are and do.
pub fn groundwork(census: &Census<'_>, catalogue: &Catalogue, at_once: AtOnce<'_>) -> Groundwork {
    let called = || {
        let members = Members::new(census);
        let sites = calls(census, &members);
        (members, sites)
    };
    let ((members, sites), touches) = both(at_once, called, || touches(census, catalogue));
    Groundwork { members, sites, touches }
}

/// The patterns of a workspace.
pub fn find<'a>(
    census: &'a Census<'a>,
    groundwork: Groundwork,
    roles: &'a Roles,
    catalogue: &'a Catalogue,
    parameters: &'a Parameters,
    at_once: AtOnce<'_>,
) -> Patterns {
    let ground = Ground { census, roles, catalogue, parameters };
    // 1. What items are and do, one by one.
    let Groundwork { members, sites, touches } = groundwork;
    let mut found = Patterns { touches, ..Patterns::default() };
    // 2. Tests, with all that they reach; what the outside calls decides what is a decision;
    // what is done to the world.
    let touched = &found.touches;
    let mut open: Vec<Port> = Vec::new();
    at_once(vec![
        Box::new(|| (found.tests, found.toothless) = suite(&ground, touched, &sites)),
        Box::new(|| {
            found.entrypoints = entrypoints(&ground, touched, &sites);
            let mut handlers: Vec<ItemNo> =
                found.entrypoints.iter().map(|entrypoint| entrypoint.item).collect();
            handlers.dedup();
            found.decisions = decisions(&ground, &handlers);
        }),
        Box::new(|| open = ports(ground, touched)),
        Box::new(|| found.effects = effects(&ground, touched)),
        Box::new(|| found.calls = sites.targets()),
    ]);
    // 3. Ports, with their doubles; which of them are repositories.
    found.ports = marked(ground, touched, doubled(ground, touched, &found.tests, open));
    found.port_parts = PortParts::of(&found.ports);
    let ports = &found.ports;
    at_once(vec![
        // 4. Data types, entities, roots; messages.
        Box::new(|| {
            found.data = kinds(ground, ports);
            found.entities = entities(ground, ports, &found.data);
            found.messages = messages(ground, &found.data);
        }),
        // 5. Stores and what is made beside them.
        Box::new(|| {
            found.accesses = accesses(&ground, touched, &sites, &members, ports);
            found.scopes = scopes(&ground, touched, &sites, &members, &mut found.accesses);
            tell_writes(census, &sites, &members, &found.accesses, &mut found.entrypoints);
        }),
        Box::new(|| found.constructions = constructions(&ground, touched, ports)),
    ]);
    found
}
