//! What can be reached from where, and by which shortest chain.

use crate::domain::graph::adjacency::Adjacency;
use crate::domain::graph::bits::Bits;
use crate::domain::graph::components::components;

/// What stops a walk.
pub trait Walk {
    /// Whether the edge with this number may be taken.
    fn takes(&self, edge: u32) -> bool;
    /// Whether the walk may go on from a node that is neither start nor goal.
    fn passes(&self, node: u32) -> bool;
}

/// A walk that nothing stops.
#[derive(Clone, Copy, Debug, Default)]
pub struct Free;

impl Walk for Free {
    fn takes(&self, _edge: u32) -> bool {
        true
    }
    fn passes(&self, _node: u32) -> bool {
        true
    }
}

/// The shortest chain from any of `starts` to a node of `goals`, as numbers of its edges; none if
/// there is no such chain. A start that is itself a goal must leave and come back. Among chains of
/// one length the first in order of `starts` and of edges.
pub fn shortest(adjacency: &Adjacency, starts: &[u32], goals: &Bits, walk: &impl Walk) -> Option<Vec<u32>> {
    let mut first = None;
    flood(
        adjacency,
        starts,
        |node, _| goals.contains(node as usize),
        walk,
        |chain| {
            first = Some(chain);
            Flow::Stop
        },
    );
    first
}

/// The shortest chain from `start` to each goal that can be reached, nearest first. `goal` is told a
/// node and the edge that leads there; what lies behind a goal is only found by other ways.
pub fn each(
    adjacency: &Adjacency,
    start: u32,
    goal: impl Fn(u32, u32) -> bool,
    walk: &impl Walk,
) -> Vec<Vec<u32>> {
    let mut chains = Vec::new();
    flood(adjacency, &[start], goal, walk, |chain| {
        chains.push(chain);
        Flow::Go
    });
    chains
}

enum Flow {
    Go,
    Stop,
}

/// Breadth first; `met` is told the chain to each goal, once. Goals are not walked through.
fn flood(
    adjacency: &Adjacency,
    starts: &[u32],
    goal: impl Fn(u32, u32) -> bool,
    walk: &impl Walk,
    mut met: impl FnMut(Vec<u32>) -> Flow,
) {
    const NONE: u32 = u32::MAX;
    // For each node the edge that reached it, and where that edge starts.
    let mut reached = vec![(NONE, NONE); adjacency.len()];
    let mut told = Bits::new(adjacency.len());
    let mut is_start = Bits::new(adjacency.len());
    for start in starts {
        is_start.insert(*start as usize);
    }
    let mut queue: Vec<u32> = starts.to_vec();
    let mut head = 0;
    while head < queue.len() {
        let node = queue[head];
        head += 1;
        for (to, number) in adjacency.of(node) {
            let at = *to as usize;
            if !walk.takes(*number) {
                continue;
            }
            if !goal(*to, *number) {
                if reached[at].0 == NONE && !is_start.contains(at) && walk.passes(*to) {
                    reached[at] = (*number, node);
                    queue.push(*to);
                }
                continue;
            }
            if told.contains(at) {
                continue;
            }
            told.insert(at);
            let mut chain = vec![*number];
            let mut back = node;
            while !is_start.contains(back as usize) {
                chain.push(reached[back as usize].0);
                back = reached[back as usize].1;
            }
            chain.reverse();
            if let Flow::Stop = met(chain) {
                return;
            }
        }
    }
}

/// How many other nodes each node can reach.
pub fn counts(adjacency: &Adjacency) -> Vec<u32> {
    let components = components(adjacency);
    let steps = between(adjacency, &components);
    let mut counts = vec![0u32; adjacency.len()];
    let mut seen: Vec<Block> = vec![[0; WORDS]; components.len()];
    for low in (0..components.len()).step_by(BLOCK) {
        let high = (low + BLOCK).min(components.len());
        // Most have one node; the rest of the others is added to how many there are.
        let more = components[low..high].iter().map(|members| members.len() as u32 - 1);
        let more: Vec<(usize, u32)> = more.enumerate().filter(|(_, more)| *more > 0).collect();
        // A component stands after all it can reach, so those below `low` reach nothing in this block.
        for at in low..components.len() {
            let mut set: Block = [0; WORDS];
            let itself = at < high;
            if itself {
                set[(at - low) / 64] |= 1 << ((at - low) % 64);
            }
            for (to, _) in steps.of(at as u32) {
                if *to as usize >= low {
                    set.iter_mut().zip(&seen[*to as usize]).for_each(|(word, more)| *word |= more);
                }
            }
            seen[at] = set;
            let reached: u32 = set.iter().map(|word| word.count_ones()).sum();
            if reached > 0 {
                let rest = more.iter().filter(|(bit, _)| set[bit / 64] >> (bit % 64) & 1 == 1);
                let others = reached + rest.map(|(_, more)| more).sum::<u32>() - u32::from(itself);
                components[at].iter().for_each(|node| counts[*node as usize] += others);
            }
        }
    }
    counts
}

/// Targets counted in one sweep: many enough to pay, few enough to stay in the processor's cache.
const BLOCK: usize = WORDS * 64;
const WORDS: usize = 16;
type Block = [u64; WORDS];

/// The components as nodes, each pair of neighbours once.
fn between(adjacency: &Adjacency, components: &[Vec<u32>]) -> Adjacency {
    let mut home = vec![0u32; adjacency.len()];
    for (at, members) in (0..).zip(components) {
        for node in members {
            home[*node as usize] = at;
        }
    }
    let mut last = vec![u32::MAX; components.len()];
    let mut pairs = Vec::new();
    for (at, members) in (0..).zip(components) {
        for (to, _) in members.iter().flat_map(|node| adjacency.of(*node)) {
            let to = home[*to as usize];
            if to != at && std::mem::replace(&mut last[to as usize], at) != at {
                pairs.push((at, to));
            }
        }
    }
    Adjacency::new(components.len(), pairs.iter().copied())
}

#[cfg(test)]
mod tests {
    use crate::domain::graph::adjacency::Adjacency;
    use crate::domain::graph::bits::Bits;
    use crate::domain::graph::reach::{Free, Walk, counts, each, shortest};

    fn goals(of: &[usize]) -> Bits {
        let mut bits = Bits::new(8);
        for index in of {
            bits.insert(*index);
        }
        bits
    }

    const EDGES: [(u32, u32); 7] = [(0, 1), (1, 2), (2, 3), (0, 4), (4, 3), (3, 5), (5, 3)];

    fn graph() -> Adjacency {
        Adjacency::new(8, EDGES.into_iter())
    }

    struct Without(u32);
    impl Walk for Without {
        fn takes(&self, _edge: u32) -> bool {
            true
        }
        fn passes(&self, node: u32) -> bool {
            node != self.0
        }
    }

    #[test]
    fn finds_the_shortest_chain_and_goes_round_what_is_closed() {
        assert_eq!(shortest(&graph(), &[0], &goals(&[3]), &Free), Some(vec![3, 4]));
        assert_eq!(shortest(&graph(), &[0], &goals(&[3]), &Without(4)), Some(vec![0, 1, 2]));
        assert_eq!(shortest(&graph(), &[2], &goals(&[0]), &Free), None);
        assert_eq!(shortest(&graph(), &[3], &goals(&[3]), &Free), Some(vec![5, 6]));
    }

    #[test]
    fn finds_each_goal_but_none_behind_another() {
        assert_eq!(each(&graph(), 0, |node, _| node == 2 || node == 3, &Free), [vec![0, 1], vec![3, 4]]);
        assert_eq!(each(&graph(), 0, |node, _| node == 3 || node == 5, &Free), [vec![3, 4]]);
    }

    fn walked(adjacency: &Adjacency) -> Vec<u32> {
        let walk = |start: u32| {
            let mut seen = Bits::new(adjacency.len());
            let mut queue = vec![start];
            seen.insert(start as usize);
            while let Some(node) = queue.pop() {
                for (to, _) in adjacency.of(node) {
                    if !seen.contains(*to as usize) {
                        seen.insert(*to as usize);
                        queue.push(*to);
                    }
                }
            }
            seen.count() as u32 - 1
        };
        (0..adjacency.len() as u32).map(walk).collect()
    }

    #[test]
    fn counts_agree_with_walking() {
        assert_eq!(counts(&graph()), walked(&graph()));
        assert_eq!(walked(&graph()), [5, 3, 2, 1, 2, 1, 0, 0]);
        assert_eq!(counts(&Adjacency::new(0, [].into_iter())), [0u32; 0]);
    }

    #[test]
    fn counts_agree_with_walking_where_one_sweep_is_not_enough() {
        // Mostly downwards, some up again and so in circles, and each edge twice.
        let nodes = 2 * super::BLOCK as u32 + 77;
        let far = |at: u32| (at, at.wrapping_mul(2_654_435_761) % nodes);
        let keeps = |(from, to): &(u32, u32)| from > to || to % 241 == 0;
        let edges: Vec<(u32, u32)> =
            (20..nodes).flat_map(|at| [far(at), (at, at - u32::from(at % 90 > 0))]).filter(keeps).collect();
        let adjacency = Adjacency::new(nodes as usize, edges.iter().chain(&edges).copied());
        let walked = walked(&adjacency);
        assert_eq!(counts(&adjacency), walked);
        assert!(super::components(&adjacency).len() > super::BLOCK);
        let most = walked.iter().max();
        assert!(most > Some(&(super::BLOCK as u32)) && walked.contains(&0), "{most:?}");
    }
}
