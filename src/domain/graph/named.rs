//! Crates that code names, by the crate that holds that code.

use crate::domain::graph::{CrateId, FileId, Place};
use crate::domain::resolve::links::Links;
use crate::domain::resolve::scopes::Scopes;
use crate::domain::source::workspace::Standing;

/// That the paths of a crate start with the name of another.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Named {
    /// The crate of the workspace that names it.
    pub krate: CrateId,
    /// The name as code writes it: a renamed package by its new name.
    pub name: String,
    /// What the manifest says of it.
    pub standing: Standing,
    /// Whether it is named by test code.
    pub test: bool,
    /// Whether it is named under a condition.
    pub conditional: bool,
    /// Where: the first place where all is in order, else every one; never empty.
    pub places: Vec<Place>,
}

/// What every crate names, sorted.
pub fn named(scopes: &Scopes<'_>, links: &Links) -> Vec<Named> {
    let place = |(file, span)| Place { file: FileId(scopes.sources.written(file).0), span };
    #[expect(clippy::iter_over_hash_type, reason = "what is gathered is sorted")]
    let gather = || {
        let mut all = Vec::new();
        for (mention, places) in &links.mentions.found {
            let mut places: Vec<Place> = places.iter().copied().map(place).collect();
            places.sort_unstable();
            places.dedup();
            all.push(Named {
                krate: CrateId(mention.krate.0),
                name: scopes.sources.symbols.word(mention.name).to_owned(),
                standing: mention.standing,
                test: mention.test,
                conditional: mention.conditional,
                places,
            });
        }
        all
    };
    let mut all = gather();
    all.sort();
    all
}
