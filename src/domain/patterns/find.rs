//! Everything that is recognised, part by part: each sees what was found before it.

use crate::domain::census::{Census, ItemNo};
use crate::domain::patterns::calls::calls;
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
use crate::domain::patterns::{Patterns, PortParts};
use crate::domain::policy::catalogue::Catalogue;
use crate::domain::policy::model::Parameters;
use crate::domain::roles::Roles;

/// The patterns of a workspace.
pub fn find<'a>(
    census: &'a Census<'a>,
    roles: &'a Roles,
    catalogue: &'a Catalogue,
    parameters: &'a Parameters,
) -> Patterns {
    let ground = Ground { census, roles, catalogue, parameters };
    let members = Members::new(census);
    let mut found = Patterns::default();
    // 1. What items are and do, one by one; what the outside calls decides what is a decision.
    let sites = calls(census, &members);
    found.touches = touches(&ground);
    found.calls = sites.targets();
    found.entrypoints = entrypoints(&ground, &found.touches, &sites);
    let mut handlers: Vec<ItemNo> = found.entrypoints.iter().map(|entrypoint| entrypoint.item).collect();
    handlers.dedup();
    found.decisions = decisions(&ground, &handlers);
    // 2. Tests, with all that they reach.
    (found.tests, found.toothless) = suite(&ground, &found.touches, &sites);
    // 3. Ports, with their doubles; which of them are repositories.
    let open = ports(ground, &found.touches);
    found.ports = marked(ground, &found.touches, doubled(ground, &found.touches, &found.tests, open));
    found.port_parts = PortParts::of(&found.ports);
    // 4. Data types, entities, roots; messages.
    found.data = kinds(ground, &found.ports);
    found.entities = entities(ground, &found.ports, &found.data);
    found.messages = messages(ground, &found.data);
    // 5. Stores and what is done beside them.
    found.accesses = accesses(&ground, &found.touches, &sites, &members, &found.ports);
    found.scopes = scopes(&ground, &found.touches, &sites, &members, &mut found.accesses);
    tell_writes(census, &sites, &members, &found.accesses, &mut found.entrypoints);
    found.effects = effects(&ground, &found.touches);
    found.constructions = constructions(&ground, &found.touches, &found.ports);
    found
}
