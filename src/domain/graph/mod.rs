//! Who depends on whom, item to item, with the lines that prove it.
//!
//! Nodes form a tree by containment (crate root, module, item; external crates likewise by path),
//! edges are references. Containment is never a dependency.

pub mod adjacency;
pub mod bits;
pub mod build;
pub mod components;
pub mod cycles;
pub mod lift;
pub mod named;
pub mod partition;
pub mod plant;
pub mod reach;
mod rows;
pub mod sketch;

use std::collections::{BTreeMap, BTreeSet};

use rustc_hash::FxHashSet;

use crate::domain::resolve::prelude::MACROS;
pub use crate::domain::source::facts::ItemKind;
use crate::domain::source::span::{LineTable, Position, Span};
use crate::domain::source::symbols::{Sym, Symbols};
use crate::domain::source::workspace::TargetKind;

/// Modules of the standard library that a macro has the name of too.
const MODULES_LIKE_MACROS: [&str; 5] = ["assert_matches", "env", "panic", "pin", "vec"];

/// Index of a node in [`Graph::nodes`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NodeId(pub u32);

/// Index of a file in [`Graph::files`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FileId(pub u32);

/// Index of a crate in [`Graph::crates`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CrateId(pub u32);

/// The dependency graph of one workspace.
#[derive(Clone, Debug, Default)]
pub struct Graph {
    /// Words behind the names of nodes.
    pub symbols: Symbols,
    /// Source files, sorted by path.
    pub files: Vec<SourceFile>,
    /// Workspace crates (targets), sorted by package name, kind and name.
    pub crates: Vec<Crate>,
    /// All nodes; a parent always stands before its children.
    pub nodes: Vec<Node>,
    /// All edges, sorted by `from`, `to`, `kind`, `test`, `cfg`, `via`; one for each such combination.
    pub edges: Vec<Edge>,
    /// Sites of all edges; each edge owns a range, in order of file and span.
    pub sites: Vec<Place>,
}

/// A file that was read.
#[derive(Clone, Debug, Default)]
pub struct SourceFile {
    /// Path relative to the workspace root, with `/`.
    pub path: String,
    /// Lines of the file.
    pub lines: LineTable,
}

/// A crate of the workspace: one target of one package.
#[derive(Clone, Debug)]
pub struct Crate {
    /// Unique name, as `shop`, `shop@bin` or `build@shop`.
    pub id: String,
    /// Name of the package that declares it.
    pub package: String,
    /// What is built.
    pub kind: TargetKind,
    /// Node of its root module.
    pub root: NodeId,
}

/// A module, an item, or something outside the workspace.
#[derive(Clone, Debug)]
pub struct Node {
    /// Last segment of its id; the whole `ext:name` for the root of an external crate.
    pub name: Sym,
    /// Which of several definitions of one name this is (`cfg` twins), from 0 in source order.
    pub twin: u16,
    /// What it is.
    pub kind: NodeKind,
    /// What contains it; none for roots.
    pub parent: Option<NodeId>,
    /// The crate it belongs to; none for external nodes.
    pub krate: Option<CrateId>,
    /// The file that defines it; none for external nodes.
    pub file: Option<FileId>,
    /// Its text in that file: for a module in a file of its own the whole file.
    pub span: Span,
    /// The span of its name, for showing; equals `span` where it has none.
    pub name_span: Span,
    /// The module within which alone it may be named; none where it is `pub`, and for modules.
    pub limit: Option<NodeId>,
    /// Whether it only exists in test code.
    pub test: bool,
    /// Number of identifier and literal tokens, attributes and doc comments left out.
    pub size: u32,
}

/// What a node is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum NodeKind {
    /// A module.
    Module(ModuleForm),
    /// An item of the workspace.
    Item(ItemKind),
    /// An external crate, or a path within one.
    External,
}

/// How a module is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ModuleForm {
    /// `mod x;`, or a crate root.
    File,
    /// `mod x { … }`.
    Inline,
    /// Declared inside a macro call.
    Macro,
}

/// A dependency between two nodes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Edge {
    /// The module or item that holds the reference.
    pub from: NodeId,
    /// The definition it leads to, re-exports followed.
    pub to: NodeId,
    /// How it is written.
    pub kind: EdgeKind,
    /// Whether all its sites are test code.
    pub test: bool,
    /// The facade the written path named, where that is not the defining module.
    pub via: Option<NodeId>,
    /// The condition its sites stand under, as written in `cfg(…)`; none for always.
    pub cfg: Option<Sym>,
    /// First of its sites in [`Graph::sites`].
    pub first_site: u32,
    /// Number of its sites, at least 1.
    pub site_count: u32,
}

/// How a dependency is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum EdgeKind {
    /// An import.
    Use,
    /// A re-export (`pub use`).
    ReExport,
    /// A type or bound in a signature, a field, an alias or a generic parameter.
    Signature,
    /// The header of an impl block.
    Impl,
    /// A `#[derive(…)]`.
    Derive,
    /// Any other attribute.
    Attribute,
    /// The name of a called macro.
    Macro,
    /// A path in an expression, pattern or type within a body.
    Body,
    /// A method call or field access through a known receiver type.
    Method,
    /// A link in documentation; read where the configuration asks for it.
    DocLink,
    /// An example in documentation; read where the configuration asks for it.
    Doctest,
}

impl EdgeKind {
    /// All kinds, in order.
    pub const ALL: [Self; 11] = [
        Self::Use,
        Self::ReExport,
        Self::Signature,
        Self::Impl,
        Self::Derive,
        Self::Attribute,
        Self::Macro,
        Self::Body,
        Self::Method,
        Self::DocLink,
        Self::Doctest,
    ];

    /// The word used in rules and output.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Use => "use",
            Self::ReExport => "re-export",
            Self::Signature => "signature",
            Self::Impl => "impl",
            Self::Derive => "derive",
            Self::Attribute => "attribute",
            Self::Macro => "macro",
            Self::Body => "body",
            Self::Method => "method",
            Self::DocLink => "doc-link",
            Self::Doctest => "doctest",
        }
    }

    /// Whether code has it, and not only its documentation.
    pub const fn is_code(self) -> bool {
        !matches!(self, Self::DocLink | Self::Doctest)
    }
}

/// A place in a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    /// The file.
    pub file: FileId,
    /// The bytes.
    pub span: Span,
}

impl Graph {
    /// A node.
    pub fn node(&self, id: NodeId) -> &Node {
        &self.nodes[id.0 as usize]
    }

    /// All node ids, in order.
    pub fn node_ids(&self) -> impl Iterator<Item = NodeId> + use<> {
        (0..self.nodes.len() as u32).map(NodeId)
    }

    /// The stable id of a node: `crate::a::b::Item`, `ext:tokio::fs::File`, `#2` for a second twin.
    pub fn id(&self, id: NodeId) -> String {
        let mut chain = Vec::new();
        let mut at = Some(id);
        while let Some(node) = at {
            chain.push(node);
            at = self.node(node).parent;
        }
        let mut text = String::new();
        for node in chain.into_iter().rev() {
            let node = self.node(node);
            if !text.is_empty() {
                text.push_str("::");
            }
            text.push_str(self.symbols.word(node.name));
            if node.twin > 0 {
                text.push('#');
                text.push_str(&(node.twin + 1).to_string());
            }
        }
        text
    }

    /// The module that holds a node (itself, if it is one). For an external node: the external
    /// crate, or for the standard library the module of it (`ext:std::fs`).
    pub fn module_of(&self, id: NodeId) -> NodeId {
        let mut at = id;
        let mut below = id;
        loop {
            let node = self.node(at);
            match (node.kind, node.parent) {
                (NodeKind::Module(_), _) => return at,
                (NodeKind::External, None) => return if self.is_std_module(below) { below } else { at },
                (_, Some(parent)) => {
                    below = at;
                    at = parent;
                }
                (_, None) => return at,
            }
        }
    }

    /// What contains a node and is contained by nothing: a crate.
    pub fn root_of(&self, id: NodeId) -> NodeId {
        let mut at = id;
        while let Some(parent) = self.node(at).parent {
            at = parent;
        }
        at
    }

    /// Whether a node is an item of the workspace.
    pub fn is_item(&self, id: NodeId) -> bool {
        matches!(self.node(id).kind, NodeKind::Item(_))
    }

    /// Whether a node is a module of the workspace.
    pub fn is_module(&self, id: NodeId) -> bool {
        matches!(self.node(id).kind, NodeKind::Module(_))
    }

    /// Whether `outer` is `inner` or contains it.
    pub fn contains(&self, outer: NodeId, inner: NodeId) -> bool {
        let mut at = Some(inner);
        while let Some(node) = at {
            if node == outer {
                return true;
            }
            // A parent stands before its children, so nothing above an earlier node is a later one.
            at = self.node(node).parent.filter(|parent| *parent >= outer);
        }
        false
    }

    /// Whether a node lies outside the workspace.
    pub fn is_external(&self, id: NodeId) -> bool {
        self.node(id).kind == NodeKind::External
    }

    /// The path of an external node as code would write it, `tokio::fs::File`.
    pub fn external_path(&self, id: NodeId) -> String {
        let text = self.id(id);
        text.strip_prefix("ext:").map_or(text.clone(), str::to_owned)
    }

    /// Sites of an edge, in order of file and span.
    pub fn sites(&self, edge: &Edge) -> &[Place] {
        &self.sites[edge.first_site as usize..(edge.first_site + edge.site_count) as usize]
    }

    /// Path, start and end of a place.
    pub fn locate(&self, place: Place) -> (&str, Position, Position) {
        let file = &self.files[place.file.0 as usize];
        (&file.path, file.lines.position(place.span.start), file.lines.position(place.span.end))
    }

    /// The node with this id, if there is one. Linear in the number of nodes.
    pub fn find(&self, id: &str) -> Option<NodeId> {
        let last = id.rsplit("::").next().unwrap_or(id);
        let last = last.split('#').next().unwrap_or(last);
        self.node_ids().find(|node| {
            let word = self.symbols.word(self.node(*node).name);
            (word == last || word.contains("::") || word == id) && self.id(*node) == id
        })
    }

    /// The nodes with these ids, as far as there are such: one walk over all nodes.
    pub fn find_all<'n>(&self, ids: &BTreeSet<&'n str>) -> BTreeMap<&'n str, NodeId> {
        let end = |id: &'n str| {
            let last = id.rsplit("::").next().unwrap_or(id);
            last.split('#').next().unwrap_or(last)
        };
        let ends: FxHashSet<Sym> = ids.iter().filter_map(|id| self.symbols.get(end(id))).collect();
        // Words are few beside the nodes that have them for names.
        let paths: Vec<bool> =
            self.symbols.words().map(|word| word.bytes().any(|byte| byte == b':')).collect();
        let mut found = BTreeMap::new();
        for node in self.node_ids() {
            let name = self.node(node).name;
            let whole = || self.node(node).parent.is_none() && ids.contains(self.symbols.word(name));
            if ends.contains(&name) || paths[name.0 as usize] || whole() {
                let id = self.id(node);
                if let Some(asked) = ids.get(id.as_str()) {
                    found.entry(*asked).or_insert(node);
                }
            }
        }
        found
    }

    /// A module of the standard library directly below its crate: `ext:std::fs`.
    fn is_std_module(&self, id: NodeId) -> bool {
        let node = self.node(id);
        let Some(parent) = node.parent else { return false };
        let root = self.symbols.word(self.node(parent).name);
        let name = self.symbols.word(node.name);
        let macro_only = MACROS.binary_search(&name).is_ok() && !MODULES_LIKE_MACROS.contains(&name);
        let lower = name.starts_with(|c: char| c.is_ascii_lowercase()) && !macro_only;
        lower && matches!(root, "ext:std" | "ext:core" | "ext:alloc")
    }
}
