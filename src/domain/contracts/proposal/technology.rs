//! Crates of technology that only some layers use today.

use std::collections::{BTreeMap, BTreeSet};

use crate::domain::contracts::handed::handed_on;
use crate::domain::contracts::proposal::Proposed;
use crate::domain::graph::lift::ModuleGraph;
use crate::domain::graph::{Graph, NodeId};
use crate::domain::policy::Policy;
use crate::domain::policy::catalogue::Stance;

/// Crates of technology and who uses them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Technology {
    /// The crates, as code writes them, most used first; never empty.
    pub crates: Vec<String>,
    /// The layers that use them, outermost first; never empty.
    pub layers: Vec<String>,
    /// Ids of build scripts and examples that use them, sorted: they stand in no layer.
    pub beside: Vec<String>,
    /// In how many places.
    pub places: u32,
}

/// How many names a rule is called after.
const NAMED: usize = 3;

impl Technology {
    /// What a rule is called that leaves it so. As no crate stands in two groups, no two are called the
    /// same.
    pub fn rule(&self) -> String {
        let (users, uses) = match self.layers.as_slice() {
            [one] => (one.clone(), "uses"),
            few if few.len() <= NAMED => (enumerated(few, ""), "use"),
            many => (format!("{} layers", many.len()), "use"),
        };
        format!("only {users} {uses} {}", enumerated(&self.crates, " more"))
    }
}

/// `a, b and c`; of many the first few, and how many more there are.
fn enumerated(names: &[String], more: &str) -> String {
    match names {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] if names.len() <= NAMED => format!("{} and {last}", first.join(", ")),
        many => format!("{} and {}{more}", many[..NAMED].join(", "), many.len() - NAMED),
    }
}

/// Crates that business rules are kept free of, where one layer alone uses them, or several outside of
/// another that is not kept free of them yet; most used first, those with the same users together.
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
    let place = |name: &str| layers.iter().position(|layer| layer.name == name).unwrap_or(layers.len());
    let rank = |name: &str| ranks.iter().position(|rank| rank.iter().any(|layer| layer.name == name));
    let mut users: BTreeMap<String, Users> = BTreeMap::new();
    for (module, path, places) in named(graph, lifted, policy) {
        let class = policy.catalogue.class(&[&path]);
        let standard = matches!(path.as_str(), "std" | "core" | "alloc");
        // A name of the workspace would be its own crate too, where another version of it is used.
        let own = graph.crates.iter().any(|krate| krate.id == path);
        if standard || own || class.family.is_empty() || class.domain != Stance::Forbid {
            continue;
        }
        let known = users.entry(path).or_default();
        match layer_of(&layers, &graph.id(module)) {
            Some(layer) => {
                known.layers.insert(place(layer));
                known.places += places;
            }
            None => known.beside.extend(graph.node(module).krate.map(|krate| krate.0 as usize)),
        }
    }
    let mut groups: BTreeMap<Vec<usize>, Vec<(u32, String)>> = BTreeMap::new();
    let mut beside: BTreeMap<String, BTreeSet<usize>> = BTreeMap::new();
    for (krate, Users { layers: users, places, beside: outside }) in users {
        if users.is_empty() {
            continue;
        }
        beside.insert(krate.clone(), outside);
        let family = policy.catalogue.class(&[&krate]).family;
        let innermost = users.iter().filter_map(|at| rank(&layers[*at].name)).max();
        let below = |layer: &&Proposed| {
            !layer.shared && rank(&layer.name) > innermost && !layer.free_of.iter().any(|free| free == family)
        };
        if users.len() == 1 || layers.iter().copied().any(|layer| below(&layer)) {
            groups.entry(users.into_iter().collect()).or_default().push((places, krate));
        }
    }
    let mut found: Vec<Technology> = groups
        .into_iter()
        .map(|(users, mut crates)| {
            crates.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
            let outside: BTreeSet<usize> =
                crates.iter().filter_map(|(_, krate)| beside.get(krate)).flatten().copied().collect();
            Technology {
                beside: outside.into_iter().map(|at| graph.crates[at].id.clone()).collect(),
                places: crates.iter().map(|(places, _)| places).sum(),
                crates: crates.into_iter().map(|(_, krate)| krate).collect(),
                layers: users.into_iter().map(|at| layers[at].name.clone()).collect(),
            }
        })
        .collect();
    found.sort_by(|a, b| b.places.cmp(&a.places).then_with(|| a.crates.cmp(&b.crates)));
    found
}

/// Who uses a crate.
#[derive(Default)]
struct Users {
    /// Places of layers.
    layers: BTreeSet<usize>,
    /// In how many places.
    places: u32,
    /// Crates of modules that stand in no layer.
    beside: BTreeSet<usize>,
}

/// Which module of production code names which external crate, in how many places; what another crate
/// hands on of one that is named too counts for that as well, as rules see it.
fn named(graph: &Graph, lifted: &ModuleGraph, policy: &Policy) -> Vec<(NodeId, String, u32)> {
    let mut named: Vec<(NodeId, String, u32)> = lifted
        .edges
        .iter()
        .filter(|edge| !edge.test && graph.is_external(edge.to))
        .map(|edge| (edge.from, graph.external_path(root(graph, edge.to)), edge.places(graph)))
        .collect();
    let direct: BTreeSet<String> = named.iter().map(|(_, krate, _)| krate.clone()).collect();
    let handed = handed_on(graph, lifted, policy);
    named.extend(handed.into_iter().filter(|(_, krate, _)| direct.contains(krate)));
    named
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
