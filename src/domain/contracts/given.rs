//! The roles that selectors read, as far as they are declared.

use crate::domain::contracts::select::Ground;
use crate::domain::graph::NodeId;
use crate::domain::policy::pattern::Pattern;
use crate::domain::policy::place::ConfigProblem;
use crate::domain::policy::role::Role;

/// The role of each node as far as it is declared: by hand, else by its layer.
pub(super) fn find_roles(ground: &Ground, problems: &mut Vec<ConfigProblem>) -> Vec<Option<Role>> {
    let policy = ground.policy;
    let by_hand = by_hand(ground, problems);
    let role = |id: NodeId| {
        let entry = by_hand[id.0 as usize].map(|entry| policy.roles[entry].role);
        entry.or_else(|| ground.layers.layer(id).and_then(|layer| policy.layers.list[layer].role()))
    };
    ground.graph.node_ids().map(role).collect()
}

/// The entry of `[roles]` that each node belongs to: the longest literal prefix wins, then the later
/// line.
pub(super) fn by_hand(ground: &Ground, problems: &mut Vec<ConfigProblem>) -> Vec<Option<usize>> {
    let mut entries = vec![None; ground.graph.nodes.len()];
    let mut strength = vec![0usize; ground.graph.nodes.len()];
    for (at, entry) in ground.policy.roles.iter().enumerate() {
        let set = ground.select(std::slice::from_ref(&entry.modules), problems);
        let weight = 1 + entry.modules.pattern().map_or(0, Pattern::weight);
        for id in set.iter() {
            if weight >= strength[id.0 as usize] {
                strength[id.0 as usize] = weight;
                entries[id.0 as usize] = Some(at);
            }
        }
    }
    entries
}
