//! What kind of thing every package is (0.5).

use crate::domain::census::Census;
use crate::domain::policy::kind::PackageKind;
use crate::domain::policy::model::Parameters;
use crate::domain::roles::declared::Declared;

/// The kinds of all packages.
pub(super) fn kinds(census: &Census<'_>, _parameters: &Parameters, _declared: &Declared) -> Vec<PackageKind> {
    vec![PackageKind::Library; census.packages.len()]
}
