//! `cargo archlint whatif`.

use crate::adapters::render::{plan, score_json};
use crate::application::what_if::{fixed, lever, removed};
use crate::entrypoints::cli::{Format, WhatifArgs};
use crate::entrypoints::session::{Failure, Gaps, Session};

/// Shows what a change would do to the scores.
pub fn run(args: &WhatifArgs, session: &mut Session<'_>) -> u8 {
    match told(args, session) {
        Ok((text, gaps)) => {
            session.print(&text);
            session.warn(&gaps)
        }
        Err(failure) => session.fail(&failure),
    }
}

/// The answer, as it reads.
fn told(args: &WhatifArgs, session: &Session<'_>) -> Result<(String, Gaps), Failure> {
    let format = session.format(&[Format::Human, Format::Json])?;
    let read = session.read()?;
    let (scored, policy) = match session.score(&read) {
        Ok(found) => found,
        Err(problems) => return Err(read.fails(problems)),
    };
    let answer = match (&args.lever, &args.remove, &args.fix) {
        (Some(asked), ..) => lever(&scored, asked),
        (None, None, Some(asked)) => fixed(&scored, asked),
        (None, Some(asked), _) => {
            let judged = read.judge(&policy);
            removed(&scored, &read.analysis, &policy, &judged.layers, asked)
        }
        (None, None, None) => unreachable!("clap asks for one of them"),
    };
    let (what, found) = answer.map_err(|problem| vec![problem])?;
    let text = match format {
        Format::Json => score_json::what_if(&found),
        _ => plan::what_if(&found, &what, &scored, session.sheet),
    };
    Ok((text, read.gaps()))
}
