//! What the nodes of a drawn graph stand for, and the links between them.

use std::collections::BTreeMap;

use crate::domain::graph::lift::{Lifted, Reading, lifted};
use crate::domain::graph::{Edge, EdgeKind, Graph, NodeId};
use crate::domain::policy::facades::{Facades, Use};

/// What a graph is drawn of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Unit {
    /// A layer, by its place in the order.
    Layer(usize),
    /// All modules that stand in no layer.
    Unassigned,
    /// A crate, module, item or something external.
    Node(NodeId),
    /// An external crate that code reaches only through others: its place in [`Definers::unnamed`].
    Behind(usize),
}

/// All references from one unit to another.
pub type Link = Lifted<Unit>;

/// Which crates define what code names through other external crates.
#[derive(Clone, Debug, Default)]
pub struct Definers {
    /// Crates that no code names, sorted.
    pub unnamed: Vec<String>,
    /// The crate that defines an external node, for each way to use it.
    of: BTreeMap<(NodeId, Way), Unit>,
}

/// [`Use`] as a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Way {
    Macro,
    Other,
}

impl Way {
    const ALL: [Self; 2] = [Self::Macro, Self::Other];

    const fn of(kind: EdgeKind) -> Self {
        match kind {
            EdgeKind::Derive | EdgeKind::Attribute | EdgeKind::Macro => Self::Macro,
            _ => Self::Other,
        }
    }

    const fn used(self) -> Use {
        match self {
            Self::Macro => Use::Macro,
            Self::Other => Use::Other,
        }
    }
}

impl Definers {
    /// Looks up every external node.
    pub fn new(graph: &Graph, facades: &Facades) -> Self {
        let externals: Vec<NodeId> = graph.node_ids().filter(|id| graph.is_external(*id)).collect();
        let mut found: Vec<((NodeId, Way), String)> = Vec::new();
        for id in &externals {
            let path = graph.external_path(*id);
            let path: Vec<&str> = path.split("::").collect();
            for way in Way::ALL {
                let definition = facades.definition(&path, way.used());
                let definer = definition.and_then(|path| path.into_iter().next());
                found.extend(definer.map(|definer| ((*id, way), definer)));
            }
        }
        let roots: BTreeMap<String, NodeId> = externals
            .iter()
            .filter(|id| graph.node(**id).parent.is_none())
            .map(|id| (graph.external_path(*id), *id))
            .collect();
        let mut unnamed: Vec<String> = found
            .iter()
            .map(|(_, definer)| definer)
            .filter(|definer| !roots.contains_key(*definer))
            .cloned()
            .collect();
        unnamed.sort_unstable();
        unnamed.dedup();
        let unit = |definer: &String| match roots.get(definer) {
            Some(root) => Unit::Node(*root),
            None => Unit::Behind(unnamed.partition_point(|known| known < definer)),
        };
        let of = found.iter().map(|(key, definer)| (*key, unit(definer))).collect();
        Self { unnamed, of }
    }

    fn definer(&self, edge: &Edge) -> Option<Unit> {
        self.of.get(&(edge.to, Way::of(edge.kind))).copied()
    }
}

/// Gathers the edges between units; what stays within one is left out. Sorted by `from`, `to`.
///
/// What is reached through an external crate leads to the crate that defines it too. Where code does not
/// even name the first, having the name from elsewhere in the workspace, it leads there alone.
pub fn links(
    graph: &Graph,
    unit: impl Fn(NodeId) -> Unit,
    keep: impl Fn(&Edge) -> bool,
    definers: &Definers,
) -> Vec<Link> {
    let units: Vec<Unit> = graph.node_ids().map(unit).collect();
    let edges = (0..graph.edges.len() as u32).filter(|index| keep(&graph.edges[*index as usize]));
    let readings = edges.flat_map(|index| {
        let edge = &graph.edges[index as usize];
        let (from, to) = (units[edge.from.0 as usize], units[edge.to.0 as usize]);
        let definer = definers.definer(edge);
        let named = Reading { edge: index, from, to, through: None };
        let named = (definer.is_none() || edge.via.is_none()).then_some(named);
        let through = Some(graph.root_of(edge.to));
        named.into_iter().chain(definer.map(|to| Reading { edge: index, from, to, through }))
    });
    lifted(graph, readings)
}
