//! Where manifests are read from: a folder on disk, or a list of texts.

use std::path::Path;

use crate::adapters::cargo::paths::join;

/// Files below a root; paths are relative to it, with `/`, and may start with `../`.
pub trait Tree: Sync {
    /// The text of a file.
    ///
    /// # Errors
    /// When it is not there, or is not a readable text.
    fn text(&self, path: &str) -> Result<String, Absent>;

    /// Whether there is such a file.
    fn is_file(&self, path: &str) -> bool;

    /// What a folder holds, sorted by name; empty where there is no such folder.
    fn entries(&self, folder: &str) -> Vec<Entry>;

    /// An absolute path as seen from the root.
    fn relative(&self, absolute: &str) -> String;

    /// A path that a manifest in `folder` names, as seen from the root.
    fn place(&self, folder: &str, path: &str) -> String {
        if Path::new(path).is_absolute() { self.relative(path) } else { join(folder, path) }
    }
}

/// Why a text could not be had.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Absent {
    /// There is no such file.
    NotThere,
    /// There is one, and it cannot be read, for this reason.
    Unreadable(String),
}

impl Absent {
    /// Why: lower case, no full stop.
    pub fn reason(self) -> String {
        match self {
            Self::NotThere => "there is no such file".to_owned(),
            Self::Unreadable(reason) => reason,
        }
    }
}

/// One entry of a folder.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Entry {
    /// Its name.
    pub name: String,
    /// What it is.
    pub kind: EntryKind,
}

/// What an entry of a folder is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum EntryKind {
    /// A file, or a link to one.
    File,
    /// A folder.
    Folder,
    /// A link to a folder.
    Link,
}
