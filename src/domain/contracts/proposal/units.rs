//! The units of a workspace: its crates, or the modules below the root of its only one.

use std::collections::BTreeMap;

use crate::domain::contracts::proposal::{Parts, Style};
use crate::domain::graph::lift::ModuleGraph;
use crate::domain::graph::{EdgeKind, Graph, NodeId};
use crate::domain::policy::Policy;
use crate::domain::policy::role::Role;
use crate::domain::source::workspace::TargetKind;

/// What is put in order.
#[derive(Clone, Debug, Default)]
pub(super) struct Units {
    /// The units.
    pub(super) list: Vec<Unit>,
    /// How often one names another, by their numbers; never a unit itself.
    pub(super) edges: BTreeMap<(usize, usize), u32>,
    /// Whether they are whole crates.
    pub(super) are_crates: bool,
    /// Ids of the crates they come from.
    pub(super) crates: Vec<String>,
}

/// One of them.
#[derive(Clone, Debug)]
pub(super) struct Unit {
    /// What it is called in the code.
    pub(super) name: String,
    /// The package it is of, where units are whole crates.
    pub(super) package: Option<String>,
    /// The part that most of its modules play, where that is plain to see.
    pub(super) role: Option<Role>,
    /// Selectors of its modules.
    pub(super) selectors: Vec<String>,
    /// How many modules it has.
    pub(super) modules: u32,
    /// What it is.
    pub(super) form: Form,
    /// In how many places it names technology that adapters use, and that entrypoints use.
    pub(super) votes: (u32, u32),
}

/// What a unit is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// The root module of a crate: it names all others, and may define what they share.
    Root,
    /// A program beside a library or as a whole: nothing depends on it.
    Program,
    /// A module below the root, or a library.
    Part,
}

/// The units of a workspace.
pub(super) fn units(
    graph: &Graph,
    lifted: &ModuleGraph,
    policy: &Policy,
    parts: Parts<'_>,
    asked: Option<Style>,
) -> Units {
    let product =
        |kind: TargetKind| matches!(kind, TargetKind::Lib | TargetKind::ProcMacro | TargetKind::Bin);
    let crates: Vec<usize> = (0..graph.crates.len()).filter(|at| product(graph.crates[*at].kind)).collect();
    let mut packages: Vec<&str> = crates.iter().map(|at| graph.crates[*at].package.as_str()).collect();
    packages.sort_unstable();
    packages.dedup();
    let large = match asked {
        Some(Style::Crates | Style::Modules) => None,
        _ => large(graph, &crates, &packages),
    };
    let are_crates = match asked {
        Some(Style::Modules) => false,
        Some(Style::Crates) => true,
        _ => packages.len() > 1 && large.is_none(),
    };
    let mut units = Units { are_crates, ..Units::default() };
    units.crates = crates.iter().map(|at| graph.crates[*at].id.clone()).collect();
    let mut of: Vec<Option<usize>> = vec![None; graph.nodes.len()];
    for at in &crates {
        let krate = &graph.crates[*at];
        // Where a package has a library, its programs are thin and stand for themselves.
        let beside_library = krate.kind == TargetKind::Bin
            && crates.iter().any(|other| {
                graph.crates[*other].package == krate.package && graph.crates[*other].kind != TargetKind::Bin
            });
        let is_whole = are_crates || large.as_ref().is_some_and(|large| *large != krate.package);
        if is_whole && !beside_library {
            let unit = units.named(&krate.package, &krate.id, form(krate.kind));
            of[krate.root.0 as usize] = Some(unit);
            units.list[unit].package = Some(krate.package.clone());
        } else if beside_library {
            let unit = units.named(krate.id.split('@').next().unwrap_or(&krate.id), &krate.id, Form::Program);
            of[krate.root.0 as usize] = Some(unit);
            units.list[unit].package = is_whole.then(|| krate.package.clone());
        } else {
            let name = if krate.kind == TargetKind::Bin { "main" } else { "root" };
            let root = units.named(name, &format!("={}", krate.id), Form::Root);
            of[krate.root.0 as usize] = Some(root);
            for id in graph.node_ids().filter(|id| graph.node(*id).parent == Some(krate.root)) {
                if graph.is_module(id) && !graph.node(id).test {
                    let name = graph.symbols.word(graph.node(id).name).to_owned();
                    of[id.0 as usize] = Some(units.named(&name, &graph.id(id), Form::Part));
                }
            }
        }
    }
    for id in graph.node_ids().filter(|id| graph.is_module(*id)) {
        let above = graph.node(id).parent.and_then(|parent| of[parent.0 as usize]);
        // The root of a crate whose modules are units holds them, and is no unit of theirs.
        let own = of[id.0 as usize].or_else(|| above.filter(|_| !graph.node(id).test));
        of[id.0 as usize] = own;
        if let Some(unit) = own {
            units.list[unit].modules += 1;
        }
    }
    units.connect(graph, lifted, &of);
    units.vote(graph, lifted, policy, &of);
    units.cast(graph, parts, &of);
    units
}

/// Of the modules of a unit so many must play one part for it to be that of the unit, each counted as
/// far as its part is sure.
const MOST: f64 = 0.6;
/// How sure they must be, on the mean.
const SURE: f64 = 0.5;

/// Of all modules so many stand in one package where the order is in that one, and the others help it.
const NEARLY_ALL: f64 = 0.8;
/// It has at least so many.
const MANY: usize = 8;

/// The package that holds nearly all modules of several.
fn large(graph: &Graph, crates: &[usize], packages: &[&str]) -> Option<String> {
    if packages.len() < 2 {
        return None;
    }
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for id in graph.node_ids().filter(|id| graph.is_module(*id) && !graph.node(*id).test) {
        let krate = graph.node(id).krate.map(|krate| krate.0 as usize);
        if let Some(at) = krate.filter(|at| crates.contains(at)) {
            *counts.entry(&graph.crates[at].package).or_default() += 1;
        }
    }
    let all: usize = counts.values().sum();
    let (package, count) = counts.into_iter().max_by_key(|(_, count)| *count)?;
    (count >= MANY && count as f64 >= NEARLY_ALL * all as f64).then(|| package.to_owned())
}

fn form(kind: TargetKind) -> Form {
    if kind == TargetKind::Bin { Form::Program } else { Form::Part }
}

impl Units {
    /// Gives each unit the part that most of its modules play.
    fn cast(&mut self, graph: &Graph, parts: Parts<'_>, of: &[Option<usize>]) {
        let mut sums: Vec<BTreeMap<Role, f64>> = vec![BTreeMap::new(); self.list.len()];
        for id in graph.node_ids().filter(|id| graph.is_module(*id) && !graph.node(*id).test) {
            let played = parts.get(id.0 as usize).copied().flatten();
            if let Some((unit, (role, sure))) = of[id.0 as usize].zip(played) {
                *sums[unit].entry(role).or_default() += sure;
            }
        }
        for (unit, sums) in self.list.iter_mut().zip(sums) {
            let all: f64 = sums.values().sum();
            let most = sums.into_iter().max_by(|a, b| a.1.total_cmp(&b.1));
            let plain =
                |(_, sum): &(Role, f64)| *sum >= MOST * all && *sum >= SURE * f64::from(unit.modules) * MOST;
            unit.role = most.filter(plain).map(|(role, _)| role);
        }
    }

    /// The unit of that name; libraries and programs of one package are one.
    fn named(&mut self, name: &str, selector: &str, form: Form) -> usize {
        let known = self.list.iter().position(|unit| unit.name == name && unit.form == form);
        let at = known.unwrap_or(self.list.len());
        if known.is_none() {
            self.list.push(Unit {
                name: name.to_owned(),
                selectors: Vec::new(),
                package: None,
                role: None,
                modules: 0,
                form,
                votes: (0, 0),
            });
        }
        let selectors = &mut self.list[at].selectors;
        if !selectors.iter().any(|known| known == selector) {
            selectors.push(selector.to_owned());
        }
        at
    }

    fn connect(&mut self, graph: &Graph, lifted: &ModuleGraph, of: &[Option<usize>]) {
        for edge in graph
            .edges
            .iter()
            .filter(|edge| !edge.test && edge.kind != EdgeKind::Method && edge.kind.is_code())
        {
            let unit = |id: NodeId| of[lifted.module_of(id).0 as usize];
            let (Some(from), Some(to)) = (unit(edge.from), unit(edge.to)) else { continue };
            if from != to {
                *self.edges.entry((from, to)).or_default() += edge.site_count;
            }
        }
    }

    /// Counts the technology that each unit names.
    fn vote(&mut self, graph: &Graph, lifted: &ModuleGraph, policy: &Policy, of: &[Option<usize>]) {
        for edge in graph.edges.iter().filter(|edge| !edge.test && graph.is_external(edge.to)) {
            let Some(unit) = of[lifted.module_of(edge.from).0 as usize] else { continue };
            let path = graph.external_path(edge.to);
            let segments: Vec<&str> = path.split("::").collect();
            let role = policy.catalogue.class(&segments).category.and_then(|category| category.role);
            let votes = &mut self.list[unit].votes;
            match role {
                Some(Role::Adapter) => votes.0 += edge.site_count,
                Some(Role::Entrypoint) => votes.1 += edge.site_count,
                _ => {}
            }
        }
    }

    /// How often one unit names another.
    pub(super) fn weight(&self, from: usize, to: usize) -> u32 {
        self.edges.get(&(from, to)).copied().unwrap_or(0)
    }
}
