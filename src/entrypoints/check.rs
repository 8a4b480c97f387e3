//! `cargo archlint check`.

use std::path::PathBuf;

use crate::adapters::render::paint::{Sheet, Tail};
use crate::adapters::render::told::Told;
use crate::adapters::render::{
    brief, cargo_json, fix_plan, github, gitlab, human, json, junit, markdown, sarif, short, statistics,
};
use crate::application::check::{Request, check};
use crate::application::fixes::fixes;
use crate::application::gates::gates;
use crate::domain::policy::Policy;
use crate::domain::report::{Enforcement, Host, Problem, Report, Verdict};
use crate::entrypoints::cli::{CheckArgs, Format, MessageFormat};
use crate::entrypoints::past::{narrow, then};
use crate::entrypoints::session::{Failure, Reader, Session};

/// Judges the workspace and tells the verdict.
pub fn run(args: &CheckArgs, session: &mut Session<'_>) -> u8 {
    if let Some(wanted) = args.message_format {
        session.options.format = Some(format(wanted));
    }
    let outcome = match judge(args, session) {
        Ok(outcome) => outcome,
        Err(failure) => return session.fail(&failure),
    };
    session.print(&outcome.text);
    let report = &outcome.report;
    if let Some(next) = &report.accounts.next
        && let Err(reason) = session.save(&outcome.root, &report.accounts.baseline, next)
    {
        session.complain(&format!("warning: the baseline is left as it was: {reason}\n"));
    }
    let written = outcome.files.iter().try_for_each(|(path, text)| (session.parts.write)(path, text));
    let summed = outcome.summary.iter().try_for_each(|(path, text)| (session.parts.append)(path, text));
    match written.and(summed) {
        Err(message) => {
            let problem = Problem::usage(message, "name a file in a folder that exists");
            session.fail(&vec![problem].into())
        }
        Ok(()) if args.exit_zero && report.verdict == Verdict::Fail => 0,
        Ok(()) => report.verdict.exit_code(),
    }
}

/// What a check says, and where.
struct Outcome {
    report: Report,
    /// Root of the workspace.
    root: String,
    text: String,
    files: Vec<(PathBuf, String)>,
    summary: Option<(PathBuf, String)>,
}

/// The report, and how it reads.
fn judge(args: &CheckArgs, session: &Session<'_>) -> Result<Outcome, Failure> {
    let format = session.format(&Format::OF_CHECK)?;
    let read = session.read()?;
    let policy = match session.policy(&read) {
        Ok(policy) => Policy { overrides: args.overrides.clone(), ..policy },
        Err(problems) => return Err(read.fails(problems)),
    };
    let past = match &args.since {
        Some(name) => Some((name, then(name, &read, &policy, session)?)),
        None => None,
    };
    let host = if args.ci { Host::Ci } else { Host::Desk };
    let mut judged = read.judge_whole(&policy);
    if let Some(scored) = &judged.scored {
        // What is named on the command line stands before what is configured.
        let saved = match past {
            Some(_) => None,
            None => match session.saved(&policy) {
                Ok(saved) => saved,
                Err(problem) => return Err(read.fails(vec![problem])),
            },
        };
        let reference = past.as_ref().map(|(_, then)| &then.reference).or(saved.as_ref());
        judged.findings.extend(gates(&policy, scored, reference, host));
    }
    let request = Request {
        packages: session.options.packages.clone(),
        overrides: args.overrides.clone(),
        enforcement: if args.ci { Enforcement::Enforced } else { Enforcement::Advisory },
        host,
        today: session.parts.today,
    };
    let (rules, layers) = (judged.rules.clone(), judged.layers.clone());
    let report = check(&read.analysis, &judged, &request);
    if report.verdict == Verdict::Error && format != Format::Json {
        return Err(read.fails(report.problems));
    }
    let report = match past {
        Some((name, past)) => narrow(name, past, &read, (&judged, &report), &request),
        None => report,
    };
    let prefix = (session.parts.prefix)(&read.analysis.workspace.root);
    let told = Told {
        report: &report,
        rules: &rules,
        workspace: &read.analysis.workspace,
        text_of: &|path: &str| read.codebase.text(path),
        prefix: &prefix,
    };
    let look = Look { sheet: session.sheet, tail: session.tail() };
    // Nobody asked for a format, and the log is read by a program that shows findings on their lines.
    let automatic = session.options.format.is_none() && session.surroundings.reader == Reader::Actions;
    let mut text = match args.statistics && matches!(format, Format::Human | Format::Short) {
        true => {
            format!("{}{}", statistics::lines(&report.findings), told_without_findings(told, format, look))
        }
        false => written(told, format, look),
    };
    // Numbers below "this is no verdict" would be read as one.
    let whole = report.verdict != Verdict::Incomplete;
    if let (Some(scored), Format::Human, Tail::Summary, true) = (&judged.scored, format, look.tail, whole) {
        text.push_str(&brief::lines(scored, &report.layers, look.sheet));
    }
    if args.fix_plan.is_some() {
        text = fix_plan::json(&report, &fixes(&read.analysis.graph, &layers, &rules, &report));
    } else if automatic {
        text = format!("{}{}", github::harmless(&text), github::report(told));
    }
    let file = Look { sheet: Sheet::default(), tail: Tail::Summary };
    let files = args.output.iter().map(|output| (output.path.clone(), written(told, output.format, file)));
    let summary = match &session.surroundings.summary {
        Some(path) if automatic || format == Format::Github => Some((path.clone(), markdown::report(told))),
        _ => None,
    };
    let files = files.collect();
    let root = read.analysis.workspace.root.clone();
    // The program ends soon: what takes long to take apart is left to the system.
    std::mem::forget((read, judged));
    Ok(Outcome { root, text, files, summary, report })
}

/// Colour, width, and what stands below.
#[derive(Clone, Copy)]
struct Look {
    sheet: Sheet,
    tail: Tail,
}

/// A report in one format.
fn written(told: Told<'_>, format: Format, look: Look) -> String {
    match format {
        Format::Json => json::report(told.report),
        Format::Short => short::report(told.report, look.tail),
        Format::CargoJson => cargo_json::report(told, look.sheet),
        Format::Sarif => sarif::report(told),
        Format::Github => github::report(told),
        Format::Gitlab => gitlab::report(told),
        Format::Junit => junit::report(told),
        Format::Markdown => markdown::report(told),
        Format::Human | Format::Dot | Format::Mermaid => {
            human::report(told.report, told.text_of, look.sheet, look.tail)
        }
    }
}

/// The same without the findings themselves.
fn told_without_findings(told: Told<'_>, format: Format, look: Look) -> String {
    let report = crate::domain::report::Report { findings: Vec::new(), ..told.report.clone() };
    written(Told { report: &report, ..told }, format, look)
}

/// The format that cargo calls by another word.
const fn format(wanted: MessageFormat) -> Format {
    match wanted {
        MessageFormat::Human => Format::Human,
        MessageFormat::Short => Format::Short,
        MessageFormat::Json | MessageFormat::JsonDiagnosticRenderedAnsi => Format::CargoJson,
    }
}
