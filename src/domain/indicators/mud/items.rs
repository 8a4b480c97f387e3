//! The items of the product as one graph.

use crate::domain::census::{Census, ItemNo, Target};
use crate::domain::indicators::scene::Scene;
use crate::domain::patterns::touch::counts_for;

/// All counted items but empty types, and the number of the one that each item is part of.
pub(super) fn wholes(scene: &Scene<'_>) -> (Vec<ItemNo>, Vec<Option<u32>>) {
    let census = scene.census;
    let items: Vec<ItemNo> = census.counted().filter(|item| !scene.patterns.is_empty_type(*item)).collect();
    let mut number: Vec<Option<u32>> = vec![None; census.items.len()];
    for (at, item) in items.iter().enumerate() {
        number[item.0 as usize] = Some(at as u32);
    }
    for item in census.item_nos().filter(|item| census.is_production(*item)) {
        let mut whole = item;
        while number[whole.0 as usize].is_none()
            && let Some(above) = counts_for(census, whole)
        {
            whole = above;
        }
        number[item.0 as usize] = number[whole.0 as usize];
    }
    (items, number)
}

/// Which of them uses which, sorted; tests and imports left out.
pub(super) fn edges(census: &Census<'_>, number: &[Option<u32>]) -> Vec<(u32, u32)> {
    let mut edges: Vec<(u32, u32)> = Vec::new();
    for item in census.item_nos().filter(|item| census.is_production(*item)) {
        let Some(from) = number[item.0 as usize] else { continue };
        let first = edges.len();
        for used in census.uses(item).iter().filter(|used| Census::is_own(used) && !used.test) {
            if let Target::Item(to) = used.to
                && let Some(to) = number[to.0 as usize]
                && to != from
                && edges.last() != Some(&(from, to))
            {
                edges.push((from, to));
            }
        }
        edges[first..].sort_unstable();
    }
    // Runs that are sorted already are merged.
    edges.sort();
    edges.dedup();
    edges
}
