//! Manifests held against code: what no path names is looked for in the text before it is told.

use std::collections::{BTreeMap, BTreeSet};

use memchr::memmem;

use crate::application::analyse::Analysis;
use crate::domain::contracts::manifest::{
    Evidence, NamedBy, Silence, Written, asks_text, check, name_in_code, silences,
};
use crate::domain::finding::Finding;
use crate::domain::policy::Policy;
use crate::domain::source::workspace::{Dependency, DependencyKind, TargetKind, Workspace};

/// Signs that code of a package is made while it is built.
const GENERATED: [&str; 3] = ["OUT_DIR", "include_proto!", "include_bytes_aligned!"];

/// Files whose texts are held at once.
const BATCH: usize = 128;

/// What manifests declare and code does not use, and the other way.
pub fn manifests(
    analysis: &Analysis,
    policy: &Policy,
    texts_of: &dyn Fn(&[String]) -> Vec<Option<String>>,
) -> Vec<Finding> {
    let Analysis { workspace, graph, coverage, named, .. } = analysis;
    let silent = silences(workspace, graph, named);
    let mut generated = BTreeSet::new();
    let before = Evidence { workspace, graph, named, coverage, silences: &[], generated: &generated };
    let asked = asks_text(&before, policy, &silent);
    let mut told: Vec<(Silence, Written)> = Vec::new();
    let mut by_package: BTreeMap<usize, Vec<Silence>> = BTreeMap::new();
    for (silence, asked) in silent.into_iter().zip(asked) {
        match asked {
            true => by_package.entry(silence.package).or_default().push(silence),
            false => told.push((silence, Written::Nowhere)),
        }
    }
    let orphans: BTreeSet<&str> = coverage.orphans.iter().map(String::as_str).collect();
    let files = if by_package.is_empty() { Vec::new() } else { files_of(analysis) };
    for (package, silences) in by_package {
        let names: Vec<&str> =
            silences.iter().map(|one| name_in_code(workspace, dependency(workspace, one))).collect();
        let mut written = vec![Written::Nowhere; names.len()];
        for (path, text) in texts(analysis, package, &files[package], texts_of) {
            let script = is_build_script(workspace, package, &path);
            let loose = orphans.contains(path.as_str()) || !path.ends_with(".rs");
            for ((found, name), silence) in written.iter_mut().zip(&names).zip(&silences) {
                let for_script = dependency(workspace, silence).kind == DependencyKind::Build;
                // Where only tests name it, their text says nothing of production.
                if for_script != script || silence.named_by == NamedBy::Tests {
                    continue;
                }
                *found = stronger(*found, search(&text, name, loose));
            }
            if GENERATED.iter().any(|sign| memmem::find(text.as_bytes(), sign.as_bytes()).is_some()) {
                generated.insert(package);
            }
        }
        told.extend(silences.into_iter().zip(written));
    }
    told.sort_by_key(|(silence, _)| *silence);
    let evidence = Evidence { workspace, graph, named, coverage, silences: &told, generated: &generated };
    check(&evidence, policy)
}

fn is_build_script(workspace: &Workspace, package: usize, path: &str) -> bool {
    let mut targets = workspace.packages[package].targets.iter();
    targets.any(|target| target.kind == TargetKind::BuildScript && target.root == path)
}

fn dependency<'a>(workspace: &'a Workspace, silence: &Silence) -> &'a Dependency {
    &workspace.packages[silence.package].dependencies[silence.dependency]
}

/// The Rust files of each package: those in its folder and in that of no package within it.
fn files_of(analysis: &Analysis) -> Vec<Vec<&str>> {
    let packages = &analysis.workspace.packages;
    let mut files = vec![Vec::new(); packages.len()];
    for file in &analysis.graph.files {
        let inside = |folder: &str| {
            folder.is_empty() || file.path.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'))
        };
        let owners = packages.iter().enumerate().filter(|(_, package)| inside(&package.folder));
        if let Some((owner, _)) = owners.max_by_key(|(_, package)| package.folder.len()) {
            files[owner].push(file.path.as_str());
        }
    }
    files
}

/// The texts of a package: its files, the roots of its targets, its readme.
fn texts<'a>(
    analysis: &'a Analysis,
    package: usize,
    files: &'a [&'a str],
    texts_of: &'a dyn Fn(&[String]) -> Vec<Option<String>>,
) -> impl Iterator<Item = (String, String)> + use<'a> {
    let package = &analysis.workspace.packages[package];
    let folder = &package.folder;
    let roots = package.targets.iter().map(|target| target.root.as_str());
    let readme = if folder.is_empty() { "README.md".to_owned() } else { format!("{folder}/README.md") };
    let mut paths: Vec<String> = files.iter().copied().chain(roots).map(str::to_owned).collect();
    paths.sort();
    paths.dedup();
    paths.push(readme);
    let batches: Vec<Vec<String>> = paths.chunks(BATCH).map(<[String]>::to_vec).collect();
    batches.into_iter().flat_map(|paths| {
        let texts = texts_of(&paths);
        paths.into_iter().zip(texts).filter_map(|(path, text)| Some((path, text?)))
    })
}

fn stronger(one: Written, other: Written) -> Written {
    match (one, other) {
        (Written::InCode, _) | (_, Written::InCode) => Written::InCode,
        (Written::InDocs, _) | (_, Written::InDocs) => Written::InDocs,
        _ => Written::Nowhere,
    }
}

/// Whether a text writes a name as that of a crate: before `::`, or after `use` or `crate`.
fn search(text: &str, name: &str, loose: bool) -> Written {
    let mut found = Written::Nowhere;
    let is_word = |letter: char| letter.is_alphanumeric() || letter == '_';
    for at in memmem::find_iter(text.as_bytes(), name) {
        let (before, after) = (&text[..at], &text[at + name.len()..]);
        if before.ends_with(is_word) || after.starts_with(is_word) {
            continue;
        }
        // In the middle of a path it is no crate's.
        let inner = before.strip_suffix("::").is_some_and(|rest| rest.ends_with(|c| is_word(c) || c == '>'));
        if inner {
            continue;
        }
        let line = before.rsplit('\n').next().unwrap_or_default().trim_start();
        let before = before.trim_end();
        let imported = before.len() < at
            && ["use", "crate"]
                .iter()
                .any(|word| before.strip_suffix(word).is_some_and(|rest| !rest.ends_with(is_word)));
        let as_path = after.trim_start().starts_with("::");
        // `[x]` in documentation is a link, which breaks without the crate.
        let linked = line.starts_with("//") && ["[", "[`"].iter().any(|mark| before.ends_with(mark));
        let grouped = line.starts_with("use ") || line.starts_with("pub use ");
        if !(imported || as_path || grouped || linked) {
            continue;
        }
        let comment = line.starts_with("//") || line.starts_with('*') || line.starts_with("/*");
        let docs = ["///", "//!", "*", "/**", "/*!"].iter().any(|mark| line.starts_with(mark));
        let here = match (loose, comment) {
            (true, _) => Written::InDocs,
            (false, true) if docs => Written::InDocs,
            (false, true) => Written::Nowhere,
            (false, false) => Written::InCode,
        };
        found = stronger(found, here);
    }
    found
}
