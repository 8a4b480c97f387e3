//! Roles that the configuration gives to modules, and roles as selectors read them.

use crate::domain::contracts::assign::ground;
use crate::domain::contracts::select::Ground;
use crate::domain::graph::Graph;
use crate::domain::graph::lift::ModuleGraph;
use crate::domain::policy::Policy;
use crate::domain::policy::pattern::Pattern;
use crate::domain::policy::place::ConfigProblem;
use crate::domain::policy::role::Role;
use crate::domain::roles::Tag;
use crate::domain::roles::declared::{Declared, Given};

/// What the configuration says of the roles of modules. Its faults are told where the contracts are
/// judged.
pub fn declared(graph: &Graph, policy: &Policy) -> Declared {
    let mut declared = Declared::default();
    let layers = &policy.layers.list;
    if policy.roles.is_empty() && layers.iter().all(|layer| layer.role().is_none()) {
        return declared;
    }
    let lifted = ModuleGraph::default();
    let ground = ground(graph, &lifted, policy, &mut Vec::new());
    let by_hand = by_hand(&ground, &mut Vec::new());
    for module in graph.node_ids().filter(|id| graph.is_module(*id)) {
        if let Some(entry) = by_hand[module.0 as usize] {
            let entry = &policy.roles[entry];
            let mut tags: Vec<Tag> = entry.tags.iter().filter_map(|tag| Tag::from_word(tag)).collect();
            tags.sort_unstable();
            let why = format!("`{}` under `[roles]`", entry.modules.text);
            declared.by_hand.insert(module, Given { role: entry.role, tags, why });
        }
        let layer = ground.layers.layer(module).map(|layer| &layers[layer]);
        if let Some((layer, role)) = layer.and_then(|layer| Some((layer, layer.role()?))) {
            let why = format!("layer `{}`", layer.name);
            declared.by_layer.insert(module, Given { role, tags: Vec::new(), why });
        }
    }
    declared
}

/// The role of each node as far as it is declared: by hand, else by its layer.
pub(super) fn find_roles(ground: &Ground, problems: &mut Vec<ConfigProblem>) -> Vec<Option<Role>> {
    let policy = ground.policy;
    let by_hand = by_hand(ground, problems);
    let role = |id: crate::domain::graph::NodeId| {
        let entry = by_hand[id.0 as usize].map(|entry| policy.roles[entry].role);
        entry.or_else(|| ground.layers.layer(id).and_then(|layer| policy.layers.list[layer].role()))
    };
    ground.graph.node_ids().map(role).collect()
}

/// The entry of `[roles]` that each node belongs to: the longest literal prefix wins, then the later
/// line.
fn by_hand(ground: &Ground, problems: &mut Vec<ConfigProblem>) -> Vec<Option<usize>> {
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
