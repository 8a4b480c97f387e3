//! Decisions of the business: decision points less those that every program has.

use crate::domain::census::{Census, ItemNo, Standing, Target};
use crate::domain::patterns::ground::Ground;

/// Business decisions of all items; `handlers` are the functions that the outside calls, sorted.
pub(super) fn decisions(ground: &Ground<'_>, handlers: &[ItemNo]) -> Vec<u32> {
    let census = ground.census;
    let free = ground.parameters.section("facts").words("decision_free_traits");
    let of = |item: ItemNo| {
        let found = census.item(item);
        if !census.is_function(item) || found.standing != Standing::Production || is_free(census, item, free)
        {
            return 0;
        }
        // What a handler makes of a result is no decision of the business.
        let mapped = if handlers.binary_search(&item).is_ok() { found.mapped } else { 0 };
        found.decisions.saturating_sub(mapped)
    };
    census.item_nos().map(of).collect()
}

/// Whether a function only shows or converts.
fn is_free(census: &Census<'_>, item: ItemNo, free: &[String]) -> bool {
    let Some(of_trait) = census.trait_of(item) else { return false };
    let word = census.target_word(of_trait);
    let foreign = || {
        !matches!(
            census.item(item).in_impl.map(|block| census.block(block).self_type),
            Some(Some(Target::Item(_)))
        )
    };
    free.iter().any(|name| name == word) || (word == "TryFrom" && foreign())
}
