//! What is worth planting: plausible breaches of the order of layers.

use std::collections::BTreeMap;

use crate::domain::contracts::assign::ground;
use crate::domain::contracts::handed::handed_on;
use crate::domain::contracts::layers::LayerAssignment;
use crate::domain::graph::lift::ModuleGraph;
use crate::domain::graph::plant::{Garden, NEUTRAL};
use crate::domain::graph::{Graph, NodeId};
use crate::domain::policy::Policy;
use crate::domain::policy::catalogue::Stance;

/// How a planted dependency is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Route {
    /// The module names it.
    Direct,
    /// It names it by way of a re-export.
    Facade,
    /// It names a module of no layer, which names it.
    Neutral,
}

impl Route {
    /// The word used in output.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Direct => "direct",
            Self::Facade => "facade",
            Self::Neutral => "neutral",
        }
    }
}

/// A dependency that is to be planted.
pub(super) struct Plan {
    pub(super) from_layer: String,
    pub(super) to_layer: String,
    pub(super) route: Route,
    /// The module that depends.
    pub(super) source: NodeId,
    /// The module or external crate that holds what is depended on.
    pub(super) home: NodeId,
    pub(super) through: Option<Through>,
}

/// A module that a planted dependency goes through.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Through {
    /// One that is there.
    There(NodeId),
    /// One that is planted below this root.
    Fresh(NodeId),
}

/// Everything that is worth planting in a graph whose modules stand in layers.
pub(super) fn plans(
    graph: &Graph,
    policy: &Policy,
    lifted: &ModuleGraph,
    layers: &LayerAssignment,
) -> Vec<Plan> {
    let neutral = neutral(graph, policy, layers);
    let prober = Prober { graph, policy, lifted, layers, neutral };
    let mut plans = prober.between_layers();
    plans.extend(prober.to_technology());
    plans
}

/// Modules of no layer, by the root of the crate they are in: a new one where that would stand in none,
/// else one that is there.
fn neutral(graph: &Graph, policy: &Policy, layers: &LayerAssignment) -> BTreeMap<NodeId, Through> {
    let mut garden = Garden::of(graph);
    let fresh: Vec<(NodeId, NodeId)> =
        graph.crates.iter().map(|krate| (krate.root, garden.module(krate.root, NEUTRAL))).collect();
    let lifted = ModuleGraph::default();
    let assigned = ground(garden.graph(), &lifted, policy, &mut Vec::new()).layers;
    let free = |(root, fresh)| match assigned.layer(fresh) {
        None => Some((root, Through::Fresh(root))),
        Some(_) => {
            let mut unassigned = layers.unassigned.iter().copied();
            unassigned.find(|id| graph.root_of(*id) == root).map(|id| (root, Through::There(id)))
        }
    };
    fresh.into_iter().filter_map(free).collect()
}

struct Prober<'a> {
    graph: &'a Graph,
    policy: &'a Policy,
    lifted: &'a ModuleGraph,
    layers: &'a LayerAssignment,
    neutral: BTreeMap<NodeId, Through>,
}

impl Prober<'_> {
    /// Modules of each layer that stands in the order, with its rank.
    fn members(&self) -> BTreeMap<usize, (usize, Vec<NodeId>)> {
        let mut members: BTreeMap<usize, (usize, Vec<NodeId>)> = BTreeMap::new();
        for (rank, beside) in self.policy.layers.order.iter().enumerate() {
            for layer in beside {
                members.insert(*layer, (rank, Vec::new()));
            }
        }
        for id in self.graph.node_ids().filter(|id| self.graph.is_module(*id)) {
            if let Some((_, modules)) = self.layers.layer(id).and_then(|layer| members.get_mut(&layer)) {
                modules.push(id);
            }
        }
        members.retain(|_, (_, modules)| !modules.is_empty());
        members
    }

    fn name(&self, layer: usize) -> String {
        self.policy.layers.list[layer].name.clone()
    }

    fn between_layers(&self) -> Vec<Plan> {
        let members = self.members();
        let mut plans = Vec::new();
        for (from, (inner, sources)) in &members {
            // What is shared may be used by all.
            let forbidden = |to: usize, outer: usize| {
                to != *from && outer <= *inner && !self.policy.layers.list[to].shared
            };
            for (to, (_, targets)) in members.iter().filter(|(to, (outer, _))| forbidden(**to, *outer)) {
                let Some((source, target)) = self.unrelated(sources, targets) else { continue };
                let ends = (self.name(*from), self.name(*to));
                let facade = sources.iter().copied().find(|id| *id != source).unwrap_or(source);
                plans.push(plan(ends.clone(), (source, target), Route::Direct, None));
                plans.push(plan(ends.clone(), (source, target), Route::Facade, Some(Through::There(facade))));
                plans.extend(self.through_neutral(ends, (source, target)));
            }
        }
        plans
    }

    /// A module of each list, of which the first does not use the second yet; deep ones before roots.
    fn unrelated(&self, sources: &[NodeId], targets: &[NodeId]) -> Option<(NodeId, NodeId)> {
        let pairs = sources
            .iter()
            .rev()
            .flat_map(|source| targets.iter().rev().map(move |target| (*source, *target)));
        pairs.take(10_000).find(|(source, target)| {
            self.lifted.edge(*source, *target).is_none()
                && !self.graph.contains(*source, *target)
                && !self.graph.contains(*target, *source)
        })
    }

    /// Technology that only layers outside of a layer use.
    fn to_technology(&self) -> Vec<Plan> {
        let members = self.members();
        let rank: BTreeMap<usize, usize> = members.iter().map(|(layer, (rank, _))| (*layer, *rank)).collect();
        let mut innermost: BTreeMap<NodeId, usize> = BTreeMap::new();
        for edge in self.lifted.edges.iter().filter(|edge| !edge.test && self.graph.is_external(edge.to)) {
            let root = self.graph.root_of(edge.to);
            let Some(rank) = self.layers.layer(edge.from).and_then(|layer| rank.get(&layer)) else {
                continue;
            };
            if self.is_technology(root) {
                let known = innermost.entry(root).or_insert(*rank);
                *known = (*known).max(*rank);
            }
        }
        // Whoever uses a crate by the name of another is free to name it, too.
        let roots: BTreeMap<String, NodeId> =
            innermost.keys().map(|root| (self.graph.external_path(*root), *root)).collect();
        for (module, krate, _) in handed_on(self.graph, self.lifted, self.policy) {
            let rank = self.layers.layer(module).and_then(|layer| rank.get(&layer));
            if let Some((rank, root)) = rank.zip(roots.get(&krate)) {
                innermost.entry(*root).and_modify(|known| *known = (*known).max(*rank));
            }
        }
        let mut plans = Vec::new();
        for (krate, users) in &innermost {
            for (layer, (_, modules)) in members.iter().filter(|(_, (rank, _))| rank > users) {
                let Some(source) = modules.last().copied() else { continue };
                let name = self.graph.external_path(*krate);
                let ends = (self.name(*layer), name);
                plans.push(plan(ends.clone(), (source, *krate), Route::Direct, None));
                plans.extend(self.through_neutral(ends, (source, *krate)));
            }
        }
        plans
    }

    /// Whether a crate is a technology that business rules are kept free of.
    fn is_technology(&self, krate: NodeId) -> bool {
        let path = self.graph.external_path(krate);
        let class = self.policy.catalogue.class(&[&path]);
        // Another version of a crate of the workspace has the name of that.
        let own = self.graph.crates.iter().any(|krate| krate.id == path);
        !own && !class.family.is_empty() && class.domain == Stance::Forbid
    }

    /// By way of a module that stands in no layer, where there is one or a new one would be.
    fn through_neutral(&self, ends: (String, String), nodes: (NodeId, NodeId)) -> Option<Plan> {
        let through = self.neutral.get(&self.graph.root_of(nodes.0))?;
        Some(plan(ends, nodes, Route::Neutral, Some(*through)))
    }
}

fn plan(
    (from_layer, to_layer): (String, String),
    (source, home): (NodeId, NodeId),
    route: Route,
    through: Option<Through>,
) -> Plan {
    Plan { from_layer, to_layer, route, source, home, through }
}
