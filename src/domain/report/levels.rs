//! Which rules the command line makes fail the run.

use crate::domain::finding::Level;
pub use crate::domain::policy::overrides::Override;
use crate::domain::policy::overrides::last;

/// Whether a rule was set to deny by name: such a rule fails the run even where nothing is configured.
pub fn is_demanded(overrides: &[Override], rule: &str) -> bool {
    last(overrides, rule) == Some(Level::Deny)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_was_set_to_deny_is_demanded() {
        let set = |rule: &str, level| Override { rule: rule.to_owned(), level };
        let asked = [set("all", Level::Deny), set("layers", Level::Warn)];
        assert!(is_demanded(&asked, "anything"));
        assert!(!is_demanded(&asked, "layers"));
        assert!(!is_demanded(&[], "layers"));
    }
}
