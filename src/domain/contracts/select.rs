//! Selectors against a graph: which nodes they name, and what their captures stand for.

use crate::domain::contracts::layers::LayerAssignment;
use crate::domain::contracts::nodes::NodeSet;
use crate::domain::graph::bits::Bits;
use crate::domain::graph::lift::ModuleGraph;
use crate::domain::graph::{Graph, NodeId, NodeKind};
use crate::domain::policy::Policy;
use crate::domain::policy::catalogue::Class;
use crate::domain::policy::facades::Use;
use crate::domain::policy::pattern::{Names, Pattern, Progress, Segment};
use crate::domain::policy::place::ConfigProblem;
use crate::domain::policy::role::Role;
use crate::domain::policy::selector::{Selector, SelectorKind, is_std};
use crate::domain::policy::suggest;
use crate::domain::source::workspace::TargetKind;

/// All that selectors are read against.
pub(super) struct Ground<'a> {
    pub(super) graph: &'a Graph,
    pub(super) lifted: &'a ModuleGraph,
    pub(super) policy: &'a Policy,
    pub(super) layers: LayerAssignment,
    /// The role of each node, by node index.
    pub(super) roles: Vec<Option<Role>>,
    tree: Tree,
    /// What the catalogue knows of each external node.
    classes: Vec<(NodeId, Class<'a>)>,
    /// The paths of external nodes in the crates that define them, where those are others.
    defined: Vec<(NodeId, Vec<String>)>,
    /// Nodes of test code: marked so, or in a target of tests, benchmarks or examples.
    tests: Bits,
}

impl<'a> Ground<'a> {
    /// A ground on which no module has a layer or role yet.
    pub(super) fn new(graph: &'a Graph, lifted: &'a ModuleGraph, policy: &'a Policy) -> Self {
        let mut tests = Bits::new(graph.nodes.len());
        for id in graph.node_ids() {
            let node = graph.node(id);
            let kind = node.krate.map(|krate| graph.crates[krate.0 as usize].kind);
            if node.test || matches!(kind, Some(TargetKind::Test | TargetKind::Bench | TargetKind::Example)) {
                tests.insert(id.0 as usize);
            }
        }
        let layers = LayerAssignment::default();
        let defined = defined(graph, policy);
        let (tree, classes) = (Tree::new(graph), classes(graph, policy, &defined));
        Self { graph, lifted, policy, layers, roles: Vec::new(), tree, classes, defined, tests }
    }

    /// Whether a node is test code.
    pub(super) fn is_test(&self, node: NodeId) -> bool {
        self.tests.contains(node.0 as usize)
    }

    /// Whether a node belongs to the program: no test code, no build script.
    pub(super) fn is_product(&self, node: NodeId) -> bool {
        let krate = self.graph.node(node).krate;
        let build =
            krate.is_some_and(|krate| self.graph.crates[krate.0 as usize].kind == TargetKind::BuildScript);
        !build && !self.is_test(node)
    }

    /// What some selectors name; those that should name something and do not are problems.
    pub(super) fn select(&self, selectors: &[Selector], problems: &mut Vec<ConfigProblem>) -> NodeSet {
        let mut all = NodeSet::new(self.graph.nodes.len());
        for selector in selectors {
            let one = self.select_one(selector);
            if one.bits.is_empty() && selector.is_local() && !selector.optional {
                problems.push(self.nothing(selector));
            } else if one.bits.is_empty() && !selector.optional {
                problems.extend(self.misspelt(selector));
            }
            all.bits.union(&one.bits);
            for node in one.iter() {
                if let Some(binding) = one.binding(node) {
                    all.bind(self.graph.nodes.len(), node, binding.to_vec());
                }
            }
        }
        all
    }

    /// What one selector names.
    pub(super) fn select_one(&self, selector: &Selector) -> NodeSet {
        let mut set = NodeSet::new(self.graph.nodes.len());
        match &selector.kind {
            SelectorKind::Path(pattern) => self.walk(pattern, is_std(pattern), &mut set),
            SelectorKind::Crate(pattern) => self.walk_crates(pattern, &mut set),
            SelectorKind::Layer(name) => {
                let layer = self.policy.layers.named(name);
                self.fill(&mut set, |id| layer.is_some() && self.layers.layer(id) == layer);
            }
            SelectorKind::Role(role) => {
                self.fill(&mut set, |id| self.roles.get(id.0 as usize).copied().flatten() == Some(*role));
            }
            SelectorKind::Category(name) => {
                let group = self.policy.catalogue.group(name);
                for (id, class) in &self.classes {
                    if class.is_in(group) {
                        set.bits.insert(id.0 as usize);
                    }
                }
            }
        }
        set
    }

    fn fill(&self, set: &mut NodeSet, belongs: impl Fn(NodeId) -> bool) {
        for id in self.graph.node_ids().filter(|id| belongs(*id)) {
            set.bits.insert(id.0 as usize);
        }
    }

    /// Paths of the workspace, and of the standard library where the path starts there.
    fn walk(&self, pattern: &Pattern, std: bool, set: &mut NodeSet) {
        self.walk_from(pattern, set, |root| {
            let name = self.graph.symbols.word(self.graph.node(root).name);
            match name.strip_prefix("ext:") {
                Some(external) if std => Some(facade(pattern, external)),
                Some(_) => None,
                None => Some(name),
            }
        });
    }

    /// Crates by package or library name, outside the workspace and in it.
    fn walk_crates(&self, pattern: &Pattern, set: &mut NodeSet) {
        let mut pattern = pattern.clone();
        let mut package = None;
        match pattern.segments.first_mut() {
            Some(Segment::Literal(name)) => {
                package = Some(name.replace('-', "_"));
                *name = self.policy.catalogue.library(name);
            }
            Some(Segment::Glob(name)) => *name = name.replace('-', "_"),
            _ => {}
        }
        let head = pattern.head().map(str::to_owned);
        self.walk_from(&pattern, set, |root| {
            let node = self.graph.node(root);
            let name = self.graph.symbols.word(node.name);
            if let Some(external) = name.strip_prefix("ext:") {
                // A crate that code names otherwise than its package is listed under that name.
                let same = package.as_deref() == Some(external);
                return Some(match &head {
                    Some(head) if same => head,
                    _ => facade(&pattern, external),
                });
            }
            let krate = &self.graph.crates[node.krate?.0 as usize];
            let head = head.as_deref()?;
            let named = package.as_deref() == Some(&*krate.package.replace('-', "_")) || head == name;
            named.then_some(head)
        });
        // `axum::http` is `http`, whoever hands it on.
        for (id, _) in self.defined.iter().filter(|(_, path)| leads_to(&pattern, path)) {
            set.bits.insert(id.0 as usize);
        }
    }

    /// Walks the tree with a pattern from every root that `root_name` names.
    fn walk_from<'b>(
        &'b self,
        pattern: &'b Pattern,
        set: &mut NodeSet,
        root_name: impl Fn(NodeId) -> Option<&'b str>,
    ) {
        let captures = pattern.captures().next().is_some();
        let mut open: Vec<(NodeId, Progress, Inside)> = Vec::new();
        for root in &self.tree.roots {
            if let Some(name) = root_name(*root) {
                open.push((*root, pattern.step(pattern.start(), name, Names::Free), Inside::No));
            }
        }
        while let Some((id, progress, inside)) = open.pop() {
            let matched = match inside {
                Inside::Yes => {
                    set.bits.insert(id.0 as usize);
                    if let Some(parent) = self.graph.node(id).parent {
                        set.inherit(id, parent);
                    }
                    true
                }
                Inside::No if pattern.accepts(progress) => {
                    set.bits.insert(id.0 as usize);
                    if captures {
                        self.capture(pattern, id, &root_name, set);
                    }
                    true
                }
                Inside::No if progress == Progress::default() => continue,
                Inside::No => false,
            };
            for child in self.tree.children(id) {
                let node = self.graph.node(*child);
                let item = matches!(node.kind, NodeKind::Item(_));
                // `=a` leaves the modules below out, not what it holds itself.
                if matched && (item || !pattern.exact) {
                    open.push((*child, Progress::default(), Inside::Yes));
                    continue;
                }
                let names = if item { Names::Spelled } else { Names::Free };
                let next = pattern.step(progress, self.graph.symbols.word(node.name), names);
                open.push((*child, next, Inside::No));
            }
        }
    }

    fn capture<'b>(
        &'b self,
        pattern: &'b Pattern,
        id: NodeId,
        root_name: &impl Fn(NodeId) -> Option<&'b str>,
        set: &mut NodeSet,
    ) {
        let mut path = Vec::new();
        let mut at = Some(id);
        while let Some(node) = at {
            let parent = self.graph.node(node).parent;
            path.push(match parent {
                Some(_) => self.graph.symbols.word(self.graph.node(node).name),
                None => root_name(node).unwrap_or_default(),
            });
            at = parent;
        }
        path.reverse();
        if let Some(bound) = pattern.bind(&path) {
            let bound = bound.into_iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
            set.bind(self.graph.nodes.len(), id, bound);
        }
    }

    /// The problem of a selector that names nothing.
    pub(super) fn nothing(&self, selector: &Selector) -> ConfigProblem {
        let message = format!("`{}` matches nothing in this workspace", selector.text);
        let help = self
            .similar(selector)
            .unwrap_or_else(|| format!("correct it, or write `{}?` if it may match nothing", selector.text));
        ConfigProblem::in_policy(self.policy, selector.at, message, Some(help))
    }

    /// The problem of a crate that nobody uses or knows, and that is nearly called as one that is used. What
    /// is merely not used yet may be ruled out beforehand.
    fn misspelt(&self, selector: &Selector) -> Option<ConfigProblem> {
        let SelectorKind::Crate(pattern) = &selector.kind else { return None };
        let name = pattern.head()?.replace('-', "_");
        if self.policy.catalogue.class(&[&name]) != Class::default() {
            return None;
        }
        let used = self.graph.node_ids().filter(|id| self.graph.node(*id).parent.is_none());
        let used: Vec<&str> = used
            .filter_map(|id| self.graph.symbols.word(self.graph.node(id).name).strip_prefix("ext:"))
            .collect();
        let near = suggest::nearest(&name, used)?;
        let message = format!("nothing uses a crate `{name}`");
        let help =
            format!("correct it to `crate:{near}`, or write `{}?` if it may match nothing", selector.text);
        Some(ConfigProblem::in_policy(self.policy, selector.at, message, Some(help)))
    }

    fn similar(&self, selector: &Selector) -> Option<String> {
        let pattern = selector.pattern()?;
        let head = pattern.head()?;
        let external = format!("ext:{head}");
        if self.graph.symbols.get(&external).is_some() {
            return Some(format!("`{head}` is an external crate: write `crate:{}`", selector.text));
        }
        let text = selector.text.trim_start_matches('=');
        let ids: Vec<String> = self
            .graph
            .node_ids()
            .filter(|id| self.graph.is_module(*id))
            .map(|id| self.graph.id(id))
            .collect();
        let same_depth = ids
            .iter()
            .map(String::as_str)
            .filter(|id| id.matches("::").count() + 1 == pattern.segments.len());
        suggest::nearest(text, same_depth).map(|near| format!("did you mean `{near}`?"))
    }
}

/// `std::x` also names `core::x` and `alloc::x`, which it re-exports; `std` alone is `std`.
fn facade<'b>(pattern: &Pattern, external: &'b str) -> &'b str {
    let through_std = pattern.head() == Some("std") && pattern.segments.len() > 1;
    if through_std && matches!(external, "core" | "alloc") { "std" } else { external }
}

/// Whether a path is what a pattern names, or lies below it.
fn leads_to(pattern: &Pattern, path: &[String]) -> bool {
    let mut progress = pattern.start();
    path.iter().any(|name| {
        progress = pattern.step(progress, name, Names::Free);
        pattern.accepts(progress)
    })
}

fn defined(graph: &Graph, policy: &Policy) -> Vec<(NodeId, Vec<String>)> {
    let external = graph.node_ids().filter(|id| graph.is_external(*id));
    let path = |id| {
        let path = graph.external_path(id);
        let path: Vec<&str> = path.split("::").collect();
        policy.facades.definition(&path, Use::Other).map(|path| (id, path))
    };
    external.filter_map(path).collect()
}

/// Of a crate that is in no category, what it hands on may be.
fn classes<'a>(
    graph: &Graph,
    policy: &'a Policy,
    defined: &[(NodeId, Vec<String>)],
) -> Vec<(NodeId, Class<'a>)> {
    let external = graph.node_ids().filter(|id| graph.is_external(*id));
    let class = |id| {
        let path = graph.external_path(id);
        let path: Vec<&str> = path.split("::").collect();
        let class = policy.catalogue.class(&path);
        let defined = defined.binary_search_by_key(&id, |(id, _)| *id).ok().map(|at| &defined[at].1);
        match defined {
            Some(path) if class == Class::default() => {
                let path: Vec<&str> = path.iter().map(String::as_str).collect();
                (id, policy.catalogue.class(&path))
            }
            _ => (id, class),
        }
    };
    external.map(class).collect()
}

/// Whether a node lies below one that matches.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Inside {
    Yes,
    No,
}

/// Nodes by what contains them.
struct Tree {
    roots: Vec<NodeId>,
    /// Children of node `n` are `starts[n]..starts[n + 1]` of `children`.
    starts: Vec<u32>,
    children: Vec<NodeId>,
}

impl Tree {
    fn new(graph: &Graph) -> Self {
        let count = graph.nodes.len();
        let mut starts = vec![0u32; count + 1];
        for parent in graph.nodes.iter().filter_map(|node| node.parent) {
            starts[parent.0 as usize + 1] += 1;
        }
        for at in 0..count {
            starts[at + 1] += starts[at];
        }
        let mut next = starts.clone();
        let mut children = vec![NodeId(0); starts[count] as usize];
        let mut roots = Vec::new();
        for id in graph.node_ids() {
            match graph.node(id).parent {
                Some(parent) => {
                    let slot = &mut next[parent.0 as usize];
                    children[*slot as usize] = id;
                    *slot += 1;
                }
                None => roots.push(id),
            }
        }
        Self { roots, starts, children }
    }

    fn children(&self, id: NodeId) -> &[NodeId] {
        let at = id.0 as usize;
        &self.children[self.starts[at] as usize..self.starts[at + 1] as usize]
    }
}
