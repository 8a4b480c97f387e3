//! Everything that is recognised, part by part: each sees what was found before it.

use crate::domain::census::Census;
use crate::domain::patterns::doubles::doubled;
use crate::domain::patterns::ground::Ground;
use crate::domain::patterns::messages::messages;
use crate::domain::patterns::model::{entities, kinds};
use crate::domain::patterns::ports::ports;
use crate::domain::patterns::repositories::marked;
use crate::domain::patterns::{Patterns, Touch};
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
    let items = census.items.len();
    // What items are and do, one by one.
    let touches = vec![Touch::default(); items];
    let decisions = vec![0; items];
    let calls = vec![Vec::new(); items];
    // Tests, with all that they reach.
    let tests = Vec::new();
    // Ports, with their doubles; which of them are repositories.
    let open = ports(ground, &touches);
    let ports = marked(ground, &touches, doubled(ground, &touches, &tests, open));
    // Data types, entities, roots; messages.
    let data = kinds(ground, &ports);
    let entities = entities(ground, &ports, &data);
    let messages = messages(ground, &data);
    // Entrypoints, store accesses, scopes, effects, constructions.
    Patterns { touches, decisions, calls, tests, ports, data, entities, messages, ..Patterns::default() }
}
