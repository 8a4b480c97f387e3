//! `cargo archlint rules`.

use crate::adapters::pages::PAGES;
use crate::adapters::render::explain;
use crate::entrypoints::cli::Format;
use crate::entrypoints::session::{Failure, Session};

/// Lists the configured rules.
pub fn run(session: &mut Session<'_>) -> u8 {
    match told(session) {
        Ok(text) => {
            session.print(&text);
            0
        }
        Err(failure) => session.fail(&failure),
    }
}

/// The list, as it reads.
fn told(session: &Session<'_>) -> Result<String, Failure> {
    let format = session.format(&[Format::Human, Format::Json])?;
    let read = session.read()?;
    let judged = match session.judge(&read) {
        Ok(judged) => judged,
        Err(problems) => return Err(read.fails(problems)),
    };
    Ok(match format {
        Format::Json => explain::rules_json(&judged.rules),
        _ if judged.rules.is_empty() => {
            format!(
                "no rules are configured; these kinds and lints are built in, beside the lints of the book that\n`cargo archlint explain` lists:\n{}",
                explain::list(PAGES.iter())
            )
        }
        _ => explain::rules(&judged.rules, session.sheet),
    })
}
