//! `archlint.toml` to a policy: the only room that knows TOML.
//!
//! Everything wrong is collected, with its place in the file and a suggestion; a policy is only
//! given when nothing is.

pub mod baseline;
mod catalogue;
pub mod draft;
mod expectations;
mod extends;
mod facades;
mod gates;
mod given;
mod joined;
mod layers;
mod locate;
mod model;
mod presets;
mod reader;
mod rules;
mod schema;
mod scope;
pub mod scores;
mod sections;
mod selectors;
#[cfg(test)]
mod tests;
mod tree;
mod vocabulary;
pub mod whole;

use std::path::Path;

pub use crate::adapters::config::catalogue::catalogue;
pub use crate::adapters::config::facades::facades;
pub use crate::adapters::config::given::unconfigured;
pub use crate::adapters::config::model::parameters;
pub use crate::adapters::config::schema::schema;
pub use crate::adapters::config::vocabulary::{vocabulary, vocabulary_at};
pub use crate::domain::policy::place::ConfigProblem;

use crate::adapters::config::extends::Library;
use crate::adapters::config::reader::Reading;
use crate::adapters::config::tree::{Node, Value};
use crate::domain::policy::Policy;
use crate::domain::source::docs::Docs;

/// Name of the configuration file at the workspace root.
pub const FILE: &str = "archlint.toml";

/// Reads the configuration of the workspace at `root`: the file `explicit` where one is given, else
/// `archlint.toml`, else `[workspace.metadata.archlint]` or `[package.metadata.archlint]` of the root
/// manifest, each with the files it extends. Without any of these the policy asks for nothing, with the
/// catalogue and the model that come with the tool.
///
/// # Errors
/// Everything that is wrong with the configuration, sorted by place; never empty.
pub fn load(root: &Path, explicit: Option<&Path>) -> Result<Policy, Vec<ConfigProblem>> {
    match locate::find(root, explicit)? {
        Some(found) => {
            let read = |path: &Path| locate::text(path);
            let library = Library { read: &read, root };
            finish(&found.name, &found.path, found.value, found.errors, &library)
        }
        None => Ok(unconfigured().clone()),
    }
}

/// Whether a workspace has a configuration, right or wrong.
pub fn is_configured(root: &Path, explicit: Option<&Path>) -> bool {
    match (explicit, locate::find(root, None)) {
        (Some(path), _) => path.exists(),
        (None, found) => !matches!(found, Ok(None)),
    }
}

/// What the configuration asks to read of documentation: known before anything is read. Nothing where
/// the configuration is wrong, which [`load`] tells.
fn docs(root: &Path, explicit: Option<&Path>) -> Docs {
    let Ok(Some(found)) = locate::find(root, explicit) else { return Docs::default() };
    let Node::Table(table) = found.value.node else { return Docs::default() };
    let read = |path: &Path| locate::text(path);
    let library = Library { read: &read, root };
    let built = library.build(table, &found.path, &mut Reading::new(&found.name, &found.path));
    let entry = built.table.get("analysis");
    entry
        .map(|entry| sections::analysis(entry, &mut Reading::new(&found.name, &found.path)).docs)
        .unwrap_or_default()
}

/// As [`load`], from files that `read` gives the text of.
///
/// # Errors
/// Everything that is wrong with the configuration, sorted by place; never empty.
pub fn load_with(
    root: &Path,
    explicit: Option<&Path>,
    read: &dyn Fn(&Path) -> Option<String>,
) -> Result<Policy, Vec<ConfigProblem>> {
    match locate::find_with(root, explicit, &|path, _| Ok(read(path)))? {
        Some(found) => {
            let read = |path: &Path| Ok(read(path));
            finish(&found.name, &found.path, found.value, found.errors, &Library { read: &read, root })
        }
        None => Ok(unconfigured().clone()),
    }
}

/// Reads the text of a configuration file that stands alone.
///
/// # Errors
/// Everything that is wrong with it, sorted by place; never empty.
pub fn parse(text: &str, file_name: &str) -> Result<Policy, Vec<ConfigProblem>> {
    parse_with(text, file_name, &|_| Ok(None))
}

/// Reads the text of a configuration file; `read` gives the text of files it extends, by their path
/// from the folder that `file_name` is relative to.
///
/// # Errors
/// Everything that is wrong with it, sorted by place; never empty.
pub fn parse_with(
    text: &str,
    file_name: &str,
    read: &dyn Fn(&Path) -> Result<Option<String>, String>,
) -> Result<Policy, Vec<ConfigProblem>> {
    let (value, errors) = tree::read(text, 0);
    let library = Library { read, root: Path::new("") };
    finish(file_name, Path::new(file_name), value, errors, &library)
}

/// Merges what the file is built on and turns the tree into a policy.
fn finish(
    file: &str,
    path: &Path,
    value: Value,
    errors: Vec<tree::SyntaxError>,
    library: &Library<'_>,
) -> Result<Policy, Vec<ConfigProblem>> {
    let mut reading = Reading::new(file, path);
    for error in errors {
        reading.problem(error.at, error.message, None);
    }
    // A tree with holes would only give problems that follow from the first.
    if reading.failed() {
        return Err(reading.into_problems());
    }
    let Node::Table(table) = value.node else { return Ok(Policy::default()) };
    let built = library.build(table, path, &mut reading);
    let table = Value { at: value.at, node: Node::Table(tree::extended(built.table)) };
    let mut policy = sections::policy(&table, &mut reading);
    policy.preset = built.preset;
    if reading.failed() {
        return Err(reading.into_problems());
    }
    policy.sources = reading.into_sources();
    Ok(policy)
}
