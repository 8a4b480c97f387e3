//! A manifest with what it inherits and what lies in its folder: a package.

use std::collections::BTreeMap;

use crate::adapters::cargo::MANIFEST;
use crate::adapters::cargo::macros::macros_of;
use crate::adapters::cargo::manifest::{Field, Manifest, RawDependency, WorkspaceTable};
use crate::adapters::cargo::paths::join;
use crate::adapters::cargo::targets::{edition_of, targets};
use crate::adapters::cargo::tree::Tree;
use crate::domain::source::workspace::{Dependency, Edition, Package};

/// What members take from the workspace.
#[derive(Clone, Copy, Debug)]
pub(super) struct Inherited<'a> {
    pub(super) table: &'a WorkspaceTable,
}

impl Default for Inherited<'_> {
    fn default() -> Self {
        static NOTHING: WorkspaceTable = WorkspaceTable {
            members: Vec::new(),
            exclude: Vec::new(),
            version: None,
            edition: None,
            description: None,
            categories: Vec::new(),
            dependencies: Vec::new(),
        };
        Self { table: &NOTHING }
    }
}

/// Names of packages by folder.
pub(super) type Names = BTreeMap<String, String>;

/// Which package each folder holds.
pub(super) fn names_by_folder(members: &BTreeMap<String, Manifest>) -> Names {
    members
        .iter()
        .filter_map(|(folder, manifest)| Some((folder.clone(), manifest.package.as_ref()?.name.clone()?)))
        .collect()
}

/// The package in `folder`.
///
/// # Errors
/// When it has no name or nothing to build, and why.
pub(super) fn package(
    tree: &dyn Tree,
    folder: &str,
    manifest: &Manifest,
    inherited: &Inherited<'_>,
    names: &Names,
) -> Result<Package, String> {
    let table = manifest.package.as_ref().ok_or("it declares no package")?;
    let name = table.name.clone().ok_or("its package has no name")?;
    let edition = match &table.edition {
        Field::Own(word) => edition_of(word),
        Field::Inherited => inherited.table.edition.as_deref().map_or(Edition::E2015, edition_of),
        Field::Absent => Edition::E2015,
    };
    let targets = targets(tree, folder, manifest, table, &name, edition);
    if targets.is_empty() {
        return Err("it has nothing to build: no `src/lib.rs`, no `src/main.rs`, no listed target".to_owned());
    }
    let version = match &table.version {
        Field::Own(word) => Some(word.clone()),
        Field::Inherited => inherited.table.version.clone(),
        Field::Absent => None,
    };
    Ok(Package {
        version: version.unwrap_or_else(|| "0.0.0".to_owned()),
        manifest: join(folder, MANIFEST),
        folder: folder.to_owned(),
        edition,
        description: match &table.description {
            Field::Own(text) => text.clone(),
            Field::Inherited => inherited.table.description.clone().unwrap_or_default(),
            Field::Absent => String::new(),
        },
        categories: match &table.categories {
            Field::Own(words) => words.clone(),
            Field::Inherited => inherited.table.categories.clone(),
            Field::Absent => Vec::new(),
        },
        dependencies: manifest
            .dependencies
            .iter()
            .map(|raw| {
                let found = dependency(tree, folder, raw, inherited, names);
                Dependency { enabled_by: manifest.enabling(&raw.key), ..found }
            })
            .collect(),
        targets,
        features: features(manifest),
        name,
    })
}

fn dependency(
    tree: &dyn Tree,
    folder: &str,
    raw: &RawDependency,
    inherited: &Inherited<'_>,
    names: &Names,
) -> Dependency {
    let shared = inherited.table.dependencies.iter().find(|shared| raw.inherited && shared.key == raw.key);
    let package = raw.package.as_ref().or_else(|| shared?.package.as_ref());
    let place = raw
        .path
        .as_ref()
        .map(|path| tree.place(folder, path))
        .or_else(|| Some(tree.place("", shared?.path.as_ref()?)));
    Dependency {
        package: package.unwrap_or(&raw.key).clone(),
        library: package.unwrap_or(&raw.key).replace('-', "_"),
        macros: macros_of(&package.unwrap_or(&raw.key).replace('-', "_")),
        name: raw.key.replace('-', "_"),
        renamed: package.is_some_and(|package| *package != raw.key),
        kind: raw.kind,
        optional: raw.optional,
        target: raw.target.clone(),
        member: place.and_then(|place| names.get(&place).cloned()),
        line: Some(raw.line),
        column: Some(raw.column),
        asks: raw.asks.iter().chain(shared.into_iter().flat_map(|shared| &shared.asks)).cloned().collect(),
        enabled_by: Vec::new(),
    }
}

/// Declared features, and those that optional dependencies declare by being optional.
fn features(manifest: &Manifest) -> Vec<String> {
    let mut names: Vec<String> = manifest.features.iter().map(|(name, _)| name.clone()).collect();
    for dependency in manifest.dependencies.iter().filter(|dependency| dependency.optional) {
        let explicit = format!("dep:{}", dependency.key);
        let used = manifest.features.iter().any(|(_, turned_on)| turned_on.contains(&explicit));
        if !used && !names.contains(&dependency.key) {
            names.push(dependency.key.clone());
        }
    }
    names
}
