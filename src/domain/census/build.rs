//! The graph and the facts behind it to the census: modules, items and what they name.

use rustc_hash::FxHashMap;

use crate::domain::at_once::{AtOnce, both};
use crate::domain::census::gather::{Known, Owner, gather, reach};
use crate::domain::census::outside::outside;
use crate::domain::census::{
    Census, Entry, Impl, ImplNo, Item, ItemNo, Module, ModuleNo, OutsideNo, Package, PackageNo, Standing,
    Target, Use,
};
use crate::domain::graph::build::Origins;
use crate::domain::graph::{Crate, EdgeKind, Graph, ItemKind, NodeId, NodeKind, Place};
use crate::domain::policy::catalogue::Catalogue;
use crate::domain::policy::constants::Constants;
use crate::domain::resolve::sources::FileIx;
use crate::domain::source::facts::{FileFacts, Part};
use crate::domain::source::span::Span;
use crate::domain::source::workspace::{self, TargetKind, Workspace};

/// The census of a workspace.
pub fn census<'g>(
    workspace: &Workspace,
    graph: &'g Graph,
    origins: &Origins,
    catalogue: &Catalogue,
    words: &Constants,
    at_once: AtOnce<'_>,
) -> Census<'g> {
    let outside = outside(graph, catalogue);
    let mut entries = vec![Entry::Nothing; graph.nodes.len()];
    for (at, outside) in outside.iter().enumerate() {
        entries[outside.node.0 as usize] = Entry::Outside(OutsideNo(at as u32));
    }
    let mut builder = Builder {
        origins,
        words,
        census: Census {
            graph,
            packages: packages(workspace, words),
            modules: Vec::new(),
            items: Vec::new(),
            impls: Vec::new(),
            outside,
            uses: Vec::with_capacity(graph.sites.len()),
            slots: Vec::new(),
            types: Vec::new(),
            acts: Vec::new(),
            regions: Vec::new(),
            texts: Vec::new(),
            bounds: Vec::new(),
            entries,
        },
        known: FxHashMap::default(),
    };
    let filled = || {
        builder.modules();
        builder.items();
    };
    let ((), parts) = both(at_once, filled, || origins.facts.iter().map(parts).collect::<Vec<_>>());
    builder.uses(&parts);
    let Builder { mut census, known, .. } = builder;
    impl_heads(&mut census, origins, &known);
    gather(&mut census, origins, &known, at_once);
    census
}

struct Builder<'g, 'o> {
    origins: &'o Origins,
    /// `[facts]`.
    words: &'o Constants,
    census: Census<'g>,
    known: Known,
}

impl Builder<'_, '_> {
    fn modules(&mut self) {
        let graph = self.census.graph;
        let files: FxHashMap<NodeId, FileIx> = self.origins.modules.iter().copied().collect();
        let mut seen: FxHashMap<Place, ModuleNo> = FxHashMap::default();
        for node in graph.node_ids() {
            let found = graph.node(node);
            let (NodeKind::Module(_), Some(krate)) = (found.kind, found.krate) else { continue };
            if let Some(file) = found.file
                && let Some(first) = seen.get(&Place { file, span: found.span })
            {
                self.census.entries[node.0 as usize] = Entry::Module(*first);
                continue;
            }
            let number = ModuleNo(self.census.modules.len() as u32);
            if let Some(file) = found.file {
                seen.insert(Place { file, span: found.span }, number);
            }
            let parent = found.parent.and_then(|parent| match self.census.entries[parent.0 as usize] {
                Entry::Module(parent) => Some(parent),
                _ => None,
            });
            let facts = files.get(&node).map(|file| &self.origins.facts[file.0 as usize]);
            let whole = facts.filter(|_| found.name_span == Span::default());
            let Crate { package: name, kind, .. } = &graph.crates[krate.0 as usize];
            let package = self.census.packages.iter().position(|package| package.name == *name).unwrap_or(0);
            let around = parent.map(|parent| self.census.module(parent).standing);
            let standing = self.standing(node, PackageNo(package as u32), around, whole);
            let built = matches!(kind, TargetKind::Lib | TargetKind::Bin);
            if parent.is_none() && built && whole.is_some_and(|facts| facts.marks.no_std) {
                self.census.packages[package].no_std = true;
            }
            self.census.entries[node.0 as usize] = Entry::Module(number);
            self.census.modules.push(Module {
                node,
                parent,
                package: PackageNo(package as u32),
                krate,
                standing,
                declared_role: whole.and_then(|facts| facts.deeds.role.clone()),
                items: Vec::new(),
                uses: 0..0,
                opaque: whole.map_or(0, |facts| facts.opaque_calls.len() as u32),
            });
        }
    }

    fn standing(
        &self,
        node: NodeId,
        package: PackageNo,
        around: Option<Standing>,
        facts: Option<&FileFacts>,
    ) -> Standing {
        let graph = self.census.graph;
        let found = graph.node(node);
        let krate = found.krate.map(|krate| graph.crates[krate.0 as usize].kind);
        if let Some(around) = around.filter(|around| matches!(around, Standing::Beside | Standing::Test)) {
            return around;
        }
        if self.census.package(package).beside {
            return Standing::Beside;
        }
        if self.census.package(package).tests {
            return Standing::Test;
        }
        match krate {
            Some(TargetKind::Test | TargetKind::Bench) => return Standing::Test,
            Some(TargetKind::Example | TargetKind::BuildScript) => return Standing::Beside,
            _ if found.test => return Standing::Test,
            _ => {}
        }
        let path = found.file.map_or("", |file| graph.files[file.0 as usize].path.as_str());
        let generated = facts
            .is_some_and(|facts| facts.marks.generated || is_schema(path, facts, self.words))
            || path.split('/').rev().skip(1).any(|part| self.words.lists("generated_folders", part));
        match around {
            Some(Standing::Generated) => Standing::Generated,
            _ if generated => Standing::Generated,
            _ => Standing::Production,
        }
    }

    fn items(&mut self) {
        let graph = self.census.graph;
        for (node, file, item) in &self.origins.items {
            let found = graph.node(*node);
            let facts = &self.origins.facts[file.0 as usize].items[item.0 as usize];
            if let Some(first) = self.known.get(&(*file, *item)) {
                self.census.entries[node.0 as usize] = match first {
                    Owner::Item(item) => Entry::Item(*item),
                    Owner::Impl(block) => Entry::Impl(*block),
                };
                continue;
            }
            // An inherent impl stands with the node of its type.
            if let (ItemKind::Impl, Entry::Item(own)) = (facts.kind, self.census.entries[node.0 as usize]) {
                self.known.insert((*file, *item), Owner::Item(own));
                continue;
            }
            let Some(file_id) = found.file else { continue };
            let module = self.module_of(*node);
            let around = self.census.module(module).standing;
            let standing = match around {
                Standing::Production | Standing::Generated if found.test => Standing::Test,
                around => around,
            };
            let place = Place { file: file_id, span: found.name_span };
            let above = found.parent.map(|parent| self.census.entries[parent.0 as usize]);
            if facts.kind == ItemKind::Impl {
                let number = ImplNo(self.census.impls.len() as u32);
                self.census.entries[node.0 as usize] = Entry::Impl(number);
                self.known.insert((*file, *item), Owner::Impl(number));
                self.census.impls.push(Impl {
                    node: *node,
                    module,
                    standing,
                    self_type: None,
                    of_trait: None,
                    place,
                    methods: Vec::new(),
                    uses: 0..0,
                });
                continue;
            }
            let number = ItemNo(self.census.items.len() as u32);
            let in_impl = match above {
                Some(Entry::Impl(block)) => {
                    self.census.impls[block.0 as usize].methods.push(number);
                    Some(block)
                }
                _ => None,
            };
            let holder = match above {
                Some(Entry::Item(holder)) => Some(holder),
                _ => None,
            };
            self.census.entries[node.0 as usize] = Entry::Item(number);
            self.known.insert((*file, *item), Owner::Item(number));
            self.census.modules[module.0 as usize].items.push(number);
            self.census.items.push(Item {
                node: *node,
                module,
                kind: facts.kind,
                name: found.name,
                holder,
                in_impl,
                standing,
                place,
                span: found.span,
                size: facts.size,
                decisions: facts.decisions,
                mapped: facts.mapped,
                reach: reach(facts.visibility),
                marks: facts.marks,
                uses: 0..0,
                slots: 0..0,
                acts: 0..0,
                regions: 0..0,
                texts: 0..0,
                bounds: 0..0,
            });
        }
    }

    fn module_of(&self, node: NodeId) -> ModuleNo {
        match self.census.entries[self.census.graph.module_of(node).0 as usize] {
            Entry::Module(module) => module,
            _ => ModuleNo(0),
        }
    }

    /// What nodes name, in the order of the edges. Nodes that stand for an earlier one are passed over.
    fn uses(&mut self, parts: &[Vec<(u32, Part)>]) {
        let graph = self.census.graph;
        let mut at = 0;
        while at < graph.edges.len() {
            let from = graph.edges[at].from;
            // Few edges start at a node: counting them is cheaper than searching all.
            let end = at + graph.edges[at..].iter().take_while(|edge| edge.from == from).count();
            let edges = &graph.edges[at..end];
            at = end;
            let first = self.census.uses.len() as u32;
            let owns = match self.census.entries[from.0 as usize] {
                Entry::Item(item) => self.census.item(item).node == from,
                Entry::Module(module) => self.census.module(module).node == from,
                Entry::Impl(block) => self.census.block(block).node == from,
                Entry::Outside(_) | Entry::Nothing => false,
            };
            if !owns {
                continue;
            }
            for edge in edges.iter().filter(|edge| edge.kind.is_code()) {
                let Some(to) = self.census.target(edge.to) else { continue };
                for place in graph.sites(edge) {
                    let part = match edge.kind {
                        EdgeKind::Body => part_at(&parts[place.file.0 as usize], place.span.start),
                        _ => Part::Named,
                    };
                    self.census.uses.push(Use { to, kind: edge.kind, part, test: edge.test, place: *place });
                }
            }
            let range = first..self.census.uses.len() as u32;
            match self.census.entries[from.0 as usize] {
                Entry::Item(item) => self.census.items[item.0 as usize].uses = range,
                Entry::Module(module) => self.census.modules[module.0 as usize].uses = range,
                Entry::Impl(block) => self.census.impls[block.0 as usize].uses = range,
                Entry::Outside(_) | Entry::Nothing => {}
            }
        }
    }
}

/// The type and the trait of impl blocks, found again among what their headers name.
fn impl_heads(census: &mut Census<'_>, origins: &Origins, known: &Known) {
    for (file, facts) in origins.facts.iter().enumerate() {
        for decl in &facts.impls {
            let Some(Owner::Impl(block)) = known.get(&(FileIx(file as u32), decl.item)) else { continue };
            let uses = census.impl_uses(*block);
            let find = |at: crate::domain::source::facts::RefIx| {
                let span = facts.references[at.0 as usize].span;
                uses.iter().find(|used| used.place.span == span).map(|used| used.to)
            };
            let (own, of_trait): (Option<Target>, Option<Target>) =
                (decl.self_type.and_then(find), decl.of_trait.and_then(find));
            let block = &mut census.impls[block.0 as usize];
            block.self_type = own;
            block.of_trait = of_trait;
        }
    }
}

fn packages(workspace: &Workspace, words: &Constants) -> Vec<Package> {
    let named = |package: &workspace::Package, key: &str| {
        workspace.packages.len() > 1 && package.name.split(['-', '_']).any(|word| words.lists(key, word))
    };
    let package = |(place, package): (usize, &workspace::Package)| Package {
        name: package.name.clone(),
        place,
        beside: named(package, "excluded_packages"),
        tests: named(package, "test_packages"),
        categories: package.categories.clone(),
        targets: package.targets.iter().map(|target| target.kind).collect(),
        no_std: false,
    };
    workspace.packages.iter().enumerate().map(package).collect()
}

/// A file of nothing but `diesel::table!`.
fn is_schema(path: &str, facts: &FileFacts, words: &Constants) -> bool {
    let only_made = |kind: ItemKind| matches!(kind, ItemKind::Opaque | ItemKind::Module | ItemKind::Macro);
    path.rsplit('/').next().is_some_and(|name| words.lists("generated_files", name))
        && !facts.item_calls.is_empty()
        && facts.items.iter().all(|item| only_made(item.kind))
}

/// Where a file does more with a path than name it, in order.
fn parts(facts: &FileFacts) -> Vec<(u32, Part)> {
    let told = facts.references.iter().filter(|reference| reference.part != Part::Named);
    let mut parts: Vec<(u32, Part)> = told.map(|reference| (reference.span.start, reference.part)).collect();
    parts.sort_unstable();
    parts
}

fn part_at(parts: &[(u32, Part)], start: u32) -> Part {
    match parts.binary_search_by_key(&start, |(at, _)| *at) {
        Ok(found) => parts[found].1,
        Err(_) => Part::Named,
    }
}
