//! `global-holds-infrastructure`: a global holds a pool, a client or a connection.

use crate::domain::graph::ItemKind;
use crate::domain::lints::found::Found;
use crate::domain::lints::looks;
use crate::domain::lints::{Ground, Lint, When};
use crate::domain::patterns::InfraForm;
use crate::domain::patterns::Side;

/// The lint.
pub const LINT: Lint = Lint {
    name: "global-holds-infrastructure",
    construct: "di",
    when: When::Needed,
    costs: &["di.explicit_dependencies"],
    because: "a dependency that is nowhere declared cannot be swapped (book, ch. 13)",
    find,
};

fn find(ground: &Ground<'_>) -> Vec<Found> {
    let (census, patterns) = (ground.scene.census, ground.scene.patterns);
    let mut found = Vec::new();
    for item in census.item_nos() {
        if census.item(item).kind != ItemKind::Static || !census.is_production(item) {
            continue;
        }
        let held = patterns
            .touch(item)
            .infra
            .iter()
            .find(|touch| touch.side == Side::Driven && matches!(touch.form, InfraForm::Signature));
        let Some(touch) = held.filter(|touch| touch.family != "filesystem" && touch.family != "process")
        else {
            continue;
        };
        let message = format!("global `{}` holds {}", census.name(item), looks::technology(touch));
        let instead = "make it in the composition root, and pass it to those who need it";
        found.push(
            Found::new(ground, item, census.item(item).place, message, instead).to(looks::outer(touch)),
        );
    }
    found
}
