//! Cycles: what is strongly connected, a short way round, and what to cut.

use rustc_hash::FxHashMap;

use crate::domain::graph::adjacency::Adjacency;
use crate::domain::graph::bits::Bits;
use crate::domain::graph::components::components;
use crate::domain::graph::lift::Lifted;
use crate::domain::graph::reach::{Walk, shortest};
use crate::domain::graph::{Graph, NodeId};

/// Things that all reach each other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cycle<K> {
    /// All of them, sorted.
    pub members: Vec<K>,
    /// A shortest way round from the first member that lies on one of that length: indices into the
    /// edges given, each edge starting where the one before ends.
    pub round: Vec<usize>,
    /// A light set of edges without which nothing here is a cycle, sorted: indices into the edges.
    pub cut: Vec<usize>,
}

/// Cycles among edges, given as start, end and the cost of cutting it; sorted by first member. Pairs
/// that are no dependency worth the name (parent and child, say) are left out by the caller.
pub fn find<K: Copy + Ord + std::hash::Hash>(edges: &[(K, K, u32)]) -> Vec<Cycle<K>> {
    let mut keys: Vec<K> = edges.iter().flat_map(|(from, to, _)| [*from, *to]).collect();
    keys.sort_unstable();
    keys.dedup();
    let number: FxHashMap<K, u32> = keys.iter().copied().zip(0..).collect();
    let pairs: Vec<(u32, u32)> = edges.iter().map(|(from, to, _)| (number[from], number[to])).collect();
    let adjacency = Adjacency::new(keys.len(), pairs.iter().copied());
    let mut cycles: Vec<Cycle<K>> = components(&adjacency)
        .into_iter()
        .filter(|members| members.len() > 1)
        .map(|members| {
            let round = way_round(&adjacency, &members);
            let costs: Vec<u32> = edges.iter().map(|(_, _, cost)| *cost).collect();
            let cut = cheap_cut(&adjacency, &pairs, &costs, &members);
            Cycle { members: members.iter().map(|member| keys[*member as usize]).collect(), round, cut }
        })
        .collect();
    cycles.sort_by(|a, b| a.members.cmp(&b.members));
    cycles
}

/// Cycles among lifted edges between modules, pairs of which one contains the other left out. A cut
/// costs as many as there are sites behind the edge; `counts` says which edges count at all.
pub fn among_modules(
    graph: &Graph,
    edges: &[Lifted<NodeId>],
    counts: impl Fn(&Lifted<NodeId>) -> bool,
) -> Vec<Cycle<NodeId>> {
    let mut kept = Vec::new();
    let mut costs = Vec::new();
    for (index, edge) in edges.iter().enumerate() {
        if counts(edge) && !graph.contains(edge.from, edge.to) && !graph.contains(edge.to, edge.from) {
            kept.push(index);
            costs.push((edge.from, edge.to, edge.places(graph)));
        }
    }
    let mut cycles = find(&costs);
    for cycle in &mut cycles {
        for index in cycle.round.iter_mut().chain(&mut cycle.cut) {
            *index = kept[*index];
        }
    }
    cycles
}

/// Stays within one component, away from edges that are gone.
struct Within<'a> {
    members: &'a Bits,
    gone: &'a Bits,
}

impl Walk for Within<'_> {
    fn takes(&self, edge: u32) -> bool {
        !self.gone.contains(edge as usize)
    }
    fn passes(&self, node: u32) -> bool {
        self.members.contains(node as usize)
    }
}

fn one(bound: usize, member: u32) -> Bits {
    let mut bits = Bits::new(bound);
    bits.insert(member as usize);
    bits
}

/// A shortest cycle of the component; looked for from at most this many of its members.
const TRIED: usize = 64;

fn way_round(adjacency: &Adjacency, members: &[u32]) -> Vec<usize> {
    let set = set_of(adjacency.len(), members);
    let gone = Bits::default();
    let mut best: Option<Vec<u32>> = None;
    for member in members.iter().take(TRIED) {
        let goal = one(adjacency.len(), *member);
        let round = shortest(adjacency, &[*member], &goal, &Within { members: &set, gone: &gone });
        if let Some(round) = round
            && best.as_ref().is_none_or(|best| round.len() < best.len())
        {
            best = Some(round);
        }
        if best.as_ref().is_some_and(|best| best.len() == 2) {
            break;
        }
    }
    best.unwrap_or_default().into_iter().map(|edge| edge as usize).collect()
}

fn set_of(bound: usize, members: &[u32]) -> Bits {
    let mut bits = Bits::new(bound);
    for member in members {
        bits.insert(*member as usize);
    }
    bits
}

/// Orders the members so that the edges that go back cost little (Eades, Lin and Smyth, 1993), then
/// gives back every such edge that closes no cycle, dearest first.
fn cheap_cut(adjacency: &Adjacency, pairs: &[(u32, u32)], costs: &[u32], members: &[u32]) -> Vec<usize> {
    let set = set_of(adjacency.len(), members);
    let inner: Vec<usize> = members
        .iter()
        .flat_map(|member| adjacency.of(*member))
        .filter(|(to, _)| set.contains(*to as usize))
        .map(|(_, edge)| *edge as usize)
        .collect();
    let place = feedback_order(pairs, costs, members, &inner);
    let mut back: Vec<usize> =
        inner.into_iter().filter(|edge| place[&pairs[*edge].0] > place[&pairs[*edge].1]).collect();
    let mut gone = Bits::new(pairs.len());
    for edge in &back {
        gone.insert(*edge);
    }
    back.sort_by_key(|edge| (std::cmp::Reverse(costs[*edge]), *edge));
    let mut cut = Vec::new();
    // Beyond this many the search for what may be given back would cost more than it tells.
    let mut tries = 256;
    for edge in back {
        let (from, to) = pairs[edge];
        let needed = tries == 0 || {
            tries -= 1;
            let goal = one(adjacency.len(), from);
            shortest(adjacency, &[to], &goal, &Within { members: &set, gone: &gone }).is_some()
        };
        if needed {
            cut.push(edge);
        } else {
            gone.remove(edge);
        }
    }
    cut.sort_unstable();
    cut
}

/// Position of each member in an order with light edges back.
fn feedback_order(
    pairs: &[(u32, u32)],
    costs: &[u32],
    members: &[u32],
    inner: &[usize],
) -> FxHashMap<u32, usize> {
    let mut out: FxHashMap<u32, i64> = members.iter().map(|member| (*member, 0)).collect();
    let mut into = out.clone();
    for edge in inner {
        *out.entry(pairs[*edge].0).or_default() += i64::from(costs[*edge]);
        *into.entry(pairs[*edge].1).or_default() += i64::from(costs[*edge]);
    }
    let mut left: Vec<u32> = members.to_vec();
    let (mut head, mut tail) = (Vec::new(), Vec::new());
    while !left.is_empty() {
        let sink = left.iter().position(|member| out[member] == 0);
        let source = left.iter().position(|member| into[member] == 0);
        let (at, to_tail) = match (sink, source) {
            (Some(at), _) => (at, true),
            (None, Some(at)) => (at, false),
            (None, None) => {
                // The most that goes out against what comes in; the first of equals.
                let best = (0..left.len())
                    .min_by_key(|at| (into[&left[*at]] - out[&left[*at]], left[*at]))
                    .expect("something is left");
                (best, false)
            }
        };
        let member = left.remove(at);
        for edge in inner {
            let (from, to) = pairs[*edge];
            if from == member {
                *into.entry(to).or_default() -= i64::from(costs[*edge]);
            } else if to == member {
                *out.entry(from).or_default() -= i64::from(costs[*edge]);
            }
        }
        if to_tail { tail.push(member) } else { head.push(member) }
    }
    tail.reverse();
    head.into_iter().chain(tail).zip(0..).collect()
}

#[cfg(test)]
mod tests {
    use crate::domain::graph::cycles::{among_modules, find};
    use crate::domain::graph::lift::modules;
    use crate::domain::graph::sketch::sketch;

    #[test]
    fn a_ring_is_one_cycle_cut_at_its_lightest_edge() {
        let edges = [('a', 'b', 5), ('b', 'c', 1), ('c', 'a', 4), ('c', 'd', 1)];
        let cycles = find(&edges);
        assert_eq!(cycles.len(), 1);
        assert_eq!(cycles[0].members, ['a', 'b', 'c']);
        assert_eq!(cycles[0].round, [0, 1, 2]);
        assert_eq!(cycles[0].cut, [1]);
    }

    #[test]
    fn the_short_way_round_is_shown() {
        let edges = [('a', 'b', 1), ('b', 'c', 1), ('c', 'd', 1), ('d', 'a', 1), ('d', 'c', 9)];
        let cycles = find(&edges);
        assert_eq!(cycles[0].round, [2, 4]);
        let cut: Vec<_> = cycles[0].cut.iter().map(|index| (edges[*index].0, edges[*index].1)).collect();
        let rest: Vec<_> = edges.iter().filter(|edge| !cut.contains(&(edge.0, edge.1))).copied().collect();
        assert!(find(&rest).is_empty(), "nothing is a cycle without {cut:?}");
        assert!(cut.len() <= 2);
    }

    #[test]
    fn parent_and_child_are_no_cycle() {
        let graph = sketch(
            "shop::a::Foo -> shop::a::inner::Bar\n\
             shop::a::inner::Bar -> shop::a::Foo\n\
             shop::a::Foo -> shop::b::Baz\n\
             shop::b::Baz -> shop::a::inner::Bar",
        );
        let lifted = modules(&graph);
        assert!(among_modules(&graph, &lifted.edges, |_| true).is_empty());
    }

    #[test]
    fn two_siblings_are_a_cycle_unless_one_way_does_not_count() {
        let graph = sketch("shop::a::Foo -> shop::b::Bar\nshop::b::Bar -> shop::a::Foo test");
        let lifted = modules(&graph);
        let cycles = among_modules(&graph, &lifted.edges, |_| true);
        assert_eq!(cycles.len(), 1);
        assert_eq!(cycles[0].round.len(), 2);
        assert!(among_modules(&graph, &lifted.edges, |edge| !edge.test).is_empty());
    }

    #[test]
    fn large_tangles_end_quickly_and_stay_cut() {
        let edges: Vec<(u32, u32, u32)> = (0..300)
            .flat_map(|n| [(n, (n + 1) % 300, 1), (n, (n * 7 + 3) % 300, 2)])
            .filter(|(a, b, _)| a != b)
            .collect();
        let cycles = find(&edges);
        let rest: Vec<_> = edges
            .iter()
            .enumerate()
            .filter(|(index, _)| !cycles.iter().any(|cycle| cycle.cut.contains(index)))
            .map(|(_, edge)| *edge)
            .collect();
        assert!(!cycles.is_empty() && find(&rest).is_empty());
    }
}
