//! Which Rust files belong to the members of a workspace.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use walkdir::{DirEntry, WalkDir};

use crate::adapters::cargo::MANIFEST;
use crate::adapters::cargo::disk::DiskTree;
use crate::adapters::cargo::paths::join;

/// Folders within folders at most.
const DEPTH: usize = 128;

/// A Rust file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Found {
    /// Relative to the workspace root.
    pub(super) path: String,
    /// In bytes; 0 where not known.
    pub(super) size: u64,
}

/// What a walk finds, sorted by path.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Walked {
    pub(super) files: Vec<Found>,
    /// Links to files that lie where nothing may be read.
    pub(super) refused: Vec<String>,
}

/// All Rust files below the folders of members: not those of hidden folders, of
/// folders that cargo builds into, nor of packages that are not members.
///
/// Links to files are read. A link to a folder is followed once, where it leads inside `bounds` and
/// not back up.
pub(super) fn rust_files(tree: &DiskTree, folders: &[String], bounds: &[PathBuf]) -> Walked {
    let mut walk =
        Walk { folders, bounds, files: BTreeMap::new(), refused: BTreeSet::new(), links: Vec::new() };
    for folder in folders {
        // Those inside another member are reached from there, unless something hides them.
        walk.folder(&tree.full(folder), folder, Via::Place);
    }
    for (full, path) in std::mem::take(&mut walk.links) {
        walk.folder(&full, &path, Via::Link);
    }
    Walked {
        files: walk.files.into_iter().map(|(path, size)| Found { path, size }).collect(),
        refused: walk.refused.into_iter().collect(),
    }
}

/// How a folder was come by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Via {
    Place,
    /// Links inside are not followed again: with many of them the ways would multiply.
    Link,
}

struct Walk<'a> {
    folders: &'a [String],
    bounds: &'a [PathBuf],
    files: BTreeMap<String, u64>,
    refused: BTreeSet<String>,
    /// Folders behind links, not walked yet, with their path as the workspace sees it.
    links: Vec<(PathBuf, String)>,
}

impl Walk<'_> {
    /// Walks what lies in one folder and in no other member.
    fn folder(&mut self, full: &Path, path: &str, via: Via) {
        let mut walk = WalkDir::new(full).max_depth(DEPTH).sort_by_file_name().into_iter();
        while let Some(entry) = walk.next() {
            // What cannot be listed holds nothing we could read.
            let Ok(entry) = entry else { continue };
            let Some(seen) = seen_as(&entry, full, path) else { continue };
            let kind = entry.file_type();
            if kind.is_dir() {
                if entry.depth() > 0 && self.is_skipped(&entry, &seen) {
                    walk.skip_current_dir();
                }
            } else if is_rust(entry.path()) {
                self.file(&entry, seen);
            } else if via == Via::Place && self.is_followed(&entry) {
                self.links.push((entry.path().to_owned(), seen));
            }
        }
    }

    fn file(&mut self, entry: &DirEntry, seen: String) {
        let link = entry.file_type().is_symlink();
        let about = if link { entry.path().metadata().ok() } else { entry.metadata().ok() };
        let Some(about) = about.filter(std::fs::Metadata::is_file) else { return };
        if link && !entry.path().canonicalize().is_ok_and(|real| self.may_read(&real)) {
            self.refused.insert(seen);
        } else {
            self.files.insert(seen, about.len());
        }
    }

    fn may_read(&self, real: &Path) -> bool {
        self.bounds.iter().any(|bound| real.starts_with(bound))
    }

    fn is_skipped(&self, entry: &DirEntry, seen: &str) -> bool {
        if self.folders.binary_search_by(|folder| folder.as_str().cmp(seen)).is_ok() {
            // A member of its own.
            return true;
        }
        is_hidden(entry) || is_built_into(entry) || entry.path().join(MANIFEST).is_file()
    }

    /// Whether an entry is a link to a folder that may be read and does not contain the link.
    fn is_followed(&self, entry: &DirEntry) -> bool {
        if !entry.file_type().is_symlink() || is_hidden(entry) {
            return false;
        }
        let link = entry.path();
        let Ok(real) = link.canonicalize() else { return false };
        let place = link.parent().and_then(|parent| parent.canonicalize().ok());
        real.is_dir() && place.is_some_and(|place| !place.starts_with(&real)) && self.may_read(&real)
    }
}

/// The path of an entry as the workspace sees it; `None` where it is not Unicode.
fn seen_as(entry: &DirEntry, walked: &Path, path: &str) -> Option<String> {
    let below = entry.path().strip_prefix(walked).ok()?.to_str()?;
    let below = if cfg!(windows) { below.replace('\\', "/") } else { below.to_owned() };
    Some(join(path, &below))
}

fn is_rust(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension == "rs")
}

fn is_hidden(entry: &DirEntry) -> bool {
    entry.file_name().as_encoded_bytes().starts_with(b".")
}

/// Whether cargo builds into a folder: it marks it so, or it is named so beside a manifest.
fn is_built_into(entry: &DirEntry) -> bool {
    entry.path().join("CACHEDIR.TAG").is_file()
        || (entry.file_name() == "target" && entry.path().with_file_name(MANIFEST).is_file())
}
