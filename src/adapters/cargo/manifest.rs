//! One `Cargo.toml` as it is written, before anything is inherited or discovered.

use toml::de::{DeTable, DeValue};

use crate::adapters::cargo::document::{Table, TomlError, Value, get, table, text, texts, truth};
use crate::domain::source::span::LineTable;
use crate::domain::source::workspace::DependencyKind;

/// A manifest.
#[derive(Clone, Debug, Default)]
pub(super) struct Manifest {
    pub(super) package: Option<PackageTable>,
    pub(super) workspace: Option<WorkspaceTable>,
    pub(super) dependencies: Vec<RawDependency>,
    /// What `[patch]` puts in the place of packages, whatever source it names.
    pub(super) patches: Vec<RawDependency>,
    /// Each feature with what it turns on.
    pub(super) features: Vec<(String, Vec<String>)>,
    pub(super) lib: Option<RawTarget>,
    pub(super) bins: Vec<RawTarget>,
    pub(super) examples: Vec<RawTarget>,
    pub(super) tests: Vec<RawTarget>,
    pub(super) benches: Vec<RawTarget>,
}

/// A value, or `{ workspace = true }`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) enum Field<T> {
    #[default]
    Absent,
    Own(T),
    Inherited,
}

/// `[package]`.
#[derive(Clone, Debug, Default)]
pub(super) struct PackageTable {
    pub(super) name: Option<String>,
    pub(super) version: Field<String>,
    pub(super) edition: Field<String>,
    pub(super) description: Field<String>,
    pub(super) categories: Field<Vec<String>>,
    pub(super) build: Build,
    /// Folder of the workspace it says it belongs to.
    pub(super) workspace: Option<String>,
    pub(super) auto: Auto,
}

/// `package.build`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) enum Build {
    /// `build.rs` where there is one.
    #[default]
    Found,
    None,
    At(Vec<String>),
}

/// Which targets are looked for beside those that are listed.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Auto {
    pub(super) lib: Option<bool>,
    pub(super) bins: Option<bool>,
    pub(super) examples: Option<bool>,
    pub(super) tests: Option<bool>,
    pub(super) benches: Option<bool>,
}

/// `[workspace]`.
#[derive(Clone, Debug, Default)]
pub(super) struct WorkspaceTable {
    /// Patterns, with the line of each.
    pub(super) members: Vec<(String, u32)>,
    pub(super) exclude: Vec<String>,
    pub(super) version: Option<String>,
    pub(super) edition: Option<String>,
    pub(super) description: Option<String>,
    pub(super) categories: Vec<String>,
    pub(super) dependencies: Vec<RawDependency>,
}

/// A dependency as it is written.
#[derive(Clone, Debug)]
pub(super) struct RawDependency {
    pub(super) key: String,
    pub(super) kind: DependencyKind,
    pub(super) target: Option<String>,
    pub(super) line: u32,
    /// Everything not said here is inherited.
    pub(super) inherited: bool,
    pub(super) package: Option<String>,
    pub(super) path: Option<String>,
    pub(super) optional: bool,
    /// Column of its key, from 1.
    pub(super) column: u32,
    /// Features it asks for.
    pub(super) asks: Vec<String>,
}

/// A target as it is written.
#[derive(Clone, Debug, Default)]
pub(super) struct RawTarget {
    pub(super) name: Option<String>,
    pub(super) path: Option<String>,
    pub(super) edition: Option<String>,
    pub(super) proc_macro: bool,
}

impl Manifest {
    /// The features that turn on the dependency with this key, or a feature of it.
    pub(super) fn enabling(&self, key: &str) -> Vec<String> {
        let turns_on = |word: &String| {
            let word = word.strip_prefix("dep:").unwrap_or(word);
            let name = word.split('/').next().unwrap_or(word);
            name.trim_end_matches('?') == key
        };
        let features = self.features.iter().filter(|(_, words)| words.iter().any(turns_on));
        features.map(|(name, _)| name.clone()).collect()
    }

    /// Reads a manifest. Keys of the wrong type read as absent: cargo tells about those.
    ///
    /// # Errors
    /// When the text is not TOML.
    pub(super) fn parse(source: &str) -> Result<Self, TomlError> {
        let lines = LineTable::new(source);
        let document = DeTable::parse(source).map_err(|error| TomlError::new(&error, &lines))?;
        let root = document.get_ref();
        let mut manifest = Self {
            package: table(root, "package").or_else(|| table(root, "project")).map(package),
            workspace: table(root, "workspace").map(|found| workspace(found, &lines)),
            features: table(root, "features").map(features).unwrap_or_default(),
            lib: table(root, "lib").map(target),
            bins: targets(root, "bin"),
            examples: targets(root, "example"),
            tests: targets(root, "test"),
            benches: targets(root, "bench"),
            dependencies: Vec::new(),
            patches: Vec::new(),
        };
        for (_, source) in table(root, "patch").into_iter().flat_map(|found| found.iter()) {
            if let Some(found) = source.get_ref().as_table() {
                dependencies(found, DependencyKind::Normal, None, &lines, &mut manifest.patches);
            }
        }
        dependencies_of_kinds(root, None, &lines, &mut manifest.dependencies);
        for (name, value) in table(root, "target").into_iter().flat_map(|found| found.iter()) {
            if let Some(found) = value.get_ref().as_table() {
                dependencies_of_kinds(found, Some(name.get_ref()), &lines, &mut manifest.dependencies);
            }
        }
        Ok(manifest)
    }
}

fn package(found: Table<'_, '_>) -> PackageTable {
    PackageTable {
        name: text(found, "name"),
        version: field(found, "version", |value| value.get_ref().as_str().map(str::to_owned)),
        edition: field(found, "edition", |value| value.get_ref().as_str().map(str::to_owned)),
        description: field(found, "description", |value| value.get_ref().as_str().map(str::to_owned)),
        categories: field(found, "categories", |value| {
            value.get_ref().is_array().then(|| texts(value).into_iter().map(|(word, _)| word).collect())
        }),
        build: match get(found, "build").map(|value| value.get_ref()) {
            Some(DeValue::Boolean(false)) => Build::None,
            Some(DeValue::String(path)) => Build::At(vec![path.to_string()]),
            Some(DeValue::Array(paths)) => Build::At(
                paths.iter().filter_map(|path| path.get_ref().as_str().map(str::to_owned)).collect(),
            ),
            _ => Build::Found,
        },
        workspace: text(found, "workspace"),
        auto: Auto {
            lib: truth(found, "autolib"),
            bins: truth(found, "autobins"),
            examples: truth(found, "autoexamples"),
            tests: truth(found, "autotests"),
            benches: truth(found, "autobenches"),
        },
    }
}

fn field<T>(found: Table<'_, '_>, key: &str, own: impl Fn(Value<'_, '_>) -> Option<T>) -> Field<T> {
    let Some(value) = get(found, key) else { return Field::Absent };
    match value.get_ref().as_table() {
        Some(inner) if truth(inner, "workspace") == Some(true) => Field::Inherited,
        _ => own(value).map_or(Field::Absent, Field::Own),
    }
}

fn workspace(found: Table<'_, '_>, lines: &LineTable) -> WorkspaceTable {
    let list = |key| get(found, key).map(texts).unwrap_or_default();
    let shared = table(found, "package");
    let mut dependencies = Vec::new();
    if let Some(inner) = table(found, "dependencies") {
        self::dependencies(inner, DependencyKind::Normal, None, lines, &mut dependencies);
    }
    WorkspaceTable {
        members: list("members").into_iter().map(|(path, at)| (path, lines.position(at).line)).collect(),
        exclude: list("exclude").into_iter().map(|(path, _)| path).collect(),
        version: shared.and_then(|inner| text(inner, "version")),
        edition: shared.and_then(|inner| text(inner, "edition")),
        description: shared.and_then(|inner| text(inner, "description")),
        categories: shared
            .and_then(|inner| get(inner, "categories"))
            .map(|value| texts(value).into_iter().map(|(word, _)| word).collect())
            .unwrap_or_default(),
        dependencies,
    }
}

fn features(found: Table<'_, '_>) -> Vec<(String, Vec<String>)> {
    let words = |value| texts(value).into_iter().map(|(word, _)| word).collect();
    found.iter().map(|(name, value)| (name.get_ref().to_string(), words(value))).collect()
}

fn dependencies_of_kinds(
    parent: Table<'_, '_>,
    platform: Option<&str>,
    lines: &LineTable,
    into: &mut Vec<RawDependency>,
) {
    for (key, kind) in [
        ("dependencies", DependencyKind::Normal),
        ("dev-dependencies", DependencyKind::Dev),
        ("dev_dependencies", DependencyKind::Dev),
        ("build-dependencies", DependencyKind::Build),
        ("build_dependencies", DependencyKind::Build),
    ] {
        if let Some(found) = table(parent, key) {
            dependencies(found, kind, platform, lines, into);
        }
    }
}

fn dependencies(
    found: Table<'_, '_>,
    kind: DependencyKind,
    platform: Option<&str>,
    lines: &LineTable,
    into: &mut Vec<RawDependency>,
) {
    for (key, value) in found {
        let detail = value.get_ref().as_table();
        let start = lines.position(key.span().start as u32);
        into.push(RawDependency {
            key: key.get_ref().to_string(),
            kind,
            target: platform.map(str::to_owned),
            line: start.line,
            column: start.column,
            asks: detail
                .and_then(|inner| get(inner, "features"))
                .map(|value| texts(value).into_iter().map(|(word, _)| word).collect())
                .unwrap_or_default(),
            inherited: detail.is_some_and(|inner| truth(inner, "workspace") == Some(true)),
            package: detail.and_then(|inner| text(inner, "package")),
            path: detail.and_then(|inner| text(inner, "path")),
            optional: detail.is_some_and(|inner| truth(inner, "optional") == Some(true)),
        });
    }
}

fn target(found: Table<'_, '_>) -> RawTarget {
    let types = |key| get(found, key).map(texts).unwrap_or_default();
    let declared = ["proc-macro", "proc_macro"].iter().any(|key| truth(found, key) == Some(true));
    let of_type =
        ["crate-type", "crate_type"].iter().flat_map(|key| types(key)).any(|(word, _)| word == "proc-macro");
    RawTarget {
        name: text(found, "name"),
        path: text(found, "path"),
        edition: text(found, "edition"),
        proc_macro: declared || of_type,
    }
}

fn targets(root: Table<'_, '_>, key: &str) -> Vec<RawTarget> {
    get(root, key)
        .and_then(|value| value.get_ref().as_array())
        .into_iter()
        .flat_map(|list| list.iter())
        .filter_map(|value| value.get_ref().as_table().map(target))
        .collect()
}
