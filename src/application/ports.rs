//! What the use cases ask of the outside world; each has two implementations, one on disk and one
//! in memory.

use crate::domain::at_once::{Task, one_by_one};
use crate::domain::resolve::expand::MacroCall;
use crate::domain::source::facts::FileFacts;
use crate::domain::source::workspace::{Missing, Workspace};

/// Packages and sources, from disk or from memory.
pub trait Codebase: Sync {
    /// Reads the packages, and every Rust file in their folders.
    ///
    /// # Errors
    /// When there is no workspace to read at all: no manifest, or a root manifest that is broken.
    fn read(&self) -> Result<Reading, ReadError>;

    /// Reads files that lie elsewhere (`#[path]`, `include!`), by path relative to the root.
    fn read_more(&self, paths: &[String]) -> Vec<Result<FileFacts, Missing>>;

    /// Facts of each of these macro calls, where one of the macro's rules matches.
    fn expand(&self, calls: &[MacroCall]) -> Vec<Option<FileFacts>>;

    /// The text of one file, for showing an excerpt.
    fn text(&self, path: &str) -> Option<String>;

    /// The texts of many files, in order.
    fn texts(&self, paths: &[String]) -> Vec<Option<String>> {
        paths.iter().map(|path| self.text(path)).collect()
    }

    /// Does all of these, in any order; at once where there are hands for it.
    fn at_once(&self, tasks: Vec<Task<'_>>) {
        one_by_one(tasks);
    }
}

/// What a codebase holds.
#[derive(Debug, Default)]
pub struct Reading {
    /// The packages.
    pub workspace: Workspace,
    /// Facts of every file that could be read, sorted by path.
    pub files: Vec<FileFacts>,
    /// Files that could not be read at all.
    pub unreadable: Vec<Missing>,
}

/// Why there is nothing to analyse.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct ReadError {
    /// What is wrong, and where: lower case, no full stop.
    pub message: String,
    /// File at fault, relative or absolute, where there is one.
    pub file: Option<String>,
    /// Line and column in it, from 1.
    pub position: Option<(u32, u32)>,
    /// What to do about it, in the imperative.
    pub remedy: String,
}
