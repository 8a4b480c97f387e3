//! Roles that the configuration gives to modules.

use crate::domain::contracts::assign::ground;
use crate::domain::contracts::given::by_hand;
use crate::domain::graph::Graph;
use crate::domain::graph::lift::ModuleGraph;
use crate::domain::policy::Policy;
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
