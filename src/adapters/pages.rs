//! The pages of documentation, one for each kind of rule, lint, construct and
//! indicator: what `explain` shows.

pub mod constructs;
pub mod indicators;
pub mod lints;

use crate::adapters::pages::constructs::CONSTRUCTS;
use crate::adapters::pages::indicators::INDICATORS;
use crate::adapters::pages::lints::LINTS;

use crate::application::judged::Judged;

/// A page of documentation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Page {
    /// Its name: a kind of rule, a lint, the id of a construct or of an indicator.
    pub name: &'static str,
    /// Front matter and Markdown.
    text: &'static str,
}

/// The pages of kinds of rules and of what is found without any, in the order in which they are listed.
pub const PAGES: [Page; 17] = [
    Page { name: "layers", text: include_str!("../../rules/contracts/layers.md") },
    Page { name: "unassigned", text: include_str!("../../rules/contracts/unassigned.md") },
    Page { name: "crates", text: include_str!("../../rules/contracts/crates.md") },
    Page { name: "forbid", text: include_str!("../../rules/contracts/forbid.md") },
    Page { name: "only", text: include_str!("../../rules/contracts/only.md") },
    Page { name: "protect", text: include_str!("../../rules/contracts/protect.md") },
    Page { name: "independent", text: include_str!("../../rules/contracts/independent.md") },
    Page { name: "acyclic", text: include_str!("../../rules/contracts/acyclic.md") },
    Page { name: "unused-dependency", text: include_str!("../../rules/contracts/unused-dependency.md") },
    Page {
        name: "dev-dependency-in-production",
        text: include_str!("../../rules/contracts/dev-dependency-in-production.md"),
    },
    Page {
        name: "test-only-dependency",
        text: include_str!("../../rules/contracts/test-only-dependency.md"),
    },
    Page { name: "undeclared-crate", text: include_str!("../../rules/contracts/undeclared-crate.md") },
    Page { name: "borrowed-dependency", text: include_str!("../../rules/contracts/borrowed-dependency.md") },
    Page { name: "unused-suppression", text: include_str!("../../rules/contracts/unused-suppression.md") },
    Page { name: "invalid-suppression", text: include_str!("../../rules/contracts/invalid-suppression.md") },
    Page { name: "gate", text: include_str!("../../rules/contracts/gate.md") },
    Page { name: "stale-baseline", text: include_str!("../../rules/contracts/stale-baseline.md") },
];

/// The page of that name; findings about the crate list of a layer are explained with all others.
pub fn page(name: &str) -> Option<&'static Page> {
    let name = if name == "layer-crates" { "crates" } else { name };
    rules().find(|page| page.name == name)
}

/// Tells what to do instead where those who declared a rule do not: what its page says.
pub fn advise(mut judged: Judged) -> Judged {
    let says = |kind: &str| page(kind).map(|page| page.instead().to_owned());
    for rule in judged.rules.iter_mut().filter(|rule| rule.instead.is_none()) {
        rule.instead = says(&rule.kind);
    }
    for finding in judged.findings.iter_mut().filter(|finding| finding.instead.is_none()) {
        let rule = judged.rules.iter().find(|rule| rule.name == finding.rule);
        finding.instead = says(rule.map_or(&finding.rule, |rule| &rule.kind));
    }
    judged
}

/// The pages of what findings stand under: kinds of rules, then lints of the book.
pub fn rules() -> impl Iterator<Item = &'static Page> + Clone {
    PAGES.iter().chain(LINTS)
}

/// Every page: kinds of rules, lints, constructs, indicators.
pub fn all() -> impl Iterator<Item = &'static Page> + Clone {
    rules().chain(&CONSTRUCTS).chain(INDICATORS)
}

/// Every page under the title of what it is about.
pub const fn groups() -> [(&'static str, &'static [Page]); 4] {
    [
        ("kinds of rules, and lints that hold manifests and comments against the code", &PAGES),
        ("lints of the book", LINTS),
        ("practices, states and outcomes that are scored", &CONSTRUCTS),
        ("indicators: what each score is made of", INDICATORS),
    ]
}

/// The page of that name, whatever it is about.
pub fn any(name: &str) -> Option<&'static Page> {
    page(name).or_else(|| all().find(|page| page.name == name))
}

impl Page {
    /// One line: lower case, no full stop.
    pub fn summary(&self) -> &'static str {
        self.matter("summary").unwrap_or_default()
    }

    /// What to do instead of a breach, in the imperative; for those who declare a rule and do not say.
    pub fn instead(&self) -> &'static str {
        self.matter("instead").unwrap_or_default()
    }

    /// The Markdown below the front matter.
    pub fn body(&self) -> &'static str {
        self.parts().1
    }

    /// A value of the front matter.
    pub fn matter(&self, key: &str) -> Option<&'static str> {
        self.parts().0.lines().find_map(|line| line.strip_prefix(key)?.strip_prefix(':').map(str::trim))
    }

    /// Front matter and body.
    fn parts(&self) -> (&'static str, &'static str) {
        let inner = self.text.strip_prefix("---\n").unwrap_or(self.text);
        inner.split_once("\n---\n").unwrap_or(("", self.text))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_page_knows_its_name_and_says_what_a_page_must() {
        for page in rules() {
            assert_eq!(page.matter("name"), Some(page.name));
            for line in [page.summary(), page.instead()] {
                assert!(!line.is_empty() && !line.ends_with('.'), "{}", page.name);
            }
            for title in ["## What", "## Why", "## Bad", "## Good", "## How to fix", "## When it is wrong"] {
                assert!(page.body().lines().any(|line| line == title), "{} lacks {title}", page.name);
            }
        }
    }
}
