//! Effects that stand beside writes.

use std::collections::BTreeSet;

use crate::domain::census::ItemNo;
use crate::domain::need::gather::{Asked, Source, tell};
use crate::domain::patterns::AccessForm;
use crate::domain::patterns::Effect;

/// E: families of effects in functions that write, or that a writing entrypoint reaches in a few calls.
pub(super) fn families(source: &Source<'_>, asked: &mut Asked<'_>) -> u32 {
    let mut seen: BTreeSet<&str> = BTreeSet::new();
    for effect in beside_writes(source) {
        if seen.insert(&effect.family) {
            let said = format!("{} beside a write", effect.family);
            tell(asked, source, "effects", effect.item, effect.place, &said);
        }
    }
    seen.len() as u32
}

/// Whether an HTTP client is used on a path that writes.
pub(super) fn http_client_in_writes(source: &Source<'_>) -> bool {
    beside_writes(source).any(|effect| effect.family == "http_client")
}

fn beside_writes<'a>(source: &Source<'a>) -> impl Iterator<Item = &'a Effect> + use<'a> {
    let patterns = source.patterns;
    let mut near: BTreeSet<ItemNo> = patterns
        .accesses
        .iter()
        .filter(|access| matches!(access.form, AccessForm::Write | AccessForm::Store))
        .map(|access| access.item)
        .collect();
    let steps = source.parameters.section("facts").count("effect_calls");
    let mut edge: Vec<ItemNo> = patterns
        .entrypoints
        .iter()
        .filter(|entrypoint| entrypoint.writes)
        .map(|entrypoint| entrypoint.item)
        .collect();
    let mut reached: BTreeSet<ItemNo> = edge.iter().copied().collect();
    for _ in 0..steps {
        let next: Vec<ItemNo> = edge.iter().flat_map(|item| patterns.calls(*item)).copied().collect();
        edge = next.into_iter().filter(|item| reached.insert(*item)).collect();
    }
    near.extend(reached);
    patterns.effects.iter().filter(move |effect| near.contains(&effect.item))
}
