//! Everything that is recognised, part by part: each sees what was found before it.

use crate::domain::census::Census;
use crate::domain::patterns::ground::Ground;
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
    let _ground = Ground { census, roles, catalogue, parameters };
    let items = census.items.len();
    Patterns {
        touches: vec![Touch::default(); items],
        decisions: vec![0; items],
        calls: vec![Vec::new(); items],
        data: vec![None; items],
        ..Patterns::default()
    }
    // 1. What items are and do, one by one: touches, decisions, calls.
    // 2. Tests, with all that they reach.
    // 3. Ports, with their doubles; which of them are repositories.
    // 4. Data types, entities, roots; messages.
    // 5. Entrypoints, store accesses, scopes, effects, constructions.
}
