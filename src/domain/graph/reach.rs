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
    /// Targets counted in one sweep: large enough to pay, small enough to stay in memory.
    const BLOCK: usize = 4096;
    let components = components(adjacency);
    let mut home = vec![0usize; adjacency.len()];
    for (at, members) in components.iter().enumerate() {
        for node in members {
            home[*node as usize] = at;
        }
    }
    let mut counts = vec![0u32; adjacency.len()];
    for low in (0..components.len()).step_by(BLOCK) {
        let high = (low + BLOCK).min(components.len());
        // Most have one node; the rest of the others is added to how many there are.
        let more = components[low..high].iter().map(|members| members.len() as u32 - 1);
        let more: Vec<(usize, u32)> = more.enumerate().filter(|(_, more)| *more > 0).collect();
        // A component stands after all it can reach, so those below `low` reach nothing in this block.
        let mut seen: Vec<Bits> = Vec::with_capacity(components.len() - low);
        for (at, members) in components.iter().enumerate().skip(low) {
            let mut set = Bits::new(high - low);
            if at < high {
                set.insert(at - low);
            }
            for (to, _) in members.iter().flat_map(|node| adjacency.of(*node)) {
                let target = home[*to as usize];
                if target >= low && target != at {
                    set.union(&seen[target - low]);
                }
            }
            let rest = more.iter().filter(|(bit, _)| set.contains(*bit)).map(|(_, more)| more);
            let reached = set.count() as u32 + rest.sum::<u32>();
            let itself = u32::from(at < high);
            for node in members {
                counts[*node as usize] += reached - itself;
            }
            seen.push(set);
        }
    }
    counts
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

    #[test]
    fn counts_agree_with_walking() {
        let adjacency = graph();
        let walked: Vec<u32> = (0..8)
            .map(|start| {
                let mut seen = vec![start];
                let mut head = 0;
                while head < seen.len() {
                    for (to, _) in adjacency.of(seen[head]) {
                        if !seen.contains(to) {
                            seen.push(*to);
                        }
                    }
                    head += 1;
                }
                seen.len() as u32 - 1
            })
            .collect();
        assert_eq!(counts(&adjacency), walked);
        assert_eq!(walked, [5, 3, 2, 1, 2, 1, 0, 0]);
    }
}
