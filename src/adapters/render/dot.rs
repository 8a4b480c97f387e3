//! A drawing in the language of Graphviz.

use std::collections::BTreeMap;

use crate::adapters::render::text::escape;
use crate::application::graph::{Drawing, DrawnEdge};

/// The graph, nodes boxed by layer or crate, edges against the order of layers red and dashed.
pub fn dot(drawing: &Drawing) -> String {
    let mut out = String::new();
    for note in &drawing.notes {
        out.push_str(&format!("// {}\n", escape(note)));
    }
    out.push_str("digraph archlint {\n  rankdir=LR;\n  node [shape=box, fontname=\"sans-serif\"];\n");
    out.push_str("  edge [fontname=\"sans-serif\", fontsize=10];\n");
    let mut boxed = false;
    for (at, (title, members)) in boxes(drawing).into_iter().enumerate() {
        let indent = match title {
            Some(title) if members.len() > 1 => {
                out.push_str(&format!("  subgraph cluster_{at} {{\n    label={};\n", quote(title)));
                boxed = true;
                "    "
            }
            _ => "  ",
        };
        for node in members {
            let drawn = &drawing.nodes[node];
            let look = if drawn.external { ", style=dashed" } else { "" };
            out.push_str(&format!("{indent}n{node} [label={}{look}];\n", quote(&drawn.id)));
        }
        if indent == "    " {
            out.push_str("  }\n");
        }
    }
    // Without boxes around them arrows may be laid more freely.
    if boxed {
        out.push_str("  compound=true;\n");
    }
    for edge in &drawing.edges {
        out.push_str(&format!("  n{} -> n{}{};\n", edge.from, edge.to, look(edge)));
    }
    out.push_str("}\n");
    out
}

/// Nodes by what they are boxed with: their layer, else their crate, in order of first appearance.
pub fn boxes(drawing: &Drawing) -> Vec<(Option<&str>, Vec<usize>)> {
    let layered = drawing.nodes.iter().any(|node| node.layer.is_some());
    let mut places: BTreeMap<Option<&str>, usize> = BTreeMap::new();
    let mut boxes: Vec<(Option<&str>, Vec<usize>)> = Vec::new();
    for (at, node) in drawing.nodes.iter().enumerate() {
        let title = if layered { node.layer.as_deref() } else { node.krate.as_deref() };
        let place = *places.entry(title).or_insert_with(|| {
            boxes.push((title, Vec::new()));
            boxes.len() - 1
        });
        boxes[place].1.push(at);
    }
    boxes
}

/// The attributes of an edge.
fn look(edge: &DrawnEdge) -> String {
    let mut look = Vec::new();
    if edge.places > 1 {
        look.push(format!("label=\"{}\"", edge.places));
    }
    if edge.against {
        look.push("color=red, style=dashed, penwidth=2".to_owned());
    } else if edge.test {
        look.push("color=gray, style=dotted".to_owned());
    }
    if look.is_empty() { String::new() } else { format!(" [{}]", look.join(", ")) }
}

/// A quoted string of the language.
fn quote(text: &str) -> String {
    let text = escape(text);
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

#[cfg(test)]
mod tests;
