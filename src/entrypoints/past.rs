//! A report narrowed to what is new since another revision.

use std::path::Path;

use crate::application::analyse::analyse;
use crate::application::check::{Request, check};
use crate::application::judge::judge_all;
use crate::application::judged::Judged;
use crate::application::since::{Past, Side, since};
use crate::domain::policy::Policy;
use crate::domain::report::Report;
use crate::entrypoints::session::{Failure, Read, Session, problem};

/// Judges the tree of another revision by the rules of today, and the tree of today by the rules of
/// that revision.
///
/// # Errors
/// When there is no such revision, or no workspace in it.
pub fn narrow(
    name: &str,
    read: &Read,
    (judged, report): (&Judged, &Report),
    request: &Request,
    session: &Session<'_>,
) -> Result<Report, Failure> {
    let root = Path::new(&read.analysis.workspace.root);
    let explicit = session.options.config.as_deref();
    let past = (session.parts.past)(root, name, explicit).map_err(|error| vec![problem(error)])?;
    let before = analyse(past.codebase.as_ref()).map_err(|mut error| {
        error.message = format!("revision `{name}` cannot be read: {}", error.message);
        error.file = None;
        error.position = None;
        vec![problem(error)]
    })?;
    let levels = |policy: Policy| Policy { overrides: request.overrides.clone(), ..policy };
    let policy = levels(session.policy(read)?);
    let rules = past.rules.map(levels);
    let mut old = judge_all(&before, &policy, &|paths| past.codebase.texts(paths));
    // A selector that matches nothing in the old tree is no fault of it.
    old.problems.clear();
    let layers = old.layers.clone();
    // What was reported then is compared whole: a package may have come or gone.
    let whole = Request { packages: Vec::new(), ..request.clone() };
    let then = check(&before, old, &whole);
    let own = rules.as_ref().map(|policy| {
        let mut own = judge_all(&before, policy, &|paths| past.codebase.texts(paths));
        own.problems.clear();
        check(&before, own, &whole)
    });
    let by_old_rules = rules.as_ref().map(|policy| {
        let mut now = judge_all(&read.analysis, policy, &|paths| read.codebase.texts(paths));
        now.problems.clear();
        check(&read.analysis, now, request)
    });
    let mut narrowed = since(
        Side { analysis: &before, layers: &layers, report: &then },
        Side { analysis: &read.analysis, layers: &judged.layers, report },
        Past { since: name, commit: &past.commit, then: own.as_ref(), by_old_rules: by_old_rules.as_ref() },
    );
    // A look at a change changes nothing.
    narrowed.accounts.next = None;
    Ok(narrowed)
}
