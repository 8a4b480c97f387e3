//! `repository-for-inner-entity`: a repository keeps what belongs to another aggregate.

use crate::domain::census::Target;
use crate::domain::lints::found::Found;
use crate::domain::lints::looks;
use crate::domain::lints::{Ground, Lint, When};
use crate::domain::patterns::Entity;

/// The lint.
pub const LINT: Lint = Lint {
    name: "repository-for-inner-entity",
    construct: "repo",
    when: When::Needed,
    costs: &["repo.one_per_aggregate"],
    because: "what is inside an aggregate is reached through its root, or its rules are not (book, ch. 7)",
    find,
};

fn find(ground: &Ground<'_>) -> Vec<Found> {
    let (census, patterns) = (ground.scene.census, ground.scene.patterns);
    // The root that holds several of it, and that another repository keeps.
    let owner = |inner: &Entity, at: usize| {
        patterns.entities.iter().find(|entity| {
            entity.item != inner.item
                && !entity.kept_by.is_empty()
                && !entity.kept_by.contains(&at)
                && census.slots(entity.item).iter().any(|slot| {
                    slot.core == Some(Target::Item(inner.item)) && looks::is_collection(ground, slot)
                })
        })
    };
    let mut found = Vec::new();
    for (at, port) in patterns.ports.iter().enumerate().filter(|(_, port)| port.repository.is_some()) {
        let mut kept = patterns.entities.iter().filter(|entity| entity.kept_by.contains(&at)).peekable();
        let Some(first) = kept.peek().and_then(|inner| owner(inner, at)) else { continue };
        if !kept.all(|inner| owner(inner, at).is_some()) {
            continue;
        }
        let item = port.traits[0];
        let message =
            format!("repository `{}` keeps parts of `{}`", census.name(item), census.name(first.item));
        let instead = "reach them through the root that holds them, and keep that";
        found.push(
            Found::new(ground, item, census.item(item).place, message, instead).to(census.id(first.item)),
        );
    }
    found
}
