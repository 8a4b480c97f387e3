//! Why one thing depends on another: the shortest chain, with a line for every hop.

use crate::application::judged::Layers;
use crate::application::select::{Selection, select};
use crate::domain::finding::Site;
use crate::domain::graph::adjacency::Adjacency;
use crate::domain::graph::bits::Bits;
use crate::domain::graph::lift::{ModuleEdge, pairs};
use crate::domain::graph::reach::{self, Walk};
use crate::domain::graph::{EdgeKind, Graph, NodeId};
use crate::domain::report::Problem;

/// How two things depend on each other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// The first thing, by its full name.
    pub from: String,
    /// The second.
    pub to: String,
    /// The shortest chain from the first to the second; empty where there is none.
    pub chain: Vec<Step>,
    /// The shortest chain back.
    pub reverse: Vec<Step>,
}

/// One step of a chain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// Id of what depends.
    pub from: String,
    /// Id of what is depended on.
    pub to: String,
    /// How it is written.
    pub kinds: Vec<EdgeKind>,
    /// The first place.
    pub site: Site,
    /// In how many places.
    pub places: u32,
    /// Facades on the way.
    pub via: Vec<String>,
    /// Whether only test code takes this step.
    pub test: bool,
}

/// Finds the shortest chain from `from` to `to`, through production code if there is one, else
/// through test code too.
///
/// # Errors
/// A usage problem for each name that means nothing, too much, or the same as the other.
pub fn why(graph: &Graph, layers: &Layers, from: &str, to: &str) -> Result<Answer, Vec<Problem>> {
    let (start, end) = match (select(graph, layers, from), select(graph, layers, to)) {
        (Ok(start), Ok(end)) => (start, end),
        (start, end) => return Err([start.err(), end.err()].into_iter().flatten().collect()),
    };
    if start.members == end.members {
        let message = format!("`{from}` and `{to}` are the same");
        return Err(vec![Problem::usage(message, "name two different things")]);
    }
    let counts: Vec<NodeId> = graph.node_ids().map(|node| unit_of(graph, &start, &end, node)).collect();
    let unit = |node: NodeId| counts[node.0 as usize];
    let all = pairs(graph, 0..graph.edges.len() as u32, |from, to| Some((unit(from), unit(to))));
    let steps = |from: &Selection, to: &Selection| {
        let chain =
            shortest(&all, from, to, Tests::Avoided).or_else(|| shortest(&all, from, to, Tests::Taken));
        chain.unwrap_or_default().into_iter().map(|link| step(graph, &all[link as usize])).collect()
    };
    Ok(Answer { chain: steps(&start, &end), reverse: steps(&end, &start), from: start.name, to: end.name })
}

/// What a node counts as on the way: an item that was asked for as itself, all else as its module.
fn unit_of(graph: &Graph, start: &Selection, end: &Selection, node: NodeId) -> NodeId {
    let module = graph.module_of(node);
    for asked in [start, end] {
        if let Some(item) = asked.node
            && asked.has(node)
            && !asked.has(module)
        {
            return item;
        }
    }
    module
}

/// Whether a chain may run through test code.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Tests {
    Avoided,
    Taken,
}

/// Takes the links that a chain may run through.
struct Through<'a> {
    links: &'a [ModuleEdge],
    tests: Tests,
}

impl Walk for Through<'_> {
    fn takes(&self, edge: u32) -> bool {
        self.tests == Tests::Taken || !self.links[edge as usize].test
    }
    fn passes(&self, _node: u32) -> bool {
        true
    }
}

/// The shortest chain from what only `start` means to what only `end` means, as places in `links`.
fn shortest(links: &[ModuleEdge], start: &Selection, end: &Selection, tests: Tests) -> Option<Vec<u32>> {
    let mut units: Vec<NodeId> = links.iter().flat_map(|link| [link.from, link.to]).collect();
    units.sort_unstable();
    units.dedup();
    let number = |unit: NodeId| units.partition_point(|known| *known < unit) as u32;
    let ends: Vec<(u32, u32)> = links.iter().map(|link| (number(link.from), number(link.to))).collect();
    let adjacency = Adjacency::new(units.len(), ends.iter().copied());
    let (mut starts, mut goals) = (Vec::new(), Bits::new(units.len()));
    for (at, unit) in units.iter().enumerate() {
        match (start.has(*unit), end.has(*unit)) {
            (true, false) => starts.push(at as u32),
            (false, true) => goals.insert(at),
            _ => {}
        }
    }
    reach::shortest(&adjacency, &starts, &goals, &Through { links, tests })
}

/// A link in words and lines.
fn step(graph: &Graph, link: &ModuleEdge) -> Step {
    Step {
        from: graph.id(link.from),
        to: graph.id(link.to),
        kinds: link.kinds.iter().collect(),
        site: Site::at(graph, link.first),
        places: link.places(graph),
        via: link.vias.iter().map(|via| graph.id(*via)).collect(),
        test: link.test,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::graph::sketch::sketch;

    fn graph() -> Graph {
        sketch(
            "s::a -> s::b::X\n\
             s::b::X -> s::c::Y\n\
             s::c::Y -> ext:sqlx::Pool\n\
             s::a -> s::d\n\
             s::d -> s::c::Y test",
        )
    }

    fn chain(from: &str, to: &str) -> Vec<String> {
        let answer = why(&graph(), &Layers::default(), from, to).expect("both names are known");
        answer.chain.iter().map(|step| format!("{} -> {} :{}", step.from, step.to, step.site.line)).collect()
    }

    #[test]
    fn the_shortest_chain_runs_through_production_code() {
        assert_eq!(chain("s::a", "s::c"), ["s::a -> s::b :1", "s::b -> s::c :2"]);
        assert_eq!(chain("s::d", "s::c"), ["s::d -> s::c :5"]);
    }

    #[test]
    fn items_and_external_crates_are_ends_too() {
        assert_eq!(chain("s::b::X", "crate:sqlx"), ["s::b::X -> s::c :2", "s::c -> ext:sqlx :3"]);
        assert_eq!(chain("s::b", "sqlx::Pool"), ["s::b -> s::c :2", "s::c -> ext:sqlx::Pool :3"]);
        assert_eq!(chain("s::c", "s::a"), Vec::<String>::new());
    }

    #[test]
    fn the_way_back_is_told() {
        let answer = why(&graph(), &Layers::default(), "s::c", "s::a").expect("both names are known");
        assert_eq!((answer.chain.len(), answer.reverse.len()), (0, 2));
    }

    #[test]
    fn both_unknown_names_are_told() {
        let problems = why(&graph(), &Layers::default(), "nix", "nox").expect_err("neither is known");
        assert_eq!(problems.len(), 2);
        assert!(why(&graph(), &Layers::default(), "s::a", "s::a").is_err());
    }
}
