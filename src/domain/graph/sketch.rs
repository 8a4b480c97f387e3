//! Small graphs from a few lines of text, for planting edges and for tests.
//!
//! One edge a line: `shop::domain::Order -> shop::db::Pool body src/domain.rs:3 test via shop`; all
//! after the two ids is optional. A line with one id adds that node alone. Names that start with a
//! capital are structs, with `()` functions, `T.f` is the method `f` of `T`; all others are modules.
//! `ext:` starts an external path. `shop@test`, `shop@bench`, `shop@example`, `shop@bin` and
//! `build@shop` are crates of those kinds; `test` after a lone id marks that node as test code.

use rustc_hash::FxHashMap;

use crate::domain::graph::{
    Crate, CrateId, Edge, EdgeKind, FileId, Graph, ItemKind, ModuleForm, Node, NodeId, NodeKind, Place,
    SourceFile,
};
use crate::domain::source::span::{LineTable, Span};
use crate::domain::source::workspace::TargetKind;

/// Every sketched file has this many lines of [`WIDTH`] characters.
const LINES: u32 = 200;
const WIDTH: u32 = 40;

/// Reads a sketch. Lines that are empty or start with `#` are skipped.
pub fn sketch(text: &str) -> Graph {
    let mut pen = Pen::default();
    for (line, number) in text.lines().map(str::trim).zip(1..) {
        if !line.is_empty() && !line.starts_with('#') {
            pen.line(line, number);
        }
    }
    pen.finish()
}

#[derive(Default)]
struct Pen {
    graph: Graph,
    nodes: FxHashMap<String, NodeId>,
    files: FxHashMap<String, FileId>,
    edges: Vec<(Edge, Place)>,
}

impl Pen {
    fn line(&mut self, line: &str, number: u32) {
        let (from, rest) = match line.split_once(" -> ") {
            Some((from, rest)) => (from.trim(), rest),
            None => (line, ""),
        };
        let mut words = rest.split_whitespace();
        let Some(to) = words.next() else {
            let mut words = from.split_whitespace();
            let node = self.node(words.next().unwrap_or_default());
            self.graph.nodes[node.0 as usize].test |= words.any(|word| word == "test");
            return;
        };
        let (from, to) = (self.node(from), self.node(to));
        let mut edge = Edge {
            from,
            to,
            kind: EdgeKind::Body,
            test: false,
            via: None,
            cfg: None,
            first_site: 0,
            site_count: 1,
        };
        let mut place = Place { file: self.file_of(from), span: line_span(number) };
        while let Some(word) = words.next() {
            if word == "test" {
                edge.test = true;
            } else if word == "via" {
                edge.via = words.next().map(|id| self.node(id));
            } else if let Some(kind) = EdgeKind::ALL.into_iter().find(|kind| kind.word() == word) {
                edge.kind = kind;
            } else if let Some((file, line)) = word.rsplit_once(':') {
                place = Place { file: self.file(file), span: line_span(line.parse().unwrap_or(number)) };
            }
        }
        edge.test |= self.graph.node(from).test;
        self.edges.push((edge, place));
    }

    /// The node with this id, made with all above it where it is new.
    fn node(&mut self, id: &str) -> NodeId {
        if let Some(known) = self.nodes.get(id) {
            return *known;
        }
        let cut = id.rfind("::").map(|at| (at, 2)).max(id.rfind('.').map(|at| (at, 1)));
        let (parent, name) = match cut {
            Some((at, len)) => (Some(self.node(&id[..at])), &id[at + len..]),
            None => (None, id),
        };
        let external = id.starts_with("ext:");
        let krate = match parent {
            Some(parent) => self.graph.node(parent).krate,
            None => (!external).then_some(CrateId(self.graph.crates.len() as u32)),
        };
        let node = NodeId(self.graph.nodes.len() as u32);
        if let (None, Some(_)) = (parent, krate) {
            self.graph.crates.push(crate_named(id, node));
        }
        let kind = kind_of(external, id.contains('.'), name);
        let file = match (kind, parent) {
            (NodeKind::External, _) => None,
            (NodeKind::Item(_), Some(parent)) => Some(self.file_of(parent)),
            _ => Some(self.file(&file_name(id))),
        };
        let above = parent.is_some_and(|parent| self.graph.node(parent).test);
        let test = above || krate.is_some_and(|krate| self.graph.crates[krate.0 as usize].kind.is_test());
        let (span, name_span) = (Span::new(0, LINES * (WIDTH + 1)), line_span(1));
        let name = self.graph.symbols.intern(name.trim_end_matches("()"));
        self.graph.nodes.push(Node {
            name,
            twin: 0,
            kind,
            parent,
            krate,
            file,
            span,
            name_span,
            limit: None,
            test,
            size: 0,
        });
        self.nodes.insert(id.to_owned(), node);
        node
    }

    fn file_of(&mut self, node: NodeId) -> FileId {
        self.graph.node(node).file.unwrap_or_else(|| self.file("external.rs"))
    }

    fn file(&mut self, path: &str) -> FileId {
        if let Some(known) = self.files.get(path) {
            return *known;
        }
        let row = format!("{}\n", " ".repeat(WIDTH as usize));
        let lines = LineTable::new(&row.repeat(LINES as usize));
        self.graph.files.push(SourceFile { path: path.to_owned(), lines });
        let id = FileId(self.graph.files.len() as u32 - 1);
        self.files.insert(path.to_owned(), id);
        id
    }

    fn finish(mut self) -> Graph {
        let mut order: Vec<usize> = (0..self.graph.files.len()).collect();
        order.sort_by(|a, b| self.graph.files[*a].path.cmp(&self.graph.files[*b].path));
        let mut rank = vec![FileId(0); order.len()];
        for (new, old) in order.iter().enumerate() {
            rank[*old] = FileId(new as u32);
        }
        self.graph.files = order.iter().map(|old| self.graph.files[*old].clone()).collect();
        for node in &mut self.graph.nodes {
            node.file = node.file.map(|file| rank[file.0 as usize]);
        }
        for (_, place) in &mut self.edges {
            place.file = rank[place.file.0 as usize];
        }
        self.edges.sort_by_key(|(edge, place)| (edge.from, edge.to, edge.kind, edge.test, edge.via, *place));
        for (mut edge, place) in self.edges {
            edge.first_site = self.graph.sites.len() as u32;
            self.graph.sites.push(place);
            match self.graph.edges.last_mut() {
                Some(last)
                    if (last.from, last.to, last.kind, last.test, last.via)
                        == (edge.from, edge.to, edge.kind, edge.test, edge.via) =>
                {
                    last.site_count += 1;
                }
                _ => self.graph.edges.push(edge),
            }
        }
        self.graph
    }
}

fn line_span(line: u32) -> Span {
    let start = (line - 1) * (WIDTH + 1);
    Span::new(start + 4, start + 12)
}

fn kind_of(external: bool, method: bool, name: &str) -> NodeKind {
    if external {
        NodeKind::External
    } else if method {
        NodeKind::Item(ItemKind::Method)
    } else if name.ends_with("()") {
        NodeKind::Item(ItemKind::Fn)
    } else if name.starts_with(|c: char| c.is_uppercase()) {
        NodeKind::Item(ItemKind::Struct)
    } else {
        NodeKind::Module(ModuleForm::File)
    }
}

fn crate_named(id: &str, root: NodeId) -> Crate {
    let (name, kind) = match id.split_once('@') {
        Some(("build", package)) => (package, TargetKind::BuildScript),
        Some((name, "test")) => (name, TargetKind::Test),
        Some((name, "bench")) => (name, TargetKind::Bench),
        Some((name, "example")) => (name, TargetKind::Example),
        Some((name, _)) => (name, TargetKind::Bin),
        None => (id, TargetKind::Lib),
    };
    Crate { id: id.to_owned(), package: name.replace('_', "-"), kind, root }
}

/// `shop::a::b` is in `shop/src/a/b.rs`, a crate root in `lib.rs`.
fn file_name(id: &str) -> String {
    match id.split_once("::") {
        Some((krate, rest)) => format!("{krate}/src/{}.rs", rest.replace("::", "/")),
        None => format!("{id}/src/lib.rs"),
    }
}

#[cfg(test)]
mod tests {
    use crate::domain::graph::sketch::sketch;

    #[test]
    fn a_line_becomes_an_edge_with_its_place() {
        let graph = sketch(
            "shop::domain::Order -> shop::db::Pool use src/domain.rs:3\n\
             shop::domain::Order -> shop::db::Pool use src/domain.rs:9\n\
             shop@test::all::run() -> shop::domain::Order.total",
        );
        assert_eq!(graph.edges.len(), 2);
        let edge = &graph.edges[0];
        assert_eq!(graph.id(edge.from), "shop::domain::Order");
        let lines: Vec<_> = graph.sites(edge).iter().map(|place| graph.locate(*place).1.line).collect();
        assert_eq!(lines, [3, 9]);
        assert_eq!(graph.id(graph.edges[1].to), "shop::domain::Order::total");
        assert!(graph.edges[1].test, "code of a test target is test code");
        assert!(graph.files.is_sorted_by(|a, b| a.path < b.path));
    }
}
