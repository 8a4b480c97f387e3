//! A report narrowed to what is new since another revision.

use std::path::Path;

use crate::application::analyse::{Analysis, analyse};
use crate::application::check::{Request, check};
use crate::application::gates::{Reference, reference};
use crate::application::judge::judge_whole;
use crate::application::judged::Judged;
use crate::application::since::{Past, Side, since};
use crate::domain::policy::Policy;
use crate::domain::policy::baseline::Baseline;
use crate::domain::report::Report;
use crate::entrypoints::session::{Failure, PastTree, Read, Session, problem};

/// Another revision, read and judged by the rules of today.
pub struct Then {
    tree: PastTree,
    analysis: Analysis,
    judged: Judged,
    /// The rules of today.
    policy: Policy,
    /// What its scores were.
    pub reference: Reference,
}

/// Reads another revision, and judges its tree by the rules of today.
///
/// # Errors
/// When there is no such revision, or no workspace in it.
pub fn then(name: &str, read: &Read, policy: &Policy, session: &Session<'_>) -> Result<Then, Failure> {
    let root = Path::new(&read.analysis.workspace.root);
    let explicit = session.options.config.as_deref();
    let tree = (session.parts.past)(root, name, explicit).map_err(|error| vec![problem(error)])?;
    let analysis = analyse(tree.codebase.as_ref()).map_err(|mut error| {
        error.message = format!("revision `{name}` cannot be read: {}", error.message);
        error.file = None;
        error.position = None;
        vec![problem(error)]
    })?;
    let mut judged = judge_whole(&analysis, policy, &|paths| tree.codebase.texts(paths));
    // A selector that matches nothing in the old tree is no fault of it.
    judged.problems.clear();
    let reference = judged.scored.as_ref().map(reference).unwrap_or_default();
    Ok(Then { tree, analysis, judged, policy: policy.clone(), reference })
}

/// The report of today narrowed to what is new since then; the tree of today is judged by the rules of
/// that revision too.
pub fn narrow(
    name: &str,
    past: Then,
    read: &Read,
    (judged, report): (&Judged, &Report),
    request: &Request,
) -> Report {
    let Then { tree, analysis: before, judged: old, policy, .. } = past;
    // What was reported then is compared whole: a package may have come or gone.
    let whole = Request { packages: Vec::new(), ..request.clone() };
    let then = check(&before, old.clone(), &whole);
    let levels = |policy: Policy| Policy { overrides: request.overrides.clone(), ..policy };
    let rules = tree.rules.map(levels);
    // Most changes leave the rules alone, and many others only what is accepted: what was found stands.
    let again = |analysis: &Analysis, known: &Judged, rules: &Policy, texts: &Texts<'_>| {
        let rules = fitted(rules, analysis);
        let baseline = rules.baseline.clone();
        let mut judged = match same_rules(&rules, &fitted(&policy, analysis)) {
            true => Judged { baseline, ..known.clone() },
            false => judge_whole(analysis, &rules, texts),
        };
        judged.problems.clear();
        judged
    };
    let own = rules.as_ref().map(|rules| {
        check(&before, again(&before, &old, rules, &|paths| tree.codebase.texts(paths)), &whole)
    });
    let by_old_rules = rules.as_ref().map(|rules| {
        let now = again(&read.analysis, judged, rules, &|paths| read.codebase.texts(paths));
        check(&read.analysis, now, request)
    });
    let mut narrowed = since(
        Side { analysis: &before, layers: &old.layers, report: &then, scored: old.scored.as_ref() },
        Side { analysis: &read.analysis, layers: &judged.layers, report, scored: judged.scored.as_ref() },
        Past { since: name, commit: &tree.commit, then: own.as_ref(), by_old_rules: by_old_rules.as_ref() },
    );
    // A look at a change changes nothing.
    narrowed.accounts.next = None;
    narrowed
}

/// Texts of files.
type Texts<'a> = dyn Fn(&[String]) -> Vec<Option<String>> + 'a;

/// Whether two policies differ at most in what they accept.
fn same_rules(one: &Policy, other: &Policy) -> bool {
    let accepting = |policy: &Policy| Policy { baseline: Baseline::default(), ..policy.clone() };
    accepting(one) == accepting(other)
}

/// A policy that keeps to what a workspace is built of.
fn fitted(policy: &Policy, analysis: &Analysis) -> Policy {
    let mut policy = policy.clone();
    policy.fit(&analysis.workspace);
    policy
}
