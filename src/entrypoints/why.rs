//! `cargo archlint why A B`.

use crate::adapters::render::why::{human, json, short};
use crate::application::why::why;
use crate::entrypoints::cli::{Format, WhyArgs};
use crate::entrypoints::session::{Failure, Gaps, Session};

/// Shows the shortest chain between two things.
pub fn run(args: &WhyArgs, session: &mut Session<'_>) -> u8 {
    match answer(args, session) {
        Ok((text, gaps)) => {
            session.print(&text);
            session.warn(&gaps)
        }
        Err(failure) => session.fail(&failure),
    }
}

/// The chain, as it reads.
fn answer(args: &WhyArgs, session: &Session<'_>) -> Result<(String, Gaps), Failure> {
    let format = session.format(&[Format::Human, Format::Short, Format::Json])?;
    let read = session.read()?;
    let layers = match session.judge(&read) {
        Ok(judged) => judged.layers,
        Err(problems) => return Err(read.fails(problems)),
    };
    let answer = why(&read.analysis.graph, &layers, &args.from, &args.to)?;
    let text = match format {
        Format::Json => json(&answer),
        Format::Short => short(&answer),
        _ => human(&answer, session.sheet),
    };
    Ok((text, read.gaps()))
}
