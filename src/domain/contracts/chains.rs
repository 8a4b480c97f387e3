//! Chains: what a bound module reaches through others, judged where a rule says `via = "any"`.

use crate::domain::contracts::Judgement;
use crate::domain::contracts::engine::{Case, Contract, finding, hop, push, show, sites, subject};
use crate::domain::graph::NodeId;
use crate::domain::graph::adjacency::Adjacency;
use crate::domain::graph::lift::{self, Lifted};
use crate::domain::graph::reach::{self, Walk};

/// Modules, numbered in their order.
pub(super) struct Numbers {
    modules: Vec<NodeId>,
    /// The number of each module, by node index.
    numbers: Vec<u32>,
}

impl Numbers {
    /// Numbers whatever these edges join.
    pub(super) fn of<'e>(edges: impl IntoIterator<Item = &'e Lifted<NodeId>>) -> Self {
        let mut modules: Vec<NodeId> = edges.into_iter().flat_map(|edge| [edge.from, edge.to]).collect();
        modules.sort_unstable();
        modules.dedup();
        let mut numbers = vec![0; modules.last().map_or(0, |last| last.0 as usize + 1)];
        for (module, number) in modules.iter().zip(0..) {
            numbers[module.0 as usize] = number;
        }
        Self { modules, numbers }
    }
}

/// What chains are made of.
pub(super) struct Net<'n> {
    lifted: Vec<&'n Lifted<NodeId>>,
    modules: &'n [NodeId],
    pairs: Vec<(u32, u32)>,
    adjacency: Adjacency,
}

impl<'n> Net<'n> {
    /// Edges between modules, sorted by their ends, all of which have a number.
    pub(super) fn new(lifted: Vec<&'n Lifted<NodeId>>, numbers: &'n Numbers) -> Self {
        let number = |id: NodeId| numbers.numbers[id.0 as usize];
        let pairs: Vec<(u32, u32)> = lifted.iter().map(|edge| (number(edge.from), number(edge.to))).collect();
        let adjacency = Adjacency::new(numbers.modules.len(), pairs.iter().copied());
        Self { lifted, modules: &numbers.modules, pairs, adjacency }
    }

    /// The bound modules from which a chain may lead over an edge that starts at `from`.
    pub(super) fn starts(&self, case: &Case, from: NodeId) -> Vec<NodeId> {
        let Ok(at) = self.modules.binary_search(&from) else { return Vec::new() };
        if !case.contract.passes(from) {
            return vec![from].into_iter().filter(|id| case.bound.contains(id.0 as usize)).collect();
        }
        let back = self.pairs.iter().map(|(from, to)| (*to, *from));
        let back = Adjacency::new(self.modules.len(), back);
        let mut seen = vec![false; self.modules.len()];
        seen[at] = true;
        let mut queue = vec![at as u32];
        let mut head = 0;
        while head < queue.len() {
            let node = queue[head];
            head += 1;
            if !case.contract.passes(self.modules[node as usize]) {
                continue;
            }
            for (above, _) in back.of(node) {
                if !std::mem::replace(&mut seen[*above as usize], true) {
                    queue.push(*above);
                }
            }
        }
        let modules = queue.into_iter().map(|node| self.modules[node as usize]);
        modules.filter(|id| case.bound.contains(id.0 as usize)).collect()
    }

    /// The shortest chain of two or more steps from a bound module to each module it must not use.
    pub(super) fn judge(&self, case: &Case, start: NodeId, judgement: &mut Judgement) {
        let Ok(at) = self.modules.binary_search(&start) else { return };
        let (graph, contract) = (case.ground.graph, &case.contract);
        let walk = Through { contract: &**contract, modules: self.modules };
        let offence = |edge: u32| {
            let behind = &self.lifted[edge as usize].edges;
            behind.iter().map(|index| graph.edges[*index as usize].to).find(|to| contract.forbids(start, *to))
        };
        let found = reach::each(&self.adjacency, at as u32, |_, edge| offence(edge).is_some(), &walk);
        for chain in found.into_iter().filter(|chain| chain.len() > 1) {
            let (Some(first), Some(last)) = (chain.first(), chain.last()) else { continue };
            let Some(item) = offence(*last).map(|target| subject(graph, target)) else { continue };
            let to = self.lifted[*last as usize].to;
            let message = format!(
                "{}, but this reaches `{}` in {} steps",
                contract.message(start, item),
                show(graph, item),
                chain.len()
            );
            let sites = sites(graph, &self.lifted[*first as usize].edges);
            let hops = chain.iter().map(|edge| hop(graph, self.lifted[*edge as usize])).collect();
            let terms = contract.terms(start);
            push(
                case.ground.policy,
                judgement,
                finding(graph, case.rule, (start, to, Some(item)), message, sites, hops, terms),
            );
        }
    }
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

/// Judges every chain over edges in scope and adds what it finds.
pub(super) fn judge(case: &Case, edges: Vec<u32>, judgement: &mut Judgement) {
    let lifted = lift::modules_of(case.ground.graph, edges).edges;
    let numbers = Numbers::of(&lifted);
    let net = Net::new(lifted.iter().collect(), &numbers);
    for start in numbers.modules.iter().copied().filter(|id| case.bound.contains(id.0 as usize)) {
        net.judge(case, start, judgement);
    }
}
