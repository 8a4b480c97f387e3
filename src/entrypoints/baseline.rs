//! `cargo archlint baseline`.

use crate::adapters::render::baseline::{human, json};
use crate::adapters::render::text::plural;
use crate::application::baseline::{Wish, accept, list};
use crate::application::check::{Request, check};
use crate::domain::policy::day::Day;
use crate::domain::report::{Enforcement, Host, Problem, Verdict};
use crate::entrypoints::cli::{BaselineArgs, Format};
use crate::entrypoints::session::{Failure, Session};

/// Lists what is accepted, or accepts more.
pub fn run(args: &BaselineArgs, session: &mut Session<'_>) -> u8 {
    let told = if args.accept.is_empty() { listed(session) } else { accepted(args, session) };
    match told {
        Ok(text) => {
            session.print(&text);
            0
        }
        Err(failure) => session.fail(&failure),
    }
}

/// The whole workspace is judged, whatever packages are asked for: an entry belongs to all of it.
fn request(session: &Session<'_>) -> Request {
    Request {
        packages: Vec::new(),
        overrides: Vec::new(),
        enforcement: Enforcement::Advisory,
        host: Host::Desk,
        today: session.parts.today,
    }
}

/// What is accepted, as it reads.
fn listed(session: &Session<'_>) -> Result<String, Failure> {
    let format = session.format(&[Format::Human, Format::Json])?;
    let read = session.read()?;
    let judged = match session.judge_whole(&read) {
        Ok(judged) => judged,
        Err(problems) => return Err(read.fails(problems)),
    };
    let report = check(&read.analysis, &judged, &request(session));
    if report.verdict == Verdict::Error {
        return Err(read.fails(report.problems));
    }
    let listing = list(&report.accounts);
    Ok(match format {
        Format::Json => json(&listing),
        _ => human(&listing, session.sheet),
    })
}

/// What was accepted, as it reads.
fn accepted(args: &BaselineArgs, session: &Session<'_>) -> Result<String, Failure> {
    session.format(&[Format::Human])?;
    let until = match &args.until {
        None => None,
        Some(text) => match Day::parse(text) {
            Some(day) if day < session.parts.today => {
                let message = format!("{day} is over already");
                return Err(vec![Problem::usage(message, "name a later day with `--until`")].into());
            }
            Some(day) => Some(day),
            None => {
                let message = format!("`{text}` is no day");
                return Err(vec![Problem::usage(message, "write it as `--until 2027-03-01`")].into());
            }
        },
    };
    let because = args.because.clone().unwrap_or_default();
    let wish = Wish { rules: args.accept.clone(), from: args.from.clone(), because, until };
    let read = session.read()?;
    let judged = match session.judge_whole(&read) {
        Ok(judged) => judged,
        Err(problems) => return Err(read.fails(problems)),
    };
    let report = check(&read.analysis, &judged, &request(session));
    match report.verdict {
        Verdict::Error => return Err(read.fails(report.problems)),
        Verdict::Incomplete => {
            let message = "the analysis is incomplete, so nothing can be accepted";
            return Err(vec![Problem::usage(message, "see why with `cargo archlint doctor`")].into());
        }
        Verdict::Pass | Verdict::Fail => {}
    }
    let (next, added) = match accept(&judged, &report, &wish) {
        Ok(accepted) => accepted,
        Err(problems) => return Err(read.fails(problems)),
    };
    let before = &report.accounts.baseline;
    let written = session
        .save(&read.analysis.workspace.root, before, &next)
        .map_err(|reason| Failure::from(vec![Problem::usage(reason, "run it again")]))?;
    let total = plural(written.entries.len() as u64, "finding");
    Ok(match added {
        0 => format!("{}: renewed; {total} accepted\n", before.file),
        _ => format!("{}: {} added; {total} accepted\n", before.file, plural(added as u64, "line")),
    })
}
