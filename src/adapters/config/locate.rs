//! Where the configuration is: a file of its own, or a table of the root manifest.

use std::path::{Path, PathBuf};

use crate::adapters::config::FILE;
use crate::adapters::config::tree::{self, Node, SyntaxError, Value};
use crate::domain::policy::place::{At, ConfigProblem};

/// A configuration that was found.
pub(super) struct Found {
    /// Its file, relative to the root where it lies within.
    pub(super) name: String,
    /// Where it is.
    pub(super) path: PathBuf,
    pub(super) value: Value,
    pub(super) errors: Vec<SyntaxError>,
}

/// How a file is read that messages know by this name; none where there is no such file.
type ReadText<'a> = dyn Fn(&Path, &str) -> Result<Option<String>, Vec<ConfigProblem>> + 'a;

/// Looks for the configuration on disk.
pub(super) fn find(root: &Path, explicit: Option<&Path>) -> Result<Option<Found>, Vec<ConfigProblem>> {
    find_with(root, explicit, &read)
}

/// Looks for the configuration.
pub(super) fn find_with(
    root: &Path,
    explicit: Option<&Path>,
    read: &ReadText<'_>,
) -> Result<Option<Found>, Vec<ConfigProblem>> {
    if let Some(path) = explicit {
        let name = display(root, path);
        return match read(path, &name)? {
            Some(text) => Ok(Some(whole(name, path, &text))),
            None => {
                let message = format!("the configuration file `{name}` does not exist");
                Err(vec![ConfigProblem::new(
                    &name,
                    At::default(),
                    message,
                    Some("correct `--config`".to_owned()),
                )])
            }
        };
    }
    let own = read(&root.join(FILE), FILE)?;
    let manifest = match read(&root.join("Cargo.toml"), "Cargo.toml") {
        Ok(Some(text)) => in_manifest(&text)?,
        // An unreadable manifest is told by whoever reads packages.
        Ok(None) | Err(_) => None,
    };
    match (own, manifest) {
        (Some(_), Some((at, _))) => {
            let message = format!("the configuration stands both here and in `{FILE}`");
            Err(vec![ConfigProblem::new("Cargo.toml", at, message, Some("keep one of the two".to_owned()))])
        }
        (Some(text), None) => Ok(Some(whole(FILE.to_owned(), &root.join(FILE), &text))),
        (None, Some((_, value))) => {
            let path = root.join("Cargo.toml");
            Ok(Some(Found { name: "Cargo.toml".to_owned(), path, value, errors: Vec::new() }))
        }
        (None, None) => Ok(None),
    }
}

fn whole(name: String, path: &Path, text: &str) -> Found {
    let (value, errors) = tree::read(text, 0);
    Found { name, path: path.to_owned(), value, errors }
}

/// The text of a file; none if there is no such file.
pub(super) fn text(path: &Path) -> Result<Option<String>, String> {
    let shown = path.display();
    match std::fs::read(path) {
        Ok(bytes) => String::from_utf8(bytes).map(Some).map_err(|_| format!("`{shown}` is not UTF-8 text")),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(format!("`{shown}` cannot be read: {error}")),
    }
}

/// The text of a file; none if there is no such file.
pub(super) fn read(path: &Path, name: &str) -> Result<Option<String>, Vec<ConfigProblem>> {
    let problem = |message: String| vec![ConfigProblem::new(name, At::default(), message, None)];
    match std::fs::read(path) {
        Ok(bytes) => match String::from_utf8(bytes) {
            Ok(text) => Ok(Some(text)),
            Err(error) => {
                let good = &error.as_bytes()[..error.utf8_error().valid_up_to()];
                let line = 1 + good.iter().filter(|byte| **byte == b'\n').count() as u32;
                let start = good.len() as u32;
                let at = At { source: 0, start, end: start, line, column: 1 };
                let message = format!("`{name}` is not UTF-8 text");
                let help = "save it as UTF-8".to_owned();
                Err(vec![ConfigProblem::new(name, at, message, Some(help))])
            }
        },
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(problem(format!("`{name}` cannot be read: {error}"))),
    }
}

/// The table of the manifest that holds the configuration, and where its key stands.
fn in_manifest(text: &str) -> Result<Option<(At, Value)>, Vec<ConfigProblem>> {
    if !text.contains("archlint") {
        return Ok(None);
    }
    let (manifest, _) = tree::read(text, 0);
    let found: Vec<(At, Value)> =
        ["workspace", "package"].iter().filter_map(|table| metadata(&manifest, table)).collect();
    match <[_; 2]>::try_from(found) {
        Ok([_, (at, _)]) => {
            let message =
                "both `[workspace.metadata.archlint]` and `[package.metadata.archlint]` are given".to_owned();
            Err(vec![ConfigProblem::new("Cargo.toml", at, message, Some("keep one of the two".to_owned()))])
        }
        Err(found) => Ok(found.into_iter().next()),
    }
}

fn metadata(manifest: &Value, table: &str) -> Option<(At, Value)> {
    let mut value = manifest;
    let mut at = manifest.at;
    for key in [table, "metadata", "archlint"] {
        let Node::Table(table) = &value.node else { return None };
        let entry = table.get(key)?;
        at = entry.at;
        value = &entry.value;
    }
    Some((at, value.clone()))
}

/// A path as messages show it: relative to the root where it lies within, with `/`.
pub(super) fn display(root: &Path, path: &Path) -> String {
    path.strip_prefix(root).unwrap_or(path).to_string_lossy().replace('\\', "/")
}
