//! A workspace in memory, for tests and examples: the same reading of manifests and the same
//! parser, without a disk.

use std::collections::{BTreeMap, BTreeSet};

use crate::adapters::cargo::paths::{is_below, join, name, parent};
use crate::adapters::cargo::tree::{Absent, Entry, EntryKind, Tree};
use crate::adapters::cargo::{MANIFEST, locked, read_manifests};
use crate::adapters::config::{unconfigured, vocabulary};
use crate::adapters::parse;
use crate::adapters::parse::expand::expand;
use crate::application::ports::{Codebase, ReadError, Reading};
use crate::domain::resolve::expand::MacroCall;
use crate::domain::source::docs::Docs;
use crate::domain::source::facts::FileFacts;
use crate::domain::source::vocabulary::Vocabulary;
use crate::domain::source::workspace::Missing;

/// Files by path relative to the root.
#[derive(Clone, Debug)]
pub struct Memory {
    files: BTreeMap<String, String>,
    membership: Membership,
    words: Vocabulary,
}

/// Which Rust files are read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Membership {
    /// Those whose nearest manifest is a member's, as on disk.
    #[default]
    Members,
    /// All: the manifests were made up.
    All,
}

impl Memory {
    /// Files with their texts. Paths may start with `/`, which is the root.
    pub fn new<P: AsRef<str>, T: Into<String>>(files: impl IntoIterator<Item = (P, T)>) -> Self {
        let files = files.into_iter().map(|(path, text)| (join("", path.as_ref()), text.into())).collect();
        Self { files, membership: Membership::Members, words: vocabulary() }
    }

    /// Files from one text, each under a header line `//- /path/to/file.rs`.
    ///
    /// Where no `Cargo.toml` is among them, crates are made up from the headers: `crate:NAME` starts
    /// a crate whose root is that file (`main.rs` a program, else a library), `deps:A,B` names other
    /// crates of the text or external ones, `edition:YEAR` sets the edition (2021 by default). Without
    /// any `crate:`, `lib.rs` and `main.rs` make one crate `demo`. Text before the first header is
    /// ignored.
    pub fn parse(fixture: &str) -> Self {
        let mut files: BTreeMap<String, String> = BTreeMap::new();
        let mut crates: Vec<Header> = Vec::new();
        let mut current: Option<String> = None;
        for line in fixture.split_inclusive('\n') {
            if let Some(header) = line.trim_start().strip_prefix("//- ") {
                let header = Header::parse(header);
                files.insert(header.path.clone(), String::new());
                current = Some(header.path.clone());
                crates.push(header);
            } else if let Some(text) = current.as_ref().and_then(|path| files.get_mut(path)) {
                text.push_str(line);
            }
        }
        if files.keys().any(|path| name(path) == MANIFEST) {
            return Self { files, membership: Membership::Members, words: vocabulary() };
        }
        files.extend(manifests(&crates));
        Self { files, membership: Membership::All, words: vocabulary() }
    }

    /// The same with other words to look for.
    #[must_use]
    pub fn looking_for(self, words: Vocabulary) -> Self {
        Self { words, ..self }
    }

    /// The same, with documentation read as far as asked.
    #[must_use]
    pub fn with_docs(self, docs: Docs) -> Self {
        Self { words: Vocabulary { docs, ..self.words }, ..self }
    }

    fn is_read(&self, path: &str, folders: &BTreeSet<&str>) -> bool {
        if self.membership == Membership::All {
            return true;
        }
        let mut folder = parent(path);
        loop {
            if self.files.contains_key(&join(folder, MANIFEST)) {
                return folders.contains(folder);
            }
            if folder.is_empty() {
                return false;
            }
            folder = parent(folder);
        }
    }
}

impl Tree for Memory {
    fn text(&self, path: &str) -> Result<String, Absent> {
        self.files.get(&join("", path)).cloned().ok_or(Absent::NotThere)
    }

    fn is_file(&self, path: &str) -> bool {
        self.files.contains_key(&join("", path))
    }

    fn entries(&self, folder: &str) -> Vec<Entry> {
        let folder = join("", folder);
        let inside = self.files.keys().filter(|path| is_below(path, &folder) && **path != folder);
        let entries: BTreeSet<Entry> = inside
            .filter_map(|path| {
                let below = if folder.is_empty() { path } else { path.get(folder.len() + 1..)? };
                Some(match below.split_once('/') {
                    Some((first, _)) => Entry { name: first.to_owned(), kind: EntryKind::Folder },
                    None => Entry { name: below.to_owned(), kind: EntryKind::File },
                })
            })
            .collect();
        entries.into_iter().collect()
    }

    fn relative(&self, absolute: &str) -> String {
        join("", absolute)
    }
}

impl Codebase for Memory {
    fn read(&self) -> Result<Reading, ReadError> {
        let mut workspace = read_manifests(self, "/")?;
        unconfigured().catalogue.name_libraries(&mut workspace);
        workspace.locked = locked(self);
        let folders: BTreeSet<&str> =
            workspace.packages.iter().map(|package| package.folder.as_str()).collect();
        let roots: BTreeSet<&str> = workspace
            .packages
            .iter()
            .flat_map(|package| &package.targets)
            .map(|target| target.root.as_str())
            .collect();
        let files = self
            .files
            .iter()
            .filter(|(path, _)| path.ends_with(".rs"))
            .filter(|(path, _)| roots.contains(path.as_str()) || self.is_read(path, &folders))
            .map(|(path, text)| parse::parse(path, text, &self.words))
            .collect();
        Ok(Reading { workspace, files, unreadable: Vec::new() })
    }

    fn read_more(&self, paths: &[String]) -> Vec<Result<FileFacts, Missing>> {
        paths
            .iter()
            .map(|path| match self.files.get(path) {
                Some(text) => Ok(parse::parse(path, text, &self.words)),
                None => Err(Missing {
                    path: path.clone(),
                    line: None,
                    reason: if is_below(path, "") {
                        "there is no such file".to_owned()
                    } else {
                        "it lies outside the workspace".to_owned()
                    },
                }),
            })
            .collect()
    }

    fn expand(&self, calls: &[MacroCall]) -> Vec<Option<FileFacts>> {
        let calls: Vec<&MacroCall> = calls.iter().collect();
        expand(&|path| Codebase::text(self, path), &calls, &self.words)
    }

    fn text(&self, path: &str) -> Option<String> {
        self.files.get(path).cloned()
    }
}

/// One `//-` line.
#[derive(Clone, Debug, Default)]
struct Header {
    path: String,
    crate_name: Option<String>,
    deps: Vec<String>,
    edition: Option<String>,
}

impl Header {
    fn parse(line: &str) -> Self {
        let mut header = Self::default();
        for word in line.split_whitespace() {
            match word.split_once(':') {
                Some(("crate", crate_name)) => header.crate_name = Some(crate_name.to_owned()),
                Some(("deps", deps)) => header.deps = deps.split(',').map(str::to_owned).collect(),
                Some(("edition", edition)) => header.edition = Some(edition.to_owned()),
                _ => header.path = join("", word),
            }
        }
        header
    }

    /// Folder of the made-up package: its own, so that two roots may lie side by side.
    fn folder(&self) -> Option<String> {
        Some(format!(".packages/{}", self.crate_name.as_ref()?))
    }
}

/// Manifests for crates that are only named in headers.
fn manifests(headers: &[Header]) -> Vec<(String, String)> {
    let named: Vec<&Header> = headers.iter().filter(|header| header.crate_name.is_some()).collect();
    if named.is_empty() {
        let root = |file: &str| headers.iter().find(|header| name(&header.path) == file);
        let (lib, main) = (root("lib.rs"), root("main.rs"));
        let edition = lib.or(main).and_then(|header| header.edition.as_deref()).unwrap_or("2021");
        let mut text = format!("[package]\nname = \"demo\"\nedition = \"{edition}\"\n");
        for (header, table) in [(lib, "[lib]"), (main, "[[bin]]")] {
            if let Some(header) = header {
                text.push_str(&format!("{table}\nname = \"demo\"\npath = \"{}\"\n", header.path));
            }
        }
        return vec![(MANIFEST.to_owned(), text)];
    }
    let member = |header: &Header| {
        let folder = header.folder()?;
        let crate_name = header.crate_name.as_ref()?;
        let edition = header.edition.as_deref().unwrap_or("2021");
        let table = if name(&header.path) == "main.rs" { "[[bin]]" } else { "[lib]" };
        let mut text = format!(
            "[package]\nname = \"{crate_name}\"\nedition = \"{edition}\"\n{table}\nname = \"{}\"\npath = \"../../{}\"\n[dependencies]\n",
            crate_name.replace('-', "_"),
            header.path
        );
        for dep in &header.deps {
            let inside = named.iter().any(|other| other.crate_name.as_ref() == Some(dep));
            text.push_str(&if inside {
                format!("{dep} = {{ path = \"../{dep}\" }}\n")
            } else {
                format!("{dep} = \"1\"\n")
            });
        }
        Some((join(&folder, MANIFEST), text))
    };
    let mut all: Vec<(String, String)> = named.iter().filter_map(|header| member(header)).collect();
    let root = "[workspace]\nmembers = [\".packages/*\"]\n".to_owned();
    all.push((MANIFEST.to_owned(), root));
    all
}

#[cfg(test)]
mod tests {
    use crate::adapters::memory::Memory;
    use crate::application::ports::{Codebase, Reading};

    fn read(fixture: &str) -> Reading {
        Memory::parse(fixture).read().expect("the fixture has a root manifest")
    }

    fn files(reading: &Reading) -> Vec<&str> {
        reading.files.iter().map(|file| file.path.as_str()).collect()
    }

    fn roots(reading: &Reading) -> Vec<(&str, &str)> {
        let targets = reading.workspace.packages.iter().flat_map(|package| &package.targets);
        targets.map(|target| (target.name.as_str(), target.root.as_str())).collect()
    }

    #[test]
    fn headers_make_crates() {
        let reading = read(
            "//- /main.rs crate:app deps:core-lib,serde\nmod a;\n//- /a.rs\n//- /core.rs crate:core-lib edition:2018\n",
        );
        assert_eq!(roots(&reading), [("app", "main.rs"), ("core_lib", "core.rs")]);
        assert_eq!(files(&reading), ["a.rs", "core.rs", "main.rs"]);
        let dependencies: Vec<_> = reading.workspace.packages[0]
            .dependencies
            .iter()
            .map(|dependency| (dependency.name.as_str(), dependency.member.as_deref()))
            .collect();
        assert_eq!(dependencies, [("core_lib", Some("core-lib")), ("serde", None)]);
    }

    #[test]
    fn files_alone_make_one_crate() {
        let reading = read("//- /src/lib.rs\nmod a;\n//- /src/a.rs\n//- /src/main.rs\n");
        assert_eq!(roots(&reading), [("demo", "src/lib.rs"), ("demo", "src/main.rs")]);
        assert_eq!(files(&reading), ["src/a.rs", "src/lib.rs", "src/main.rs"]);
    }

    #[test]
    fn files_of_packages_that_are_no_members_are_left_out() {
        let reading = read(
            "//- /Cargo.toml\n[package]\nname = \"a\"\n//- /src/lib.rs\n//- /other/Cargo.toml\n[package]\nname = \"b\"\n//- /other/src/lib.rs\n//- /loose/x.rs\n",
        );
        assert_eq!(files(&reading), ["loose/x.rs", "src/lib.rs"]);
    }

    #[test]
    fn more_files_come_in_the_order_asked() {
        let memory = Memory::parse("//- /src/lib.rs\n//- /shared/x.rs\nfn x() {}\n");
        let more = memory.read_more(&["../y.rs".to_owned(), "shared/x.rs".to_owned(), "z.rs".to_owned()]);
        let shown: Vec<_> = more
            .iter()
            .map(|read| match read {
                Ok(facts) => facts.path.as_str(),
                Err(missing) => missing.reason.as_str(),
            })
            .collect();
        assert_eq!(shown, ["it lies outside the workspace", "shared/x.rs", "there is no such file"]);
    }
}
