//! Positions in configuration files, and what is wrong there.

use crate::domain::policy::Policy;

/// A place in one of [`Policy::sources`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct At {
    /// Index into [`Policy::sources`].
    pub source: u32,
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
    /// Line of the first byte, from 1.
    pub line: u32,
    /// Column of the first byte in Unicode scalars, from 1.
    pub column: u32,
}

/// A fault of the configuration: the run ends with exit code 2.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct ConfigProblem {
    /// File at fault, relative to the workspace root where it lies within.
    pub file: String,
    /// Line, from 1; 0 where the file as a whole is at fault.
    pub line: u32,
    /// Column in Unicode scalars, from 1; 0 where there is no line.
    pub column: u32,
    /// First byte of the text at fault.
    pub start: u32,
    /// Number of bytes at fault.
    pub len: u32,
    /// What is wrong: lower case, no full stop.
    pub message: String,
    /// What to do, in the imperative.
    pub help: Option<String>,
}

impl ConfigProblem {
    /// A problem at `at` in the file named `file`.
    pub fn new(file: &str, at: At, message: String, help: Option<String>) -> Self {
        let len = at.end.saturating_sub(at.start);
        Self { file: file.to_owned(), line: at.line, column: at.column, start: at.start, len, message, help }
    }

    /// A problem at `at` in one of the sources of `policy`.
    pub fn in_policy(policy: &Policy, at: At, message: String, help: Option<String>) -> Self {
        let file = policy.sources.get(at.source as usize).map_or("archlint.toml", String::as_str);
        Self::new(file, at, message, help)
    }
}
