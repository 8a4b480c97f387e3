//! Judges what is planted and nothing else: says of each planted dependency what a judgement of the
//! whole graph would newly say, from what is read against the graph once.
//!
//! A rule that looks at single dependencies can only say something new of what joins the same two
//! modules. Chains can only change from where a planted dependency can be reached, cycles only where it
//! closes one.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use rustc_hash::FxHashMap;

use crate::domain::contracts::acyclic::Acyclic;
use crate::domain::contracts::chains::{Net, Numbers};
use crate::domain::contracts::engine::Case;
use crate::domain::contracts::select::Ground;
use crate::domain::contracts::{Judgement, UNASSIGNED, order, relations, unassigned};
use crate::domain::finding::{Finding, Level};
use crate::domain::graph::adjacency::Adjacency;
use crate::domain::graph::bits::Bits;
use crate::domain::graph::components::components;
use crate::domain::graph::lift::{self, Lifted};
use crate::domain::graph::reach::{Free, shortest};
use crate::domain::graph::{Graph, NodeId};

/// What findings are called, so that what is new can be told from what was there: key and message.
pub(super) type Told = BTreeSet<(String, String)>;

/// What findings are called.
pub(super) fn told(findings: &[Finding]) -> Told {
    findings.iter().map(|finding| (finding.key.clone(), finding.message.clone())).collect()
}

/// Rules read against a graph in which everything is planted at once.
pub(super) struct Bench<'a> {
    ground: &'a Ground<'a>,
    known: &'a Told,
    /// Modules of no layer that were there.
    unassigned: &'a [NodeId],
    /// Edges that were there, by the modules they join; only of modules that something planted joins.
    beside: FxHashMap<(NodeId, NodeId), Vec<u32>>,
    cases: Vec<(Case<'a>, Option<Chained>)>,
    circles: Vec<Circle<'a>>,
}

/// What chains were made of before anything was planted.
struct Chained {
    lifted: Vec<Lifted<NodeId>>,
    numbers: Numbers,
}

impl<'a> Bench<'a> {
    /// Reads the rules against a graph of whose edges the first `real` were there, as were the findings
    /// in `known` and the modules in `unassigned`.
    pub(super) fn new(ground: &'a Ground<'a>, real: u32, known: &'a Told, unassigned: &'a [NodeId]) -> Self {
        let graph = ground.graph;
        let ends = |index: u32| {
            let edge = &graph.edges[index as usize];
            (ground.lifted.module_of(edge.from), ground.lifted.module_of(edge.to))
        };
        let planted = real..graph.edges.len() as u32;
        let mut beside: FxHashMap<(NodeId, NodeId), Vec<u32>> =
            planted.clone().map(|index| (ends(index), Vec::new())).collect();
        for index in 0..real {
            if let Some(same) = beside.get_mut(&ends(index)) {
                same.push(index);
            }
        }
        let mut unheard = Vec::new();
        let mut cases = order::cases(ground, &mut unheard);
        let mut circles = Vec::new();
        for rule in &ground.policy.rules {
            match Acyclic::new(ground, rule, &mut unheard) {
                Some(acyclic) => circles.push(Circle::new(acyclic, graph, real)),
                None => cases.extend(relations::case(ground, rule, &mut unheard)),
            }
        }
        let cases = cases.into_iter().map(|case| {
            let chained = case.judges_chains().then(|| {
                let lifted = lift::modules_of(graph, case.in_scope(0..real)).edges;
                let own = lift::modules_of(graph, planted.clone()).edges;
                Chained { numbers: Numbers::of(lifted.iter().chain(&own)), lifted }
            });
            (case, chained)
        });
        let cases = cases.collect();
        Self { ground, known, unassigned, beside, cases, circles }
    }

    /// The rules that say something new, at level `deny`, once these edges and this module are planted.
    pub(super) fn stopped_by(&self, edges: &[u32], module: Option<NodeId>) -> BTreeSet<String> {
        let mut rules = BTreeSet::new();
        if let Some(module) = module.filter(|id| self.ground.layers.unassigned.contains(id)) {
            let mut said = Judgement::default();
            let unassigned: Vec<NodeId> = self.unassigned.iter().copied().chain([module]).collect();
            unassigned::check(self.ground, &unassigned, &mut said);
            if self.is_new(&said) {
                rules.insert(UNASSIGNED.to_owned());
            }
        }
        let edges = self.with_those_beside(edges);
        for (case, chained) in &self.cases {
            let scoped = case.in_scope(edges.iter().copied());
            if self.breaks(case, chained.as_ref(), &scoped) {
                rules.insert(case.rule.to_owned());
            }
        }
        for circle in &self.circles {
            if circle.is_closed(self, &edges) {
                rules.insert(circle.acyclic.rule.name.clone());
            }
        }
        rules
    }

    /// Planted edges with those that join the same modules, in the order a graph has them.
    fn with_those_beside(&self, planted: &[u32]) -> Vec<u32> {
        let graph = self.ground.graph;
        let mut edges: Vec<u32> = planted.to_vec();
        for edge in planted.iter().map(|index| &graph.edges[*index as usize]) {
            let ends = (self.ground.lifted.module_of(edge.from), self.ground.lifted.module_of(edge.to));
            edges.extend(self.beside.get(&ends).into_iter().flatten());
        }
        in_order(graph, &mut edges);
        edges
    }

    fn breaks(&self, case: &Case, chained: Option<&Chained>, edges: &[u32]) -> bool {
        let mut said = Judgement::default();
        case.direct(edges, &mut said);
        if self.is_new(&said) {
            return true;
        }
        let Some(Chained { lifted, numbers }) = chained else { return false };
        let own = lift::modules_of(self.ground.graph, edges.iter().copied()).edges;
        let net = Net::new(merged(lifted, &own), numbers);
        let starts: BTreeSet<NodeId> = own.iter().flat_map(|edge| net.starts(case, edge.from)).collect();
        starts.into_iter().any(|start| {
            let mut said = Judgement::default();
            net.judge(case, start, &mut said);
            self.is_new(&said)
        })
    }

    fn is_new(&self, said: &Judgement) -> bool {
        let known = |finding: &Finding| self.known.contains(&(finding.key.clone(), finding.message.clone()));
        said.findings.iter().any(|finding| finding.level == Level::Deny && !known(finding))
    }
}

/// Sorts edges as a graph has them.
fn in_order(graph: &Graph, edges: &mut Vec<u32>) {
    edges.sort_unstable_by_key(|index| {
        let edge = &graph.edges[*index as usize];
        (edge.from, edge.to, *index)
    });
    edges.dedup();
}

/// Lifted edges, with some in the place of those between the same two.
fn merged<'l, K: Copy + Ord>(lifted: &'l [Lifted<K>], own: &'l [Lifted<K>]) -> Vec<&'l Lifted<K>> {
    let mut all: Vec<&Lifted<K>> = lifted.iter().collect();
    for edge in own {
        match all.binary_search_by_key(&(edge.from, edge.to), |known| (known.from, known.to)) {
            Ok(at) => all[at] = edge,
            Err(at) => all.insert(at, edge),
        }
    }
    all
}

/// Parts that something planted joins, each pair with the places where it does.
type Joined = Vec<(u32, u32, u32)>;

/// An acyclic rule with what was lifted before anything was planted.
struct Circle<'a> {
    acyclic: Acyclic<'a>,
    lifted: Vec<Lifted<u32>>,
    /// The same without what a baseline accepts.
    rest: Vec<(u32, u32)>,
    /// Parts by their number, and those that are in one cycle by the number of that.
    numbers: FxHashMap<u32, u32>,
    cycles: Vec<usize>,
    /// What was said of parts joined before, each with the places that join them.
    said: RefCell<BTreeMap<Joined, bool>>,
}

impl<'a> Circle<'a> {
    fn new(acyclic: Acyclic<'a>, graph: &Graph, real: u32) -> Self {
        let lifted = acyclic.lift(0..real);
        let own = acyclic.lift(real..graph.edges.len() as u32);
        let parts: BTreeSet<u32> = lifted.iter().chain(&own).flat_map(|edge| [edge.from, edge.to]).collect();
        let numbers: FxHashMap<u32, u32> = parts.into_iter().zip(0..).collect();
        let (_, rest) = acyclic.without_accepted(lifted.iter().collect());
        let rest: Vec<(u32, u32)> =
            rest.into_iter().map(|edge| (numbers[&edge.from], numbers[&edge.to])).collect();
        let mut cycles = vec![0; numbers.len()];
        for (at, members) in
            components(&Adjacency::new(numbers.len(), rest.iter().copied())).into_iter().enumerate()
        {
            for member in members {
                cycles[member as usize] = at;
            }
        }
        Self { acyclic, lifted, rest, numbers, cycles, said: RefCell::default() }
    }

    /// Whether edges, planted ones and those beside them, make it say something new.
    fn is_closed(&self, bench: &Bench, edges: &[u32]) -> bool {
        if bench.ground.policy.level_of(&self.acyclic.rule.name, self.acyclic.rule.level) != Level::Deny {
            return false;
        }
        let own = self.own(bench.ground.graph, edges);
        if own.is_empty() {
            return false;
        }
        let joined = own.iter().map(|edge| (edge.from, edge.to, edge.places(bench.ground.graph))).collect();
        if let Some(said) = self.said.borrow().get(&joined) {
            return *said;
        }
        let said = self.closes(bench, &own);
        self.said.borrow_mut().insert(joined, said);
        said
    }

    /// What the edges are between parts, with all else that joins the same parts.
    fn own(&self, graph: &Graph, edges: &[u32]) -> Vec<Lifted<u32>> {
        let own = self.acyclic.lift(edges.iter().copied());
        let mut all: Vec<u32> = own.iter().flat_map(|edge| edge.edges.iter().copied()).collect();
        for edge in &own {
            let known =
                self.lifted.binary_search_by_key(&(edge.from, edge.to), |known| (known.from, known.to));
            all.extend(known.into_iter().flat_map(|at| &self.lifted[at].edges));
        }
        in_order(graph, &mut all);
        self.acyclic.lift(all)
    }

    fn closes(&self, bench: &Bench, own: &[Lifted<u32>]) -> bool {
        let number = |part: u32| self.numbers[&part];
        let pairs: Vec<(u32, u32)> = own.iter().map(|edge| (number(edge.from), number(edge.to))).collect();
        // Cycles that become one are told as one, which they were not: there is no need to say how.
        let apart = |(from, to): &&(u32, u32)| self.cycles[*from as usize] != self.cycles[*to as usize];
        let rest = self.adjacency(self.rest.iter().copied().chain(pairs.iter().copied()).collect());
        if pairs.iter().filter(apart).any(|pair| is_way_back(&rest, *pair)) {
            return true;
        }
        let merged = merged(&self.lifted, own);
        let all = merged.iter().map(|edge| (number(edge.from), number(edge.to))).collect();
        let all = self.adjacency(all);
        if !pairs.iter().any(|pair| is_way_back(&all, *pair)) {
            return false;
        }
        let mut said = Judgement::default();
        self.acyclic.find(merged, &mut said);
        bench.is_new(&said)
    }

    fn adjacency(&self, pairs: Vec<(u32, u32)>) -> Adjacency {
        Adjacency::new(self.numbers.len(), pairs.iter().copied())
    }
}

/// Whether what an edge leads to reaches its start.
fn is_way_back(adjacency: &Adjacency, (from, to): (u32, u32)) -> bool {
    let mut goal = Bits::new(adjacency.len());
    goal.insert(from as usize);
    from == to || shortest(adjacency, &[to], &goal, &Free).is_some()
}
