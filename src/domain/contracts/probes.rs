//! Would the rules catch it? Plausible breaches, planted one by one.

use std::collections::{BTreeMap, BTreeSet};

use crate::domain::contracts::layers::LayerAssignment;
use crate::domain::contracts::{Judgement, judge_cast, judge_workspace};
use crate::domain::finding::Level;
use crate::domain::graph::lift::{self, ModuleGraph};
use crate::domain::graph::plant::Garden;
use crate::domain::graph::{Graph, NodeId, NodeKind};
use crate::domain::policy::Policy;
use crate::domain::policy::catalogue::Stance;
use crate::domain::policy::role::Role;
use crate::domain::source::workspace::Workspace;

/// Name of what is planted: no code has it.
const PLANTED: &str = "Planted";
/// Name of a module that is planted.
const NEUTRAL: &str = "planted";

/// A dependency that was planted, and what the rules said.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Probe {
    /// The layer that depends.
    pub from_layer: String,
    /// The layer or external crate depended on.
    pub to_layer: String,
    /// How the dependency is written.
    pub route: Route,
    /// Id of the module it was planted in.
    pub from: String,
    /// Id of what it was planted to.
    pub to: String,
    /// Id of the facade or of the neutral module; empty where it is direct.
    pub through: String,
    /// Rules that stop it, sorted; empty where none does.
    pub stopped_by: Vec<String>,
}

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

/// Plants every dependency between two layers that points against their order, and from each layer to
/// every external technology that only layers outside of it use; one at a time, in each way.
///
/// Between crates cargo allows no way back, and within a layer nothing is forbidden, so that these are
/// not planted. With `roles`, by place in the graph, rules that name roles see what was inferred; without,
/// only what is declared.
pub fn probe(
    workspace: &Workspace,
    graph: &Graph,
    policy: &Policy,
    roles: Option<&[Option<Role>]>,
) -> Vec<Probe> {
    let lifted = lift::modules(graph);
    let judgement = judge_with(workspace, graph, policy, roles);
    let known = told(&judgement.findings);
    let prober =
        Prober { workspace, graph, policy, roles, lifted: &lifted, layers: &judgement.layers, known: &known };
    let mut probes = prober.between_layers();
    probes.extend(prober.to_technology());
    probes
}

/// What a finding is called, so that what is planted can be told from what was there.
type Told = BTreeSet<(String, String)>;

fn told(findings: &[crate::domain::finding::Finding]) -> Told {
    findings.iter().map(|finding| (finding.key.clone(), finding.message.clone())).collect()
}

/// Judges a graph that things may be planted in: a thing plays the part of the module it is planted in,
/// a module that is planted plays none.
fn judge_with(
    workspace: &Workspace,
    graph: &Graph,
    policy: &Policy,
    roles: Option<&[Option<Role>]>,
) -> Judgement {
    let Some(roles) = roles else { return judge_workspace(workspace, graph, policy) };
    let mut all = roles.to_vec();
    for node in graph.nodes.iter().skip(roles.len()) {
        let home = node.parent.filter(|_| matches!(node.kind, NodeKind::Item(_)));
        all.push(home.and_then(|home| all.get(home.0 as usize).copied().flatten()));
    }
    judge_cast(workspace, graph, policy, all)
}

struct Prober<'a> {
    workspace: &'a Workspace,
    graph: &'a Graph,
    policy: &'a Policy,
    roles: Option<&'a [Option<Role>]>,
    lifted: &'a ModuleGraph,
    layers: &'a LayerAssignment,
    known: &'a Told,
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

    fn between_layers(&self) -> Vec<Probe> {
        let members = self.members();
        let mut probes = Vec::new();
        for (from, (inner, sources)) in &members {
            // What is shared may be used by all.
            let forbidden = |to: usize, outer: usize| {
                to != *from && outer <= *inner && !self.policy.layers.list[to].shared
            };
            for (to, (_, targets)) in members.iter().filter(|(to, (outer, _))| forbidden(**to, *outer)) {
                let Some((source, target)) = self.unrelated(sources, targets) else { continue };
                let ends = (self.name(*from), self.name(*to));
                let facade = sources.iter().copied().find(|id| *id != source).unwrap_or(source);
                probes.push(self.planted(ends.clone(), source, target, Route::Direct, None));
                probes.push(self.planted(ends.clone(), source, target, Route::Facade, Some(facade)));
                probes.extend(self.neutral(ends, source, target));
            }
        }
        probes
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
    fn to_technology(&self) -> Vec<Probe> {
        let members = self.members();
        let rank: BTreeMap<usize, usize> = members.iter().map(|(layer, (rank, _))| (*layer, *rank)).collect();
        let mut innermost: BTreeMap<NodeId, usize> = BTreeMap::new();
        for edge in self.lifted.edges.iter().filter(|edge| !edge.test && self.graph.is_external(edge.to)) {
            let root = self.root(edge.to);
            let Some(rank) = self.layers.layer(edge.from).and_then(|layer| rank.get(&layer)) else {
                continue;
            };
            if self.is_technology(root) {
                let known = innermost.entry(root).or_insert(*rank);
                *known = (*known).max(*rank);
            }
        }
        let mut probes = Vec::new();
        for (krate, users) in &innermost {
            for (layer, (_, modules)) in members.iter().filter(|(_, (rank, _))| rank > users) {
                let Some(source) = modules.last().copied() else { continue };
                let name = self.graph.external_path(*krate);
                let ends = (self.name(*layer), name);
                probes.push(self.planted(ends.clone(), source, *krate, Route::Direct, None));
                probes.extend(self.neutral(ends, source, *krate));
            }
        }
        probes
    }

    fn root(&self, node: NodeId) -> NodeId {
        let mut at = node;
        while let Some(parent) = self.graph.node(at).parent {
            at = parent;
        }
        at
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
    fn neutral(&self, ends: (String, String), source: NodeId, target: NodeId) -> Option<Probe> {
        let home = self.root(source);
        let mut garden = Garden::of(self.graph);
        let fresh = garden.module(home, NEUTRAL);
        let assigned = judge_with(self.workspace, garden.graph(), self.policy, self.roles).layers;
        let free = match assigned.layer(fresh) {
            Some(_) => self.layers.unassigned.iter().copied().find(|id| self.root(*id) == home)?,
            None => fresh,
        };
        Some(self.planted(ends, source, target, Route::Neutral, Some(free)))
    }

    fn planted(
        &self,
        (from_layer, to_layer): (String, String),
        source: NodeId,
        home: NodeId,
        route: Route,
        through: Option<NodeId>,
    ) -> Probe {
        let mut garden = Garden::of(self.graph);
        let through = through.map(|id| match (id.0 as usize) < self.graph.nodes.len() {
            true => id,
            false => garden.module(self.root(source), NEUTRAL),
        });
        let target = match self.graph.is_external(home) {
            true => garden.external(home, PLANTED),
            false => garden.item(home, PLANTED),
        };
        match (route, through) {
            (Route::Neutral, Some(neutral)) => {
                garden.edge(source, neutral, None);
                garden.edge(neutral, target, None);
            }
            (_, via) => garden.edge(source, target, via),
        }
        let graph = garden.graph();
        // A baseline accepts what is there, not what is planted.
        let judgement = judge_with(self.workspace, graph, self.policy, self.roles);
        let stopped: BTreeSet<String> = judgement
            .findings
            .iter()
            .filter(|finding| finding.level == Level::Deny)
            .filter(|finding| !self.known.contains(&(finding.key.clone(), finding.message.clone())))
            .map(|finding| finding.rule.clone())
            .collect();
        Probe {
            from_layer,
            to_layer,
            route,
            from: graph.id(source),
            to: graph.id(target),
            through: through.map(|id| graph.id(id)).unwrap_or_default(),
            stopped_by: stopped.into_iter().collect(),
        }
    }
}
