//! `no-concurrency-guard`: a root is read, changed and saved with nothing that notices others.

use crate::domain::census::ItemNo;
use crate::domain::lints::found::Found;
use crate::domain::lints::looks;
use crate::domain::lints::{Ground, Lint, When};
use crate::domain::source::facts::ItemMarks;

/// The lint.
pub const LINT: Lint = Lint {
    name: "no-concurrency-guard",
    construct: "inv",
    when: When::Needed,
    costs: &["inv.concurrency_guard"],
    because: "of two who read the same and write, one overwrites the other (book, ch. 7)",
    find,
};

fn find(ground: &Ground<'_>) -> Vec<Found> {
    let census = ground.scene.census;
    let lost =
        looks::lost(ground, "inv.concurrency_guard").into_iter().filter(|(item, _)| changes(ground, *item));
    lost.map(|(item, evidence)| {
        let message = format!("two may change `{}` at once, and the last one wins", census.name(item));
        let instead = "count a version up and compare it when saving, or lock the row while it is read";
        Found::new(ground, item, census.item(item).place, message, instead).at(evidence.site.clone())
    })
    .collect()
}

/// Whether anything changes it: what is only made and kept cannot be overwritten.
fn changes(ground: &Ground<'_>, item: ItemNo) -> bool {
    let entity = ground.scene.patterns.entities.iter().find(|entity| entity.item == item);
    entity.is_some_and(|entity| {
        entity.methods.iter().any(|method| ground.scene.census.item(*method).marks.has(ItemMarks::CHANGES))
    })
}
