//! `cargo archlint explain NAME`.

use crate::adapters::pages::{all, any, groups};
use crate::adapters::render::{explain, here, here_json};
use crate::application::check::{Request, check};
use crate::application::judged::Rule;
use crate::application::score::counted;
use crate::application::suggest::did_you_mean;
use crate::domain::finding::Finding;
use crate::domain::lints::list::BOOK;
use crate::domain::report::{Problem, Verdict};
use crate::entrypoints::cli::{ExplainArgs, Format};
use crate::entrypoints::session::{Failure, Gaps, Session};

/// Shows the page of a kind of rule, of a construct or of an indicator, or what a configured rule says.
pub fn run(args: &ExplainArgs, session: &mut Session<'_>) -> u8 {
    let told = match &args.name {
        Some(name) if args.here => here(name, session),
        _ => told(args, session).map(|text| (text, Gaps::default())),
    };
    match told {
        Ok((text, _)) if !args.here => {
            session.print(&text);
            0
        }
        Ok((text, gaps)) => {
            session.print(&text);
            session.warn(&gaps)
        }
        Err(failure) => session.fail(&failure),
    }
}

/// The page, followed by what this workspace has to do with it.
fn here(name: &str, session: &Session<'_>) -> Result<(String, Gaps), Failure> {
    let format = session.format(&[Format::Human, Format::Json])?;
    let read = session.read()?;
    let judged = match session.judge_whole(&read) {
        Ok(judged) => judged,
        Err(problems) => return Err(read.fails(problems)),
    };
    let configured = judged.rules.iter().find(|rule| rule.name == name);
    let Some(known) = any(name).or_else(|| any(&configured?.kind)) else {
        return Err(unknown(name, &judged.rules));
    };
    let Some(scored) = judged.scored.clone() else { return Err(unknown(name, &judged.rules)) };
    let about = |text: String| format!("{}{text}", explain::page(known, session.sheet));
    let of = |id: &str| scored.model.get(id.split('.').next().unwrap_or(id));
    let text = match (of(name), scored.model.measurement(name), format) {
        (Some(construct), Some(measured), Format::Json) => {
            here_json::indicator(known, measured, construct, &scored)
        }
        (Some(construct), Some(measured), _) => {
            about(here::indicator(measured, construct, &scored, session.sheet))
        }
        (Some(construct), None, Format::Json) => here_json::construct(known, construct, &scored),
        (Some(construct), None, _) => {
            let places = session.policy(&read).map(|policy| counted(&read.analysis, &policy));
            about(here::construct(construct, &scored, &places.unwrap_or_default(), session.sheet))
        }
        _ => {
            // A kind of rule has the findings of all rules of its kind.
            let asked = |rule: &str| {
                let of_kind = |own: &Rule| own.name == rule && own.kind == name;
                rule == name || judged.rules.iter().any(of_kind)
            };
            let request = Request { today: session.parts.today, ..Request::default() };
            let report = check(&read.analysis, &judged, &request);
            if report.verdict == Verdict::Error {
                return Err(read.fails(report.problems));
            }
            let found: Vec<&Finding> =
                report.findings.iter().filter(|finding| asked(&finding.rule)).collect();
            let lint = BOOK.iter().find(|lint| lint.name == name);
            match format {
                Format::Json => here_json::findings(known, name, &found, lint, &scored),
                _ => about(here::findings(&found, lint, &scored, session.sheet)),
            }
        }
    };
    Ok((text, read.gaps()))
}

/// The page, as it reads.
fn told(args: &ExplainArgs, session: &Session<'_>) -> Result<String, Failure> {
    session.format(&[Format::Human])?;
    let Some(name) = &args.name else { return Ok(explain::groups(&groups(), session.sheet)) };
    if let Some(page) = any(name) {
        return Ok(explain::page(page, session.sheet));
    }
    // A rule's own name is only known where there is a workspace; without one the pages are all.
    let rules = configured(session);
    if let Some(rule) = rules.iter().find(|rule| &rule.name == name) {
        return Ok(explain::rule(rule, any(&rule.kind), session.sheet));
    }
    Err(unknown(name, &rules))
}

/// That nothing has this name, and what comes near it.
fn unknown(name: &str, rules: &[Rule]) -> Failure {
    let known = || all().map(|page| page.name).chain(rules.iter().map(|rule| rule.name.as_str()));
    let help = did_you_mean(name, known())
        .unwrap_or_else(|| "list the pages with `cargo archlint explain`".to_owned());
    vec![Problem::usage(format!("there is no page on `{name}`"), help)].into()
}

/// The rules of the workspace at hand, if there is one.
fn configured(session: &Session<'_>) -> Vec<Rule> {
    session
        .read()
        .ok()
        .and_then(|read| session.judge(&read).ok())
        .map(|judged| judged.rules)
        .unwrap_or_default()
}
