//! Levels that the command line sets, rule by rule.

use crate::domain::policy::Policy;
use crate::domain::policy::level::Level;

/// Stands for every rule.
pub const ALL: &str = "all";

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
        self.rule == ALL || self.rule == rule
    }
}

/// The last word on a rule.
pub fn last(overrides: &[Override], rule: &str) -> Option<Level> {
    overrides.iter().rev().find(|one| one.names(rule)).map(|one| one.level)
}

impl Policy {
    /// The level of a rule whose own is `own`: as the command line says. `all` changes what is on and
    /// turns on nothing that is off.
    pub fn level_of(&self, rule: &str, own: Level) -> Level {
        let named = self.overrides.iter().rev().find(|one| one.names(rule));
        match named {
            Some(one) if one.rule == ALL && own == Level::Allow => {
                // A rule that is off stays off unless it was named before.
                let by_name = self.overrides.iter().any(|one| one.rule == rule && one.level != Level::Allow);
                if by_name { one.level } else { Level::Allow }
            }
            Some(one) => one.level,
            None => own,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn policy(asked: &[(&str, Level)]) -> Policy {
        let overrides =
            asked.iter().map(|(rule, level)| Override { rule: (*rule).to_owned(), level: *level }).collect();
        Policy { overrides, ..Policy::default() }
    }

    #[test]
    fn the_last_word_wins_and_all_means_every_rule_that_is_on() {
        let asked = policy(&[("all", Level::Deny), ("layers", Level::Warn)]);
        assert_eq!(asked.level_of("anything", Level::Note), Level::Deny);
        assert_eq!(asked.level_of("layers", Level::Deny), Level::Warn);
        assert_eq!(asked.level_of("anything", Level::Allow), Level::Allow);
        assert_eq!(last(&[], "layers"), None);
    }

    #[test]
    fn a_name_turns_on_what_is_off() {
        let asked = policy(&[("layers", Level::Warn)]);
        assert_eq!(asked.level_of("layers", Level::Allow), Level::Warn);
        let both = policy(&[("layers", Level::Warn), ("all", Level::Deny)]);
        assert_eq!(both.level_of("layers", Level::Allow), Level::Deny);
    }
}
