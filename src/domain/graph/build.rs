//! Links to a graph: one node for each module, item and outside path, one edge for each pair and kind.

use rustc_hash::FxHashMap;

use crate::domain::graph::{
    Crate, CrateId, Edge, EdgeKind, FileId, Graph, ModuleForm, Node, NodeId, NodeKind, Place, SourceFile,
};
use crate::domain::resolve::impls::collect_members;
use crate::domain::resolve::link::{Link, LinkForm};
use crate::domain::resolve::links::{Links, link};
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
    origins: Vec<(NodeId, FileIx, ItemIx)>,
    bodies: Vec<(NodeId, FileIx)>,
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
}

impl Draft {
    /// Number of items.
    pub fn items(&self) -> usize {
        self.nodes.iter().filter(|node| matches!(node.kind, NodeKind::Item(_))).count()
    }

    /// The graph, with the words and line tables of the sources it was made from, and what else the
    /// sources say of its nodes.
    pub fn finish(self, sources: Sources) -> (Graph, Origins) {
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
        let graph = Graph {
            symbols,
            files,
            crates: self.crates,
            nodes: self.nodes,
            edges: self.edges,
            sites: self.sites,
        };
        (graph, Origins { facts, items: self.origins, modules: self.bodies })
    }
}

/// Builds the graph of a workspace; what looking up its paths showed stands beside it.
pub fn build(workspace: &Workspace, scopes: &mut Scopes<'_>) -> (Draft, Links) {
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
        modules: Vec::with_capacity(scopes.tree.modules.len()),
        items: vec![None; item_count(scopes)],
        externals: FxHashMap::default(),
        twins: FxHashMap::default(),
        cfgs: FxHashMap::default(),
        // What is not filled is never touched, and costs nothing; growing would copy it all.
        rows: Vec::with_capacity(path_count(scopes) * 5 / 4),
        origins: Vec::with_capacity(item_count(scopes)),
        bodies: Vec::with_capacity(scopes.tree.modules.len()),
    };
    builder.add_modules(scopes);
    builder.add_items(scopes);
    let links = link(scopes, &mut |scopes, link| builder.add_link(scopes, link));
    let (edges, sites) = edges(&std::mem::take(&mut builder.rows), builder.nodes.len());
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
    let draft = Draft {
        crates,
        nodes: builder.nodes,
        edges,
        sites,
        added: builder.words.words,
        origins: builder.origins,
        bodies: builder.bodies,
    };
    (draft, links)
}

/// Number of paths in all files: few of them make no link, or more than one.
fn path_count(scopes: &Scopes<'_>) -> usize {
    let files = scopes.tree.instances.iter().map(|instance| scopes.sources.file(instance.file));
    files.map(|facts| facts.references.len() + facts.imports.len()).sum()
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
    rows: Vec<Row>,
    origins: Vec<(NodeId, FileIx, ItemIx)>,
    bodies: Vec<(NodeId, FileIx)>,
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
            if let Some((instance, _)) = module.bodies.first() {
                self.bodies.push((id, scopes.tree.instances[instance.0 as usize].file));
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
                    limit: limit.map(|limit| self.modules[limit.0 as usize]),
                    test,
                    size: item.size,
                };
                *twin = twin.saturating_add(1);
                let id = self.push(node);
                self.items[number.0 as usize] = Some(id);
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

    fn add_link(&mut self, scopes: &Scopes<'_>, link: &Link) {
        let own = self.modules[link.module.0 as usize];
        let from = link.owner.and_then(|owner| self.items[owner.0 as usize]).unwrap_or(own);
        let Some(to) = self.target(scopes, link.target) else { return };
        if from == to {
            return;
        }
        let via = link.via.module().map(|via| self.modules[via.0 as usize]).filter(|via| *via != own);
        let place = Place { file: FileId(scopes.sources.written(link.file).0), span: link.span };
        let cfg = (link.cfg.0 > 0).then(|| self.cfg_text(scopes, link.file, link.cfg));
        self.rows.push(Row {
            from,
            to,
            kind: kind_of(link),
            test: link.test,
            cfg: cfg.map_or(0, |cfg| cfg.0 + 1),
            via: via.map_or(0, |via| via.0 + 1),
            place,
        });
    }
}

/// The edges that the sites make, and the sites in their order.
fn edges(rows: &[Row], nodes: usize) -> (Vec<Edge>, Vec<Place>) {
    let mut edges: Vec<Edge> = Vec::with_capacity(rows.len());
    let mut sites = Vec::with_capacity(rows.len());
    let mut last: Option<Row> = None;
    for at in order(rows, nodes) {
        let row = rows[at as usize];
        match (last, edges.last_mut()) {
            (Some(before), _) if before == row => continue,
            (Some(before), Some(edge)) if before.edge() == row.edge() => edge.site_count += 1,
            _ => edges.push(Edge {
                from: row.from,
                to: row.to,
                kind: row.kind,
                test: row.test,
                via: row.via.checked_sub(1).map(NodeId),
                cfg: row.cfg.checked_sub(1).map(Sym),
                first_site: sites.len() as u32,
                site_count: 1,
            }),
        }
        sites.push(row.place);
        last = Some(row);
    }
    (edges, sites)
}

/// The order of the sites: by node, which one pass finds, then the few of each node sorted.
fn order(rows: &[Row], nodes: usize) -> Vec<u32> {
    let mut ends = vec![0u32; nodes + 1];
    for row in rows {
        ends[row.from.0 as usize + 1] += 1;
    }
    for at in 0..nodes {
        ends[at + 1] += ends[at];
    }
    // From here on the start of each node moves to its end.
    let mut order = vec![0u32; rows.len()];
    for (at, row) in rows.iter().enumerate() {
        let place = &mut ends[row.from.0 as usize];
        order[*place as usize] = at as u32;
        *place += 1;
    }
    let mut start = 0;
    for end in ends.into_iter().take(nodes) {
        let own = &mut order[start..end as usize];
        own.sort_unstable_by(|a, b| rows[*a as usize].cmp(&rows[*b as usize]));
        start = end as usize;
    }
    order
}

/// One site of one edge, in the order that edges are sorted by.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Row {
    from: NodeId,
    to: NodeId,
    kind: EdgeKind,
    test: bool,
    /// One more than the symbol; 0 for none.
    cfg: u32,
    /// One more than the node; 0 for none.
    via: u32,
    place: Place,
}

impl Row {
    const fn edge(&self) -> (u32, u32, u8, bool, u32, u32) {
        (self.from.0, self.to.0, self.kind as u8, self.test, self.cfg, self.via)
    }
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
            RefPosition::DocLink => EdgeKind::DocLink,
            RefPosition::Doctest => EdgeKind::Doctest,
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
