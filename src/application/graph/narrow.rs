//! Part of a graph: what is near some modules, or what leads to them.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use crate::application::graph::unit::{Link, Unit};
use crate::application::select::Selection;
use crate::domain::graph::{Graph, NodeId};

/// Which way to walk.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Way {
    /// Against the edges.
    Back,
    /// Both ways.
    Both,
}

/// Keeps what lies within `depth` steps of the focus (one step unless said), and of that what leads
/// to the second selection (by any number of steps unless said).
pub fn narrow(
    graph: &Graph,
    unit: impl Fn(NodeId) -> Unit,
    mut units: Vec<Unit>,
    mut links: Vec<Link>,
    [focus, reaches]: [Option<&Selection>; 2],
    depth: Option<u32>,
) -> (Vec<Unit>, Vec<Link>) {
    for (selection, way, most) in
        [(focus, Way::Both, depth.unwrap_or(1)), (reaches, Way::Back, depth.unwrap_or(u32::MAX))]
    {
        let Some(selection) = selection else { continue };
        let starts = starts(graph, &unit, &units, selection);
        let steps = walk(&starts, &links, way, most);
        links.retain(|link| match (steps.get(&link.from), steps.get(&link.to)) {
            // Edges among the outermost are no part of the neighbourhood.
            (Some(from), Some(to)) => way == Way::Back || from.min(to) < &most,
            _ => false,
        });
        units.retain(|unit| steps.contains_key(unit));
    }
    (units, links)
}

/// The units that a selection means: those within it, and the one that holds it.
fn starts(
    graph: &Graph,
    unit: &impl Fn(NodeId) -> Unit,
    units: &[Unit],
    selection: &Selection,
) -> BTreeSet<Unit> {
    let mut starts: BTreeSet<Unit> = graph.node_ids().filter(|node| selection.has(*node)).map(unit).collect();
    starts.retain(|start| units.binary_search(start).is_ok());
    starts
}

/// Steps from the starts to all that is within reach.
fn walk(starts: &BTreeSet<Unit>, links: &[Link], way: Way, most: u32) -> BTreeMap<Unit, u32> {
    let mut next: BTreeMap<Unit, Vec<Unit>> = BTreeMap::new();
    for link in links {
        next.entry(link.to).or_default().push(link.from);
        if way == Way::Both {
            next.entry(link.from).or_default().push(link.to);
        }
    }
    let mut steps: BTreeMap<Unit, u32> = starts.iter().map(|unit| (*unit, 0)).collect();
    let mut queue: VecDeque<Unit> = starts.iter().copied().collect();
    while let Some(unit) = queue.pop_front() {
        let here = steps.get(&unit).copied().unwrap_or(0);
        if here >= most {
            continue;
        }
        for other in next.get(&unit).into_iter().flatten() {
            if !steps.contains_key(other) {
                steps.insert(*other, here + 1);
                queue.push_back(*other);
            }
        }
    }
    steps
}
