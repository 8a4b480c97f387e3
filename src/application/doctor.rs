//! What was and was not seen of a workspace.

use crate::application::analyse::Analysis;
use crate::application::check::{with_members, workspace_name};
use crate::domain::finding::Coverage;
use crate::domain::report::verdict::{Demands, gaps};

/// What was seen.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Diagnosis {
    /// Name of the workspace.
    pub workspace: String,
    /// The numbers and everything that was not understood.
    pub coverage: Coverage,
    /// Why no verdict can rest on this; empty where one can.
    pub incomplete: Vec<String>,
}

/// Sums up what was seen.
pub fn doctor(analysis: &Analysis) -> Diagnosis {
    let coverage = with_members(&analysis.workspace, analysis.coverage.clone());
    let incomplete = gaps(&coverage, Demands::default());
    Diagnosis { workspace: workspace_name(&analysis.workspace), coverage, incomplete }
}
