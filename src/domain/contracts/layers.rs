//! The layer of each module, and what puts it there.

use crate::domain::graph::NodeId;

/// Which module is in which layer.
#[derive(Clone, Debug, Default)]
pub struct LayerAssignment {
    /// What claims each node, by node index; an item is claimed with its module.
    pub(super) claims: Vec<Option<Claim>>,
    /// Modules of production code that no layer claims, in order of nodes; empty without layers.
    pub unassigned: Vec<NodeId>,
    /// Name of each layer and number of its modules, in order of declaration.
    pub counts: Vec<(String, u32)>,
}

/// Why a module is in its layer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Claim {
    /// Index of the layer in the policy.
    pub layer: usize,
    /// Index of the selector in that layer's modules.
    pub selector: usize,
    /// Strength: weight of the literal prefix, whether exact, then depth of what was named.
    pub(super) strength: (usize, usize, usize),
}

impl LayerAssignment {
    /// The index of the layer of a node in the policy.
    pub fn layer(&self, node: NodeId) -> Option<usize> {
        self.claim(node).map(|claim| claim.layer)
    }

    /// What puts a node into its layer.
    pub fn claim(&self, node: NodeId) -> Option<Claim> {
        self.claims.get(node.0 as usize).copied().flatten()
    }
}
