//! The stable, versioned JSON of `graph`.

use serde::Serialize;

use crate::adapters::render::json::VERSION;
use crate::application::graph::{Drawing, DrawnNode};
use crate::application::layers::definition;
use crate::domain::finding::Site;
use crate::domain::graph::{Graph, ItemKind, ModuleForm, NodeKind};

/// Nodes of the workspace as `modules`, and all edges; external nodes only stand in edges.
pub fn graph(graph: &Graph, drawing: &Drawing) -> String {
    let modules = drawing.nodes.iter().filter(|node| !node.external).map(|node| line(&module(graph, node)));
    let edges = drawing
        .edges
        .iter()
        .map(|edge| JsonEdge {
            from: &drawing.nodes[edge.from].id,
            to: &drawing.nodes[edge.to].id,
            kinds: edge.kinds.iter().map(|kind| kind.word()).collect(),
            file: &edge.site.file,
            line: edge.site.line,
            test: edge.test,
            via: &edge.via,
        })
        .map(|edge| line(&edge));
    let (modules, edges) = (lines(modules), lines(edges));
    format!("{{\"version\": {VERSION},\n\"modules\": [{modules}],\n\"edges\": [{edges}]}}\n")
}

/// One record.
fn line(record: &impl Serialize) -> String {
    serde_json::to_string(record).expect("render structs hold strings and numbers only")
}

/// Records, one a line: small, and a change shows as the lines it touches.
fn lines(records: impl Iterator<Item = String>) -> String {
    let records: Vec<String> = records.collect();
    if records.is_empty() { String::new() } else { format!("\n{}\n", records.join(",\n")) }
}

/// The word for a node's kind.
pub const fn kind_word(kind: NodeKind) -> &'static str {
    match kind {
        NodeKind::External => "external",
        NodeKind::Module(ModuleForm::File) => "file",
        NodeKind::Module(ModuleForm::Inline) => "inline",
        NodeKind::Module(ModuleForm::Macro) => "macro",
        NodeKind::Item(item) => match item {
            ItemKind::Module => "module",
            ItemKind::Struct => "struct",
            ItemKind::Union => "union",
            ItemKind::Enum => "enum",
            ItemKind::Variant => "variant",
            ItemKind::Trait => "trait",
            ItemKind::TraitAlias => "trait-alias",
            ItemKind::TypeAlias => "type",
            ItemKind::Fn => "fn",
            ItemKind::Method => "method",
            ItemKind::AssocConst => "assoc-const",
            ItemKind::AssocType => "assoc-type",
            ItemKind::Const => "const",
            ItemKind::Static => "static",
            ItemKind::Macro => "macro-item",
            ItemKind::Impl => "impl",
            ItemKind::Opaque => "opaque",
        },
    }
}

/// A node as it is written out; a layer has no file.
fn module<'a>(graph: &'a Graph, node: &'a DrawnNode) -> JsonModule<'a> {
    let site = node.node.and_then(|id| definition(graph, id));
    let (file, line) = site.map_or((None, None), |Site { file, line, .. }| (Some(file), Some(line)));
    JsonModule {
        id: &node.id,
        file,
        line,
        kind: node.node.map_or("layer", |id| kind_word(graph.node(id).kind)),
        krate: node.krate.as_deref(),
        test: node.node.is_some_and(|id| graph.node(id).test),
    }
}

#[derive(Serialize)]
struct JsonModule<'a> {
    id: &'a str,
    file: Option<String>,
    line: Option<u32>,
    kind: &'static str,
    #[serde(rename = "crate")]
    krate: Option<&'a str>,
    test: bool,
}

#[derive(Serialize)]
struct JsonEdge<'a> {
    from: &'a str,
    to: &'a str,
    kinds: Vec<&'static str>,
    file: &'a str,
    line: u32,
    test: bool,
    via: &'a [String],
}

#[cfg(test)]
mod tests;
