//! A folder on disk as a tree of manifests.

use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

use crate::adapters::cargo::paths::relative;
use crate::adapters::cargo::tree::{Absent, Entry, EntryKind, Tree};

/// No source text is longer: offsets are kept in 32 bits, and no one writes such a file.
const LONGEST: u64 = 1 << 30;

/// The files below a folder.
#[derive(Clone, Debug)]
pub struct DiskTree {
    root: PathBuf,
}

impl DiskTree {
    /// The tree below the absolute path `root`.
    pub fn new(root: &Path) -> Self {
        Self { root: root.to_owned() }
    }

    /// Where a path of the tree is on disk.
    pub fn full(&self, path: &str) -> PathBuf {
        self.root.join(path)
    }
}

impl Tree for DiskTree {
    fn text(&self, path: &str) -> Result<String, Absent> {
        read_text(&self.full(path))
    }

    fn is_file(&self, path: &str) -> bool {
        self.full(path).is_file()
    }

    fn entries(&self, folder: &str) -> Vec<Entry> {
        let Ok(listed) = std::fs::read_dir(self.full(folder)) else { return Vec::new() };
        let mut entries: Vec<Entry> = listed
            .flatten()
            .filter_map(|entry| {
                let kind = entry.file_type().ok()?;
                let kind = if kind.is_dir() {
                    EntryKind::Folder
                } else if kind.is_symlink() && entry.path().is_dir() {
                    EntryKind::Link
                } else {
                    EntryKind::File
                };
                Some(Entry { name: entry.file_name().into_string().ok()?, kind })
            })
            .collect();
        entries.sort();
        entries
    }

    fn relative(&self, absolute: &str) -> String {
        relative(&self.root, Path::new(absolute))
    }
}

/// The text of a regular file: pipes and devices would never end.
///
/// # Errors
/// When it is not there, not a file, too long, not readable, or not UTF-8.
pub fn read_text(path: &Path) -> Result<String, Absent> {
    let failed = |error: std::io::Error| match error.kind() {
        std::io::ErrorKind::NotFound | std::io::ErrorKind::NotADirectory => Absent::NotThere,
        std::io::ErrorKind::PermissionDenied => Absent::Unreadable("permission denied".to_owned()),
        _ => Absent::Unreadable(error.to_string()),
    };
    let about = std::fs::metadata(path).map_err(failed)?;
    if !about.is_file() {
        return Err(Absent::Unreadable("it is not a file".to_owned()));
    }
    if about.len() > LONGEST {
        return Err(Absent::Unreadable("it is longer than a gigabyte".to_owned()));
    }
    let mut bytes = Vec::with_capacity(about.len() as usize + 1);
    File::open(path).map_err(failed)?.take(LONGEST).read_to_end(&mut bytes).map_err(failed)?;
    String::from_utf8(bytes).map_err(|error| {
        let at = error.utf8_error().valid_up_to();
        let line = error.as_bytes()[..at].iter().filter(|byte| **byte == b'\n').count() + 1;
        Absent::Unreadable(format!("it is not UTF-8, from line {line} on"))
    })
}
