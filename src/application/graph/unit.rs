//! What the nodes of a drawn graph stand for, and the links between them.

use crate::domain::graph::lift::{Lifted, pairs};
use crate::domain::graph::{Edge, Graph, NodeId};

/// What a graph is drawn of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Unit {
    /// A layer, by its place in the order.
    Layer(usize),
    /// All modules that stand in no layer.
    Unassigned,
    /// A crate, module, item or something external.
    Node(NodeId),
}

/// All references from one unit to another.
pub type Link = Lifted<Unit>;

/// Gathers the edges between units; what stays within one is left out. Sorted by `from`, `to`.
pub fn links(graph: &Graph, unit: impl Fn(NodeId) -> Unit, keep: impl Fn(&Edge) -> bool) -> Vec<Link> {
    let units: Vec<Unit> = graph.node_ids().map(unit).collect();
    let edges = (0..graph.edges.len() as u32).filter(|index| keep(&graph.edges[*index as usize]));
    pairs(graph, edges, |from, to| Some((units[from.0 as usize], units[to.0 as usize])))
}
