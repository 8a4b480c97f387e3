//! `cargo archlint score`.

use crate::adapters::render::{score, score_json};
use crate::entrypoints::cli::Format;
use crate::entrypoints::session::{Failure, Gaps, Session};

/// Shows every construct with its value and what it loses most.
pub fn run(session: &mut Session<'_>) -> u8 {
    match told(session) {
        Ok((text, gaps)) => {
            session.print(&text);
            session.warn(&gaps)
        }
        Err(failure) => session.fail(&failure),
    }
}

/// The answer, as it reads.
fn told(session: &Session<'_>) -> Result<(String, Gaps), Failure> {
    let format = session.format(&[Format::Human, Format::Json])?;
    let read = session.read()?;
    let (scored, _) = match session.score(&read) {
        Ok(found) => found,
        Err(problems) => return Err(read.fails(problems)),
    };
    let text = match format {
        Format::Json => score_json::score(&scored),
        _ => score::score(&scored, session.sheet),
    };
    Ok((text, read.gaps()))
}
