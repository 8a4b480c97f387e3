//! Sets of nodes, each with what the captures of a selector stand for there.

use crate::domain::graph::NodeId;
use crate::domain::graph::bits::Bits;

/// The nodes some selectors name.
#[derive(Clone, Debug, Default)]
pub(super) struct NodeSet {
    pub(super) bits: Bits,
    /// Binding of each node, as an index into `bindings`; empty where nothing is captured.
    bound: Vec<Option<u32>>,
    /// What captures stand for: name and value.
    bindings: Vec<Vec<(String, String)>>,
}

impl NodeSet {
    /// No node yet, of a graph with this many.
    pub(super) fn new(nodes: usize) -> Self {
        Self { bits: Bits::new(nodes), ..Self::default() }
    }

    pub(super) fn contains(&self, node: NodeId) -> bool {
        self.bits.contains(node.0 as usize)
    }

    /// What the captures stand for at a node.
    pub(super) fn binding(&self, node: NodeId) -> Option<&[(String, String)]> {
        let index = self.bound.get(node.0 as usize).copied().flatten()?;
        Some(&self.bindings[index as usize])
    }

    /// The number of the binding at a node; equal numbers are equal bindings.
    pub(super) fn part(&self, node: NodeId) -> Option<u32> {
        self.bound.get(node.0 as usize).copied().flatten()
    }

    /// The values captured in a part, joined.
    pub(super) fn part_name(&self, part: u32) -> String {
        let values: Vec<&str> = self.bindings[part as usize].iter().map(|(_, value)| &**value).collect();
        values.join("::")
    }

    /// Whether no name is captured as one thing here and as another there.
    pub(super) fn agrees(&self, here: NodeId, other: &Self, there: NodeId) -> bool {
        let (Some(here), Some(there)) = (self.binding(here), other.binding(there)) else { return true };
        here.iter().all(|(name, value)| there.iter().all(|(known, bound)| name != known || value == bound))
    }

    /// Adds a set that captures nothing.
    pub(super) fn add(&mut self, other: &Self) {
        self.bits.union(&other.bits);
    }

    /// The nodes, rising.
    pub(super) fn iter(&self) -> impl Iterator<Item = NodeId> + '_ {
        self.bits.iter().map(|index| NodeId(index as u32))
    }

    /// Notes what the captures stand for at a node, unless that is known.
    pub(super) fn bind(&mut self, nodes: usize, node: NodeId, binding: Vec<(String, String)>) {
        if self.bound.is_empty() {
            self.bound = vec![None; nodes];
        }
        let index = self.bindings.iter().position(|known| *known == binding).unwrap_or_else(|| {
            self.bindings.push(binding);
            self.bindings.len() - 1
        });
        self.bound[node.0 as usize].get_or_insert(index as u32);
    }

    /// Lets a node stand for what its parent does.
    pub(super) fn inherit(&mut self, node: NodeId, parent: NodeId) {
        if let Some(above) = self.part(parent) {
            self.bound[node.0 as usize].get_or_insert(above);
        }
    }
}
