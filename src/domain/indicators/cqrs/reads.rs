//! Functions that only read.

use crate::domain::census::ItemNo;
use crate::domain::indicators::scene::Scene;
use crate::domain::patterns::AccessForm;
use crate::domain::patterns::scopes::writes;
use crate::domain::policy::role::Role;
use crate::domain::roles::Tag;

/// Functions that read a store and write none, in order: queries, and what loads aggregates only to
/// answer; what keeps aggregates is left out.
pub(super) fn readers(scene: &Scene<'_>) -> Vec<ItemNo> {
    let (census, patterns) = (scene.census, scene.patterns);
    let mut found = Vec::new();
    for own in patterns.accesses.chunk_by(|a, b| a.item == b.item) {
        let item = own[0].item;
        let has = |form: AccessForm| own.iter().any(|access| access.form == form);
        let answers = has(AccessForm::Lookup)
            && matches!(scene.roles.of(census, item), Some(Role::Application | Role::Entrypoint));
        let reads = has(AccessForm::Read) && !keeps(scene, item);
        if (reads || answers) && !has(AccessForm::Write) && !has(AccessForm::Store) {
            found.push(item);
        }
    }
    found
}

/// Whether a function implements a lookup of a repository.
fn keeps(scene: &Scene<'_>, item: ItemNo) -> bool {
    let census = scene.census;
    let Some(block) = census.item(item).in_impl else { return false };
    scene.patterns.repositories().any(|(port, _)| port.impls.contains(&block))
}

/// Whether a function stands in a module that answers queries, and does nothing else: a module named for
/// its queries may hold statements of all kinds.
pub(super) fn is_read_side(scene: &Scene<'_>, item: ItemNo) -> bool {
    let module = scene.census.item(item).module;
    let writes = || {
        scene
            .patterns
            .accesses
            .iter()
            .any(|access| writes(access) && scene.census.item(access.item).module == module)
    };
    scene.roles.has(module, Tag::ReadSide) && !writes()
}

/// Whether there is much that only reads, and no read side for it.
pub(super) fn is_missing(scene: &Scene<'_>) -> bool {
    let readers = readers(scene);
    !readers.is_empty() && !readers.into_iter().any(|item| is_read_side(scene, item))
}
