//! Functions that only read.

use rustc_hash::FxHashSet;

use crate::domain::census::ItemNo;
use crate::domain::indicators::scene::Scene;
use crate::domain::patterns::scopes::writes;
use crate::domain::patterns::{AccessForm, MessageForm};
use crate::domain::policy::role::Role;
use crate::domain::roles::Tag;
use crate::domain::source::facts::ItemMarks;

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
    found.extend(projected(scene));
    found.sort_unstable();
    found.dedup();
    found
}

/// Functions that read what events have brought together: methods of types of the read side which take
/// events, and that neither change anything nor take any themselves.
fn projected(scene: &Scene<'_>) -> impl Iterator<Item = ItemNo> {
    let census = scene.census;
    let events = scene.patterns.messages.iter().filter(|message| message.form == MessageForm::Event);
    let takers: FxHashSet<ItemNo> = events.flat_map(|event| &event.handled).map(|(item, _)| *item).collect();
    let views: FxHashSet<ItemNo> = takers.iter().filter_map(|item| census.self_item(*item)).collect();
    let reads = move |item: &ItemNo| {
        let found = census.item(*item);
        census.trait_of(*item).is_none()
            && found.marks.has(ItemMarks::RECEIVER)
            && !found.marks.has(ItemMarks::CHANGES)
            && !found.marks.has(ItemMarks::CONSUMES)
            && census.result(*item).is_some()
            && !takers.contains(item)
            && census.self_item(*item).is_some_and(|own| views.contains(&own))
            && is_read_side(scene, *item)
    };
    census.functions().filter(reads)
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
