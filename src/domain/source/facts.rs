//! What one file says, flat and without its syntax tree.

use crate::domain::source::span::LineTable;

/// The facts of one file.
#[derive(Clone, Debug, Default)]
pub struct FileFacts {
    /// Path relative to the workspace root, with `/`.
    pub path: String,
    /// Lines of the file.
    pub lines: LineTable,
}
