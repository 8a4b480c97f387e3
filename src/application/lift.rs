//! Edges between items, gathered into links between what holds them.

use crate::domain::finding::Site;
use crate::domain::graph::lift::pairs;
use crate::domain::graph::{Edge, EdgeKind, Graph, NodeId, Place};

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
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// The unit that depends.
    pub from: Unit,
    /// The unit depended on.
    pub to: Unit,
    /// How, in the order of [`EdgeKind`]; never empty.
    pub kinds: Vec<EdgeKind>,
    /// Whether all sites are test code.
    pub test: bool,
    /// The first site, one of production code before any of test code.
    pub first: Place,
    /// Facades on the way, sorted.
    pub vias: Vec<NodeId>,
    /// Number of sites.
    pub sites: u32,
}

/// Gathers the edges between units; what stays within one is left out. Sorted by `from`, `to`.
pub fn links(graph: &Graph, unit: impl Fn(NodeId) -> Unit, keep: impl Fn(&Edge) -> bool) -> Vec<Link> {
    let units: Vec<Unit> = graph.node_ids().map(unit).collect();
    let kept = (0..graph.edges.len() as u32).filter(|index| keep(&graph.edges[*index as usize]));
    let lifted = pairs(graph, kept, |from, to| Some((units[from.0 as usize], units[to.0 as usize])));
    let sites = |edges: &[u32]| edges.iter().map(|edge| graph.edges[*edge as usize].site_count).sum();
    lifted
        .into_iter()
        .map(|link| Link {
            from: link.from,
            to: link.to,
            kinds: link.kinds.iter().collect(),
            test: link.test,
            first: link.first,
            vias: link.vias,
            sites: sites(&link.edges),
        })
        .collect()
}

/// The lines and columns of a place.
pub fn site(graph: &Graph, place: Place) -> Site {
    let (file, start, end) = graph.locate(place);
    Site {
        file: file.to_owned(),
        line: start.line,
        column: start.column,
        end_line: end.line,
        end_column: end.column,
    }
}

/// Adds to a sorted list what it does not have.

#[cfg(test)]
mod tests {
    use super::*;
    use crate::application::fixture::Fixture;

    #[test]
    fn one_link_for_each_pair_and_production_code_speaks_first() {
        let graph = Fixture::new()
            .module("a")
            .item("a::X")
            .module("b")
            .item("b::Y")
            .test_edge("a", "b::Y")
            .edge("a::X", "b::Y")
            .edge("a", "a::X")
            .build();
        let links = links(&graph, |node| Unit::Node(graph.module_of(node)), |_| true);
        assert_eq!(links.len(), 1);
        assert_eq!(links[0].kinds, [EdgeKind::Use, EdgeKind::Body]);
        assert!(!links[0].test);
        assert_eq!(links[0].sites, 2);
        // The test edge stands on line 1, the production edge on line 2.
        assert_eq!(site(&graph, links[0].first).line, 2);
    }
}
