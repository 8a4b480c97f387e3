//! Packages and their targets, asked of cargo or read off the manifests.
//!
//! Cargo knows best and is asked first. Where it is absent, or rejects the workspace (it does so for
//! one unstable key in one profile), the manifests are read directly, by cargo's own rules.

pub mod disk;
mod document;
mod locate;
mod lock;
mod macros;
mod manifest;
mod members;
mod metadata;
mod package;
pub mod paths;
mod targets;
#[cfg(test)]
mod tests;
pub mod tree;

pub use crate::adapters::cargo::locate::{Located, locate};
pub use crate::adapters::cargo::lock::locked;
pub use crate::adapters::cargo::metadata::{ask, cargo_failed};

use crate::adapters::cargo::manifest::Manifest;
use crate::adapters::cargo::package::{Inherited, Names};
use crate::adapters::cargo::tree::{Absent, Tree};
use crate::application::ports::ReadError;
use crate::domain::source::workspace::{Missing, Workspace};

/// Name of the file that makes a folder a package or a workspace.
pub const MANIFEST: &str = "Cargo.toml";

/// Reads a workspace off its manifests, without cargo. `root` is the absolute path of the tree's
/// root, where the root manifest lies.
///
/// # Errors
/// When the root manifest is not there, is not TOML, or declares neither a package nor a workspace.
pub fn read_manifests(tree: &dyn Tree, root: &str) -> Result<Workspace, ReadError> {
    let top = root_manifest(tree)?;
    let found = members::find(tree, &top);
    let mut workspace = Workspace { root: root.to_owned(), missing: found.missing, ..Workspace::default() };
    let inherited = top.workspace.as_ref().map(|table| Inherited { table }).unwrap_or_default();
    let names = package::names_by_folder(&found.members);
    for (folder, manifest) in &found.members {
        match package::package(tree, folder, manifest, &inherited, &names) {
            Ok(package) => workspace.packages.push(package),
            Err(reason) => {
                let path = paths::join(folder, MANIFEST);
                workspace.missing.push(Missing { path, line: None, reason });
            }
        }
    }
    patch(tree, &top, &names, &mut workspace);
    settle(&mut workspace);
    Ok(workspace)
}

fn root_manifest(tree: &dyn Tree) -> Result<Manifest, ReadError> {
    let text = tree.text(MANIFEST).map_err(|absent| match absent {
        Absent::NotThere => no_manifest(),
        Absent::Unreadable(reason) => ReadError {
            message: format!("`{MANIFEST}` cannot be read: {reason}"),
            file: Some(MANIFEST.to_owned()),
            position: None,
            remedy: "make it a readable text file".to_owned(),
        },
    })?;
    let manifest = Manifest::parse(&text).map_err(|error| ReadError {
        message: format!("`{MANIFEST}` is not valid: {}", error.message),
        file: Some(MANIFEST.to_owned()),
        position: error.position,
        remedy: "correct the manifest; `cargo metadata` tells more".to_owned(),
    })?;
    if manifest.package.is_none() && manifest.workspace.is_none() {
        return Err(ReadError {
            message: format!("`{MANIFEST}` declares neither a package nor a workspace"),
            file: Some(MANIFEST.to_owned()),
            position: Some((1, 1)),
            remedy: "add a `[package]` or a `[workspace]` table".to_owned(),
        });
    }
    Ok(manifest)
}

fn no_manifest() -> ReadError {
    ReadError {
        message: format!("there is no `{MANIFEST}` in this folder or any above it"),
        file: None,
        position: None,
        remedy: "run it inside a Rust workspace, or name one with `--manifest-path`".to_owned(),
    }
}

/// `[patch]`: who asks a registry for a package that the root manifest puts a member in the place of
/// gets the member.
fn patch(tree: &dyn Tree, root: &Manifest, names: &Names, workspace: &mut Workspace) {
    let member = |package: &str| {
        let patch =
            root.patches.iter().find(|patch| patch.package.as_ref().unwrap_or(&patch.key) == package)?;
        names.get(&tree.place("", patch.path.as_ref()?)).filter(|name| *name == package)
    };
    let dependencies = workspace.packages.iter_mut().flat_map(|package| &mut package.dependencies);
    for dependency in dependencies.filter(|dependency| dependency.member.is_none()) {
        dependency.member = member(&dependency.package).cloned();
    }
}

/// Puts packages, targets and dependencies in their stated order.
fn settle(workspace: &mut Workspace) {
    for package in &mut workspace.packages {
        package.targets.sort_by(|a, b| (a.kind, &a.name, &a.root).cmp(&(b.kind, &b.name, &b.root)));
        package
            .dependencies
            .sort_by(|a, b| (a.kind, &a.name, &a.target, a.line).cmp(&(b.kind, &b.name, &b.target, b.line)));
        package.features.sort();
    }
    workspace.packages.sort_by(|a, b| (&a.name, &a.manifest).cmp(&(&b.name, &b.manifest)));
    workspace.missing.sort();
    workspace.missing.dedup();
}
