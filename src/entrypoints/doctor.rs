//! `cargo archlint doctor`.

use crate::adapters::render::doctor::{human, json};
use crate::application::doctor::doctor;
use crate::domain::report::Verdict;
use crate::entrypoints::cli::Format;
use crate::entrypoints::session::{Failure, Session};

/// Shows what was and was not seen; incomplete is an exit code of its own.
pub fn run(session: &mut Session<'_>) -> u8 {
    match told(session) {
        Ok((verdict, text)) => {
            session.print(&text);
            verdict.exit_code()
        }
        Err(failure) => session.fail(&failure),
    }
}

/// The diagnosis, as it reads.
fn told(session: &Session<'_>) -> Result<(Verdict, String), Failure> {
    let format = session.format(&[Format::Human, Format::Json])?;
    let read = session.read()?;
    let min_resolved = match session.judge(&read) {
        Ok(judged) => judged.min_resolved,
        Err(problems) => return Err(read.fails(problems)),
    };
    let diagnosis = doctor(&read.analysis, min_resolved);
    let verdict = if diagnosis.incomplete.is_empty() { Verdict::Pass } else { Verdict::Incomplete };
    let text = match format {
        Format::Json => json(&diagnosis),
        _ => human(&diagnosis, session.sheet),
    };
    Ok((verdict, text))
}
