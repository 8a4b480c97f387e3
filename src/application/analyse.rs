//! From a codebase to its dependency graph.

use crate::application::ports::{Codebase, ReadError};
use crate::domain::finding::Coverage;
use crate::domain::graph::Graph;
use crate::domain::source::workspace::Workspace;

/// A workspace, its graph, and how much of it was understood.
#[derive(Debug, Default)]
pub struct Analysis {
    /// The packages.
    pub workspace: Workspace,
    /// Who depends on whom.
    pub graph: Graph,
    /// What was seen.
    pub coverage: Coverage,
}

/// Reads a codebase and resolves it.
///
/// # Errors
/// When there is no workspace to read at all.
pub fn analyse(codebase: &dyn Codebase) -> Result<Analysis, ReadError> {
    let reading = codebase.read()?;
    Ok(Analysis { workspace: reading.workspace, ..Analysis::default() })
}
