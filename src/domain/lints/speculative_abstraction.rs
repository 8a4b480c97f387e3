//! `speculative-abstraction`: a trait with one implementation and no double.

use crate::domain::census::{ItemNo, Reach, Target};
use crate::domain::graph::ItemKind;
use crate::domain::lints::found::Found;
use crate::domain::lints::{Ground, Lint, When};
use crate::domain::policy::kind::PackageKind;

/// The lint.
pub const LINT: Lint = Lint {
    name: "speculative-abstraction",
    construct: "dip",
    when: When::Always,
    costs: &[],
    because: "a seam that nothing uses is only a detour (book, ch. 2 and 13)",
    find,
};

fn find(ground: &Ground<'_>) -> Vec<Found> {
    let (census, patterns, roles) = (ground.scene.census, ground.scene.patterns, ground.scene.roles);
    let mut all: Vec<Vec<Option<ItemNo>>> = vec![Vec::new(); census.items.len()];
    for block in census.impls.iter() {
        if let Some(Target::Item(of)) = block.of_trait {
            // Doubles count too; what is for no type of the workspace extends others.
            let own = match block.self_type {
                Some(Target::Item(own)) => Some(own),
                _ => None,
            };
            all[of.0 as usize].push(own);
        }
    }
    let mut found = Vec::new();
    for item in census.counted().filter(|item| census.item(*item).kind == ItemKind::Trait) {
        let [Some(only)] = all[item.0 as usize].as_slice() else { continue };
        let shown = census.item(item).reach == Reach::Public
            && roles.kind(census.module(census.item(item).module).package) == PackageKind::Library;
        // A port keeps a technology out even where only one thing stands behind it; a mock is a second.
        let port = patterns.port_of(item).map(|at| &patterns.ports[at]);
        let doubled = port.is_some_and(|port| !port.doubles.is_empty());
        let outward = port.is_some_and(|_| patterns.touch(*only).driven() || roles.is_outer(census, *only));
        let elsewhere = roles.of(census, *only) != roles.of(census, item);
        if shown || doubled || outward || elsewhere || !census.is_production(*only) {
            continue;
        }
        let message = format!("only `{}` ever implements trait `{}`", census.name(*only), census.name(item));
        let instead = "use the type itself until a second one comes";
        found.push(Found::new(ground, item, census.item(item).place, message, instead).to(census.id(*only)));
    }
    found
}
