//! The targets of a package: those its manifest lists, and those cargo finds by their place.

use crate::adapters::cargo::manifest::{Build, Manifest, PackageTable, RawTarget};
use crate::adapters::cargo::paths::{join, name};
use crate::adapters::cargo::tree::{EntryKind, Tree};
use crate::domain::source::workspace::{Edition, Target, TargetKind};

/// All targets of the package in `folder`.
pub(super) fn targets(
    tree: &dyn Tree,
    folder: &str,
    manifest: &Manifest,
    package: &PackageTable,
    package_name: &str,
    edition: Edition,
) -> Vec<Target> {
    let finder = Finder { tree, folder, package_name, edition };
    let mut targets = Vec::new();
    targets.extend(finder.lib(manifest.lib.as_ref(), package));
    let has_lib = !targets.is_empty();
    for (kind, listed, auto, inside) in [
        (TargetKind::Bin, &manifest.bins, package.auto.bins, "src/bin"),
        (TargetKind::Example, &manifest.examples, package.auto.examples, "examples"),
        (TargetKind::Test, &manifest.tests, package.auto.tests, "tests"),
        (TargetKind::Bench, &manifest.benches, package.auto.benches, "benches"),
    ] {
        let mut inferred = finder.inside(inside);
        if kind == TargetKind::Bin && finder.is_file("src/main.rs") {
            inferred.insert(0, (package_name.to_owned(), "src/main.rs".to_owned()));
        }
        let legacy = |target: &str| match kind {
            TargetKind::Bin => finder.legacy_bin(target, has_lib),
            TargetKind::Bench if target == "bench" => finder.existing("src/bench.rs"),
            _ => None,
        };
        targets.extend(finder.merged(kind, listed, inferred, auto, legacy));
    }
    targets.extend(finder.build(package));
    targets
}

struct Finder<'a> {
    tree: &'a dyn Tree,
    folder: &'a str,
    package_name: &'a str,
    edition: Edition,
}

impl Finder<'_> {
    fn is_file(&self, path: &str) -> bool {
        self.tree.is_file(&join(self.folder, path))
    }

    fn existing(&self, path: &str) -> Option<String> {
        self.is_file(path).then(|| path.to_owned())
    }

    fn target(&self, kind: TargetKind, target_name: &str, path: &str, edition: Option<&str>) -> Target {
        Target {
            name: target_name.replace('-', "_"),
            kind,
            root: self.tree.place(self.folder, path),
            edition: edition.map_or(self.edition, edition_of),
        }
    }

    fn lib(&self, listed: Option<&RawTarget>, package: &PackageTable) -> Option<Target> {
        let inferred = || self.existing("src/lib.rs");
        let Some(lib) = listed else {
            let path = if package.auto.lib == Some(false) { None } else { inferred() };
            return path.map(|path| self.target(TargetKind::Lib, self.package_name, &path, None));
        };
        let lib_name = lib.name.as_deref().unwrap_or(self.package_name);
        let legacy = || self.existing(&format!("src/{}.rs", lib_name.replace('-', "_")));
        let path =
            lib.path.clone().or_else(inferred).or_else(legacy).unwrap_or_else(|| "src/lib.rs".to_owned());
        let kind = if lib.proc_macro { TargetKind::ProcMacro } else { TargetKind::Lib };
        Some(self.target(kind, lib_name, &path, lib.edition.as_deref()))
    }

    /// `NAME.rs` and `NAME/main.rs` in a folder.
    fn inside(&self, inside: &str) -> Vec<(String, String)> {
        let mut found = Vec::new();
        for entry in self.tree.entries(&join(self.folder, inside)) {
            if entry.name.starts_with('.') {
                continue;
            }
            let path = format!("{inside}/{}", entry.name);
            if entry.kind == EntryKind::File {
                if let Some(stem) = entry.name.strip_suffix(".rs") {
                    found.push((stem.to_owned(), path));
                }
            } else if let Some(main) = self.existing(&format!("{path}/main.rs")) {
                found.push((entry.name, main));
            }
        }
        found
    }

    fn merged(
        &self,
        kind: TargetKind,
        listed: &[RawTarget],
        inferred: Vec<(String, String)>,
        auto: Option<bool>,
        legacy: impl Fn(&str) -> Option<String>,
    ) -> Vec<Target> {
        let mut targets = Vec::new();
        for target in listed {
            // Without a name cargo rejects it; its file still names it.
            let path = target.path.clone();
            let Some(target_name) = target.name.clone().or_else(|| path.as_deref().map(stem)) else {
                continue;
            };
            let place =
                || inferred.iter().find(|(known, _)| *known == target_name).map(|(_, path)| path.clone());
            let Some(path) = path.or_else(place).or_else(|| legacy(&target_name)) else { continue };
            targets.push(self.target(kind, &target_name, &path, target.edition.as_deref()));
        }
        // In edition 2015, listing one target turns the search off.
        let search = auto.unwrap_or(listed.is_empty() || self.edition != Edition::E2015);
        if search {
            for (target_name, path) in &inferred {
                let named = listed.iter().any(|target| target.name.as_deref() == Some(target_name));
                let placed = listed.iter().any(|target| target.path.as_deref() == Some(path));
                if !named && !placed {
                    targets.push(self.target(kind, target_name, path, None));
                }
            }
        }
        targets
    }

    /// Where programs lay before edition 2018.
    fn legacy_bin(&self, bin: &str, has_lib: bool) -> Option<String> {
        let own = if has_lib { None } else { self.existing(&format!("src/{bin}.rs")) };
        own.or_else(|| self.existing("src/main.rs")).or_else(|| self.existing("src/bin/main.rs"))
    }

    fn build(&self, package: &PackageTable) -> Vec<Target> {
        let paths = match &package.build {
            Build::None => Vec::new(),
            Build::Found => self.existing("build.rs").into_iter().collect(),
            Build::At(paths) => paths.clone(),
        };
        paths
            .iter()
            .map(|path| {
                let target_name = format!("build-script-{}", stem(path));
                self.target(TargetKind::BuildScript, &target_name, path, None)
            })
            .collect()
    }
}

/// The name of a file without its extension.
fn stem(path: &str) -> String {
    let file = name(path);
    file.rsplit_once('.').map_or(file, |(stem, _)| stem).to_owned()
}

/// The edition a manifest names; unknown ones are newer than all that is known.
pub(super) fn edition_of(word: &str) -> Edition {
    match word {
        "2015" => Edition::E2015,
        "2018" => Edition::E2018,
        "2021" => Edition::E2021,
        _ => Edition::E2024,
    }
}
