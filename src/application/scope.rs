//! Which packages a run reports on.

use crate::application::suggest::did_you_mean;
use crate::domain::finding::Finding;
use crate::domain::graph::Graph;
use crate::domain::report::Problem;
use crate::domain::source::workspace::Workspace;

/// The packages asked for; the whole workspace where none are.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Scope {
    /// Names of packages, sorted; empty for the whole workspace.
    pub packages: Vec<String>,
}

impl Scope {
    /// The scope of the packages named on the command line.
    ///
    /// # Errors
    /// A problem for each name that is no package of the workspace.
    pub fn of(names: &[String], workspace: &Workspace) -> Result<Self, Vec<Problem>> {
        let known = || workspace.packages.iter().map(|package| package.name.as_str());
        let problems: Vec<Problem> = names
            .iter()
            .filter(|name| !known().any(|package| package == name.as_str()))
            .map(|name| {
                let help = did_you_mean(name, known())
                    .unwrap_or_else(|| format!("name one of: {}", listed(known())));
                Problem::usage(format!("no package `{name}` in this workspace"), help)
            })
            .collect();
        if !problems.is_empty() {
            return Err(problems);
        }
        let mut packages = names.to_vec();
        packages.sort();
        packages.dedup();
        Ok(Self { packages })
    }

    /// Whether this is the whole workspace.
    pub fn is_whole(&self) -> bool {
        self.packages.is_empty()
    }

    /// Whether a package lies within.
    pub fn covers(&self, package: &str) -> bool {
        self.is_whole() || self.packages.iter().any(|name| name == package)
    }

    /// Whether a finding starts in one of the packages; of a cycle any module will do.
    pub fn covers_finding(&self, graph: &Graph, finding: &Finding) -> bool {
        if self.is_whole() {
            return true;
        }
        let starts = std::iter::once(&finding.from).chain(finding.chain.iter().map(|hop| &hop.from));
        starts.into_iter().any(|id| package_of(graph, id).is_some_and(|package| self.covers(package)))
    }

    /// The scope as coverage and graph read it: whether a module id lies within.
    pub fn covers_id(&self, graph: &Graph, id: &str) -> bool {
        self.is_whole() || package_of(graph, id).is_some_and(|package| self.covers(package))
    }
}

/// The package an id stands in: of a module the package of its crate, and a package's name is its own.
fn package_of<'a>(graph: &'a Graph, id: &'a str) -> Option<&'a str> {
    let root = id.split("::").next().unwrap_or(id);
    match graph.crates.iter().find(|krate| krate.id == root) {
        Some(krate) => Some(&krate.package),
        None => graph.crates.iter().map(|krate| krate.package.as_str()).find(|package| *package == id),
    }
}

/// The first names, in one line.
fn listed<'a>(names: impl Iterator<Item = &'a str>) -> String {
    let names: Vec<&str> = names.collect();
    let mut text: Vec<String> = names.iter().take(8).map(|name| format!("`{name}`")).collect();
    if names.len() > 8 {
        text.push(format!("and {} more", names.len() - 8));
    }
    text.join(", ")
}
