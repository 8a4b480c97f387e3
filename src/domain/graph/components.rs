//! What is strongly connected: things that all reach each other.

use petgraph::algo::tarjan_scc;
use petgraph::graph::DiGraph;

use crate::domain::graph::adjacency::Adjacency;

/// Strongly connected components, each sorted, each after all that it can reach.
pub fn components(adjacency: &Adjacency) -> Vec<Vec<u32>> {
    let mut graph: DiGraph<(), (), u32> = DiGraph::default();
    for _ in 0..adjacency.len() {
        graph.add_node(());
    }
    for from in 0..adjacency.len() as u32 {
        for (to, _) in adjacency.of(from) {
            graph.add_edge(from.into(), (*to).into(), ());
        }
    }
    let mut components: Vec<Vec<u32>> = tarjan_scc(&graph)
        .into_iter()
        .map(|members| members.into_iter().map(|node| node.index() as u32).collect())
        .collect();
    for members in &mut components {
        members.sort_unstable();
    }
    components
}
