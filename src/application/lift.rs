//! Edges between items, gathered into links between what holds them.

use std::collections::BTreeMap;

use crate::domain::finding::Site;
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
    let mut found: BTreeMap<(Unit, Unit), Link> = BTreeMap::new();
    for edge in graph.edges.iter().filter(|edge| keep(edge)) {
        let (from, to) = (units[edge.from.0 as usize], units[edge.to.0 as usize]);
        let Some(first) = graph.sites(edge).first().copied() else { continue };
        if from == to {
            continue;
        }
        let link = found.entry((from, to)).or_insert_with(|| Link {
            from,
            to,
            kinds: Vec::new(),
            test: edge.test,
            first,
            vias: Vec::new(),
            sites: 0,
        });
        if (edge.test, first) < (link.test, link.first) {
            link.first = first;
        }
        link.test &= edge.test;
        link.sites += edge.site_count;
        insert(&mut link.kinds, edge.kind);
        if let Some(via) = edge.via {
            insert(&mut link.vias, via);
        }
    }
    found.into_values().collect()
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
fn insert<T: Ord>(list: &mut Vec<T>, value: T) {
    if let Err(at) = list.binary_search(&value) {
        list.insert(at, value);
    }
}

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
