//! Levels that the command line changes, rule by rule.

use crate::domain::finding::{Finding, Level};

/// A level asked for on the command line; later ones win.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Override {
    /// Name of a rule, or `all`.
    pub rule: String,
    /// Its new level.
    pub level: Level,
}

impl Override {
    /// Whether it speaks of `rule`.
    fn names(&self, rule: &str) -> bool {
        self.rule == "all" || self.rule == rule
    }
}

/// Whether a rule was set to deny by name: such a rule fails the run even where nothing is configured.
pub fn is_demanded(overrides: &[Override], rule: &str) -> bool {
    last(overrides, rule) == Some(Level::Deny)
}

/// Gives each finding the level asked for, and leaves out those that are now allowed.
pub fn apply(findings: Vec<Finding>, overrides: &[Override]) -> Vec<Finding> {
    findings
        .into_iter()
        .map(|mut finding| {
            finding.level = last(overrides, &finding.rule).unwrap_or(finding.level);
            finding
        })
        .filter(|finding| finding.level != Level::Allow)
        .collect()
}

/// The last word on a rule.
fn last(overrides: &[Override], rule: &str) -> Option<Level> {
    overrides.iter().rev().find(|one| one.names(rule)).map(|one| one.level)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_word_wins_and_all_means_every_rule() {
        let set = |rule: &str, level| Override { rule: rule.to_owned(), level };
        let asked = [set("all", Level::Deny), set("layers", Level::Warn)];
        assert!(is_demanded(&asked, "anything"));
        assert!(!is_demanded(&asked, "layers"));
        assert!(!is_demanded(&[], "layers"));
    }
}
