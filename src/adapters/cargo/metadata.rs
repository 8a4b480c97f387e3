//! Asking cargo, without letting the workspace choose what runs.

use std::collections::BTreeMap;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::{Child, Stdio};
use std::sync::mpsc::channel;
use std::time::Duration;

use cargo_metadata::{Metadata, MetadataCommand};

use crate::adapters::cargo::macros::macros_of;
use crate::adapters::cargo::manifest::Manifest;
use crate::adapters::cargo::paths::{parent, relative};
use crate::adapters::cargo::tree::Tree;
use crate::adapters::cargo::{MANIFEST, patch, settle};
use crate::domain::source::workspace::{
    Dependency, DependencyKind, Edition, Package, Target, TargetKind, Workspace,
};

/// How long cargo may take to read a few manifests.
const PATIENCE: Duration = Duration::from_secs(30);

/// The note for a workspace that cargo could not read.
pub fn cargo_failed(reason: &str) -> String {
    format!("`cargo metadata` failed, so the manifests were read directly: {reason}")
}

/// Asks cargo for the workspace at `root`.
///
/// # Errors
/// When cargo is absent, rejects the workspace, or takes too long; with the first lines of why.
pub fn ask(tree: &dyn Tree, root: &Path) -> Result<Workspace, String> {
    let metadata = run(root)?;
    Ok(workspace(tree, root, &metadata))
}

fn run(root: &Path) -> Result<Metadata, String> {
    let folder = outside(root).ok_or("there is no folder outside the workspace to run it from")?;
    let mut command = MetadataCommand::new()
        .manifest_path(root.join(MANIFEST))
        .no_deps()
        // From inside the workspace, its `rust-toolchain.toml` could make the `cargo` shim run a
        // program of its choosing, and its `.cargo/config.toml` would be obeyed.
        .current_dir(folder)
        // Nothing is to be installed or fetched for a look at the manifests.
        .env("RUSTUP_AUTO_INSTALL", "0")
        .env("CARGO_NET_OFFLINE", "true")
        .env("CARGO_TERM_COLOR", "never")
        .cargo_command();
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let child = command.spawn().map_err(|error| format!("cargo did not start: {error}"))?;
    // What is told is the same wherever the workspace lies.
    let here = format!("{}/", root.display());
    let answer = wait(child).map_err(|reason| reason.replace(&here, ""))?;
    let start = answer.find("{\"packages\"").or_else(|| answer.find('{')).unwrap_or(0);
    let line = answer[start..].lines().next().unwrap_or_default();
    MetadataCommand::parse(line).map_err(|error| format!("its answer is not understood: {error}"))
}

/// A folder that is not inside the workspace, nor the workspace inside of what it configures.
fn outside(root: &Path) -> Option<PathBuf> {
    let top = root.ancestors().last()?;
    (top != root).then(|| top.to_owned())
}

fn wait(mut child: Child) -> Result<String, String> {
    let out = child.stdout.take().ok_or("its output is closed")?;
    let err = child.stderr.take().ok_or("its output is closed")?;
    let (done, answer) = channel();
    let complaint = std::thread::spawn(move || text(err));
    std::thread::spawn(move || done.send(text(out)));
    let Ok(answer) = answer.recv_timeout(PATIENCE) else {
        // Already gone is as good.
        let _ = child.kill();
        let _ = child.wait();
        return Err(format!("it took longer than {} seconds", PATIENCE.as_secs()));
    };
    let status = child.wait().map_err(|error| error.to_string())?;
    if status.success() {
        return Ok(answer);
    }
    let complaint = complaint.join().unwrap_or_default();
    Err(complained(&complaint).unwrap_or_else(|| "it ended without a word".to_owned()))
}

fn text(mut from: impl Read) -> String {
    let mut bytes = Vec::new();
    // What was read before an error is all there is to tell.
    let _ = from.read_to_end(&mut bytes);
    String::from_utf8_lossy(&bytes).into_owned()
}

/// The first line of a complaint that says what is wrong, with the first lines of why.
fn complained(complaint: &str) -> Option<String> {
    let lines = || complaint.lines().map(str::trim).filter(|line| !line.is_empty());
    let error = lines().find(|line| line.starts_with("error")).or_else(|| lines().next())?;
    let error = error.strip_prefix("error: ").unwrap_or(error).trim_end_matches(':');
    Some(match lines().skip_while(|line| *line != "Caused by:").nth(1) {
        Some(cause) => format!("{error}: {cause}"),
        None => error.to_owned(),
    })
}

fn workspace(tree: &dyn Tree, root: &Path, metadata: &Metadata) -> Workspace {
    let see = |path: &cargo_metadata::camino::Utf8Path| relative(root, path.as_std_path());
    let names: BTreeMap<String, String> = metadata
        .packages
        .iter()
        .map(|package| (parent(&see(&package.manifest_path)).to_owned(), package.name.to_string()))
        .collect();
    let mut workspace =
        Workspace { root: crate::adapters::cargo::paths::display(root), ..Workspace::default() };
    for package in &metadata.packages {
        let manifest = see(&package.manifest_path);
        // Cargo does not tell lines.
        let written =
            tree.text(&manifest).ok().and_then(|text| Manifest::parse(&text).ok()).unwrap_or_default();
        workspace.packages.push(Package {
            name: package.name.to_string(),
            version: package.version.to_string(),
            folder: parent(&manifest).to_owned(),
            manifest,
            edition: edition(package.edition),
            description: package.description.clone().unwrap_or_default(),
            categories: package.categories.clone(),
            dependencies: package
                .dependencies
                .iter()
                .map(|asked| {
                    let place = asked.path.as_ref().map(|path| see(path));
                    dependency(asked, &written, place.and_then(|place| names.get(&place).cloned()))
                })
                .collect(),
            targets: package
                .targets
                .iter()
                .map(|target| Target {
                    name: target.name.replace('-', "_"),
                    kind: kind(&target.kind),
                    root: see(&target.src_path),
                    edition: edition(target.edition),
                })
                .collect(),
            features: package.features.keys().cloned().collect(),
        });
    }
    let root = tree.text(MANIFEST).ok().and_then(|text| Manifest::parse(&text).ok()).unwrap_or_default();
    patch(tree, &root, &names, &mut workspace);
    settle(&mut workspace);
    workspace
}

fn dependency(asked: &cargo_metadata::Dependency, written: &Manifest, member: Option<String>) -> Dependency {
    let key = asked.rename.as_deref().unwrap_or(&asked.name);
    let kind = match asked.kind {
        cargo_metadata::DependencyKind::Development => DependencyKind::Dev,
        cargo_metadata::DependencyKind::Build => DependencyKind::Build,
        _ => DependencyKind::Normal,
    };
    let target = asked.target.as_ref().map(ToString::to_string);
    let same = |raw: &&crate::adapters::cargo::manifest::RawDependency| raw.key == key && raw.kind == kind;
    let plain = |text: &str| text.chars().filter(|letter| !letter.is_whitespace()).collect::<String>();
    let for_target = written
        .dependencies
        .iter()
        .filter(same)
        .find(|raw| raw.target.as_deref().map(plain) == target.as_deref().map(plain));
    let raw = for_target.or_else(|| written.dependencies.iter().find(same));
    Dependency {
        package: asked.name.clone(),
        name: key.replace('-', "_"),
        library: asked.name.replace('-', "_"),
        macros: macros_of(&asked.name.replace('-', "_")),
        renamed: asked.rename.as_ref().is_some_and(|rename| *rename != asked.name),
        kind,
        optional: asked.optional,
        target: raw.and_then(|raw| raw.target.clone()).filter(|_| target.is_some()).or(target),
        member,
        line: raw.map(|raw| raw.line),
        column: raw.map(|raw| raw.column),
        asks: asked.features.clone(),
        enabled_by: written.enabling(key),
    }
}

fn edition(edition: cargo_metadata::Edition) -> Edition {
    crate::adapters::cargo::targets::edition_of(edition.as_str())
}

fn kind(kinds: &[cargo_metadata::TargetKind]) -> TargetKind {
    kinds
        .iter()
        .find_map(|kind| match kind {
            cargo_metadata::TargetKind::Bench => Some(TargetKind::Bench),
            cargo_metadata::TargetKind::Bin => Some(TargetKind::Bin),
            cargo_metadata::TargetKind::CustomBuild => Some(TargetKind::BuildScript),
            cargo_metadata::TargetKind::Example => Some(TargetKind::Example),
            cargo_metadata::TargetKind::ProcMacro => Some(TargetKind::ProcMacro),
            cargo_metadata::TargetKind::Test => Some(TargetKind::Test),
            _ => None,
        })
        .unwrap_or(TargetKind::Lib)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_complaint_is_told_with_its_cause() {
        let complaint = "warning: x\nerror: failed to parse manifest at `a/Cargo.toml`\n\nCaused by:\n  the cargo \
                         feature `y` requires a nightly version\n  See https://…\n";
        let told =
            "failed to parse manifest at `a/Cargo.toml`: the cargo feature `y` requires a nightly version";
        assert_eq!(complained(complaint).as_deref(), Some(told));
        assert_eq!(complained("error: no such command:\n").as_deref(), Some("no such command"));
        assert_eq!(complained(" \n"), None);
    }
}
