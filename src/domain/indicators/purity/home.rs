//! Whether the domain is a part of the program, or only what is left over.

use crate::domain::census::ModuleNo;
use crate::domain::indicators::scene::Scene;
use crate::domain::policy::role::Role;
use crate::domain::roles::{Ground, Tag};

/// Why its purity says nothing.
pub(super) const MISSING: &str =
    "no part of the program is the domain: only leftovers are free of technology";

/// Whether the domain is only what is left over: no module is named or declared to be the domain, and what
/// was taken for it takes hardly a decision.
pub(super) fn is_missing(scene: &Scene<'_>) -> bool {
    let census = scene.census;
    let is_domain = |module: &ModuleNo| scene.roles.played(*module).role == Some(Role::Domain);
    let named = |module: ModuleNo| {
        let played = scene.roles.played(module);
        let by_path =
            |vote: &crate::domain::roles::Vote| vote.role == Role::Domain && vote.by == Ground::Path;
        played.tags.contains(&Tag::Declared) || played.votes.iter().any(by_path)
    };
    if census.module_nos().filter(is_domain).any(named) {
        return false;
    }
    let (mut own, mut all) = (0, 0);
    for item in census.functions() {
        let decisions = scene.patterns.decisions(item);
        all += decisions;
        if scene.roles.of(census, item) == Some(Role::Domain) {
            own += decisions;
        }
    }
    f64::from(own) < scene.parameters.section("purity").number("home_share") * f64::from(all)
}
