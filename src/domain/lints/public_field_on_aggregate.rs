//! `public-field-on-aggregate`: a public field on an entity.

use crate::domain::census::Reach;
use crate::domain::finding::Level;
use crate::domain::lints::found::Found;
use crate::domain::lints::{Ground, Lint, When};

/// The lint.
pub const LINT: Lint = Lint {
    name: "public-field-on-aggregate",
    construct: "agg",
    when: When::Needed,
    costs: &["agg.encapsulated"],
    because: "what everyone can change nobody can guard (book, ch. 7)",
    find,
};

fn find(ground: &Ground<'_>) -> Vec<Found> {
    let (census, patterns) = (ground.scene.census, ground.scene.patterns);
    let mut found = Vec::new();
    for entity in &patterns.entities {
        for field in census.slots(entity.item).iter().filter(|field| field.reach >= Reach::Crate) {
            let name = census.name(entity.item);
            let message = format!("field `{}` of `{name}` can be changed by anyone", census.word(field.name));
            let instead = "make it private, and give the type a method for what should happen";
            let mut one = Found::new(ground, entity.item, field.place, message, instead);
            one.about = format!("{}.{}", census.id(entity.item), census.word(field.name));
            let mild = field.reach == Reach::Crate || entity.methods.is_empty();
            found.push(if mild { one.at_most(Level::Note) } else { one });
        }
    }
    found
}
