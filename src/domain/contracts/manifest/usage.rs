//! What each package declares, and which of its code names it.

use std::collections::BTreeSet;

use crate::domain::graph::Graph;
use crate::domain::graph::named::Named;
use crate::domain::source::workspace::{
    Dependency, DependencyKind, Package, Standing, TargetKind, Workspace,
};

/// A declared dependency that no path of the code it is for starts with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Silence {
    /// Index of the package.
    pub package: usize,
    /// Index among its dependencies.
    pub dependency: usize,
    /// Who does name it.
    pub named_by: NamedBy,
}

/// Who names a dependency that production code does not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum NamedBy {
    /// Nobody.
    Nobody,
    /// Tests, benchmarks and examples.
    Tests,
}

/// The names that the crates of one package use.
pub(super) struct Usage<'a> {
    graph: &'a Graph,
    /// Those of this package.
    pub(super) named: Vec<&'a Named>,
}

impl<'a> Usage<'a> {
    pub(super) fn of(package: &Package, graph: &'a Graph, named: &'a [Named]) -> Self {
        let own = |one: &&Named| graph.crates[one.krate.0 as usize].package == package.name;
        Self { graph, named: named.iter().filter(own).collect() }
    }

    /// Who names a dependency of this kind by this name; none where production code does.
    fn silence(&self, name: &str, kind: DependencyKind) -> Option<NamedBy> {
        let mut by = NamedBy::Nobody;
        for one in self.named.iter().filter(|one| one.name == name) {
            let target = self.graph.crates[one.krate.0 as usize].kind;
            if (target == TargetKind::BuildScript) != (kind == DependencyKind::Build) {
                continue;
            }
            if !matches!(one.standing, Standing::Declared | Standing::TestsOnly) {
                continue;
            }
            let tests =
                one.test || matches!(target, TargetKind::Test | TargetKind::Bench | TargetKind::Example);
            if !tests || kind != DependencyKind::Normal {
                return None;
            }
            by = NamedBy::Tests;
        }
        Some(by)
    }
}

/// Every dependency that is declared and not named by the code it is for, in order.
pub fn silences(workspace: &Workspace, graph: &Graph, named: &[Named]) -> Vec<Silence> {
    let mut found = Vec::new();
    for (at, package) in workspace.packages.iter().enumerate() {
        let usage = Usage::of(package, graph, named);
        for (number, dependency) in package.dependencies.iter().enumerate() {
            if is_beside_the_code(workspace, package, dependency) {
                continue;
            }
            let name = name_in_code(workspace, dependency);
            if let Some(named_by) = usage.silence(name, dependency.kind) {
                found.push(Silence { package: at, dependency: number, named_by });
            }
        }
    }
    let quiet: BTreeSet<(usize, usize)> = found
        .iter()
        .filter(|one| one.named_by == NamedBy::Nobody)
        .map(|one| (one.package, one.dependency))
        .collect();
    found.retain(|one| !is_companion(&workspace.packages[one.package], one, &quiet));
    found
}

/// The name that code uses for a dependency.
pub fn name_in_code<'a>(workspace: &'a Workspace, dependency: &'a Dependency) -> &'a str {
    let member = dependency.member.as_deref().filter(|_| !dependency.renamed);
    let library = member.and_then(|member| library(workspace, member));
    library.unwrap_or(&dependency.name)
}

fn library<'a>(workspace: &'a Workspace, member: &str) -> Option<&'a str> {
    let package = workspace.packages.iter().find(|package| package.name == member)?;
    let library = |kind| matches!(kind, TargetKind::Lib | TargetKind::ProcMacro);
    package.targets.iter().find(|target| library(target.kind)).map(|target| &*target.name)
}

/// Whether a dependency is not there to be named: the package itself with other features, a program, a
/// tie between versions, or the tests' share of what is declared for all.
fn is_beside_the_code(workspace: &Workspace, package: &Package, dependency: &Dependency) -> bool {
    let own = dependency.member.as_ref() == Some(&package.name);
    let program = dependency.member.as_ref().is_some_and(|member| library(workspace, member).is_none());
    let declared_for_all = dependency.kind == DependencyKind::Dev
        && package
            .dependencies
            .iter()
            .any(|other| other.kind == DependencyKind::Normal && other.name == dependency.name);
    // Such a condition never holds: it only ties versions together.
    let tie = dependency.target.as_deref().is_some_and(|target| target.replace(' ', "") == "cfg(any())");
    own || program || declared_for_all || tie
}

/// What macros and generators write may name the crate that they belong to.
const COMPANIONS: [&str; 12] = [
    "attr",
    "attributes",
    "bindgen",
    "build",
    "builder",
    "codegen",
    "derive",
    "impl",
    "macro",
    "macros",
    "proc",
    "proc_macro",
];

/// Whether the macros of a crate, or its code generator, are a dependency of their own that is used.
fn is_companion(package: &Package, silence: &Silence, quiet: &BTreeSet<(usize, usize)>) -> bool {
    let name = package.dependencies[silence.dependency].package.replace('-', "_");
    package.dependencies.iter().enumerate().any(|(at, other)| {
        let other = other.package.replace('-', "_");
        let rest = other.strip_prefix(&name).and_then(|rest| rest.strip_prefix('_'));
        rest.is_some_and(|rest| COMPANIONS.contains(&rest)) && !quiet.contains(&(silence.package, at))
    })
}

/// Whether a library of this name may belong to that package: `s3` to `rust-s3`.
pub(super) fn is_alike(library: &str, package: &str) -> bool {
    let plain = |text: &str| {
        let letters = text.chars().filter(char::is_ascii_alphanumeric);
        letters.map(|letter| letter.to_ascii_lowercase()).collect::<String>()
    };
    let (library, package) = (plain(library), plain(package));
    library == package || (library.len() > 1 && package.contains(&library)) || library.contains(&package)
}
