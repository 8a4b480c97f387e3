//! `cargo archlint explain NAME`.

use crate::adapters::pages::{all, any, groups};
use crate::adapters::render::explain;
use crate::application::judged::Rule;
use crate::application::suggest::did_you_mean;
use crate::domain::report::Problem;
use crate::entrypoints::cli::{ExplainArgs, Format};
use crate::entrypoints::session::{Failure, Session};

/// Shows the page of a kind of rule, of a construct or of an indicator, or what a configured rule says.
pub fn run(args: &ExplainArgs, session: &mut Session<'_>) -> u8 {
    match told(args, session) {
        Ok(text) => {
            session.print(&text);
            0
        }
        Err(failure) => session.fail(&failure),
    }
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
    let known = || all().map(|page| page.name).chain(rules.iter().map(|rule| rule.name.as_str()));
    let help = did_you_mean(name, known())
        .unwrap_or_else(|| "list the pages with `cargo archlint explain`".to_owned());
    Err(vec![Problem::usage(format!("there is no page on `{name}`"), help)].into())
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
