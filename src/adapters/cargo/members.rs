//! Which folders are packages of a workspace, by cargo's rules.

use std::collections::{BTreeMap, VecDeque};

use crate::adapters::cargo::MANIFEST;
use crate::adapters::cargo::document::TomlError;
use crate::adapters::cargo::manifest::{Manifest, WorkspaceTable};
use crate::adapters::cargo::paths::{is_below, join};
use crate::adapters::cargo::tree::{Absent, EntryKind, Tree};
use crate::domain::source::workspace::Missing;

/// Folders that `**` descends at most.
const DEPTH: usize = 32;

/// What was found.
#[derive(Debug, Default)]
pub(super) struct Members {
    /// Each member's folder and manifest.
    pub(super) members: BTreeMap<String, Manifest>,
    /// Members that could not be read.
    pub(super) missing: Vec<Missing>,
}

/// Finds all members: those listed, the root, and those that path dependencies below the root lead to.
pub(super) fn find(tree: &dyn Tree, root: &Manifest) -> Members {
    let mut found = Members::default();
    let Some(table) = &root.workspace else {
        found.members.insert(String::new(), root.clone());
        return found;
    };
    let mut queue = VecDeque::new();
    if root.package.is_some() {
        queue.push_back(Asked {
            folder: String::new(),
            by: MANIFEST.to_owned(),
            line: None,
            how: How::Listed,
        });
    }
    for (pattern, line) in &table.members {
        for asked in expand(tree, pattern) {
            queue.push_back(Asked { line: Some(*line), ..asked });
        }
    }
    while let Some(asked) = queue.pop_front() {
        if found.members.contains_key(&asked.folder) || is_excluded(table, &asked.folder) {
            continue;
        }
        let manifest = match load(tree, &asked.folder) {
            Ok(manifest) => manifest.map_err(|error| asked.broken(&error)),
            Err(Absent::NotThere) if asked.how == How::Pattern => continue,
            Err(absent) => Err(asked.missing(&absent.reason())),
        };
        match manifest {
            Ok(manifest) if manifest.package.is_none() => {
                if !asked.folder.is_empty() && asked.how == How::Listed {
                    found.missing.push(asked.missing("it declares no package"));
                }
            }
            Ok(manifest) => {
                queue.extend(path_dependencies(tree, &asked.folder, &manifest, table));
                found.members.insert(asked.folder, manifest);
            }
            Err(missing) => found.missing.push(missing),
        }
    }
    found
}

/// Whether the workspace lists this folder, or leads to it, and does not exclude it.
pub(super) fn is_excluded(table: &WorkspaceTable, folder: &str) -> bool {
    let listed = table.members.iter().any(|(path, _)| is_below(folder, &join("", path)));
    let excluded = table.exclude.iter().any(|path| is_below(folder, &join("", path)));
    excluded && !listed
}

/// A folder that should be a member.
#[derive(Clone, Debug)]
struct Asked {
    folder: String,
    /// The manifest that asks for it, and its line.
    by: String,
    line: Option<u32>,
    how: How,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum How {
    /// By its own path.
    Listed,
    /// A pattern matches it.
    Pattern,
    /// A member depends on its path.
    Dependency,
}

impl Asked {
    /// Told where the member is asked for.
    fn missing(&self, reason: &str) -> Missing {
        let reason = format!("`{}`: {reason}", join(&self.folder, MANIFEST));
        Missing { path: self.by.clone(), line: self.line, reason }
    }

    /// Told in the manifest itself.
    fn broken(&self, error: &TomlError) -> Missing {
        Missing {
            path: join(&self.folder, MANIFEST),
            line: error.position.map(|(line, _)| line),
            reason: format!("it is not valid: {}", error.message),
        }
    }
}

fn load(tree: &dyn Tree, folder: &str) -> Result<Result<Manifest, TomlError>, Absent> {
    Ok(Manifest::parse(&tree.text(&join(folder, MANIFEST))?))
}

fn path_dependencies(
    tree: &dyn Tree,
    folder: &str,
    manifest: &Manifest,
    table: &WorkspaceTable,
) -> Vec<Asked> {
    let mut asked = Vec::new();
    for dependency in &manifest.dependencies {
        let to = match &dependency.path {
            Some(path) => tree.place(folder, path),
            None if dependency.inherited => {
                let shared = table.dependencies.iter().find(|shared| shared.key == dependency.key);
                match shared.and_then(|shared| shared.path.as_ref()) {
                    Some(path) => tree.place("", path),
                    None => continue,
                }
            }
            None => continue,
        };
        // Beyond the root it is an external crate.
        if is_below(&to, "") {
            asked.push(Asked {
                folder: to,
                by: join(folder, MANIFEST),
                line: Some(dependency.line),
                how: How::Dependency,
            });
        }
    }
    asked
}

/// The folders a member pattern names, in order.
fn expand(tree: &dyn Tree, pattern: &str) -> Vec<Asked> {
    let pattern = tree.place("", pattern);
    if !pattern.contains(['*', '?', '[']) {
        return vec![Asked { folder: pattern, by: MANIFEST.to_owned(), line: None, how: How::Listed }];
    }
    let mut folders = vec![String::new()];
    for part in pattern.split('/').filter(|part| !part.is_empty() && *part != ".") {
        folders = if part == "**" {
            folders.into_iter().flat_map(|folder| descend(tree, folder)).collect()
        } else if part.contains(['*', '?', '[']) {
            folders.iter().flat_map(|folder| children(tree, folder, part)).collect()
        } else {
            folders.iter().map(|folder| join(folder, part)).collect()
        };
    }
    let asked = |folder| Asked { folder, by: MANIFEST.to_owned(), line: None, how: How::Pattern };
    folders.into_iter().map(asked).collect()
}

fn children(tree: &dyn Tree, folder: &str, pattern: &str) -> Vec<String> {
    tree.entries(folder)
        .into_iter()
        .filter(|entry| entry.kind != EntryKind::File && matches(pattern.as_bytes(), entry.name.as_bytes()))
        .map(|entry| join(folder, &entry.name))
        .collect()
}

/// A folder and all below it, links apart.
fn descend(tree: &dyn Tree, folder: String) -> Vec<String> {
    let mut all = vec![folder];
    let mut level = all.clone();
    for _ in 0..DEPTH {
        level = level
            .iter()
            .flat_map(|folder| {
                let inside = tree.entries(folder).into_iter();
                inside
                    .filter(|entry| entry.kind == EntryKind::Folder && entry.name != ".git")
                    .map(|entry| join(folder, &entry.name))
                    .collect::<Vec<_>>()
            })
            .collect();
        if level.is_empty() {
            break;
        }
        all.extend(level.iter().cloned());
    }
    all
}

/// Whether a name matches a pattern of `*`, `?` and `[…]`.
pub(super) fn matches(pattern: &[u8], name: &[u8]) -> bool {
    let (mut at, mut from) = (0, 0);
    // Where to go on when the text after the last `*` does not match.
    let mut star: Option<(usize, usize)> = None;
    while from < name.len() {
        let step = match pattern.get(at) {
            Some(b'*') => {
                star = Some((at + 1, from));
                at += 1;
                continue;
            }
            Some(b'?') => Some(1),
            Some(b'[') => class(&pattern[at..], name[from]),
            Some(byte) => (*byte == name[from]).then_some(1),
            None => None,
        };
        match (step, &mut star) {
            (Some(width), _) => {
                at += width;
                from += 1;
            }
            (None, Some((after, next))) => {
                *next += 1;
                at = *after;
                from = *next;
            }
            (None, None) => return false,
        }
    }
    pattern[at..].iter().all(|byte| *byte == b'*')
}

/// The width of the class that starts `pattern`, if `byte` is in it.
fn class(pattern: &[u8], byte: u8) -> Option<usize> {
    let negated = pattern.get(1) == Some(&b'!');
    let start = if negated { 2 } else { 1 };
    // A `]` that comes first is itself.
    let end = pattern.iter().skip(start + 1).position(|end| *end == b']')? + start + 1;
    let set = &pattern[start..end];
    let mut contained = false;
    let mut at = 0;
    while at < set.len() {
        if at + 2 < set.len() && set[at + 1] == b'-' {
            contained |= (set[at]..=set[at + 2]).contains(&byte);
            at += 3;
        } else {
            contained |= set[at] == byte;
            at += 1;
        }
    }
    (contained != negated).then_some(end + 1)
}
