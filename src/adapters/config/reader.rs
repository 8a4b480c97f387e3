//! Typed reading of tables: what is missing, misspelled or of the wrong type becomes a problem.

use std::path::{Path, PathBuf};

use crate::adapters::config::tree::{Entry, Node, Table, Value};
use crate::domain::policy::level::Level;
use crate::domain::policy::place::{At, ConfigProblem};
use crate::domain::policy::suggest;

/// What is wrong so far, and the names of the files read.
pub(super) struct Reading {
    sources: Vec<String>,
    /// The folder of each of them.
    folders: Vec<PathBuf>,
    problems: Vec<ConfigProblem>,
}

impl Reading {
    /// `path` is where the file is, `file` how messages name it.
    pub(super) fn new(file: &str, path: &Path) -> Self {
        let mut reading = Self { sources: Vec::new(), folders: Vec::new(), problems: Vec::new() };
        reading.add_source(file, path);
        reading
    }

    /// The number of a further file.
    pub(super) fn add_source(&mut self, name: &str, path: &Path) -> u32 {
        self.sources.push(name.to_owned());
        self.folders.push(path.parent().unwrap_or(Path::new("")).to_owned());
        self.sources.len() as u32 - 1
    }

    /// A path that was written at `at`, which is relative to the file it stands in.
    pub(super) fn beside(&self, at: At, path: &str) -> PathBuf {
        self.folders[at.source as usize].join(path)
    }

    pub(super) fn problem(&mut self, at: At, message: String, help: Option<String>) {
        let file = self.sources[at.source as usize].clone();
        self.problems.push(ConfigProblem::new(&file, at, message, help));
    }

    pub(super) fn failed(&self) -> bool {
        !self.problems.is_empty()
    }

    pub(super) fn into_problems(mut self) -> Vec<ConfigProblem> {
        self.problems.sort_by(|a, b| (&a.file, a.start, &a.message).cmp(&(&b.file, b.start, &b.message)));
        self.problems.dedup();
        self.problems
    }

    pub(super) fn into_sources(self) -> Vec<String> {
        self.sources
    }

    /// Tells that a value is of the wrong type.
    pub(super) fn wrong_type(&mut self, value: &Value, key: &str, wanted: &str) {
        let message = format!("`{key}` must be {wanted}, but this is {}", value.node.what());
        self.problem(value.at, message, None);
    }
}

/// A string and where it stands.
#[derive(Clone, Debug)]
pub(super) struct Text {
    pub(super) text: String,
    pub(super) at: At,
}

/// A table of which every key that is asked for is known, and no other.
pub(super) struct Fields<'a> {
    table: &'a Table,
    /// Path of the table, as `layers.domain`; empty for the whole file.
    path: String,
    asked: Vec<&'static str>,
    /// Keys that are known but too many to be listed.
    unlisted: Vec<&'static str>,
}

impl<'a> Fields<'a> {
    pub(super) fn new(table: &'a Table, path: &str) -> Self {
        Self { table, path: path.to_owned(), asked: Vec::new(), unlisted: Vec::new() }
    }

    /// The fields of a value that must be a table.
    pub(super) fn of(value: &'a Value, path: &str, reading: &mut Reading) -> Option<Self> {
        match &value.node {
            Node::Table(table) => Some(Self::new(table, path)),
            _ => {
                reading.wrong_type(value, path, "a table");
                None
            }
        }
    }

    /// The entry of a key.
    pub(super) fn entry(&mut self, key: &'static str) -> Option<&'a Entry> {
        self.asked.push(key);
        self.table.get(key)
    }

    /// The entry of a key that is one of many: it is suggested where it is near, and never listed.
    pub(super) fn unlisted(&mut self, key: &'static str) -> Option<&'a Entry> {
        self.unlisted.push(key);
        self.table.get(key)
    }

    pub(super) fn text(&mut self, key: &'static str, reading: &mut Reading) -> Option<Text> {
        let entry = self.entry(key)?;
        text(&entry.value, key, reading)
    }

    pub(super) fn string(&mut self, key: &'static str, reading: &mut Reading) -> Option<String> {
        self.text(key, reading).map(|text| text.text)
    }

    /// A sentence, in one line whatever lines it is written in.
    pub(super) fn words(&mut self, key: &'static str, reading: &mut Reading) -> Option<String> {
        let text = self.string(key, reading)?;
        Some(text.split_whitespace().collect::<Vec<_>>().join(" "))
    }

    pub(super) fn flag(&mut self, key: &'static str, reading: &mut Reading) -> Option<bool> {
        let entry = self.entry(key)?;
        match entry.value.node {
            Node::Bool(value) => Some(value),
            _ => {
                reading.wrong_type(&entry.value, key, "`true` or `false`");
                None
            }
        }
    }

    pub(super) fn number(&mut self, key: &'static str, reading: &mut Reading) -> Option<(f64, At)> {
        let entry = self.entry(key)?;
        match entry.value.node {
            Node::Integer(value) => Some((value as f64, entry.value.at)),
            Node::Float(value) if value.is_finite() => Some((value, entry.value.at)),
            Node::Float(_) => {
                let message = format!("`{key}` must be a number that can be counted with");
                reading.problem(entry.value.at, message, None);
                None
            }
            _ => {
                reading.wrong_type(&entry.value, key, "a number");
                None
            }
        }
    }

    /// A string, or a list of strings.
    pub(super) fn texts(&mut self, key: &'static str, reading: &mut Reading) -> Option<Vec<Text>> {
        let entry = self.entry(key)?;
        texts(&entry.value, key, reading)
    }

    /// One of a few words.
    pub(super) fn word<T: Copy>(
        &mut self,
        key: &'static str,
        words: &[(&str, T)],
        reading: &mut Reading,
    ) -> Option<T> {
        let text = self.text(key, reading)?;
        pick(&text, key, words, reading)
    }

    pub(super) fn level(&mut self, key: &'static str, reading: &mut Reading) -> Option<Level> {
        self.word(key, &Level::ALL.map(|level| (level.word(), level)), reading)
    }

    /// Entries whose keys have not been asked for.
    pub(super) fn rest(&self) -> impl Iterator<Item = &'a Entry> + use<'a> {
        let asked = [&self.asked[..], &self.unlisted[..]].concat();
        self.table.entries.iter().filter(move |entry| !asked.contains(&entry.key.as_str()))
    }

    /// Tells every key that has not been asked for.
    pub(super) fn finish(self, reading: &mut Reading) {
        for entry in self.rest() {
            self.unknown(entry, reading);
        }
    }

    /// Tells that a key is unknown.
    pub(super) fn unknown(&self, entry: &Entry, reading: &mut Reading) {
        unknown(entry, &self.path, &self.asked, &self.unlisted, reading);
    }
}

/// Tells that a key of the table at `path` is unknown, with the known key that is nearest, or with
/// those that are listed.
pub(super) fn unknown(entry: &Entry, path: &str, listed: &[&str], unlisted: &[&str], reading: &mut Reading) {
    let place = if path.is_empty() { String::new() } else { format!(" in `{path}`") };
    let written = if entry.extends { format!("extend-{}", entry.key) } else { entry.key.clone() };
    let help = match suggest::nearest(&entry.key, listed.iter().chain(unlisted).copied()) {
        Some(near) if entry.extends => Some(format!("did you mean `extend-{near}`?")),
        Some(near) => Some(format!("did you mean `{near}`?")),
        None => {
            let mut known = listed.to_vec();
            known.sort_unstable();
            known.dedup();
            Some(format!("known keys are {}", suggest::list(known)))
        }
    };
    reading.problem(entry.at, format!("unknown key `{written}`{place}"), help);
}

/// A value that must be a string.
pub(super) fn text(value: &Value, key: &str, reading: &mut Reading) -> Option<Text> {
    match &value.node {
        Node::Text(text) => Some(Text { text: text.clone(), at: value.at }),
        _ => {
            reading.wrong_type(value, key, "a string");
            None
        }
    }
}

/// An entry of a list of strings.
pub(super) fn item(value: &Value, key: &str, reading: &mut Reading) -> Option<Text> {
    match &value.node {
        Node::Text(text) => Some(Text { text: text.clone(), at: value.at }),
        _ => {
            let message = format!("`{key}` must hold strings, but this is {}", value.node.what());
            reading.problem(value.at, message, None);
            None
        }
    }
}

/// A value that must be a string or a list of strings.
pub(super) fn texts(value: &Value, key: &str, reading: &mut Reading) -> Option<Vec<Text>> {
    match &value.node {
        Node::Text(text) => Some(vec![Text { text: text.clone(), at: value.at }]),
        Node::List(items) => Some(items.iter().filter_map(|value| item(value, key, reading)).collect()),
        _ => {
            reading.wrong_type(value, key, "a string or a list of strings");
            None
        }
    }
}

/// The meaning of one of a few words.
pub(super) fn pick<T: Copy>(text: &Text, key: &str, words: &[(&str, T)], reading: &mut Reading) -> Option<T> {
    let found = words.iter().find(|(word, _)| *word == text.text).map(|(_, meaning)| *meaning);
    if found.is_none() {
        let known = words.iter().map(|(word, _)| *word);
        let message = format!("`{key}` cannot be `{}`", text.text);
        reading.problem(text.at, message, suggest::help(&text.text, known));
    }
    found
}
