//! What the formats for other programs are made from: a report, and what stands around it.

use std::collections::BTreeSet;

use crate::adapters::pages::{Page, page};
use crate::application::judged::Rule;
use crate::domain::finding::{Finding, Level, State};
use crate::domain::policy::lints::LINTS;
use crate::domain::report::Report;
use crate::domain::source::workspace::Workspace;

/// A report, and what stands around it.
#[derive(Clone, Copy)]
pub struct Told<'a> {
    /// What a run found.
    pub report: &'a Report,
    /// The rules that are configured, in their order.
    pub rules: &'a [Rule],
    /// The packages.
    pub workspace: &'a Workspace,
    /// The text of a file by its path.
    pub text_of: &'a dyn Fn(&str) -> Option<String>,
    /// Folder of the workspace root within its repository, with `/`; empty where the two are one.
    pub prefix: &'a str,
}

/// What is known of one rule.
#[derive(Clone, Copy)]
pub struct Described<'a> {
    /// Its name.
    pub name: &'a str,
    /// Its kind: the name of a page.
    pub kind: &'a str,
    /// Its level.
    pub level: Level,
    /// Why it exists, in the words of those who declared it.
    pub because: Option<&'a str>,
    /// What to do instead, likewise.
    pub instead: Option<&'a str>,
    /// The page of its kind.
    pub page: Option<&'static Page>,
}

impl<'a> Told<'a> {
    /// Path of a file from the root of the repository, which is what hosts of code ask for.
    pub fn path(&self, file: &str) -> String {
        if self.prefix.is_empty() {
            return file.to_owned();
        }
        // A file beside the workspace is written `../x`.
        let (mut base, mut rest) = (self.prefix, file);
        while let Some(above) = rest.strip_prefix("../") {
            rest = above;
            base = base.rsplit_once('/').map_or("", |(parent, _)| parent);
        }
        if base.is_empty() { rest.to_owned() } else { format!("{base}/{rest}") }
    }

    /// Every rule that is configured, and every other that found something, in a fixed order.
    pub fn described(&self) -> Vec<Described<'a>> {
        let mut all: Vec<Described<'a>> = self
            .rules
            .iter()
            .map(|rule| Described {
                name: &rule.name,
                kind: &rule.kind,
                level: rule.level,
                because: rule.because.as_deref(),
                instead: rule.instead.as_deref(),
                page: page(&rule.kind),
            })
            .collect();
        let known: BTreeSet<&str> = all.iter().map(|rule| rule.name).collect();
        let others: BTreeSet<&'a str> = self
            .report
            .findings
            .iter()
            .map(|finding| finding.rule.as_str())
            .filter(|name| !known.contains(name))
            .collect();
        all.extend(others.into_iter().map(|name| {
            let own = LINTS.iter().find(|lint| lint.name == name).map_or(Level::Warn, |lint| lint.level);
            Described { name, kind: name, level: own, because: None, instead: None, page: page(name) }
        }));
        all
    }

    /// The findings that count.
    pub fn counted(&self) -> impl Iterator<Item = &'a Finding> + use<'a> {
        self.report.findings.iter().filter(|finding| finding.state == State::New)
    }
}

/// The word for a level that compilers and most readers of reports use.
pub const fn severity(level: Level) -> &'static str {
    match level {
        Level::Deny => "error",
        Level::Warn => "warning",
        Level::Note | Level::Allow => "note",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_start_at_the_root_of_the_repository() {
        let path = |prefix: &str, file: &str| {
            let (report, workspace) = (Report::default(), Workspace::default());
            let told =
                Told { report: &report, rules: &[], workspace: &workspace, text_of: &|_| None, prefix };
            told.path(file)
        };
        assert_eq!(path("", "src/lib.rs"), "src/lib.rs");
        assert_eq!(path("rust/shop", "src/lib.rs"), "rust/shop/src/lib.rs");
        assert_eq!(path("rust/shop", "../core/lib.rs"), "rust/core/lib.rs");
        assert_eq!(path("rust", "../x.rs"), "x.rs");
    }
}
