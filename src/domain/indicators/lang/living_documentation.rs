//! `lang.living_documentation`: unit tests whose names tell a rule in words of the domain.

use rustc_hash::FxHashSet;

use crate::domain::graph::ItemKind;
use crate::domain::indicators::measurement::Measurement;
use crate::domain::indicators::scene::Scene;
use crate::domain::indicators::tally::{Member, Tally};
use crate::domain::patterns::Layer;
use crate::domain::patterns::names::words;
use crate::domain::policy::model::IndicatorSpec;
use crate::domain::policy::role::Role;
use crate::domain::source::symbols::Sym;

/// Measures it.
pub fn measure(scene: &Scene<'_>, spec: &IndicatorSpec) -> Measurement {
    let census = scene.census;
    let known = vocabulary(scene, spec.constants.words("everywhere"));
    let least = spec.constants.count("words") as usize;
    let mut tally = Tally::of_facts();
    for test in scene.patterns.tests.iter().filter(|test| test.layer == Layer::Unit) {
        let words = words(census.name(test.item));
        let spoken = words.iter().any(|word| word.len() > 2 && known.contains(stem(word)));
        tally.add(match (words.len() >= least, spoken) {
            (true, true) => Member::good(census, test.item),
            (false, _) => Member::bad(census, test.item, "its name is too short to tell a rule"),
            (true, false) => Member::bad(census, test.item, "its name has no word of the domain"),
        });
    }
    tally.measure(scene, spec, "unit tests are named for what they show", "there is no unit test")
}

/// Words of the names of domain types, fields, variants and methods.
fn vocabulary(scene: &Scene<'_>, everywhere: &[String]) -> FxHashSet<String> {
    let census = scene.census;
    let mut known: FxHashSet<String> = FxHashSet::default();
    let mut seen: FxHashSet<Sym> = FxHashSet::default();
    let mut learn = |name: Sym| {
        if !seen.insert(name) {
            return;
        }
        let words = words(census.word(name));
        let long = words.into_iter().filter(|word| word.len() > 2 && !everywhere.contains(word));
        known.extend(long.map(|word| stem(&word).to_owned()));
    };
    for item in census.item_nos().filter(|item| census.is_production(*item)) {
        let found = census.item(item);
        let told = !matches!(found.kind, ItemKind::AssocConst | ItemKind::AssocType | ItemKind::Macro);
        if scene.roles.of(census, item) == Some(Role::Domain) && told {
            learn(found.name);
            if !census.is_function(item) {
                census.slots(item).iter().for_each(|slot| learn(slot.name));
            }
        }
    }
    known
}

/// A word without what is put at its end: `booked`, `books` and `booking` are one.
fn stem(word: &str) -> &str {
    let without = |word: &'_ str, endings: &[&str]| {
        let bare = endings.iter().find_map(|ending| word.strip_suffix(ending)).map(str::len);
        bare.filter(|len| *len > 2).unwrap_or(word.len())
    };
    let mut stem = word;
    for endings in [&["s"][..], &["ing", "ed"], &["e"]] {
        stem = &stem[..without(stem, endings)];
    }
    stem
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_of_a_word_have_one_stem() {
        for [one, other] in [
            ["booked", "booking"],
            ["books", "book"],
            ["names", "name"],
            ["refused", "refuses"],
            ["boxes", "boxe"],
        ] {
            assert_eq!(stem(one), stem(other));
        }
        assert_ne!(stem("room"), stem("roof"));
        assert_eq!(stem("ring"), "ring");
    }
}
