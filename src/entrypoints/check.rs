//! `cargo archlint check`.

use crate::adapters::render::{human, json, short};
use crate::application::check::{Request, check};
use crate::domain::report::{Enforcement, Host, Report, Verdict};
use crate::entrypoints::cli::{CheckArgs, Format};
use crate::entrypoints::past::narrow;
use crate::entrypoints::session::{Failure, Session};

/// Judges the workspace and tells the verdict.
pub fn run(args: &CheckArgs, session: &mut Session<'_>) -> u8 {
    match judge(args, session) {
        Ok((report, root, text)) => {
            session.print(&text);
            if let Some(next) = &report.accounts.next
                && let Err(reason) = session.save(&root, &report.accounts.baseline, next)
            {
                session.complain(&format!("warning: the baseline is left as it was: {reason}\n"));
            }
            report.verdict.exit_code()
        }
        Err(failure) => session.fail(&failure),
    }
}

/// The report, the root of the workspace, and how the report reads.
fn judge(args: &CheckArgs, session: &Session<'_>) -> Result<(Report, String, String), Failure> {
    let format = session.format(&[Format::Human, Format::Short, Format::Json])?;
    let read = session.read()?;
    let judged = match session.judge(&read) {
        Ok(judged) => judged,
        Err(problems) => return Err(read.fails(problems)),
    };
    let request = Request {
        packages: session.options.packages.clone(),
        overrides: args.overrides.clone(),
        enforcement: if args.ci { Enforcement::Enforced } else { Enforcement::Advisory },
        host: if args.ci { Host::Ci } else { Host::Desk },
        today: session.parts.today,
    };
    let report = check(&read.analysis, judged.clone(), &request);
    if report.verdict == Verdict::Error && format != Format::Json {
        return Err(read.fails(report.problems));
    }
    let report = match &args.since {
        Some(name) => narrow(name, &read, (&judged, &report), &request, session)?,
        None => report,
    };
    let text_of = |path: &str| read.codebase.text(path);
    let text = match format {
        Format::Json => json::report(&report),
        Format::Short => short::report(&report, session.tail()),
        _ => human::report(&report, &text_of, session.sheet, session.tail()),
    };
    Ok((report, read.analysis.workspace.root, text))
}
