//! A graph with dependencies planted that nobody wrote, to see what would be said of them.

use crate::domain::graph::{
    CrateId, Edge, EdgeKind, Graph, ItemKind, ModuleForm, Node, NodeId, NodeKind, Place,
};
use crate::domain::source::span::Span;

/// Name of an item that is planted: no code has it.
pub const PLANTED: &str = "Planted";
/// Name of a module that is planted.
pub const NEUTRAL: &str = "planted";

/// A copy of a graph that things are planted in.
#[derive(Clone, Debug)]
pub struct Garden {
    graph: Graph,
}

impl Garden {
    /// A copy of this graph.
    pub fn of(graph: &Graph) -> Self {
        Self { graph: graph.clone() }
    }

    /// A new type in a module.
    pub fn item(&mut self, module: NodeId, name: &str) -> NodeId {
        self.node(module, name, NodeKind::Item(ItemKind::Struct))
    }

    /// A new module in a module.
    pub fn module(&mut self, parent: NodeId, name: &str) -> NodeId {
        self.node(parent, name, NodeKind::Module(ModuleForm::Inline))
    }

    /// A new path below something external.
    pub fn external(&mut self, parent: NodeId, name: &str) -> NodeId {
        self.node(parent, name, NodeKind::External)
    }

    fn node(&mut self, parent: NodeId, name: &str, kind: NodeKind) -> NodeId {
        let above = self.graph.node(parent);
        let (krate, file, test): (Option<CrateId>, _, _) = (above.krate, above.file, above.test);
        let span = Span::new(above.span.start, above.span.start);
        let name = self.graph.symbols.intern(name);
        let parent = Some(parent);
        let node = Node {
            name,
            twin: 0,
            kind,
            parent,
            krate,
            file,
            span,
            name_span: span,
            limit: None,
            test,
            size: 1,
        };
        self.graph.nodes.push(node);
        NodeId(self.graph.nodes.len() as u32 - 1)
    }

    /// A dependency, through a facade or not, at the start of the file of `from`; none where that has no
    /// file. It comes after those that are there, which keep their numbers; the graph is not in order then.
    pub fn edge(&mut self, from: NodeId, to: NodeId, via: Option<NodeId>) -> Option<u32> {
        let file = self.graph.node(from).file?;
        let span = self.graph.node(from).span;
        let first_site = self.graph.sites.len() as u32;
        self.graph.sites.push(Place { file, span: Span::new(span.start, span.start) });
        let edge =
            Edge { from, to, kind: EdgeKind::Body, test: false, via, cfg: None, first_site, site_count: 1 };
        self.graph.edges.push(edge);
        Some(self.graph.edges.len() as u32 - 1)
    }

    /// The graph with what was planted.
    pub fn graph(&self) -> &Graph {
        &self.graph
    }
}
