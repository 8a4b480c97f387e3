//! What a configuration is built on: a preset, and other files.

use std::path::{Component, Path, PathBuf};

use crate::adapters::config::presets;
use crate::adapters::config::reader::{Reading, Text, texts};
use crate::adapters::config::tree::{self, Node, Table};
use crate::domain::policy::place::At;
use crate::domain::policy::suggest;

/// The text of a file; none where there is no such file.
pub(super) type Read<'a> = dyn Fn(&Path) -> Result<Option<String>, String> + 'a;

/// Files that others may be built on.
pub(super) struct Library<'a> {
    /// How a file is read.
    pub(super) read: &'a Read<'a>,
    /// The folder that names in messages are relative to.
    pub(super) root: &'a Path,
}

/// A table with all it is built on, and the preset at the bottom.
pub(super) struct Built {
    pub(super) table: Table,
    pub(super) preset: Option<String>,
}

impl Library<'_> {
    /// A table at `path`, refined from its preset first and then from each file it extends.
    pub(super) fn build(&self, table: Table, path: &Path, reading: &mut Reading) -> Built {
        self.above(table, &mut vec![plain(path)], reading)
    }

    /// `open` are the files that are being built, the one at hand last.
    fn above(&self, table: Table, open: &mut Vec<PathBuf>, reading: &mut Reading) -> Built {
        let (mut base, mut preset) = from_preset(&table, reading);
        let listed = table.get("extends").map(|entry| texts(&entry.value, "extends", reading));
        for text in listed.flatten().unwrap_or_default() {
            let Some(built) = self.file(&text, open, reading) else { continue };
            preset = preset.or(built.preset);
            base = tree::extended(tree::refine(base, built.table));
        }
        // What a base is built on is its own affair.
        base.entries.retain(|entry| entry.key != "extends" && entry.key != "preset");
        Built { table: tree::refine(base, table), preset }
    }

    /// A file that is extended, with all it is built on.
    fn file(&self, text: &Text, open: &mut Vec<PathBuf>, reading: &mut Reading) -> Option<Built> {
        let folder = open.last().and_then(|path| path.parent()).unwrap_or(Path::new(""));
        let path = plain(&folder.join(&text.text));
        let name = self.name(&path);
        if let Some(first) = open.iter().position(|known| *known == path) {
            let round: Vec<String> =
                open[first..].iter().map(|path| format!("`{}`", self.name(path))).collect();
            let message = match round.as_slice() {
                [one] => format!("{one} extends itself"),
                _ => format!("files extend each other in a circle: {}, `{name}`", round.join(", ")),
            };
            reading.problem(text.at, message, Some("take one of them out of `extends`".to_owned()));
            return None;
        }
        let body = match (self.read)(&path) {
            Ok(Some(body)) => body,
            Ok(None) => {
                let message = format!("there is no file `{name}`");
                let help = "paths in `extends` are relative to the file they stand in".to_owned();
                reading.problem(text.at, message, Some(help));
                return None;
            }
            Err(message) => {
                reading.problem(text.at, message, None);
                return None;
            }
        };
        let (value, errors) = tree::read(&body, reading.add_source(&name, &path));
        let whole = errors.is_empty();
        for error in errors {
            reading.problem(error.at, error.message, None);
        }
        let Node::Table(table) = value.node else { return None };
        if !whole {
            return None;
        }
        open.push(path);
        let built = self.above(tree::extended(table), open, reading);
        open.pop();
        Some(Built { table: tree::extended(built.table), ..built })
    }

    /// A path as messages show it: relative to the root where that is no detour, with `/`.
    fn name(&self, path: &Path) -> String {
        let root = plain(self.root);
        let mut up = String::new();
        for above in root.ancestors().take(4) {
            if let Ok(rest) = path.strip_prefix(above) {
                return format!("{up}{}", rest.to_string_lossy().replace('\\', "/"));
            }
            up.push_str("../");
        }
        path.to_string_lossy().replace('\\', "/")
    }
}

/// The table of the preset that is named.
fn from_preset(table: &Table, reading: &mut Reading) -> (Table, Option<String>) {
    let nothing = || (Table::default(), None);
    let Some(entry) = table.get("preset") else { return nothing() };
    let Node::Text(name) = &entry.value.node else { return nothing() };
    let Some(text) = presets::text(name) else {
        unknown(name, entry.value.at, reading);
        return nothing();
    };
    let source = reading.add_source(&format!("preset {name}"), Path::new(""));
    let (base, errors) = tree::read(text, source);
    for error in errors {
        reading.problem(error.at, error.message, None);
    }
    match base.node {
        Node::Table(base) => (tree::extended(base), Some(name.clone())),
        _ => (Table::default(), Some(name.clone())),
    }
}

fn unknown(name: &str, at: At, reading: &mut Reading) {
    let help = suggest::help(name, presets::names());
    reading.problem(at, format!("there is no preset `{name}`"), help);
}

/// A path without `.` and `..`, as far as they cancel out; links are not looked at.
fn plain(path: &Path) -> PathBuf {
    let mut done = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir if matches!(done.components().next_back(), Some(Component::Normal(_))) => {
                done.pop();
            }
            part => done.push(part),
        }
    }
    done
}
