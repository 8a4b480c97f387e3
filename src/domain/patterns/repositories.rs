//! Ports that keep things of the domain: what they look up, what they store, what they speak of.

use crate::domain::census::{ImplNo, ItemNo, Target};
use crate::domain::patterns::ground::Ground;
use crate::domain::patterns::{Direction, Port, Repository, Touch};
use crate::domain::policy::role::Role;
use crate::domain::roles::Tag;

/// The ports, those that are repositories marked so.
pub fn marked(ground: Ground<'_>, touches: &[Touch], ports: Vec<Port>) -> Vec<Port> {
    let mark = |mut port: Port| {
        port.repository = repository(ground, touches, &port);
        port
    };
    ports.into_iter().map(mark).collect()
}

/// A driven port that looks up and stores what the domain knows; one that does only one of the two where
/// what is behind it speaks to a store.
fn repository(ground: Ground<'_>, touches: &[Touch], port: &Port) -> Option<Repository> {
    if port.direction != Direction::Driven {
        return None;
    }
    let words = ground.parameters.section("repo");
    let census = ground.census;
    let stores: Vec<ItemNo> = port
        .methods
        .iter()
        .filter(|method| is_named(census.name(**method), words.words("stores")))
        .copied()
        .collect();
    let is_lookup = |method: &ItemNo| {
        !stores.contains(method)
            && census.result(*method).is_some()
            && (is_named(census.name(*method), words.words("lookups")) || takes_id(ground, *method))
    };
    let lookups: Vec<ItemNo> = port.methods.iter().filter(|method| is_lookup(method)).copied().collect();
    let mut manages: Vec<ItemNo> =
        lookups.iter().chain(&stores).flat_map(|method| spoken(ground, port.traits[0], *method)).collect();
    manages.sort_unstable();
    manages.dedup();
    let both = !lookups.is_empty() && !stores.is_empty();
    let either = !lookups.is_empty() || !stores.is_empty();
    let kept = || port.impls.iter().any(|block| is_kept(ground, touches, *block));
    let whole = !manages.is_empty() && (both || (either && kept()));
    whole.then_some(Repository { lookups, stores, manages })
}

/// Whether a name is a word of a list, or begins with one and an underscore.
pub fn is_named(name: &str, words: &[String]) -> bool {
    words.iter().any(|word| {
        let rest = name.strip_prefix(word.as_str());
        rest.is_some_and(|rest| rest.is_empty() || word.ends_with('_') || rest.starts_with('_'))
    })
}

/// Whether a method is given an identity and gives something back.
fn takes_id(ground: Ground<'_>, method: ItemNo) -> bool {
    let words = ground.parameters.section("agg");
    let ends = |name: &str, key: &str| words.is_end_of(key, name);
    let census = ground.census;
    census.parameters(method).any(|slot| {
        let name = census.word(slot.name);
        let typed = slot.word.is_some_and(|word| ends(census.word(word), "identity_types"));
        name == "id" || ends(name, "identity_suffixes") || typed
    }) && census.result(method).is_some_and(|slot| matches!(slot.core, Some(Target::Item(_))))
}

/// Data types of the workspace that a method speaks of, those of the outer parts left out, unless the
/// port stands there too: then what is kept is hardly elsewhere.
fn spoken(ground: Ground<'_>, port: ItemNo, method: ItemNo) -> impl Iterator<Item = ItemNo> {
    let census = ground.census;
    let reads = ground.roles.has(census.item(port).module, Tag::ReadSide);
    let home = ground.roles.of(census, port).filter(|_| !reads);
    let named = census.uses(method).iter().filter_map(|used| match used.to {
        Target::Item(to) => Some(to),
        _ => None,
    });
    named.filter(move |item| {
        let role = ground.roles.of(census, *item);
        let outer = matches!(role, Some(Role::Adapter | Role::Entrypoint | Role::Composition));
        let kept = !outer || (role == Some(Role::Adapter) && home == role);
        census.is_data(*item) && kept && !census.name(*item).ends_with("Error")
    })
}

/// Whether an impl block speaks to a store.
fn is_kept(ground: Ground<'_>, touches: &[Touch], block: ImplNo) -> bool {
    let census = ground.census;
    let found = census.block(block);
    let kept_in = ground.parameters.section("repo").words("kept_in");
    let keeps = |item: ItemNo| kept_in.iter().any(|family| touches[item.0 as usize].family(family));
    // An adapter may leave it to helpers that it holds: a table each.
    let helped = |own: ItemNo| {
        let held = census.slots(own).iter().filter_map(|slot| match slot.core {
            Some(Target::Item(held)) => Some(held),
            _ => None,
        });
        held.into_iter().any(keeps)
    };
    let own = match found.self_type {
        Some(Target::Item(own)) => keeps(own) || helped(own),
        Some(Target::Outside(own)) => kept_in.contains(&census.external(own).family),
        _ => false,
    };
    own || found.methods.iter().any(|method| keeps(*method))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_end_where_a_word_ends() {
        let words = ["of".to_owned(), "get".to_owned(), "by_".to_owned()];
        let named = ["of", "office", "get_all", "getter", "by_id", "get"].map(|name| is_named(name, &words));
        assert_eq!(named, [true, false, true, false, true, true]);
    }
}
