//! What an indicator looks at.

use crate::domain::census::Census;
use crate::domain::finding::Site;
use crate::domain::need::Needs;
use crate::domain::need::facts::Facts;
use crate::domain::patterns::Patterns;
use crate::domain::policy::catalogue::Catalogue;
use crate::domain::policy::model::Parameters;
use crate::domain::roles::Roles;

/// One system, understood as far as it is before anything is scored.
#[derive(Clone, Copy)]
pub struct Scene<'a> {
    /// What every item is made of.
    pub census: &'a Census<'a>,
    /// The part every module plays.
    pub roles: &'a Roles,
    /// What was recognised.
    pub patterns: &'a Patterns,
    /// The numbers that need is computed from.
    pub facts: &'a Facts,
    /// What is needed here.
    pub needs: &'a Needs,
    /// What is known of outside crates.
    pub catalogue: &'a Catalogue,
    /// The model.
    pub parameters: &'a Parameters,
    /// How long tests took, where a report of a run is given.
    pub timings: Option<&'a [Timing]>,
}

/// How long one test took.
#[derive(Clone, Debug, PartialEq)]
pub struct Timing {
    /// The id of its function, or its name as the report gives it.
    pub name: String,
    /// Where that function is, if it was found.
    pub site: Site,
    /// Seconds.
    pub seconds: f64,
}
