//! `cargo archlint graph`.

use crate::adapters::render::{dot, json_graph, mermaid};
use crate::application::graph::{Drawing, Level, Request, Shown, draw};
use crate::application::judged::Layers;
use crate::domain::report::Problem;
use crate::entrypoints::cli::{Format, GraphArgs, GraphLevel};
use crate::entrypoints::session::{Failure, Gaps, Session};

/// The most nodes drawn unless asked.
const CAP: usize = 60;

/// Draws the graph.
pub fn run(args: &GraphArgs, session: &mut Session<'_>) -> u8 {
    match drawn(args, session) {
        Ok((drawing, text, gaps)) => {
            session.print(&text);
            for note in &drawing.notes {
                session.complain(&format!("note: {note}\n"));
            }
            session.warn(&gaps)
        }
        Err(failure) => session.fail(&failure),
    }
}

/// The drawing, and how it reads.
fn drawn(args: &GraphArgs, session: &Session<'_>) -> Result<(Drawing, String, Gaps), Failure> {
    let format = session.format(&[Format::Dot, Format::Mermaid, Format::Json])?;
    let read = session.read()?;
    let scope = match session.scope(&read.analysis) {
        Ok(scope) => scope,
        Err(problems) => return Err(read.fails(problems)),
    };
    let judged = match session.judge(&read) {
        Ok(judged) => judged,
        Err(problems) => return Err(read.fails(problems)),
    };
    let (layers, facades) = (&judged.layers, &judged.facades);
    let request = request(args, format, layers)?;
    let graph = &read.analysis.graph;
    let mut drawing = draw(graph, layers, facades, &request)?;
    if !scope.is_whole() {
        drawing.retain(|node| node.external || scope.covers_id(graph, &node.id) || node.node.is_none());
    }
    let text = match format {
        Format::Json => json_graph::graph(graph, &drawing),
        Format::Mermaid => mermaid::mermaid(&drawing),
        _ => dot::dot(&drawing),
    };
    Ok((drawing, text, read.gaps()))
}

/// What is asked, defaults filled in.
fn request(args: &GraphArgs, format: Format, layers: &Layers) -> Result<Request, Failure> {
    let is_json = format == Format::Json;
    let narrowed = args.focus.is_some() || args.reaches.is_some();
    let level = match args.level {
        Some(GraphLevel::Layer) if layers.is_empty() => {
            let help = "declare layers in archlint.toml: cargo archlint explain layers";
            return Err(vec![Problem::usage("no layers are configured", help)].into());
        }
        Some(GraphLevel::Layer) => Level::Layer,
        Some(GraphLevel::Crate) => Level::Crate,
        Some(GraphLevel::Module) => Level::Module,
        Some(GraphLevel::Item) => Level::Item,
        None if is_json || narrowed => Level::Module,
        None if layers.is_empty() => Level::Top,
        None => Level::Layer,
    };
    let shown = |asked: bool| if asked || is_json { Shown::Yes } else { Shown::No };
    let cap = args.max_nodes.unwrap_or(if is_json { 0 } else { CAP });
    Ok(Request {
        level,
        focus: args.focus.clone(),
        reaches: args.reaches.clone(),
        depth: args.depth,
        tests: shown(args.tests),
        externals: shown(args.externals),
        definers: if is_json { Shown::Yes } else { Shown::No },
        cap: (cap > 0).then_some(cap),
    })
}
