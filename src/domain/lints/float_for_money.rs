//! `float-for-money`: money in a float.

use crate::domain::census::Slot;
use crate::domain::lints::found::Found;
use crate::domain::lints::looks;
use crate::domain::lints::{Ground, Lint, When};

/// The lint.
pub const LINT: Lint = Lint {
    name: "float-for-money",
    construct: "lang",
    when: When::Always,
    costs: &["lang.domain_types"],
    because: "a float cannot hold a cent (book, ch. 1)",
    find,
};

fn find(ground: &Ground<'_>) -> Vec<Found> {
    let census = ground.scene.census;
    let words = looks::words(ground, "float-for-money");
    let mut found = Vec::new();
    for item in census.counted().filter(|item| census.is_data(*item)) {
        let name = |slot: &Slot| census.word(slot.name).to_lowercase();
        let money: Vec<&Slot> = census
            .slots(item)
            .iter()
            .filter(|slot| slot.word.is_some_and(|word| matches!(census.word(word), "f32" | "f64")))
            .filter(|slot| name(slot).split('_').any(|word| words.lists("words", word)))
            .collect();
        let sure =
            census.slots(item).iter().any(|slot| name(slot).split('_').any(|word| words.lists("sure", word)));
        if money.is_empty() || !(sure || money.len() > 1) {
            continue;
        }
        for slot in money {
            let field = census.word(slot.name);
            let message = format!("`{field}` of `{}` holds money in a float", census.name(item));
            let instead = "use a decimal type, or whole minor units";
            let mut one = Found::new(ground, item, slot.place, message, instead);
            one.about = format!("{}.{field}", census.id(item));
            found.push(one);
        }
    }
    found
}
