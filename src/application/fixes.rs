//! For each finding what may be used instead, and where what is needed could be declared.

use std::collections::{BTreeMap, BTreeSet};

use crate::application::judged::{Layers, Rule};
use crate::domain::finding::{Finding, State};
use crate::domain::graph::{EdgeKind, Graph, ItemKind, NodeId, NodeKind};
use crate::domain::report::Report;

/// How many modules or traits of one sort are named.
const NAMED: usize = 8;

/// What can be done about one finding.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Fix {
    /// Its key.
    pub key: String,
    /// Layer of the module at fault.
    pub from_layer: Option<String>,
    /// Layer of what it should not use.
    pub to_layer: Option<String>,
    /// What the module at fault may use: layers, its own first, then what the rule itself names.
    pub allowed: Vec<String>,
    /// Layers and modules that may use what is named: where the lines at fault could move.
    pub move_lines_to: Vec<String>,
    /// Layers that both may use, or the module at fault's own: where what is named could move.
    pub move_item_to: Vec<String>,
    /// A port to go through.
    pub port: Option<Port>,
    /// The steps that close a circle, weakest first as the finding has them.
    pub cut: Vec<(String, String)>,
    /// The visibility that would make the compiler refuse it.
    pub compiler: Option<String>,
    /// What to do in the words of the rule.
    pub instead: Option<String>,
}

/// A trait between two modules.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Port {
    /// Traits that the module at fault may use and that are implemented where it reaches for; empty
    /// where one is to be declared.
    pub traits: Vec<String>,
    /// Where to declare one.
    pub declare_in: String,
    /// Where to implement it.
    pub implement_in: Vec<String>,
}

/// What can be done about each finding that counts, in their order.
pub fn fixes(graph: &Graph, layers: &Layers, rules: &[Rule], report: &Report) -> Vec<Fix> {
    let planner = Planner { graph, layers, ports: ports(graph) };
    let ids = ids(graph, &report.findings);
    let counted = report.findings.iter().filter(|finding| finding.state == State::New);
    counted
        .map(|finding| {
            let rule = rules.iter().find(|rule| rule.name == finding.rule);
            let mut fix = planner.fix(finding, &ids, rule);
            fix.compiler = report.compiler.get(&finding.key).cloned();
            fix
        })
        .collect()
}

fn ids<'a>(graph: &Graph, findings: &'a [Finding]) -> BTreeMap<&'a str, NodeId> {
    let names: BTreeSet<&str> = findings
        .iter()
        .flat_map(|finding| [finding.from.as_str(), finding.to.as_str(), finding.item.as_str()])
        .collect();
    graph.find_all(&names)
}

struct Planner<'a> {
    graph: &'a Graph,
    layers: &'a Layers,
    /// For each module the traits of the workspace that something in it implements, with the type.
    ports: BTreeMap<NodeId, BTreeSet<(NodeId, Option<NodeId>)>>,
}

impl Planner<'_> {
    fn fix(&self, finding: &Finding, ids: &BTreeMap<&str, NodeId>, rule: Option<&Rule>) -> Fix {
        let node = |id: &str| ids.get(id).copied();
        let layer = |id: Option<NodeId>| id.and_then(|id| self.layer(id));
        let (from, to) = (node(&finding.from), node(&finding.to));
        let (from_layer, to_layer) = (layer(from), layer(to));
        let name = |layer: Option<usize>| layer.map(|layer| self.layers.names[layer].clone());
        let mut fix = Fix {
            key: finding.key.clone(),
            from_layer: name(from_layer),
            to_layer: name(to_layer),
            instead: finding.instead.clone(),
            ..Fix::default()
        };
        let circle = finding.chain.first().zip(finding.chain.last());
        if circle.is_some_and(|(first, last)| first.from == last.to) {
            fix.cut = finding.chain.iter().map(|hop| (hop.from.clone(), hop.to.clone())).collect();
            return fix;
        }
        if let Some(own) = from_layer {
            fix.allowed = self.named(std::iter::once(own).chain(self.layers.may_use[own].iter().copied()));
        }
        if let Some(rule) = rule {
            fix.allowed.extend(rule.may_be_used.iter().cloned());
            fix.move_lines_to.extend(rule.may_use.iter().cloned());
        }
        if let (Some(own), Some(other)) = (from_layer, to_layer) {
            let users = (0..self.layers.names.len())
                .filter(|layer| *layer == other || self.layers.may_use[*layer].contains(&other));
            fix.move_lines_to.extend(self.named(users.filter(|layer| *layer != own)));
            let both = std::iter::once(own).chain(self.layers.may_use[own].iter().copied());
            let both = both.filter(|layer| self.layers.may_use[other].contains(layer));
            fix.move_item_to = self.named(both);
        }
        if let (Some(from), Some(to)) = (from, to) {
            fix.port = self.port(from, to, node(&finding.item), &fix.move_lines_to);
        }
        fix
    }

    fn layer(&self, node: NodeId) -> Option<usize> {
        self.layers.member(self.graph, node).map(|member| member.layer)
    }

    fn named(&self, layers: impl Iterator<Item = usize>) -> Vec<String> {
        layers.map(|layer| format!("layer:{}", self.layers.names[layer])).collect()
    }

    /// The traits that `from` may use and that what it reaches for implements, or where to have one.
    fn port(&self, from: NodeId, to: NodeId, item: Option<NodeId>, movers: &[String]) -> Option<Port> {
        if !self.graph.is_module(from) {
            return None;
        }
        let providers: Vec<NodeId> = if self.graph.is_external(to) { self.users(to, from) } else { vec![to] };
        let mut exact = Vec::new();
        let mut near = Vec::new();
        for provider in &providers {
            for (port, of) in self.ports.get(provider).into_iter().flatten() {
                if self.may_use(from, *port) && self.graph.module_of(*port) != *provider {
                    let list = if of.is_some() && *of == item { &mut exact } else { &mut near };
                    list.push(self.graph.id(*port));
                }
            }
        }
        let mut traits = if exact.is_empty() { near } else { exact };
        traits.sort();
        traits.dedup();
        traits.truncate(NAMED);
        let mut implement_in: Vec<String> =
            providers.iter().take(NAMED).map(|module| self.graph.id(*module)).collect();
        if implement_in.is_empty() {
            implement_in = movers.to_vec();
        }
        Some(Port { traits, declare_in: self.graph.id(from), implement_in })
    }

    /// Whether a module may use a definition as far as layers are concerned.
    fn may_use(&self, from: NodeId, to: NodeId) -> bool {
        match (self.layer(from), self.layer(to)) {
            (Some(own), Some(other)) => own == other || self.layers.may_use[own].contains(&other),
            _ => true,
        }
    }

    /// Modules other than `but` that name an external crate or module and stand in another layer.
    fn users(&self, external: NodeId, but: NodeId) -> Vec<NodeId> {
        let edges =
            self.graph.edges.iter().filter(|edge| !edge.test && self.graph.contains(external, edge.to));
        let users: BTreeSet<NodeId> = edges.map(|edge| self.graph.module_of(edge.from)).collect();
        let own = self.layer(but);
        users.into_iter().filter(|user| *user != but && (own.is_none() || self.layer(*user) != own)).collect()
    }
}

/// The traits of the workspace that each module implements, each with the type it is for.
fn ports(graph: &Graph) -> BTreeMap<NodeId, BTreeSet<(NodeId, Option<NodeId>)>> {
    let mut traits: BTreeMap<NodeId, NodeId> = BTreeMap::new();
    let mut types: BTreeMap<NodeId, NodeId> = BTreeMap::new();
    for edge in graph.edges.iter().filter(|edge| edge.kind == EdgeKind::Impl && !edge.test) {
        match graph.node(edge.to).kind {
            NodeKind::Item(ItemKind::Trait) => traits.insert(edge.from, edge.to),
            NodeKind::Item(_) => types.insert(edge.from, edge.to),
            _ => None,
        };
    }
    let mut ports: BTreeMap<NodeId, BTreeSet<(NodeId, Option<NodeId>)>> = BTreeMap::new();
    for (block, port) in traits {
        let of = types.get(&block).copied();
        ports.entry(graph.module_of(block)).or_default().insert((port, of));
    }
    ports
}
