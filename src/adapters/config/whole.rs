//! All that a workspace is judged by: its configuration, what it accepts, and scores it is held against.

use std::path::Path;

use crate::adapters::config::{baseline, load, scores};
use crate::application::analyse::Analysis;
use crate::application::gates::Reference;
use crate::application::judge::problem;
use crate::domain::policy::Policy;
use crate::domain::policy::day::Day;
use crate::domain::policy::gates::Saved;
use crate::domain::report::Problem;

/// The configuration of a workspace, with what is accepted on this day.
///
/// # Errors
/// When the configuration or the baseline is wrong.
pub fn policy(analysis: &Analysis, explicit: Option<&Path>, today: Day) -> Result<Policy, Vec<Problem>> {
    let root = Path::new(&analysis.workspace.root);
    match (load(root, explicit), baseline::load(root, explicit)) {
        (Ok(mut policy), Ok(baseline)) => {
            policy.fit(&analysis.workspace);
            Ok(Policy { baseline: baseline.on(today), ..policy })
        }
        (policy, baseline) => {
            let faults = [policy.err(), baseline.err()].into_iter().flatten().flatten();
            Err(faults.map(problem).collect())
        }
    }
}

/// Saved scores.
///
/// # Errors
/// When they cannot be read, or are none.
pub fn reference(policy: &Policy, saved: &Saved) -> Result<Reference, Problem> {
    scores::load(policy, saved)
        .map(|scores| Reference { name: scores.name, values: scores.values })
        .map_err(problem)
}
