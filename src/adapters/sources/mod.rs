//! A workspace on disk: packages, and the facts of every Rust file in their folders.

mod parallel;
mod walk;

pub use crate::adapters::sources::parallel::within;

use std::collections::{BTreeSet, HashSet};
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use crate::adapters::cargo::disk::{DiskTree, read_text};
use crate::adapters::cargo::paths::{display, is_below};
use crate::adapters::cargo::tree::{Absent, Tree};
use crate::adapters::cargo::{Located, ask, cargo_failed, locate, locked, read_manifests};
use crate::adapters::config::{unconfigured, vocabulary};
use crate::adapters::parse::expand::expand;
use crate::adapters::sources::walk::{Found, Walked};
use crate::application::ports::{Codebase, ReadError, Reading};
use crate::domain::at_once::Task;
use crate::domain::resolve::expand::MacroCall;
use crate::domain::source::docs::Docs;
use crate::domain::source::facts::FileFacts;
use crate::domain::source::vocabulary::Vocabulary;
use crate::domain::source::workspace::{Missing, Workspace};

/// A workspace on disk.
#[derive(Clone, Debug)]
pub struct Disk {
    located: Located,
    tree: DiskTree,
    /// What is looked for in sources.
    words: Vocabulary,
    /// Folders that files may be read from: the workspace, its members, and the repository around
    /// it; as the file system names them.
    bounds: OnceLock<Vec<PathBuf>>,
    /// Files that were read: they are known to lie inside.
    read: OnceLock<HashSet<String>>,
}

impl Disk {
    /// Finds the workspace of `manifest_path`, else the one around `cwd`. `cwd` is absolute.
    ///
    /// # Errors
    /// When there is no manifest.
    pub fn open(manifest_path: Option<&Path>, cwd: &Path) -> Result<Self, ReadError> {
        let located = locate(manifest_path, cwd)?;
        Ok(Self {
            tree: DiskTree::new(&located.root),
            words: vocabulary(),
            bounds: OnceLock::new(),
            read: OnceLock::new(),
            located,
        })
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

    /// Absolute path of the folder with the root manifest.
    pub fn root(&self) -> &Path {
        &self.located.root
    }

    /// Whether a file may be read, links followed.
    fn is_inside(&self, path: &Path) -> bool {
        let bounds = self.bounds.get_or_init(|| {
            let direct = read_manifests(&self.tree, &display(self.root()));
            self.bounds_with(&direct.map(|workspace| folders(&workspace)).unwrap_or_default())
        });
        path.canonicalize().is_ok_and(|real| bounds.iter().any(|bound| real.starts_with(bound)))
    }

    fn bounds_with(&self, members: &[String]) -> Vec<PathBuf> {
        let repository = self.root().ancestors().find(|folder| folder.join(".git").exists());
        let elsewhere =
            members.iter().filter(|folder| !is_below(folder, "")).map(|folder| self.tree.full(folder));
        let folders =
            repository.map(Path::to_owned).into_iter().chain(elsewhere).chain([self.root().to_owned()]);
        folders.filter_map(|folder| folder.canonicalize().ok()).collect()
    }

    fn parse(&self, found: Vec<Found>, into: &mut Reading) {
        for result in parallel::parse(&self.tree, found, &self.words) {
            match result {
                Ok(facts) => into.files.push(facts),
                Err(missing) => into.unreadable.push(missing),
            }
        }
    }

    /// Reads what a walk found beyond what is known, and tells all that it found.
    fn take(&self, walked: Walked, known: &BTreeSet<String>, into: &mut Reading) -> BTreeSet<String> {
        let all = walked.files.iter().map(|file| &file.path).chain(&walked.refused).cloned().collect();
        let refused = walked.refused.into_iter().filter(|path| !known.contains(path));
        into.unreadable.extend(refused.map(|path| outside(&path)));
        self.parse(walked.files.into_iter().filter(|file| !known.contains(&file.path)).collect(), into);
        all
    }

    /// Root files of targets that lie outside the folders of all members.
    fn stray_roots(&self, workspace: &Workspace, known: &BTreeSet<String>) -> Vec<Found> {
        let roots = workspace.packages.iter().flat_map(|package| &package.targets).map(|target| &target.root);
        let stray: BTreeSet<&String> = roots.filter(|root| !known.contains(*root)).collect();
        stray
            .into_iter()
            .filter(|path| self.tree.is_file(path) && self.is_inside(&self.tree.full(path)))
            .map(|path| Found { path: path.clone(), size: 0 })
            .collect()
    }
}

impl Codebase for Disk {
    fn at_once(&self, tasks: Vec<Task<'_>>) {
        parallel::at_once(tasks);
    }

    fn read(&self) -> Result<Reading, ReadError> {
        let root = self.root();
        // Cargo takes longer than reading the manifests and about as long as parsing: it runs beside.
        std::thread::scope(|scope| {
            let asked = scope.spawn(|| ask(&self.tree, root));
            // Wanted after parsing, and read meanwhile.
            scope.spawn(unconfigured);
            let direct = read_manifests(&self.tree, &display(root))?;
            let mut reading = Reading::default();
            let expected = folders(&direct);
            let bounds = self.bounds.get_or_init(|| self.bounds_with(&expected));
            let found = walk::rust_files(&self.tree, &expected, bounds);
            let mut known = self.take(found, &BTreeSet::new(), &mut reading);
            let answer = asked.join().unwrap_or_else(|_| Err("the question to it failed".to_owned()));
            reading.workspace = match answer {
                Ok(workspace) => workspace,
                Err(reason) => {
                    let mut workspace = direct;
                    workspace.notes.push(cargo_failed(&reason));
                    workspace
                }
            };
            let actual = folders(&reading.workspace);
            if actual != expected {
                // Where cargo and our reading of the manifests differ, cargo is right.
                let found = walk::rust_files(&self.tree, &actual, bounds);
                known = self.take(found, &known, &mut reading);
                reading.files.retain(|file| known.contains(&file.path));
                reading.unreadable.retain(|file| known.contains(&file.path));
            }
            self.parse(self.stray_roots(&reading.workspace, &known), &mut reading);
            unconfigured().catalogue.name_libraries(&mut reading.workspace);
            reading.workspace.locked = locked(&self.tree);
            reading.workspace.asked.clone_from(&self.located.member);
            reading.workspace.notes.splice(0..0, self.located.notes.iter().cloned());
            reading.files.sort_by(|a, b| a.path.cmp(&b.path));
            reading.unreadable.sort();
            self.read.get_or_init(|| reading.files.iter().map(|file| file.path.clone()).collect());
            Ok(reading)
        })
    }

    fn read_more(&self, paths: &[String]) -> Vec<Result<FileFacts, Missing>> {
        let wanted = paths.iter().enumerate().map(|(index, path)| {
            let full = self.tree.full(path);
            let missing = if !full.exists() {
                Some(missing(path, Absent::NotThere))
            } else if !self.is_inside(&full) {
                Some(outside(path))
            } else {
                None
            };
            (index, missing)
        });
        let (refused, allowed): (Vec<_>, Vec<_>) = wanted.partition(|(_, missing)| missing.is_some());
        let found = allowed.iter().map(|(index, _)| Found { path: paths[*index].clone(), size: 0 }).collect();
        let read = parallel::parse(&self.tree, found, &self.words);
        let mut all: Vec<(usize, Result<FileFacts, Missing>)> =
            allowed.into_iter().map(|(index, _)| index).zip(read).collect();
        all.extend(refused.into_iter().filter_map(|(index, missing)| Some((index, Err(missing?)))));
        all.sort_by_key(|(index, _)| *index);
        all.into_iter().map(|(_, result)| result).collect()
    }

    fn expand(&self, calls: &[MacroCall]) -> Vec<Option<FileFacts>> {
        // Calls of one macro side by side: its rules are read once, and what it makes again is known.
        let mut order: Vec<usize> = (0..calls.len()).collect();
        order.sort_by_key(|at| (&calls[*at].rules, *at));
        let sorted: Vec<&MacroCall> = order.iter().map(|at| &calls[*at]).collect();
        let text = |path: &str| Codebase::text(self, path);
        let made = parallel::in_shares(
            &sorted,
            |call| call.arguments.size(),
            |share| expand(&text, share, &self.words),
        );
        let mut found: Vec<Option<FileFacts>> = calls.iter().map(|_| None).collect();
        for (at, made) in order.into_iter().zip(made) {
            found[at] = made;
        }
        found
    }

    fn text(&self, path: &str) -> Option<String> {
        let full = self.tree.full(path);
        let known = self.read.get().is_some_and(|read| read.contains(path));
        if known || self.is_inside(&full) { read_text(&full).ok() } else { None }
    }

    fn texts(&self, paths: &[String]) -> Vec<Option<String>> {
        let read = |share: &[String]| share.iter().map(|path| self.text(path)).collect();
        parallel::in_shares(paths, |_| 1, read)
    }
}

/// Folders of all members, sorted.
fn folders(workspace: &Workspace) -> Vec<String> {
    let mut folders: Vec<String> = workspace.packages.iter().map(|package| package.folder.clone()).collect();
    folders.sort();
    folders.dedup();
    folders
}

/// Why a file beyond the bounds is missing.
fn outside(path: &str) -> Missing {
    missing(path, Absent::Unreadable("it lies outside the workspace".to_owned()))
}

/// Why a file is missing.
fn missing(path: &str, absent: Absent) -> Missing {
    Missing { path: path.to_owned(), line: None, reason: absent.reason() }
}
