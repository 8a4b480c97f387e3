//! Links to a graph: one node for each module, item and outside path, one edge for each pair and kind.

use rustc_hash::FxHashMap;

use crate::domain::graph::{
    Crate, CrateId, Edge, EdgeKind, FileId, Graph, ModuleForm, Node, NodeId, NodeKind, Place, SourceFile,
};
use crate::domain::resolve::link::{Link, LinkForm};
use crate::domain::resolve::links::Links;
use crate::domain::resolve::names::{Def, ExternalIx, ItemNo, Mask};
use crate::domain::resolve::scopes::Scopes;
use crate::domain::resolve::sources::{FileIx, Sources};
use crate::domain::resolve::tree::{InstanceIx, ModuleForm as Form, ModuleIx};
use crate::domain::source::facts::{
    CfgIx, FileFacts, ImplDecl, ItemIx, ItemKind, ItemMarks, RefPosition, TestOnly,
};
use crate::domain::source::span::Span;
use crate::domain::source::symbols::{Sym, Symbols};
use crate::domain::source::workspace::Workspace;

/// A graph whose words are still in the hands of the sources.
pub struct Draft {
    crates: Vec<Crate>,
    nodes: Vec<Node>,
    edges: Vec<Edge>,
    sites: Vec<Place>,
    added: Vec<String>,
}

impl Draft {
    /// Number of items.
    pub fn items(&self) -> usize {
        self.nodes.iter().filter(|node| matches!(node.kind, NodeKind::Item(_))).count()
    }

    /// The graph, with the words and line tables of the sources it was made from.
    pub fn finish(self, sources: Sources) -> Graph {
        let Sources { mut symbols, files, .. } = sources;
        for word in &self.added {
            symbols.intern(word);
        }
        let files = files.into_iter().map(|file| SourceFile { path: file.path, lines: file.lines }).collect();
        Graph { symbols, files, crates: self.crates, nodes: self.nodes, edges: self.edges, sites: self.sites }
    }
}

/// Builds the graph of a workspace.
pub fn build(workspace: &Workspace, scopes: &mut Scopes<'_>, links: &Links) -> Draft {
    let mut builder = Builder {
        words: Added {
            known: scopes.sources.symbols.words().len() as u32,
            words: Vec::new(),
            index: FxHashMap::default(),
        },
        nodes: Vec::new(),
        modules: Vec::new(),
        items: vec![None; item_count(scopes)],
        externals: FxHashMap::default(),
        twins: FxHashMap::default(),
        cfgs: FxHashMap::default(),
    };
    builder.add_modules(scopes);
    builder.add_items(scopes);
    let edges = builder.add_edges(scopes, links);
    let crates = scopes
        .tree
        .crates
        .iter()
        .map(|info| Crate {
            id: info.id.clone(),
            package: workspace.packages[info.package].name.clone(),
            kind: info.kind,
            root: builder.modules[info.root.0 as usize],
        })
        .collect();
    let (edges, sites) = edges;
    Draft { crates, nodes: builder.nodes, edges, sites, added: builder.words.words }
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

struct Builder {
    words: Added,
    nodes: Vec<Node>,
    modules: Vec<NodeId>,
    items: Vec<Option<NodeId>>,
    externals: FxHashMap<ExternalIx, NodeId>,
    twins: FxHashMap<(NodeId, Sym), u16>,
    cfgs: FxHashMap<(FileIx, CfgIx), Sym>,
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
            let parent = module.parent.map(|parent| self.modules[parent.0 as usize]);
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
            self.modules.push(id);
        }
    }

    /// Items in source order; members below what holds them, members of inherent impls below the
    /// type itself where both stand in one module.
    fn add_items(&mut self, scopes: &mut Scopes<'_>) {
        for at in 0..scopes.tree.instances.len() {
            let instance = InstanceIx(at as u32);
            let file = scopes.tree.instances[at].file;
            let facts: &FileFacts = scopes.sources.file(file);
            let impls: FxHashMap<ItemIx, ImplDecl> =
                facts.impls.iter().map(|decl| (decl.item, *decl)).collect();
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
                let parent = item
                    .parent
                    .and_then(|parent| self.items[(first + parent.0) as usize])
                    .unwrap_or(self.modules[module.0 as usize]);
                if let Some(decl) = impls.get(&ItemIx(index as u32))
                    && decl.of_trait.is_none()
                    && let Some(own_type) = self.inherent(scopes, instance, *decl, module)
                {
                    self.items[number.0 as usize] = Some(own_type);
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
                    limit: limit.map(|limit| self.modules[limit.0 as usize]),
                    test,
                    size: item.size,
                };
                *twin = twin.saturating_add(1);
                self.items[number.0 as usize] = Some(self.push(node));
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
            Def::Item(item) if scopes.home(found) == Some(module) => self.items[item.0 as usize],
            _ => None,
        }
    }

    fn external(&mut self, scopes: &Scopes<'_>, external: ExternalIx) -> NodeId {
        if let Some(known) = self.externals.get(&external) {
            return *known;
        }
        let (parent, word) = scopes.externals.nodes[external.0 as usize];
        let parent = parent.map(|parent| self.external(scopes, parent));
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
        self.externals.insert(external, id);
        id
    }

    fn target(&mut self, scopes: &Scopes<'_>, def: Def) -> Option<NodeId> {
        match def {
            Def::Module(module) => Some(self.modules[module.0 as usize]),
            Def::Item(item) => self.items[item.0 as usize],
            Def::External(external) => Some(self.external(scopes, external)),
        }
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

    fn add_edges(&mut self, scopes: &Scopes<'_>, links: &Links) -> (Vec<Edge>, Vec<Place>) {
        let mut rows: Vec<Row> = Vec::with_capacity(links.links.len());
        for link in &links.links {
            let from = link.owner.and_then(|owner| self.items[owner.0 as usize]);
            let from = from.unwrap_or(self.modules[link.module.0 as usize]);
            let Some(to) = self.target(scopes, link.target) else { continue };
            if from == to {
                continue;
            }
            let own = self.modules[link.module.0 as usize];
            let via = link.via.module().map(|via| self.modules[via.0 as usize]).filter(|via| *via != own);
            let place = Place { file: FileId(scopes.sources.written(link.file).0), span: link.span };
            let cfg = (link.cfg.0 > 0).then(|| self.cfg_text(scopes, link.file, link.cfg));
            rows.push(Row { from, to, kind: kind_of(link), test: link.test, cfg, via, place });
        }
        rows.sort_unstable();
        rows.dedup();
        let mut edges: Vec<Edge> = Vec::new();
        let mut sites = Vec::with_capacity(rows.len());
        for row in rows {
            let first_site = sites.len() as u32;
            sites.push(row.place);
            match edges.last_mut() {
                Some(last)
                    if (last.from, last.to, last.kind, last.test, last.cfg, last.via)
                        == (row.from, row.to, row.kind, row.test, row.cfg, row.via) =>
                {
                    last.site_count += 1;
                }
                _ => edges.push(Edge {
                    from: row.from,
                    to: row.to,
                    kind: row.kind,
                    test: row.test,
                    via: row.via,
                    cfg: row.cfg,
                    first_site,
                    site_count: 1,
                }),
            }
        }
        (edges, sites)
    }
}

/// One site of one edge, in the order that edges are sorted by.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Row {
    from: NodeId,
    to: NodeId,
    kind: EdgeKind,
    test: bool,
    cfg: Option<Sym>,
    via: Option<NodeId>,
    place: Place,
}

fn kind_of(link: &Link) -> EdgeKind {
    match link.form {
        LinkForm::Use => EdgeKind::Use,
        LinkForm::ReExport => EdgeKind::ReExport,
        LinkForm::Method => EdgeKind::Method,
        LinkForm::Path(position) => match position {
            RefPosition::Signature => EdgeKind::Signature,
            RefPosition::ImplHeader => EdgeKind::Impl,
            RefPosition::Derive => EdgeKind::Derive,
            RefPosition::Attribute | RefPosition::AttributeArgument => EdgeKind::Attribute,
            RefPosition::MacroName => EdgeKind::Macro,
            RefPosition::MacroArgument | RefPosition::MacroBody | RefPosition::Body => EdgeKind::Body,
        },
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
