//! A report narrowed to what is new since another revision.

use std::path::Path;

use crate::application::analyse::{Analysis, analyse};
use crate::application::check::{Request, check};
use crate::application::gates::{Reference, reference};
use crate::application::judge::{judge_scored, judge_whole};
use crate::application::judged::Judged;
use crate::application::ports::Codebase;
use crate::application::since::{Past, Side, since};
use crate::domain::policy::Policy;
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
    let mut analysis = analyse(tree.codebase.as_ref()).map_err(|mut error| {
        error.message = format!("revision `{name}` cannot be read: {}", error.message);
        error.file = None;
        error.position = None;
        vec![problem(error)]
    })?;
    // Nobody knows how long its tests took: that is no change.
    analysis.timings.clone_from(&read.analysis.timings);
    let mut judged = judge_whole(&analysis, policy, tree.codebase.as_ref());
    // A selector that matches nothing in the old tree is no fault of it.
    judged.problems.clear();
    let reference = judged.scored.as_ref().map(|scored| reference(name, scored)).unwrap_or_default();
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
    let then = check(&before, &old, &whole);
    let levels = |policy: Policy| Policy { overrides: request.overrides.clone(), ..policy };
    let rules = tree.rules.map(levels);
    // Most changes leave the rules alone, and many others change only what is accepted.
    let again = |analysis: &Analysis, known: &Judged, rules: &Policy, codebase: &dyn Codebase| {
        let (rules, today) = (fitted(rules, analysis), fitted(&policy, analysis));
        let (then, now) = (rules.clone().unplaced(), today.unplaced());
        let mut judged = match known.scored.clone() {
            _ if then == now => known.clone(),
            // What is accepted moves no score.
            Some(scored) if then == (Policy { baseline: then.baseline.clone(), ..now }) => {
                judge_scored(analysis, &rules, codebase, scored)
            }
            _ => judge_whole(analysis, &rules, codebase),
        };
        judged.problems.clear();
        judged
    };
    let own = rules
        .as_ref()
        .map(|rules| check(&before, &again(&before, &old, rules, tree.codebase.as_ref()), &whole));
    let by_old_rules = rules.as_ref().map(|rules| {
        let now = again(&read.analysis, judged, rules, read.codebase.as_ref());
        check(&read.analysis, &now, request)
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

/// A policy that keeps to what a workspace is built of. Where in the file it says what is all the same:
/// findings are compared by what they are called.
fn fitted(policy: &Policy, analysis: &Analysis) -> Policy {
    let mut policy = policy.clone();
    policy.fit(&analysis.workspace);
    policy
}
