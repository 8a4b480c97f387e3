//! One way to judge every rule about pairs: look at each dependency, and at chains where asked.

use std::collections::BTreeMap;

use crate::domain::contracts::except::Exceptions;
use crate::domain::contracts::key::key;
use crate::domain::contracts::select::Ground;
use crate::domain::contracts::{Evaluated, Judgement};
use crate::domain::finding::{Finding, Hop, Site, State};
use crate::domain::graph::bits::Bits;
use crate::domain::graph::lift::{EdgeKinds, Lifted};
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

/// Those of some edges that a rule looks at: of its kinds, of production code unless it judges tests,
/// and not excepted.
pub(super) fn in_scope(
    ground: &Ground,
    scope: &Scope,
    except: &Exceptions,
    edges: impl IntoIterator<Item = u32>,
) -> Vec<u32> {
    let kinds: EdgeKinds = EdgeKind::ALL
        .into_iter()
        .filter(|kind| scope.kinds.is_empty() || scope.kinds.iter().any(|word| word == kind.word()))
        .collect();
    let looks_at = |index: &u32| {
        let edge = &ground.graph.edges[*index as usize];
        let judged = scope.tests == Tests::Judged
            || !(edge.test || ground.is_test(edge.from) || ground.is_test(edge.to));
        judged && kinds.contains(edge.kind) && !except.cover(edge)
    };
    edges.into_iter().filter(looks_at).collect()
}

/// A contract read against a graph, ready to judge any of its edges.
pub(super) struct Case<'a> {
    pub(super) ground: &'a Ground<'a>,
    pub(super) rule: &'a str,
    pub(super) scope: &'a Scope,
    pub(super) contract: Box<dyn Contract + 'a>,
    except: Exceptions,
    /// The modules that are bound.
    pub(super) bound: Bits,
}

impl<'a> Case<'a> {
    pub(super) fn new(
        ground: &'a Ground<'a>,
        rule: &'a str,
        scope: &'a Scope,
        except: Exceptions,
        contract: Box<dyn Contract + 'a>,
    ) -> Self {
        let graph = ground.graph;
        let mut bound = Bits::new(graph.nodes.len());
        for id in graph.node_ids().filter(|id| graph.is_module(*id) && contract.judges(*id)) {
            bound.insert(id.0 as usize);
        }
        Self { ground, rule, scope, contract, except, bound }
    }

    /// Whether chains are judged too.
    pub(super) fn judges_chains(&self) -> bool {
        self.scope.via == Via::Any
    }

    /// Those of some edges that are looked at.
    pub(super) fn in_scope(&self, edges: impl IntoIterator<Item = u32>) -> Vec<u32> {
        in_scope(self.ground, self.scope, &self.except, edges)
    }

    /// Judges each edge of the graph by itself and adds what it finds; gives those that were looked at.
    pub(super) fn judge(&self, judgement: &mut Judgement) -> Vec<u32> {
        let edges = self.in_scope(0..self.ground.graph.edges.len() as u32);
        let looked = self.direct(&edges, judgement);
        count(&mut judgement.evaluated, self.bound.count() as u32, looked);
        edges
    }

    /// Judges edges in scope, each by itself; tells how many leave a module that is bound.
    pub(super) fn direct(&self, edges: &[u32], judgement: &mut Judgement) -> u32 {
        let (ground, graph) = (self.ground, self.ground.graph);
        let mut looked = 0;
        let mut breaches: BTreeMap<(NodeId, NodeId, NodeId), Vec<u32>> = BTreeMap::new();
        for index in edges {
            let edge = &graph.edges[*index as usize];
            let (from, to) = (ground.lifted.module_of(edge.from), ground.lifted.module_of(edge.to));
            if from == to || !self.bound.contains(from.0 as usize) {
                continue;
            }
            looked += 1;
            if self.contract.forbids(from, edge.to) {
                breaches.entry((from, to, subject(graph, edge.to))).or_default().push(*index);
            }
        }
        for ((from, to, item), edges) in breaches {
            let terms = self.contract.terms(from);
            let message = format!(
                "{}, but this names `{}`{}",
                self.contract.message(from, item),
                show(graph, item),
                route(graph, &edges)
            );
            let sites = sites(graph, &edges);
            let found = finding(graph, self.rule, (from, to, Some(item)), message, sites, Vec::new(), terms);
            push(ground.policy, judgement, found);
        }
        looked
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
        cost: 0,
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
