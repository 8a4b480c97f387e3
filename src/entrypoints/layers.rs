//! `cargo archlint layers [MODULE]`.

use crate::adapters::render::layers as render;
use crate::adapters::render::roles;
use crate::application::casting::cast;
use crate::application::layers::{detail, explained, table};
use crate::entrypoints::cli::{Format, LayersArgs};
use crate::entrypoints::session::{Failure, Gaps, Session};

/// Shows which layer each module stands in and which part it plays.
pub fn run(args: &LayersArgs, session: &mut Session<'_>) -> u8 {
    match told(args, session) {
        Ok((text, gaps)) => {
            session.print(&text);
            session.warn(&gaps)
        }
        Err(failure) => session.fail(&failure),
    }
}

/// The table, or one module, as it reads.
fn told(args: &LayersArgs, session: &Session<'_>) -> Result<(String, Gaps), Failure> {
    let format = session.format(&[Format::Human, Format::Json])?;
    let is_json = format == Format::Json;
    let read = session.read()?;
    let (scope, policy) = match (session.scope(&read.analysis), session.policy(&read)) {
        (Ok(scope), Ok(policy)) => (scope, policy),
        (Err(problems), _) | (_, Err(problems)) => return Err(read.fails(problems)),
    };
    let judged = read.judge(&policy);
    let (graph, layers) = (&read.analysis.graph, &judged.layers);
    let casting = cast(&read.analysis, &policy);
    let unknown = |problem| Failure::from(vec![problem]);
    let text = match (&args.explain, &args.module) {
        (Some(name), _) => {
            let row = explained(graph, layers, &casting, name).map_err(unknown)?;
            if is_json { roles::row_json(&row) } else { roles::row(&row, session.sheet) }
        }
        (None, Some(name)) => {
            let detail = detail(graph, layers, &casting, name).map_err(unknown)?;
            if is_json { render::detail_json(&detail) } else { render::detail(&detail, session.sheet) }
        }
        (None, None) => {
            let table = table(graph, layers, &casting, &scope);
            match (is_json, table.layers.is_empty()) {
                (true, _) => roles::table_json(&table),
                (false, true) => roles::table(&table, session.sheet),
                (false, false) => render::table(&table, session.sheet),
            }
        }
    };
    Ok((text, read.gaps()))
}
