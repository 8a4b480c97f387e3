//! `cargo archlint test-rules`.

use crate::adapters::render::gaps::{human, json};
use crate::application::gaps::try_rules;
use crate::entrypoints::cli::Format;
use crate::entrypoints::session::{Failure, Session};

/// Plants breaches and tells which of them no rule stops; exit code 1 if there are any.
pub fn run(session: &mut Session<'_>) -> u8 {
    match told(session) {
        Ok((code, text)) => {
            session.print(&text);
            code
        }
        Err(failure) => session.fail(&failure),
    }
}

fn told(session: &Session<'_>) -> Result<(u8, String), Failure> {
    let format = session.format(&[Format::Human, Format::Json])?;
    let read = session.read()?;
    let policy = match session.policy(&read) {
        Ok(policy) => policy,
        Err(problems) => return Err(read.fails(problems)),
    };
    // What is wrong with the rules themselves is told first: their own tests are among it.
    let judged = read.judge(&policy);
    if !judged.problems.is_empty() {
        return Err(read.fails(judged.problems));
    }
    let trial = try_rules(&read.analysis, &policy);
    let text = match format {
        Format::Json => json(&trial),
        _ => human(&trial, session.sheet),
    };
    Ok((u8::from(trial.gaps().next().is_some()), text))
}
