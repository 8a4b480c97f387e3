//! Crates of technology that one layer alone uses today.

use std::collections::{BTreeMap, BTreeSet};

use crate::domain::contracts::proposal::Proposed;
use crate::domain::graph::lift::ModuleGraph;
use crate::domain::graph::{Graph, NodeId};
use crate::domain::policy::Policy;
use crate::domain::policy::catalogue::Stance;

/// A crate of technology and who uses it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Technology {
    /// The crate, as code writes it.
    pub krate: String,
    /// The layer that uses it.
    pub layer: String,
    /// In how many places.
    pub places: u32,
}

/// How many are worth a rule of their own.
const MOST: usize = 5;

/// Crates that business rules are kept free of and that one layer alone uses, most used first.
pub(super) fn find(
    graph: &Graph,
    lifted: &ModuleGraph,
    policy: &Policy,
    ranks: &[Vec<Proposed>],
) -> Vec<Technology> {
    let layers: Vec<&Proposed> = ranks.iter().flatten().collect();
    if layers.len() < 2 {
        return Vec::new();
    }
    let mut users: BTreeMap<String, (BTreeSet<&str>, u32)> = BTreeMap::new();
    for edge in lifted.edges.iter().filter(|edge| !edge.test && graph.is_external(edge.to)) {
        let path = graph.external_path(root(graph, edge.to));
        let class = policy.catalogue.class(&[&path]);
        let standard = matches!(path.as_str(), "std" | "core" | "alloc");
        if standard || class.family.is_empty() || class.domain != Stance::Forbid {
            continue;
        }
        let Some(layer) = layer_of(&layers, &graph.id(edge.from)) else { continue };
        let known = users.entry(path).or_default();
        known.0.insert(layer);
        known.1 += edge.places(graph);
    }
    let mut found: Vec<Technology> = users
        .into_iter()
        .filter(|(_, (layers, _))| layers.len() == 1)
        .filter_map(|(krate, (layers, places))| {
            Some(Technology { krate, layer: (*layers.first()?).to_owned(), places })
        })
        .collect();
    found.sort_by(|a, b| b.places.cmp(&a.places).then_with(|| a.krate.cmp(&b.krate)));
    found.truncate(MOST);
    found
}

/// Layers that are kept free of technology: the core, and what the core uses.
const CORE: [&str; 4] = ["domain", "application", "business", "shared"];

/// Notes for each layer of the core the families of technology that others use and it does not.
pub(super) fn keep_free(graph: &Graph, lifted: &ModuleGraph, policy: &Policy, ranks: &mut [Vec<Proposed>]) {
    let layers: Vec<&Proposed> = ranks.iter().flatten().collect();
    let mut families: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for edge in graph.edges.iter().filter(|edge| !edge.test && graph.is_external(edge.to)) {
        let path = graph.external_path(edge.to);
        let segments: Vec<&str> = path.split("::").collect();
        let class = policy.catalogue.class(&segments);
        if class.family.is_empty() || class.domain != Stance::Forbid {
            continue;
        }
        if let Some(layer) = layer_of(&layers, &graph.id(lifted.module_of(edge.from))) {
            families.entry(class.family.to_owned()).or_default().insert(layer.to_owned());
        }
    }
    for layer in ranks.iter_mut().flatten().filter(|layer| CORE.contains(&&*layer.name)) {
        let free = families.iter().filter(|(_, users)| !users.contains(&layer.name));
        layer.free_of = free.map(|(family, _)| family.clone()).collect();
    }
}

fn root(graph: &Graph, id: NodeId) -> NodeId {
    let mut at = id;
    while let Some(parent) = graph.node(at).parent {
        at = parent;
    }
    at
}

/// The layer whose selector names a module: the longest one that does.
fn layer_of<'a>(layers: &[&'a Proposed], module: &str) -> Option<&'a str> {
    let claims = |selector: &str| match selector.strip_prefix('=') {
        Some(exact) => (exact == module).then_some(exact.len()),
        None => {
            let rest = module.strip_prefix(selector)?;
            (rest.is_empty() || rest.starts_with("::")).then_some(selector.len())
        }
    };
    let strength = |layer: &&&Proposed| layer.modules.iter().filter_map(|selector| claims(selector)).max();
    let best = layers.iter().filter(|layer| strength(layer).is_some()).max_by_key(|layer| strength(layer));
    best.map(|layer| layer.name.as_str())
}
