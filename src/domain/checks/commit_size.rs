//! `check.commit_size`: how many files the median commit touches.

use crate::domain::checks::history::Past;
use crate::domain::indicators::measurement::{Measurement, Population};
use crate::domain::indicators::scene::Scene;
use crate::domain::policy::model::IndicatorSpec;

/// Measures it: files of any kind, merges left out.
pub fn measure(scene: &Scene<'_>, spec: &IndicatorSpec, past: &Past) -> Measurement {
    let history = match past.known() {
        Ok(history) => history,
        Err(why) => return Measurement::not_applicable(spec, why),
    };
    let mut sizes: Vec<usize> =
        history.commits.iter().map(|commit| commit.changes.len()).filter(|size| *size > 0).collect();
    sizes.sort_unstable();
    let Some(median) = median(&sizes) else {
        return Measurement::not_applicable(spec, "no commit changes a file of this workspace");
    };
    let n = sizes.len() as u32;
    let files = if median == 1.0 { "file" } else { "files" };
    let commits = if n == 1 { "the only commit".to_owned() } else { format!("the median of {n} commits") };
    Measurement::new(spec, spec.score(median), Population::Members(n), 1.0, &scene.parameters.scoring)
        .because(format!("{commits} changes {median} {files}"))
}

/// The middle of a sorted list, or half way between the two there.
fn median(sorted: &[usize]) -> Option<f64> {
    let upper = *sorted.get(sorted.len() / 2)?;
    let lower = sorted[(sorted.len() - 1) / 2];
    Some((lower + upper) as f64 / 2.0)
}
