//! One way to judge every rule about pairs: look at each dependency, and at chains where asked.

use std::collections::BTreeMap;

use crate::domain::contracts::except::Exceptions;
use crate::domain::contracts::key::key;
use crate::domain::contracts::select::Ground;
use crate::domain::contracts::{Evaluated, Judgement};
use crate::domain::finding::{Finding, Hop, Site, State};
use crate::domain::graph::adjacency::Adjacency;
use crate::domain::graph::bits::Bits;
use crate::domain::graph::lift::{self, EdgeKinds, Lifted};
use crate::domain::graph::reach::{self, Walk};
use crate::domain::graph::{EdgeKind, Graph, NodeId, NodeKind, Place};
use crate::domain::policy::Policy;
use crate::domain::policy::level::Level;
use crate::domain::policy::rules::{Rule, Scope, Tests, Via};

/// A rule about who may use whom.
pub(super) trait Contract {
    /// Whether a module is bound by it at all.
    fn judges(&self, module: NodeId) -> bool;
    /// Whether a bound module must not use this definition (or external path).
    fn forbids(&self, module: NodeId, target: NodeId) -> bool;
    /// Whether a chain may lead on through this module.
    fn passes(&self, module: NodeId) -> bool;
    /// What is wrong with such a use, up to "but this …".
    fn message(&self, module: NodeId, target: NodeId) -> String;
    /// Weight and reasons of a breach by this module.
    fn terms(&self, module: NodeId) -> Terms;
}

/// Weight and reasons of a breach.
#[derive(Clone, Debug, Default)]
pub(super) struct Terms {
    pub(super) level: Level,
    pub(super) because: Option<String>,
    pub(super) instead: Option<String>,
}

impl Terms {
    /// Weight and reasons of a rule.
    pub(super) fn of(rule: &Rule) -> Self {
        Self { level: rule.level, because: rule.because.clone(), instead: rule.instead.clone() }
    }
}

/// The edges of the graph that a rule looks at: of its kinds, of production code unless it judges
/// tests, and not excepted.
pub(super) fn in_scope(ground: &Ground, scope: &Scope, except: &Exceptions) -> Vec<u32> {
    let kinds: EdgeKinds = EdgeKind::ALL
        .into_iter()
        .filter(|kind| scope.kinds.is_empty() || scope.kinds.iter().any(|word| word == kind.word()))
        .collect();
    let mut edges = Vec::new();
    for (index, edge) in (0..).zip(&ground.graph.edges) {
        let judged = scope.tests == Tests::Judged
            || !(edge.test || ground.is_test(edge.from) || ground.is_test(edge.to));
        if judged && kinds.contains(edge.kind) && !except.cover(edge) {
            edges.push(index);
        }
    }
    edges
}

/// Judges a contract and adds what it finds.
pub(super) fn run(
    ground: &Ground,
    rule: &str,
    scope: &Scope,
    except: &Exceptions,
    contract: &dyn Contract,
    judgement: &mut Judgement,
) {
    let edges = in_scope(ground, scope, except);
    let graph = ground.graph;
    let mut bound = Bits::new(graph.nodes.len());
    for id in graph.node_ids().filter(|id| graph.is_module(*id) && contract.judges(*id)) {
        bound.insert(id.0 as usize);
    }
    let mut looked = 0;
    let mut breaches: BTreeMap<(NodeId, NodeId, NodeId), Vec<u32>> = BTreeMap::new();
    for index in &edges {
        let edge = &graph.edges[*index as usize];
        let (from, to) = (ground.lifted.module_of(edge.from), ground.lifted.module_of(edge.to));
        if from == to || !bound.contains(from.0 as usize) {
            continue;
        }
        looked += 1;
        if contract.forbids(from, edge.to) {
            breaches.entry((from, to, subject(graph, edge.to))).or_default().push(*index);
        }
    }
    let modules = bound.count() as u32;
    count(&mut judgement.evaluated, modules, looked);
    for ((from, to, item), edges) in breaches {
        let terms = contract.terms(from);
        let message = format!(
            "{}, but this names `{}`{}",
            contract.message(from, item),
            show(graph, item),
            route(graph, &edges)
        );
        let sites = sites(graph, &edges);
        push(
            ground.policy,
            judgement,
            finding(graph, rule, (from, to, Some(item)), message, sites, Vec::new(), terms),
        );
    }
    if scope.via == Via::Any {
        chains(ground, rule, edges, &bound, contract, judgement);
    }
}

/// The facade that the first place goes through, where the path names one: what is written there is
/// not the name of what is meant.
fn route(graph: &Graph, edges: &[u32]) -> String {
    let edges = edges.iter().map(|index| &graph.edges[*index as usize]);
    let first = edges.min_by_key(|edge| (edge.test, graph.sites(edge).first().copied()));
    first.and_then(|edge| edge.via).map(|via| format!(" through `{}`", show(graph, via))).unwrap_or_default()
}

/// Notes what a contract looked at.
pub(super) fn count(evaluated: &mut Evaluated, modules: u32, edges: u32) {
    evaluated.contracts += 1;
    evaluated.effective += u32::from(edges > 0);
    evaluated.modules += modules;
    evaluated.edges += edges;
}

/// Walks modules by their number in `modules`.
struct Through<'a> {
    contract: &'a dyn Contract,
    modules: &'a [NodeId],
}

impl Walk for Through<'_> {
    fn takes(&self, _edge: u32) -> bool {
        true
    }
    fn passes(&self, node: u32) -> bool {
        self.contract.passes(self.modules[node as usize])
    }
}

/// The shortest chain of two or more steps from each bound module to each module it must not use.
fn chains(
    ground: &Ground,
    rule: &str,
    edges: Vec<u32>,
    bound: &Bits,
    contract: &dyn Contract,
    judgement: &mut Judgement,
) {
    let graph = ground.graph;
    let lifted = lift::modules_of(graph, edges).edges;
    let mut modules: Vec<NodeId> = lifted.iter().flat_map(|edge| [edge.from, edge.to]).collect();
    modules.sort_unstable();
    modules.dedup();
    let number = |id: NodeId| modules.partition_point(|module| *module < id) as u32;
    let numbered: Vec<(u32, u32)> = lifted.iter().map(|edge| (number(edge.from), number(edge.to))).collect();
    let adjacency = Adjacency::new(modules.len(), numbered.iter().copied());
    let walk = Through { contract, modules: &modules };
    for start in modules.iter().copied().filter(|id| bound.contains(id.0 as usize)) {
        let offence = |edge: u32| {
            let behind = &lifted[edge as usize].edges;
            behind.iter().map(|index| graph.edges[*index as usize].to).find(|to| contract.forbids(start, *to))
        };
        let found = reach::each(&adjacency, number(start), |_, edge| offence(edge).is_some(), &walk);
        for chain in found.into_iter().filter(|chain| chain.len() > 1) {
            let (Some(first), Some(last)) = (chain.first(), chain.last()) else { continue };
            let Some(item) = offence(*last).map(|target| subject(graph, target)) else { continue };
            let to = lifted[*last as usize].to;
            let message = format!(
                "{}, but this reaches `{}` in {} steps",
                contract.message(start, item),
                show(graph, item),
                chain.len()
            );
            let sites = sites(graph, &lifted[*first as usize].edges);
            let hops = chain.iter().map(|edge| hop(graph, &lifted[*edge as usize])).collect();
            let terms = contract.terms(start);
            push(
                ground.policy,
                judgement,
                finding(graph, rule, (start, to, Some(item)), message, sites, hops, terms),
            );
        }
    }
}

/// Adds a finding, at the level asked for, unless that says it is not to be reported.
pub(super) fn push(policy: &Policy, judgement: &mut Judgement, mut finding: Finding) {
    finding.level = policy.level_of(&finding.rule, finding.level);
    if finding.level != Level::Allow {
        judgement.findings.push(finding);
    }
}

/// A finding about two modules and the definition that is named.
pub(super) fn finding(
    graph: &Graph,
    rule: &str,
    (from, to, item): (NodeId, NodeId, Option<NodeId>),
    message: String,
    sites: Vec<Site>,
    chain: Vec<Hop>,
    terms: Terms,
) -> Finding {
    let (from, to) = (graph.id(from), graph.id(to));
    let item = item.map(|item| graph.id(item)).unwrap_or_default();
    Finding {
        rule: rule.to_owned(),
        key: key(rule, &from, &to, &item),
        level: terms.level,
        state: State::New,
        message,
        from,
        to,
        item,
        sites,
        chain,
        cut: Vec::new(),
        because: terms.because,
        instead: terms.instead,
    }
}

/// One step with its first site, between modules.
pub(super) fn hop(graph: &Graph, edge: &Lifted<NodeId>) -> Hop {
    Hop { from: graph.id(edge.from), to: graph.id(edge.to), site: Site::at(graph, edge.first) }
}

/// All sites of some edges, production code first, then by file and place.
pub(super) fn sites(graph: &Graph, edges: &[u32]) -> Vec<Site> {
    let mut places: Vec<(bool, Place)> = Vec::new();
    for edge in edges.iter().map(|index| &graph.edges[*index as usize]) {
        places.extend(graph.sites(edge).iter().map(|place| (edge.test, *place)));
    }
    places.sort_unstable_by_key(|(test, place)| (*test, *place));
    places.dedup_by_key(|(_, place)| *place);
    places.into_iter().map(|(_, place)| Site::at(graph, place)).collect()
}

/// What a use is about: the outermost item that holds the target, so that naming a type and calling
/// its methods is one use. Of an external path what comes up to its first capital letter.
pub(super) fn subject(graph: &Graph, target: NodeId) -> NodeId {
    let mut subject = target;
    let mut at = target;
    while let Some(parent) = graph.node(at).parent {
        let node = graph.node(at);
        let holds = match node.kind {
            NodeKind::Module(_) => break,
            NodeKind::Item(_) => true,
            NodeKind::External => graph.symbols.word(node.name).starts_with(char::is_uppercase),
        };
        if holds {
            subject = at;
        }
        at = parent;
    }
    subject
}

/// A node as code would write it.
pub(super) fn show(graph: &Graph, id: NodeId) -> String {
    if graph.is_external(id) { graph.external_path(id) } else { graph.id(id) }
}
