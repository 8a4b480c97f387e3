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
}

impl CrateList {
    /// Whether it forbids nothing.
    pub fn is_empty(&self) -> bool {
        self.deny.is_empty() && self.only.is_none()
    }
}
