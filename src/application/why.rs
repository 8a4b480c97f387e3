//! Why one thing depends on another: the shortest chain, with a line for every hop.

use std::collections::{BTreeMap, VecDeque};

use crate::application::judged::Layers;
use crate::application::lift::{Link, Unit, links, site};
use crate::application::select::{Selection, select};
use crate::domain::finding::Site;
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
    let unit = |node: NodeId| Unit::Node(unit_of(graph, &start, &end, node));
    let all = links(graph, unit, |_| true);
    let production: Vec<Link> = all.iter().filter(|link| !link.test).cloned().collect();
    let search = |start: &Selection, end: &Selection| {
        let chain = shortest(&production, start, end);
        if chain.is_empty() { shortest(&all, start, end) } else { chain }
    };
    let steps = |chain: Vec<Link>| chain.iter().map(|link| step(graph, link)).collect();
    Ok(Answer {
        chain: steps(search(&start, &end)),
        reverse: steps(search(&end, &start)),
        from: start.name,
        to: end.name,
    })
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

/// Breadth first from what only `start` means to what only `end` means.
fn shortest(links: &[Link], start: &Selection, end: &Selection) -> Vec<Link> {
    let mut next: BTreeMap<Unit, Vec<&Link>> = BTreeMap::new();
    for link in links {
        next.entry(link.from).or_default().push(link);
    }
    let only = |one: &Selection, other: &Selection, unit: Unit| match unit {
        Unit::Node(node) => one.has(node) && !other.has(node),
        Unit::Layer(_) | Unit::Unassigned => false,
    };
    let mut came: BTreeMap<Unit, Option<&Link>> = BTreeMap::new();
    let mut queue: VecDeque<Unit> = next.keys().copied().filter(|unit| only(start, end, *unit)).collect();
    came.extend(queue.iter().map(|unit| (*unit, None)));
    while let Some(unit) = queue.pop_front() {
        if only(end, start, unit) {
            return trace(&came, unit);
        }
        for link in next.get(&unit).into_iter().flatten() {
            if let std::collections::btree_map::Entry::Vacant(free) = came.entry(link.to) {
                free.insert(Some(link));
                queue.push_back(link.to);
            }
        }
    }
    Vec::new()
}

/// The links walked to reach `unit`, first to last.
fn trace(came: &BTreeMap<Unit, Option<&Link>>, unit: Unit) -> Vec<Link> {
    let mut chain = Vec::new();
    let mut at = unit;
    while let Some(Some(link)) = came.get(&at) {
        chain.push((*link).clone());
        at = link.from;
    }
    chain.reverse();
    chain
}

/// A link in words and lines.
fn step(graph: &Graph, link: &Link) -> Step {
    let name = |unit: Unit| match unit {
        Unit::Node(node) => graph.id(node),
        Unit::Layer(_) | Unit::Unassigned => String::new(),
    };
    Step {
        from: name(link.from),
        to: name(link.to),
        kinds: link.kinds.clone(),
        site: site(graph, link.first),
        places: link.sites,
        via: link.vias.iter().map(|via| graph.id(*via)).collect(),
        test: link.test,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::application::fixture::Fixture;

    fn graph() -> Graph {
        Fixture::new()
            .module("s")
            .module("s::a")
            .module("s::b")
            .item("s::b::X")
            .module("s::c")
            .item("s::c::Y")
            .module("s::d")
            .external("ext:sqlx::Pool")
            .edge("s::a", "s::b::X")
            .edge("s::b::X", "s::c::Y")
            .edge("s::c::Y", "ext:sqlx::Pool")
            .edge("s::a", "s::d")
            .test_edge("s::d", "s::c::Y")
            .build()
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
