//! `cargo archlint check`.

use crate::adapters::render::paint::Tail;
use crate::adapters::render::{human, json, score, short};
use crate::application::check::{Request, check};
use crate::application::gates::gates;
use crate::application::judge::judge_whole;
use crate::domain::report::{Enforcement, Host, Report, Verdict};
use crate::entrypoints::cli::{CheckArgs, Format};
use crate::entrypoints::past::{narrow, then};
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
    let policy = match session.policy(&read) {
        Ok(policy) => policy,
        Err(problems) => return Err(read.fails(problems)),
    };
    let past = match &args.since {
        Some(name) => Some((name, then(name, &read, &policy, session)?)),
        None => None,
    };
    let host = if args.ci { Host::Ci } else { Host::Desk };
    let mut judged = judge_whole(&read.analysis, &policy, &|paths| read.codebase.texts(paths));
    if let Some(scored) = &judged.scored {
        let reference = past.as_ref().map(|(_, then)| &then.reference);
        judged.findings.extend(gates(&policy, scored, reference, host));
    }
    let request = Request {
        packages: session.options.packages.clone(),
        overrides: args.overrides.clone(),
        enforcement: if args.ci { Enforcement::Enforced } else { Enforcement::Advisory },
        host,
        today: session.parts.today,
    };
    let report = check(&read.analysis, judged.clone(), &request);
    if report.verdict == Verdict::Error && format != Format::Json {
        return Err(read.fails(report.problems));
    }
    let report = match past {
        Some((name, past)) => narrow(name, past, &read, (&judged, &report), &request),
        None => report,
    };
    let text_of = |path: &str| read.codebase.text(path);
    let text = match format {
        Format::Json => json::report(&report),
        Format::Short => short::report(&report, session.tail()),
        _ => {
            let mut text = human::report(&report, &text_of, session.sheet, session.tail());
            if let (Some(scored), Tail::Summary) = (&judged.scored, session.tail()) {
                text.push_str(&score::brief(scored));
            }
            text
        }
    };
    Ok((report, read.analysis.workspace.root, text))
}
