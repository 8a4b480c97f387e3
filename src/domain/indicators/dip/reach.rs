//! Whether business code reaches for technology with no port in between.

use crate::domain::census::ItemNo;
use crate::domain::indicators::scene::Scene;
use crate::domain::policy::role::Role;

/// Why an indicator of quality says nothing where inversion is needed and there is no port.
pub const MISSING: &str = "there is no port, though business code names technology";

/// Whether the pattern is missing: no driven port, though business code names technology that the
/// program drives.
pub fn is_missing(scene: &Scene<'_>) -> bool {
    scene.patterns.driven().next().is_none()
        && scene.census.counted().any(|item| is_business(scene, item) && scene.patterns.touch(item).driven())
}

/// Whether an item is business code: of the core, or a function elsewhere, adapters and composition
/// left out, with a business decision.
pub fn is_business(scene: &Scene<'_>, item: ItemNo) -> bool {
    match scene.roles.of(scene.census, item) {
        Some(Role::Domain | Role::Application) => true,
        Some(Role::Adapter | Role::Composition | Role::Test) => false,
        Some(Role::Entrypoint | Role::Shared) | None => scene.patterns.decisions(item) > 0,
    }
}
