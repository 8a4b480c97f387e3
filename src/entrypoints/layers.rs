//! `cargo archlint layers [MODULE]`.

use crate::adapters::render::layers as render;
use crate::application::layers::{detail, table};
use crate::entrypoints::cli::{Format, LayersArgs};
use crate::entrypoints::session::{Failure, Gaps, Session};

/// Shows which layer each module stands in.
pub fn run(args: &LayersArgs, session: &mut Session<'_>) -> u8 {
    match told(args, session) {
        Ok((text, gaps)) => {
            session.print(&text);
            session.warn(&gaps)
        }
        Err(failure) => session.fail(&failure),
    }
}

/// The table or the one module, as it reads.
fn told(args: &LayersArgs, session: &Session<'_>) -> Result<(String, Gaps), Failure> {
    let format = session.format(&[Format::Human, Format::Json])?;
    let read = session.read()?;
    let (scope, judged) = match (session.scope(&read.analysis), session.judge(&read)) {
        (Ok(scope), Ok(judged)) => (scope, judged),
        (Err(problems), _) | (_, Err(problems)) => return Err(read.fails(problems)),
    };
    let graph = &read.analysis.graph;
    if let Some(module) = &args.module {
        let detail = detail(graph, &judged.layers, module).map_err(|problem| vec![problem])?;
        let text = match format {
            Format::Json => render::detail_json(&detail),
            _ => render::detail(&detail, session.sheet),
        };
        return Ok((text, read.gaps()));
    }
    let table = table(graph, &judged.layers, &scope);
    let text = match format {
        Format::Json => render::table_json(&table),
        _ => render::table(&table, session.sheet),
    };
    Ok((text, read.gaps()))
}
