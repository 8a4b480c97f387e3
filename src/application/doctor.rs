//! What was and was not seen of a workspace.

use crate::application::analyse::Analysis;
use crate::domain::finding::{Coverage, Lost};
use crate::domain::report::verdict::{Demands, gaps};

/// What was seen.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Diagnosis {
    /// Name of the workspace.
    pub workspace: String,
    /// The numbers and everything that was not understood.
    pub coverage: Coverage,
    /// Why no verdict can rest on this; empty where one can.
    pub incomplete: Vec<Lost>,
}

/// Sums up what was seen. `min_resolved` is the least share of references that must resolve, 0 to 1.
pub fn doctor(analysis: &Analysis, min_resolved: Option<f64>) -> Diagnosis {
    let incomplete = gaps(&analysis.coverage, Demands { min_resolved, ..Demands::default() });
    Diagnosis {
        workspace: analysis.workspace.title().to_owned(),
        coverage: analysis.coverage.clone(),
        incomplete,
    }
}
