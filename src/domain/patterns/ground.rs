//! What patterns are found in.

use crate::domain::census::Census;
use crate::domain::policy::catalogue::Catalogue;
use crate::domain::policy::model::Parameters;
use crate::domain::roles::Roles;

/// What patterns are found in.
#[derive(Clone, Copy)]
pub struct Ground<'a> {
    /// What every item is made of.
    pub census: &'a Census<'a>,
    /// The part every module plays.
    pub roles: &'a Roles,
    /// What is known of outside crates.
    pub catalogue: &'a Catalogue,
    /// Words and constants.
    pub parameters: &'a Parameters,
}
