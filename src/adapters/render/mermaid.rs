//! A drawing in the language of Mermaid, for Markdown.

use crate::adapters::render::dot::boxes;
use crate::adapters::render::text::escape;
use crate::application::graph::Drawing;

/// The graph, nodes boxed by layer or crate, edges against the order of layers red and dashed.
pub fn mermaid(drawing: &Drawing) -> String {
    let mut out = String::new();
    for note in &drawing.notes {
        out.push_str(&format!("%% {}\n", escape(note)));
    }
    out.push_str("flowchart LR\n");
    for (at, (title, members)) in boxes(drawing).into_iter().enumerate() {
        let title = title.filter(|_| members.len() > 1);
        if let Some(title) = title {
            out.push_str(&format!("  subgraph b{at} [{}]\n", quote(title)));
        }
        let indent = if title.is_some() { "    " } else { "  " };
        for node in members {
            let id = quote(&drawing.nodes[node].id);
            let shape = if drawing.nodes[node].external { format!("([{id}])") } else { format!("[{id}]") };
            out.push_str(&format!("{indent}n{node}{shape}\n"));
        }
        if title.is_some() {
            out.push_str("  end\n");
        }
    }
    let mut red = Vec::new();
    for (at, edge) in drawing.edges.iter().enumerate() {
        let arrow = if edge.against || edge.test { "-.->" } else { "-->" };
        let label = if edge.places > 1 { format!("|{}|", edge.places) } else { String::new() };
        out.push_str(&format!("  n{} {arrow}{label} n{}\n", edge.from, edge.to));
        if edge.against {
            red.push(at.to_string());
        }
    }
    if !red.is_empty() {
        out.push_str(&format!("  linkStyle {} stroke:red,stroke-width:2px\n", red.join(",")));
    }
    out
}

/// A quoted string of the language, which knows characters by number only.
fn quote(text: &str) -> String {
    let mut quoted = String::from("\"");
    for c in escape(text).chars() {
        match c {
            '"' | '#' | '<' | '>' | '&' | '`' | '\\' => quoted.push_str(&format!("#{};", u32::from(c))),
            c => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}
