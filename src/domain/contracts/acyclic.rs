//! Cycles among siblings, modules, crates, layers or captured parts.

use std::collections::{BTreeMap, BTreeSet};

use crate::domain::contracts::Judgement;
use crate::domain::contracts::engine::{Terms, count, in_scope, push, sites};
use crate::domain::contracts::except::Exceptions;
use crate::domain::contracts::key::key;
use crate::domain::contracts::nodes::NodeSet;
use crate::domain::contracts::select::Ground;
use crate::domain::finding::{Finding, Hop, Site, State};
use crate::domain::graph::cycles::{self, Cycle};
use crate::domain::graph::lift::{Lifted, pairs};
use crate::domain::graph::{Graph, NodeId};
use crate::domain::policy::baseline::BreachName;
use crate::domain::policy::place::ConfigProblem;
use crate::domain::policy::renamed::{Known, likeness};
use crate::domain::policy::rules::{Grain, Rule, RuleKind, Tests};
use crate::domain::policy::suggest;

/// An acyclic rule read against a graph.
pub(super) struct Acyclic<'a> {
    pub(super) rule: &'a Rule,
    parts: Parts<'a>,
    except: Exceptions,
}

impl<'a> Acyclic<'a> {
    /// Reads a rule against a graph; none where it is of another kind.
    pub(super) fn new(
        ground: &'a Ground<'a>,
        rule: &'a Rule,
        problems: &mut Vec<ConfigProblem>,
    ) -> Option<Self> {
        let RuleKind::Acyclic { within, by } = &rule.kind else { return None };
        let except = Exceptions::new(ground, &rule.except, problems);
        let set = ground.select(within, problems);
        let parts = Parts { ground, set, by: *by, tests: rule.scope.tests };
        Some(Self { rule, parts, except })
    }

    /// Judges the whole graph and adds what it finds.
    pub(super) fn judge(&self, judgement: &mut Judgement) {
        let (ground, set) = (self.parts.ground, &self.parts.set);
        let lifted = self.lift(0..ground.graph.edges.len() as u32);
        let looked = lifted.iter().map(|edge| edge.edges.len() as u32).sum();
        let modules = set.iter().filter(|id| ground.graph.is_module(*id)).count() as u32;
        count(&mut judgement.evaluated, modules, looked);
        self.find(lifted.iter().collect(), judgement);
    }

    /// Some edges as they are looked at: between parts, sorted by those.
    pub(super) fn lift(&self, edges: impl IntoIterator<Item = u32>) -> Vec<Lifted<u32>> {
        let ground = self.parts.ground;
        let edges = in_scope(ground, &self.rule.scope, &self.except, edges);
        pairs(ground.graph, edges, |from, to| self.parts.pair(from, to))
    }

    /// Adds what is found among lifted edges.
    pub(super) fn find(&self, lifted: Vec<&Lifted<u32>>, judgement: &mut Judgement) {
        let ground = self.parts.ground;
        let (standing, rest) = self.without_accepted(lifted);
        for accepted in standing {
            push(ground.policy, judgement, closing(ground.graph, self.rule, &self.parts, accepted));
        }
        for cycle in find(ground.graph, &rest) {
            push(ground.policy, judgement, finding(ground.graph, self.rule, &self.parts, &rest, &cycle));
        }
    }

    /// A baseline accepts single dependencies of a cycle, so that a new one through the same parts is
    /// still seen: the accepted dependencies that lie on a cycle, and all other edges.
    pub(super) fn without_accepted<'l>(
        &self,
        lifted: Vec<&'l Lifted<u32>>,
    ) -> (Vec<&'l Lifted<u32>>, Vec<&'l Lifted<u32>>) {
        let ground = self.parts.ground;
        let accepted: BTreeSet<(&str, &str)> = ground.policy.baseline.edges(&self.rule.name).collect();
        if accepted.is_empty() {
            return (Vec::new(), lifted);
        }
        let mut component: BTreeMap<u32, usize> = BTreeMap::new();
        for (at, cycle) in find(ground.graph, &lifted).into_iter().enumerate() {
            component.extend(cycle.members.into_iter().map(|member| (member, at)));
        }
        let (inside, outside): (Vec<_>, Vec<_>) = lifted.into_iter().partition(|edge| {
            let home = component.get(&edge.from);
            home.is_some() && home == component.get(&edge.to)
        });
        let names = inside.iter().map(|edge| (self.parts.name(edge.from), self.parts.name(edge.to)));
        let names: Vec<(String, String)> = names.collect();
        let renamed = self.renamed(&accepted, &names);
        let (mut standing, mut rest) = (Vec::new(), outside);
        for (edge, name) in inside.into_iter().zip(&names) {
            let stands = accepted.contains(&(&*name.0, &*name.1)) || renamed.contains(name);
            if stands { standing.push(edge) } else { rest.push(edge) }
        }
        rest.sort_by_key(|edge| (edge.from, edge.to));
        (standing, rest)
    }

    /// The dependencies that are accepted under the name that a module had before.
    fn renamed<'n>(
        &self,
        accepted: &BTreeSet<(&str, &str)>,
        names: &'n [(String, String)],
    ) -> BTreeSet<&'n (String, String)> {
        let standing: BTreeSet<(&str, &str)> = names.iter().map(|(from, to)| (&**from, &**to)).collect();
        let left: Vec<(&str, &str)> = accepted.difference(&standing).copied().collect();
        let ids: BTreeSet<&str> = left.iter().flat_map(|(from, to)| [*from, *to]).collect();
        let there = self.parts.ground.graph.find_all(&ids);
        let parts: BTreeSet<&str> = standing.iter().flat_map(|(from, to)| [*from, *to]).collect();
        let known =
            There(ids.into_iter().filter(|id| there.contains_key(id) || parts.contains(id)).collect());
        let breach = |(from, to): (&str, &str)| BreachName {
            rule: self.rule.name.clone(),
            from: from.to_owned(),
            to: to.to_owned(),
            item: String::new(),
        };
        let mut open: Vec<&(String, String)> =
            names.iter().filter(|(from, to)| !accepted.contains(&(&**from, &**to))).collect();
        let mut renamed = BTreeSet::new();
        for entry in left.into_iter().map(breach) {
            let alike = open
                .iter()
                .enumerate()
                .filter_map(|(at, name)| Some((likeness(&entry, &breach((&name.0, &name.1)), &known)?, at)));
            // The likest, of those the first.
            let likest = alike.max_by(|a, b| a.0.cmp(&b.0).then_with(|| open[b.1].cmp(open[a.1])));
            if let Some((_, at)) = likest {
                renamed.insert(open.swap_remove(at));
            }
        }
        renamed
    }
}

/// Ids that there are.
struct There<'a>(BTreeSet<&'a str>);

impl Known for There<'_> {
    fn exists(&self, id: &str) -> bool {
        self.0.contains(id)
    }
}

/// Cycles among lifted edges; a cut costs as many as there are places behind the edge.
fn find(graph: &Graph, lifted: &[&Lifted<u32>]) -> Vec<Cycle<u32>> {
    let costs: Vec<(u32, u32, u32)> =
        lifted.iter().map(|edge| (edge.from, edge.to, edge.places(graph))).collect();
    cycles::find(&costs)
}

/// The finding for one dependency that closes a cycle.
fn closing(graph: &Graph, rule: &Rule, parts: &Parts, edge: &Lifted<u32>) -> Finding {
    let (from, to) = (parts.name(edge.from), parts.name(edge.to));
    let terms = Terms::of(rule);
    Finding {
        rule: rule.name.clone(),
        key: key(&rule.name, &from, &to, ""),
        level: terms.level,
        state: State::New,
        message: format!("`{from}` -> `{to}` closes a cycle"),
        cut: vec![(from.clone(), to.clone())],
        cost: 0,
        from,
        to,
        item: String::new(),
        sites: sites(graph, &edge.edges),
        chain: Vec::new(),
        because: terms.because,
        instead: terms.instead,
    }
}

struct Parts<'a> {
    ground: &'a Ground<'a>,
    set: NodeSet,
    by: Grain,
    tests: Tests,
}

impl Parts<'_> {
    /// The two parts that a dependency joins; none where it joins no two.
    fn pair(&self, from: NodeId, to: NodeId) -> Option<(u32, u32)> {
        let graph = self.ground.graph;
        if graph.is_external(to) || !self.set.contains(from) || !self.set.contains(to) {
            return None;
        }
        let (a, b) = (self.ground.lifted.module_of(from), self.ground.lifted.module_of(to));
        if self.tests == Tests::Ignored && (self.ground.is_test(a) || self.ground.is_test(b)) {
            return None;
        }
        if self.captured() {
            return self.set.part(a).zip(self.set.part(b));
        }
        match self.by {
            Grain::Siblings => siblings(graph, a, b),
            Grain::Modules => {
                let nested = graph.contains(a, b) || graph.contains(b, a);
                (!nested).then_some((a.0, b.0))
            }
            Grain::Crates => Some((root(graph, a).0, root(graph, b).0)),
            Grain::Layers => {
                let layer = |id| self.ground.layers.layer(id).map(|layer| layer as u32);
                layer(a).zip(layer(b))
            }
        }
    }

    fn captured(&self) -> bool {
        self.set.iter().next().is_some_and(|id| self.set.part(id).is_some())
    }

    fn name(&self, part: u32) -> String {
        match self.by {
            _ if self.captured() => self.set.part_name(part),
            Grain::Layers => self.ground.policy.layers.list[part as usize].name.clone(),
            _ => self.ground.graph.id(NodeId(part)),
        }
    }

    fn word(&self) -> &'static str {
        match self.by {
            _ if self.captured() => "parts",
            Grain::Layers => "layers",
            Grain::Crates => "crates",
            _ => "modules",
        }
    }
}

/// The children of the innermost module that holds both, on the way to each; none if one holds the
/// other, or nothing holds both.
fn siblings(graph: &Graph, a: NodeId, b: NodeId) -> Option<(u32, u32)> {
    let (mut a, mut b) = (a, b);
    let (mut below_a, mut below_b) = (None, None);
    while a != b {
        // What stands later cannot hold what stands earlier, so it is the one to climb from.
        if a > b {
            below_a = Some(a.0);
            a = graph.node(a).parent?;
        } else {
            below_b = Some(b.0);
            b = graph.node(b).parent?;
        }
    }
    below_a.zip(below_b)
}

fn root(graph: &Graph, id: NodeId) -> NodeId {
    let mut at = id;
    while let Some(parent) = graph.node(at).parent {
        at = parent;
    }
    at
}

/// How many members a message names.
const NAMED: usize = 5;

fn finding(
    graph: &Graph,
    rule: &Rule,
    parts: &Parts,
    lifted: &[&Lifted<u32>],
    cycle: &Cycle<u32>,
) -> Finding {
    let round = start_at_smallest(parts, lifted, &cycle.round);
    let chain: Vec<Hop> = round
        .iter()
        .map(|index| lifted[*index])
        .map(|edge| Hop {
            from: parts.name(edge.from),
            to: parts.name(edge.to),
            site: Site::at(graph, edge.first),
        })
        .collect();
    let (from, to) = chain.first().map(|hop| (hop.from.clone(), hop.to.clone())).unwrap_or_default();
    let mut names: BTreeMap<String, ()> = BTreeMap::new();
    names.extend(cycle.members.iter().map(|part| (parts.name(*part), ())));
    let names: Vec<&str> = names.keys().map(String::as_str).collect();
    let tangle = match names.len() {
        2 => format!("{} and {} depend on each other", suggest::list([names[0]]), suggest::list([names[1]])),
        count if count <= NAMED => format!("{} depend on each other in a cycle", suggest::list(names)),
        count => format!(
            "{count} {} depend on each other in cycles, among them {}",
            parts.word(),
            suggest::list(names.into_iter().take(NAMED))
        ),
    };
    // Every way round has a step of the cut, and that is where to look first.
    let weakest = cycle.cut.iter().find(|index| round.contains(index)).or(round.first());
    let sites = weakest.map(|index| sites(graph, &lifted[*index].edges)).unwrap_or_default();
    let terms = Terms::of(rule);
    let ends = |edge: &Lifted<u32>| (parts.name(edge.from), parts.name(edge.to));
    Finding {
        rule: rule.name.clone(),
        key: key(&rule.name, &from, &to, ""),
        level: terms.level,
        state: State::New,
        message: format!("{tangle}; {}", cut(graph, parts, lifted, &cycle.cut)),
        from,
        to,
        item: String::new(),
        sites,
        chain,
        cut: cycle.cut.iter().map(|edge| ends(lifted[*edge])).collect(),
        cost: 0,
        because: terms.because,
        instead: terms.instead,
    }
}

/// Turns the way round so that it starts at the first name: what is reported does not depend on how
/// nodes are numbered.
fn start_at_smallest(parts: &Parts, lifted: &[&Lifted<u32>], round: &[usize]) -> Vec<usize> {
    let first = (0..round.len()).min_by_key(|at| parts.name(lifted[round[*at]].from)).unwrap_or(0);
    round[first..].iter().chain(&round[..first]).copied().collect()
}

fn cut(graph: &Graph, parts: &Parts, lifted: &[&Lifted<u32>], cut: &[usize]) -> String {
    let show = |index: &usize| {
        let edge = lifted[*index];
        let cost = edge.places(graph);
        let places = if cost == 1 { "1 place".to_owned() } else { format!("{cost} places") };
        format!("`{}` -> `{}` ({places})", parts.name(edge.from), parts.name(edge.to))
    };
    let shown: Vec<String> = cut.iter().take(3).map(show).collect();
    match cut.len() {
        1 => format!("the cheapest to cut is {}", shown.join(", ")),
        count if count <= 3 => format!("the cheapest to cut are {}", shown.join(", ")),
        count => format!("the cheapest to cut are {} and {} more", shown.join(", "), count - 3),
    }
}
