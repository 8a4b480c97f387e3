//! Lists of external crates.

use crate::domain::policy::selector::Selector;

/// Crates that may or may not be used.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CrateList {
    /// Not these.
    pub deny: Vec<Selector>,
    /// These all the same.
    pub allow: Vec<Selector>,
    /// The closed list: nothing else outside the workspace but the standard library.
    pub only: Option<Vec<Selector>>,
    /// What it speaks of.
    pub judge: Basis,
}

/// Which dependencies a crate list speaks of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Basis {
    /// What code names.
    #[default]
    Used,
    /// What the manifests of whole packages declare.
    Declared,
    /// Both.
    Both,
}

impl CrateList {
    /// Whether it forbids nothing.
    pub fn is_empty(&self) -> bool {
        self.deny.is_empty() && self.only.is_none()
    }

    /// Whether it forbids any use.
    pub fn judges_used(&self) -> bool {
        !self.is_empty() && self.judge != Basis::Declared
    }

    /// Whether it forbids any declaration.
    pub fn judges_declared(&self) -> bool {
        !self.is_empty() && self.judge != Basis::Used
    }
}
