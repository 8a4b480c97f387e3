//! Parts of a program that are built alike and should not meet.

use std::collections::{BTreeMap, BTreeSet};

use crate::domain::contracts::proposal::words::is_kind;
use crate::domain::graph::lift::ModuleGraph;
use crate::domain::graph::{Graph, NodeId};

/// Modules that stand side by side and hold modules of the same names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Slices {
    /// Id of the module that holds them.
    pub parent: String,
    /// Their names.
    pub names: Vec<String>,
}

/// At least so many modules, each with at least so many names that others have too.
const LEAST: usize = 3;
const ALIKE: usize = 2;

/// Of all ordered pairs of parts at most this share may meet: what meets more is no slice.
const MEETING: f64 = 0.3;

/// The largest family of modules that are built alike and hardly meet.
pub(super) fn find(graph: &Graph, lifted: &ModuleGraph) -> Option<Slices> {
    let mut children: BTreeMap<NodeId, Vec<NodeId>> = BTreeMap::new();
    for id in graph.node_ids().filter(|id| graph.is_module(*id) && !graph.node(*id).test) {
        if let Some(parent) = graph.node(id).parent {
            children.entry(parent).or_default().push(id);
        }
    }
    let word = |id: &NodeId| graph.symbols.word(graph.node(*id).name);
    let names_in =
        |id: &NodeId| -> BTreeSet<&str> { children.get(id).into_iter().flatten().map(word).collect() };
    let mut best: Option<Slices> = None;
    for (parent, parts) in &children {
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        for part in parts {
            names_in(part).into_iter().for_each(|name| *counts.entry(name).or_default() += 1);
        }
        let common: BTreeSet<&str> =
            counts.into_iter().filter(|(_, count)| *count >= LEAST).map(|(name, _)| name).collect();
        let alike: Vec<&NodeId> =
            parts.iter().filter(|part| names_in(part).intersection(&common).count() >= ALIKE).collect();
        if alike.len() >= LEAST
            && !are_kinds(alike.iter().map(|part| word(part)), &common)
            && meeting(graph, lifted, &alike) <= MEETING
            && best.as_ref().is_none_or(|best| alike.len() > best.names.len())
        {
            let names = alike.into_iter().map(|part| word(part).to_owned()).collect();
            best = Some(Slices { parent: graph.id(*parent), names });
        }
    }
    best
}

/// Whether modules are kinds of things (`params`, `schemas`, `handlers`) that hold one module for each
/// topic, not topics that hold one for each kind: kinds are meant to meet.
fn are_kinds<'a>(parts: impl Iterator<Item = &'a str>, inner: &BTreeSet<&str>) -> bool {
    let (kinds, others): (Vec<&str>, Vec<&str>) = parts.partition(|name| is_kind(name));
    let inside = inner.iter().filter(|name| is_kind(name)).count();
    kinds.len() > others.len() && inside * 2 <= inner.len()
}

/// Share of the ordered pairs of some modules of which one uses the other.
fn meeting(graph: &Graph, lifted: &ModuleGraph, parts: &[&NodeId]) -> f64 {
    let home = |id: NodeId| parts.iter().position(|part| graph.contains(**part, id));
    let pairs: BTreeSet<(usize, usize)> = lifted
        .edges
        .iter()
        .filter(|edge| !edge.test)
        .filter_map(|edge| home(edge.from).zip(home(edge.to)))
        .filter(|(from, to)| from != to)
        .collect();
    pairs.len() as f64 / (parts.len() * (parts.len() - 1)) as f64
}
