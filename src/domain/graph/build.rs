//! Links to a graph: one node for each module, item and outside path, one edge for each pair and kind.

use rustc_hash::{FxBuildHasher, FxHashMap};

use crate::domain::at_once::{AtOnce, each};
use crate::domain::graph::rows::{First, Inner, Row, Rows, edges};
use crate::domain::graph::{
    Crate, CrateId, Edge, FileId, Graph, ModuleForm, Node, NodeId, NodeKind, Place, SourceFile,
};
use crate::domain::resolve::impls::collect_members;
use crate::domain::resolve::links::{Links, Taken, link};
use crate::domain::resolve::names::{Def, ExternalIx, ItemNo, Mask};
use crate::domain::resolve::scopes::{Outside, Scopes};
use crate::domain::resolve::sources::{FileIx, Sources};
use crate::domain::resolve::tree::{InstanceIx, ModuleForm as Form, ModuleIx};
use crate::domain::source::facts::{
    CfgIx, FileFacts, ImplDecl, ItemIx, ItemKind, ItemMarks, TestOnly, Visibility,
};
use crate::domain::source::span::Span;
use crate::domain::source::symbols::{Sym, Symbols};
use crate::domain::source::workspace::Workspace;

/// A graph whose words are still in the hands of the sources.
pub struct Draft {
    crates: Vec<Crate>,
    nodes: Vec<Node>,
    rows: Vec<Vec<Row>>,
    added: Vec<String>,
    origins: Vec<(NodeId, FileIx, ItemIx)>,
    bodies: Vec<(NodeId, FileIx)>,
    declared: Vec<(NodeId, Place, Visibility)>,
}

/// What the sources say of the nodes of a graph: their facts, less paths and lines, which the graph has.
#[derive(Debug, Default)]
pub struct Origins {
    /// Facts of files, and after them of what macro calls expand to.
    pub facts: Vec<FileFacts>,
    /// The item behind a node, by node; an inherent impl stands with the node of its type, so that a
    /// node may have several.
    // Invariant: in the order that nodes were made; a file of two crates has two nodes for an item.
    pub items: Vec<(NodeId, FileIx, ItemIx)>,
    /// The file that a module starts in, by node.
    pub modules: Vec<(NodeId, FileIx)>,
    /// Where a module is declared, and who may name it, by node; a root is not.
    pub declared: Vec<(NodeId, Place, Visibility)>,
}

impl Draft {
    /// Number of items.
    pub fn items(&self) -> usize {
        self.nodes.iter().filter(|node| matches!(node.kind, NodeKind::Item(_))).count()
    }

    /// The edges, and their sites.
    pub fn edges(&self, at_once: AtOnce<'_>) -> (Vec<Edge>, Vec<Place>) {
        edges(&self.rows, self.nodes.len(), at_once)
    }

    /// The graph with these edges, with the words and line tables of the sources it was made from, and
    /// what else the sources say of its nodes.
    pub fn finish(self, (edges, sites): (Vec<Edge>, Vec<Place>), sources: Sources) -> (Graph, Origins) {
        let written = sources.files.len();
        let (mut symbols, mut facts) = sources.into_facts();
        for word in &self.added {
            symbols.intern(word);
        }
        let files = facts
            .iter_mut()
            .take(written)
            .map(|file| SourceFile {
                path: std::mem::take(&mut file.path),
                lines: std::mem::take(&mut file.lines),
            })
            .collect();
        let graph = Graph { symbols, files, crates: self.crates, nodes: self.nodes, edges, sites };
        let origins = Origins { facts, items: self.origins, modules: self.bodies, declared: self.declared };
        (graph, origins)
    }
}

/// Builds the graph of a workspace; what looking up its paths showed stands beside it.
pub fn build(workspace: &Workspace, scopes: &mut Scopes<'_>, at_once: AtOnce<'_>) -> (Draft, Links) {
    collect_members(scopes);
    let mut builder = Builder {
        words: Added {
            known: scopes.sources.symbols.words().len() as u32,
            words: Vec::new(),
            index: FxHashMap::default(),
        },
        nodes: Vec::with_capacity(
            scopes.tree.modules.len() + item_count(scopes) + scopes.externals.nodes.len() * 2,
        ),
        inner: Inner {
            modules: Vec::with_capacity(scopes.tree.modules.len()),
            items: vec![None; item_count(scopes)],
        },
        externals: FxHashMap::default(),
        twins: FxHashMap::with_capacity_and_hasher(item_count(scopes), FxBuildHasher),
        cfgs: FxHashMap::default(),
        origins: Vec::with_capacity(item_count(scopes)),
        bodies: Vec::with_capacity(scopes.tree.modules.len()),
        declared: Vec::with_capacity(scopes.tree.modules.len()),
    };
    builder.add_modules(scopes);
    builder.add_items(scopes);
    let inner = std::mem::take(&mut builder.inner);
    let (links, taken) = link(scopes, at_once, &|paths| Rows::new(&inner, paths));
    let settled = taken.into_iter().map(|taken| builder.settle(scopes, taken)).collect();
    let rows = each(at_once, settled, |Settled { rows, externals, cfgs }| rows.into_rows(&externals, &cfgs));
    let crates = scopes
        .tree
        .crates
        .iter()
        .map(|info| Crate {
            id: info.id.clone(),
            package: workspace.packages[info.package].name.clone(),
            kind: info.kind,
            root: inner.modules[info.root.0 as usize],
        })
        .collect();
    let draft = Draft {
        crates,
        nodes: builder.nodes,
        rows,
        added: builder.words.words,
        origins: builder.origins,
        bodies: builder.bodies,
        declared: builder.declared,
    };
    (draft, links)
}

fn item_count(scopes: &Scopes<'_>) -> usize {
    let last = scopes.tree.instances.last();
    last.map_or(0, |last| last.first_item as usize + scopes.sources.file(last.file).items.len())
}

/// Words that the sources do not have: names of crates and of outside roots, conditions.
struct Added {
    known: u32,
    words: Vec<String>,
    index: FxHashMap<String, Sym>,
}

impl Added {
    fn intern(&mut self, symbols: &Symbols, word: &str) -> Sym {
        if let Some(known) = symbols.get(word).or_else(|| self.index.get(word).copied()) {
            return known;
        }
        let sym = Sym(self.known + self.words.len() as u32);
        self.words.push(word.to_owned());
        self.index.insert(word.to_owned(), sym);
        sym
    }
}

/// Rows, with the node or word of each number in them that is not one yet.
struct Settled<'b> {
    rows: Rows<'b>,
    externals: Vec<NodeId>,
    cfgs: Vec<Sym>,
}

struct Builder {
    words: Added,
    nodes: Vec<Node>,
    inner: Inner,
    externals: FxHashMap<(Option<NodeId>, Sym), NodeId>,
    twins: FxHashMap<(NodeId, Sym), u16>,
    cfgs: FxHashMap<(FileIx, CfgIx), Sym>,
    origins: Vec<(NodeId, FileIx, ItemIx)>,
    bodies: Vec<(NodeId, FileIx)>,
    declared: Vec<(NodeId, Place, Visibility)>,
}

impl Builder {
    fn push(&mut self, node: Node) -> NodeId {
        let id = NodeId(self.nodes.len() as u32);
        self.nodes.push(node);
        id
    }

    fn add_modules(&mut self, scopes: &Scopes<'_>) {
        for (at, module) in scopes.tree.modules.iter().enumerate() {
            let krate = CrateId(module.krate.0);
            let name = match module.name {
                Some(name) => name,
                None => self.words.intern(&scopes.sources.symbols, &scopes.tree.crates[krate.0 as usize].id),
            };
            let (file, span, name_span) = module_place(scopes, ModuleIx(at as u32));
            let form = match module.form {
                Form::File => ModuleForm::File,
                Form::Inline => ModuleForm::Inline,
                Form::Macro => ModuleForm::Macro,
            };
            let parent = module.parent.map(|parent| self.inner.modules[parent.0 as usize]);
            let id = self.push(Node {
                name,
                twin: 0,
                kind: NodeKind::Module(form),
                parent,
                krate: Some(krate),
                file,
                span,
                name_span,
                limit: None,
                test: module.test,
                size: 0,
            });
            self.inner.modules.push(id);
            if let Some((instance, _)) = module.bodies.first() {
                self.bodies.push((id, scopes.tree.instances[instance.0 as usize].file));
            }
            if let Some((instance, item)) = module.declared {
                let file = scopes.tree.instances[instance.0 as usize].file;
                let item = &scopes.sources.file(file).items[item.0 as usize];
                let file = FileId(scopes.sources.written(file).0);
                self.declared.push((id, Place { file, span: item.name_span }, item.visibility));
            }
        }
    }

    /// Items in source order; members below what holds them, members of inherent impls below the
    /// type itself where both stand in one module.
    fn add_items(&mut self, scopes: &mut Scopes<'_>) {
        for at in 0..scopes.tree.instances.len() {
            let instance = InstanceIx(at as u32);
            let file = scopes.tree.instances[at].file;
            let facts: &FileFacts = scopes.sources.file(file);
            let mut impls = facts.impls.iter().peekable();
            for (index, item) in facts.items.iter().enumerate() {
                let own = &scopes.tree.instances[at];
                let first = own.first_item;
                let number = ItemNo(first + index as u32);
                let module = scopes.module(own.spaces[item.scope.0 as usize]);
                if item.kind == ItemKind::Module {
                    continue;
                }
                let test = own.test
                    || scopes.tree.modules[module.0 as usize].test
                    || facts.cfgs[item.cfg.0 as usize].test == TestOnly::Yes
                    || item.marks.has(ItemMarks::TEST);
                let around = item.parent.map(|parent| first + parent.0);
                let parent = around
                    .or_else(|| Some(scopes.tree.number(scopes.tree.holder_of(instance, item)?)))
                    .and_then(|parent| self.inner.items[parent as usize])
                    .unwrap_or(self.inner.modules[module.0 as usize]);
                while impls.next_if(|decl| (decl.item.0 as usize) < index).is_some() {}
                if let Some(decl) = impls.next_if(|decl| decl.item.0 as usize == index)
                    && decl.of_trait.is_none()
                    && let Some(own_type) = self.inherent(scopes, instance, *decl, module)
                {
                    self.inner.items[number.0 as usize] = Some(own_type);
                    self.origins.push((own_type, file, ItemIx(index as u32)));
                    continue;
                }
                let twin = self.twins.entry((parent, item.name)).or_insert(0);
                let limit = scopes.vis_of(facts, item.visibility, module).limit();
                let node = Node {
                    name: item.name,
                    twin: *twin,
                    kind: NodeKind::Item(item.kind),
                    parent: Some(parent),
                    krate: Some(CrateId(own.krate.0)),
                    file: Some(FileId(scopes.sources.written(file).0)),
                    span: item.span,
                    name_span: item.name_span,
                    limit: limit.map(|limit| self.inner.modules[limit.0 as usize]),
                    test,
                    size: item.size,
                };
                *twin = twin.saturating_add(1);
                let id = self.push(node);
                self.inner.items[number.0 as usize] = Some(id);
                self.origins.push((id, file, ItemIx(index as u32)));
            }
        }
    }

    /// The node of the type that an inherent impl is for, if it stands in the same module.
    fn inherent(
        &self,
        scopes: &mut Scopes<'_>,
        instance: InstanceIx,
        decl: ImplDecl,
        module: ModuleIx,
    ) -> Option<NodeId> {
        let found = scopes.type_of_reference(instance, decl.self_type?, Mask::TYPE)?;
        let real = match found {
            Def::Item(item) if scopes.item(item).2.kind == ItemKind::TypeAlias => scopes.alias_target(item),
            _ => None,
        };
        let found = real.unwrap_or(found);
        match found {
            Def::Item(item) if scopes.home(found) == Some(module) => self.inner.items[item.0 as usize],
            _ => None,
        }
    }

    fn external(&mut self, scopes: &Scopes<'_>, nodes: &[Outside], external: ExternalIx) -> NodeId {
        let (parent, word) = nodes[external.0 as usize];
        let parent = parent.map(|parent| self.external(scopes, nodes, parent));
        if let Some(known) = self.externals.get(&(parent, word)) {
            return *known;
        }
        let name = match parent {
            Some(_) => word,
            None => {
                let root = format!("ext:{}", scopes.sources.symbols.word(word));
                self.words.intern(&scopes.sources.symbols, &root)
            }
        };
        let id = self.push(Node {
            name,
            twin: 0,
            kind: NodeKind::External,
            parent,
            krate: None,
            file: None,
            span: Span::default(),
            name_span: Span::default(),
            limit: None,
            test: false,
            size: 0,
        });
        self.externals.insert((parent, word), id);
        id
    }

    fn cfg_text(&mut self, scopes: &Scopes<'_>, file: FileIx, cfg: CfgIx) -> Sym {
        match self.cfgs.get(&(file, cfg)) {
            Some(known) => *known,
            None => {
                let text = &scopes.sources.file(file).cfgs[cfg.0 as usize].text;
                let text = self.words.intern(&scopes.sources.symbols, text);
                self.cfgs.insert((file, cfg), text);
                text
            }
        }
    }

    /// Gives what rows named first its node or its word.
    fn settle<'b>(&mut self, scopes: &Scopes<'_>, taken: Taken<Rows<'b>>) -> Settled<'b> {
        let Taken { sink, nodes } = taken;
        let mut externals = vec![NodeId(0); nodes.len()];
        let mut cfgs = Vec::new();
        for first in &sink.firsts {
            match first {
                First::External(external) => {
                    externals[external.0 as usize] = self.external(scopes, &nodes, *external);
                }
                First::Cfg(file, cfg) => cfgs.push(self.cfg_text(scopes, *file, *cfg)),
            }
        }
        Settled { rows: sink, externals, cfgs }
    }
}

/// The file, the text and the name of a module.
fn module_place(scopes: &Scopes<'_>, module: ModuleIx) -> (Option<FileId>, Span, Span) {
    let info = &scopes.tree.modules[module.0 as usize];
    let Some((instance, scope)) = info.bodies.first() else {
        let declared = info.declared.map(|(instance, item)| {
            let file = scopes.tree.instances[instance.0 as usize].file;
            let item = &scopes.sources.file(file).items[item.0 as usize];
            (Some(FileId(scopes.sources.written(file).0)), item.span, item.name_span)
        });
        return declared.unwrap_or((None, Span::default(), Span::default()));
    };
    let file = scopes.tree.instances[instance.0 as usize].file;
    let facts = scopes.sources.file(file);
    match facts.scopes[scope.0 as usize].item {
        Some(item) => {
            let item = &facts.items[item.0 as usize];
            (Some(FileId(scopes.sources.written(file).0)), item.span, item.name_span)
        }
        None => {
            (Some(FileId(scopes.sources.written(file).0)), Span::new(0, facts.lines.end()), Span::default())
        }
    }
}
