//! `wire-type-in-domain`: a field or parameter of the domain is a tree of text that came over a wire.

use crate::domain::census::Target;
use crate::domain::finding::Level;
use crate::domain::lints::found::Found;
use crate::domain::lints::looks;
use crate::domain::lints::{Ground, Lint, When};
use crate::domain::patterns::DataKind;
use crate::domain::policy::role::Role;

/// The lint.
pub const LINT: Lint = Lint {
    name: "wire-type-in-domain",
    construct: "purity",
    when: When::Needed,
    costs: &[],
    because: "what has not been parsed has to be checked wherever it is used (book, ch. 5, app. E)",
    find,
};

fn find(ground: &Ground<'_>) -> Vec<Found> {
    let census = ground.scene.census;
    let trees = looks::words(ground, "wire-type-in-domain");
    let mut found = Vec::new();
    for item in looks::items_of(ground, Role::Domain) {
        let opaque = matches!(
            ground.scene.patterns.data(item),
            Some(DataKind::Event | DataKind::Command | DataKind::Error)
        );
        for slot in census.slots(item) {
            let Some(Target::Outside(outside)) = slot.core else { continue };
            let outside = census.external(outside);
            if outside.category != "data_format" || !trees.lists("trees", outside.last()) {
                continue;
            }
            let message =
                format!("`{}` of the domain takes `{}` as it came", census.name(item), outside.path);
            let instead = "parse it at the edge, into a type that can only be right";
            let one =
                Found::new(ground, item, slot.place, message, instead).to(format!("ext:{}", outside.path));
            // What is handed on and not looked into may stay closed.
            found.push(if opaque { one.at_most(Level::Note) } else { one });
        }
    }
    found
}
