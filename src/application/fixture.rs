//! Small graphs for the tests of the use cases, made by name.

use crate::domain::graph::{
    Crate, CrateId, Edge, EdgeKind, FileId, Graph, ItemKind, ModuleForm, Node, NodeId, NodeKind, Place,
    SourceFile,
};
use crate::domain::source::span::{LineTable, Span};
use crate::domain::source::workspace::TargetKind;

/// A graph in the making.
#[derive(Debug, Default)]
pub struct Fixture {
    graph: Graph,
    edges: Vec<(String, String, EdgeKind, bool)>,
}

impl Fixture {
    /// An empty graph.
    pub fn new() -> Self {
        Self::default()
    }

    /// A module; one without `::` is a library crate of a package of that name.
    pub fn module(mut self, id: &str) -> Self {
        let node = self.push(id, NodeKind::Module(ModuleForm::File));
        if !id.contains("::") {
            let krate = CrateId(self.graph.crates.len() as u32);
            self.graph.crates.push(Crate {
                id: id.to_owned(),
                package: id.to_owned(),
                kind: TargetKind::Lib,
                root: node,
            });
            self.graph.nodes[node.0 as usize].krate = Some(krate);
        }
        self
    }

    /// A struct; the module that holds it must be known.
    pub fn item(mut self, id: &str) -> Self {
        self.push(id, NodeKind::Item(ItemKind::Struct));
        self
    }

    /// An external node and those above it.
    pub fn external(mut self, id: &str) -> Self {
        let mut path = String::new();
        for segment in id.split("::") {
            if !path.is_empty() {
                path.push_str("::");
            }
            path.push_str(segment);
            if self.graph.find(&path).is_none() {
                self.push(&path, NodeKind::External);
            }
        }
        self
    }

    /// A use by production code, on the line of its number among the edges.
    pub fn edge(mut self, from: &str, to: &str) -> Self {
        self.edges.push((from.to_owned(), to.to_owned(), EdgeKind::Use, false));
        self
    }

    /// A use by test code.
    pub fn test_edge(mut self, from: &str, to: &str) -> Self {
        self.edges.push((from.to_owned(), to.to_owned(), EdgeKind::Body, true));
        self
    }

    /// The graph, edges sorted as its invariant asks.
    pub fn build(mut self) -> Graph {
        let mut edges: Vec<(Edge, Place)> = Vec::new();
        for (at, (from, to, kind, test)) in self.edges.iter().enumerate() {
            let from = self.graph.find(from).expect("the fixture names its start");
            let to = self.graph.find(to).expect("the fixture names its target");
            let file = self.graph.node(from).file.expect("edges start inside");
            let start = at as u32 * 2;
            let edge = Edge {
                from,
                to,
                kind: *kind,
                test: *test,
                via: None,
                cfg: None,
                first_site: 0,
                site_count: 1,
            };
            edges.push((edge, Place { file, span: Span::new(start, start + 1) }));
        }
        edges.sort_by_key(|(edge, place)| (edge.from, edge.to, edge.kind, edge.test, *place));
        for (mut edge, place) in edges {
            edge.first_site = self.graph.sites.len() as u32;
            self.graph.sites.push(place);
            self.graph.edges.push(edge);
        }
        self.graph
    }

    fn push(&mut self, id: &str, kind: NodeKind) -> NodeId {
        let (parent, name) = match id.rsplit_once("::") {
            Some((parent, name)) => (self.graph.find(parent), name),
            None => (None, id),
        };
        let external = kind == NodeKind::External;
        let file = match kind {
            NodeKind::Module(_) => {
                let path = format!("src/{}.rs", id.replace("::", "/"));
                // Each file holds a hundred lines of one character.
                let lines = LineTable::new(&"x\n".repeat(100));
                self.graph.files.push(SourceFile { path, lines });
                Some(FileId(self.graph.files.len() as u32 - 1))
            }
            NodeKind::Item(_) => parent.and_then(|parent| self.graph.node(parent).file),
            NodeKind::External => None,
        };
        let krate = parent.and_then(|parent| self.graph.node(parent).krate);
        let name = self.graph.symbols.intern(name);
        self.graph.nodes.push(Node {
            name,
            twin: 0,
            kind,
            parent,
            krate: if external { None } else { krate },
            file,
            span: Span::default(),
            name_span: Span::default(),
            test: false,
            size: 0,
        });
        NodeId(self.graph.nodes.len() as u32 - 1)
    }
}
