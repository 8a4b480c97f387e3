//! Grains of a graph: how much of it one node stands for.

use std::collections::BTreeMap;

use crate::application::graph::Level;
use crate::application::graph::unit::{Link, Unit};
use crate::application::judged::Layers;
use crate::domain::graph::{Graph, NodeId, NodeKind};

/// How to see what is not drawn.
pub const OFFER: &str = "narrow with --focus MODULE or --reaches MODULE, or draw all with --max-nodes 0";

/// How much one node stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Grain {
    /// An item.
    Item,
    /// A module with its items.
    Module,
    /// A module with all below it, from this many steps below the crate root.
    Depth(usize),
    /// A layer.
    Layer,
}

impl Grain {
    /// The note that tells of folding `full` nodes to keep to `cap`.
    pub fn folded(self, full: usize, cap: usize) -> String {
        let how = match self {
            Self::Item | Self::Module | Self::Layer => "items are folded into their modules".to_owned(),
            Self::Depth(0) => "each crate is drawn as one".to_owned(),
            Self::Depth(depth) => format!("modules deeper than {depth} below the crate root are folded"),
        };
        format!("{full} nodes are more than {cap}, so {how}; {OFFER}")
    }
}

/// The grains to try for a level, finest first.
pub fn grains(graph: &Graph, level: Level) -> Vec<Grain> {
    let deepest = graph.node_ids().map(|node| depth(graph, graph.module_of(node))).max().unwrap_or(0);
    let coarser = || (0..deepest).rev().map(Grain::Depth);
    match level {
        Level::Layer => vec![Grain::Layer],
        Level::Crate => vec![Grain::Depth(0)],
        Level::Top => vec![Grain::Depth(1), Grain::Depth(0)],
        Level::Module => std::iter::once(Grain::Module).chain(coarser()).collect(),
        Level::Item => [Grain::Item, Grain::Module].into_iter().chain(coarser()).collect(),
    }
}

/// The unit a node belongs to.
pub fn unit_of(graph: &Graph, layers: &Layers, grain: Grain, node: NodeId) -> Unit {
    if graph.is_external(node) {
        return Unit::Node(match grain {
            Grain::Item => node,
            Grain::Module => graph.module_of(node),
            Grain::Depth(_) | Grain::Layer => graph.root_of(node),
        });
    }
    match grain {
        Grain::Item => Unit::Node(node),
        Grain::Module => Unit::Node(graph.module_of(node)),
        Grain::Depth(most) => {
            let mut at = graph.module_of(node);
            for _ in most..depth(graph, at) {
                at = graph.node(at).parent.map_or(at, |parent| graph.module_of(parent));
            }
            Unit::Node(at)
        }
        Grain::Layer => {
            layers.member(graph, node).map_or(Unit::Unassigned, |member| Unit::Layer(member.layer))
        }
    }
}

/// The units with the most links, as many as `cap`, in order.
pub fn busiest(units: Vec<Unit>, links: &[Link], cap: usize) -> Vec<Unit> {
    let mut degree: BTreeMap<Unit, u32> = units.iter().map(|unit| (*unit, 0)).collect();
    for link in links {
        for end in [link.from, link.to] {
            *degree.entry(end).or_default() += 1;
        }
    }
    let mut ranked = units;
    ranked.sort_by_key(|unit| (std::cmp::Reverse(degree.get(unit).copied()), *unit));
    ranked.truncate(cap);
    ranked.sort_unstable();
    ranked
}

/// How many modules stand above a module.
fn depth(graph: &Graph, module: NodeId) -> usize {
    let mut steps = 0;
    let mut at = graph.node(module).parent;
    while let Some(parent) = at {
        steps += usize::from(matches!(graph.node(parent).kind, NodeKind::Module(_)));
        at = graph.node(parent).parent;
    }
    steps
}
