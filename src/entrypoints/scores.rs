//! What the commands share that tell of the scores.

use crate::adapters::render::paint::Sheet;
use crate::application::score::Scored;
use crate::entrypoints::cli::Format;
use crate::entrypoints::session::{Failure, Gaps, Session};

/// How scores read.
#[derive(Clone, Copy)]
pub struct Reads {
    /// In JSON.
    pub json: fn(&Scored) -> String,
    /// For people.
    pub human: fn(&Scored, Sheet) -> String,
}

/// Shows the scores in one way.
pub fn show(session: &mut Session<'_>, reads: Reads) -> u8 {
    match told(session, reads) {
        Ok((text, gaps)) => {
            session.print(&text);
            session.warn(&gaps)
        }
        Err(failure) => session.fail(&failure),
    }
}

/// The answer, as it reads.
fn told(session: &Session<'_>, reads: Reads) -> Result<(String, Gaps), Failure> {
    let format = session.format(&[Format::Human, Format::Json])?;
    let read = session.read()?;
    let (scored, _) = match session.score(&read) {
        Ok(found) => found,
        Err(problems) => return Err(read.fails(problems)),
    };
    let text = match format {
        Format::Json => (reads.json)(&scored),
        _ => (reads.human)(&scored, session.sheet),
    };
    Ok((text, read.gaps()))
}
