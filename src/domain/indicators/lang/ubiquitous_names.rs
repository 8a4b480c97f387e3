//! `lang.ubiquitous_names`: names of domain types and methods without a word that could mean anything.

use crate::domain::census::ItemNo;
use crate::domain::graph::ItemKind;
use crate::domain::indicators::measurement::Measurement;
use crate::domain::indicators::scene::Scene;
use crate::domain::indicators::tally::{Member, Tally};
use crate::domain::patterns::names::words;
use crate::domain::policy::model::IndicatorSpec;
use crate::domain::policy::role::Role;

/// Measures it.
pub fn measure(scene: &Scene<'_>, spec: &IndicatorSpec) -> Measurement {
    let census = scene.census;
    let lang = scene.parameters.section("lang");
    let mut tally = Tally::new();
    for item in census.counted().filter(|item| is_word(scene, *item)) {
        let name = census.name(item);
        let prefixes = lang.words("accessor_prefixes");
        let bare = prefixes.iter().find_map(|prefix| name.strip_prefix(prefix.as_str())).unwrap_or(name);
        let vague = words(bare).into_iter().find(|word| lang.words("vague").contains(word));
        tally.add(match vague {
            None => Member::good(census, item),
            Some(word) => Member::bad(census, item, format!("`{word}` says nothing of the business")),
        });
    }
    tally.measure(scene, spec, "names of the domain are words of the business", "the domain has no names")
}

/// Whether the name of an item was chosen for the model: types, and methods that neither make, convert
/// nor are asked for by a trait.
fn is_word(scene: &Scene<'_>, item: ItemNo) -> bool {
    let census = scene.census;
    if scene.roles.of(census, item) != Some(Role::Domain) {
        return false;
    }
    let conversions = || scene.parameters.section("lang").words("conversions");
    match census.item(item).kind {
        ItemKind::Method => {
            let name = census.name(item);
            census.trait_of(item).is_none()
                && !census.is_constructor(item)
                && !conversions().iter().any(|prefix| name.starts_with(prefix.as_str()))
        }
        ItemKind::Fn => false,
        _ => true,
    }
}
