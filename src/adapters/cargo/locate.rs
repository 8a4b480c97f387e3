//! Which manifest is the root: the nearest one upwards that declares the workspace.

use std::path::{Path, PathBuf};

use crate::adapters::cargo::disk::DiskTree;
use crate::adapters::cargo::manifest::Manifest;
use crate::adapters::cargo::members::is_excluded;
use crate::adapters::cargo::paths::relative;
use crate::adapters::cargo::{MANIFEST, members, no_manifest};
use crate::application::ports::ReadError;

/// The root of a workspace or of a lone package.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Located {
    /// Absolute path of the folder with the root manifest.
    pub root: PathBuf,
    /// Folder of the member whose own manifest was named, relative to the root.
    pub member: Option<String>,
    /// What the reader should know of how it was found.
    pub notes: Vec<String>,
}

/// Finds the root from a manifest, or from a folder within it.
///
/// # Errors
/// When there is no manifest.
pub fn locate(manifest_path: Option<&Path>, cwd: &Path) -> Result<Located, ReadError> {
    let Some(path) = manifest_path else {
        let found = cwd.ancestors().find(|folder| folder.join(MANIFEST).is_file());
        return Ok(around(found.ok_or_else(no_manifest)?.to_owned()));
    };
    let nearest = named(path, cwd)?;
    let located = around(nearest.clone());
    let member = (located.root != nearest).then(|| relative(&located.root, &nearest));
    Ok(Located { member, ..located })
}

/// The root around the folder of a manifest.
fn around(nearest: PathBuf) -> Located {
    let Some(manifest) = load(&nearest) else { return alone(nearest) };
    if manifest.workspace.is_some() {
        return alone(nearest);
    }
    if let Some(pointer) = manifest.package.as_ref().and_then(|package| package.workspace.as_ref()) {
        let root = normal(&nearest.join(pointer));
        let found = root.join(MANIFEST).is_file();
        return if found { alone(root) } else { alone(nearest) };
    }
    for folder in nearest.ancestors().skip(1) {
        let Some(above) = load(folder) else { continue };
        let Some(table) = &above.workspace else { continue };
        let inside = relative(folder, &nearest);
        if is_excluded(table, &inside) {
            continue;
        }
        if members::find(&DiskTree::new(folder), &above).members.contains_key(&inside) {
            return alone(folder.to_owned());
        }
        let note = "the package lies inside a workspace that does not list it, and is read alone".to_owned();
        return Located { notes: vec![note], ..alone(nearest) };
    }
    alone(nearest)
}

fn alone(root: PathBuf) -> Located {
    Located { root, member: None, notes: Vec::new() }
}

/// The folder of the manifest that was asked for, by itself or by its folder.
fn named(path: &Path, cwd: &Path) -> Result<PathBuf, ReadError> {
    let full = normal(&cwd.join(path));
    let manifest = if full.is_dir() { full.join(MANIFEST) } else { full };
    let folder = manifest.parent().filter(|_| manifest.is_file() && manifest.ends_with(MANIFEST));
    folder.map(Path::to_owned).ok_or_else(|| ReadError {
        message: format!("there is no manifest at `{}`", path.display()),
        file: Some(path.display().to_string()),
        position: None,
        remedy: format!("name a `{MANIFEST}` with `--manifest-path`"),
    })
}

fn load(folder: &Path) -> Option<Manifest> {
    Manifest::parse(&std::fs::read_to_string(folder.join(MANIFEST)).ok()?).ok()
}

/// A path without `.` and `..`, by its names alone.
fn normal(path: &Path) -> PathBuf {
    let mut parts = PathBuf::new();
    for part in path.components() {
        match part {
            std::path::Component::CurDir => {}
            std::path::Component::ParentDir => {
                parts.pop();
            }
            other => parts.push(other),
        }
    }
    parts
}
