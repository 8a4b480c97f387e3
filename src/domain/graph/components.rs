//! What is strongly connected: things that all reach each other.

use std::iter::{Map, Rev};
use std::ops::Range;
use std::slice::Iter;

use petgraph::algo::tarjan_scc;
use petgraph::visit::{GraphBase, GraphRef, IntoNeighbors, IntoNodeIdentifiers, NodeIndexable};

use crate::domain::graph::adjacency::Adjacency;

/// Strongly connected components, each sorted, each after all that it can reach.
pub fn components(adjacency: &Adjacency) -> Vec<Vec<u32>> {
    let mut components = tarjan_scc(Walked(adjacency));
    for members in &mut components {
        members.sort_unstable();
    }
    components
}

/// Edges by their start, as petgraph's algorithms walk them: no copy is made for them.
#[derive(Clone, Copy)]
struct Walked<'a>(&'a Adjacency);

impl GraphBase for Walked<'_> {
    type EdgeId = u32;
    type NodeId = u32;
}

impl GraphRef for Walked<'_> {}

impl<'a> IntoNeighbors for Walked<'a> {
    type Neighbors = Map<Rev<Iter<'a, (u32, u32)>>, fn(&(u32, u32)) -> u32>;

    fn neighbors(self, node: u32) -> Self::Neighbors {
        self.0.of(node).iter().rev().map(|(to, _)| *to)
    }
}

impl IntoNodeIdentifiers for Walked<'_> {
    type NodeIdentifiers = Range<u32>;

    fn node_identifiers(self) -> Range<u32> {
        0..self.0.len() as u32
    }
}

impl NodeIndexable for Walked<'_> {
    fn node_bound(&self) -> usize {
        self.0.len()
    }

    fn to_index(&self, node: u32) -> usize {
        node as usize
    }

    fn from_index(&self, index: usize) -> u32 {
        index as u32
    }
}
