//! `core-error-wraps-technology`: an error of the core wraps an error of a technology.

use rustc_hash::FxHashSet;

use crate::domain::census::{ItemNo, Target};
use crate::domain::graph::{EdgeKind, ItemKind};
use crate::domain::lints::found::Found;
use crate::domain::lints::looks;
use crate::domain::lints::{Ground, Lint, When};
use crate::domain::patterns::DataKind;
use crate::domain::policy::role::Role;

/// The lint.
pub const LINT: Lint = Lint {
    name: "core-error-wraps-technology",
    construct: "dip",
    when: When::Needed,
    costs: &["purity.infra_free_items", "infra.types_in_core_api"],
    because: "callers of the core should read of the business, not of its tools (book, ch. 1)",
    find,
};

fn find(ground: &Ground<'_>) -> Vec<Found> {
    let (census, patterns, roles) = (ground.scene.census, ground.scene.patterns, ground.scene.roles);
    let mut found = Vec::new();
    let shared: FxHashSet<ItemNo> = shared_errors(ground);
    for item in census.counted().filter(|item| roles.is_core(census, *item) || shared.contains(item)) {
        if patterns.data(item) != Some(DataKind::Error) {
            continue;
        }
        let of = if shared.contains(&item) { "that the core gives back" } else { "of the core" };
        let variants = looks::members(ground, item);
        for part in std::iter::once(item).chain(variants) {
            for used in census.uses(part).iter().filter(|used| used.kind == EdgeKind::Signature) {
                let Some(outside) = census.outer(used.to).filter(|outside| outside.is_infra()) else {
                    continue;
                };
                let message = format!("error `{}` {of} wraps `{}`", census.name(item), outside.path);
                let instead = "map it to an error of the core in the adapter";
                let to = format!("ext:{}", outside.path);
                found.push(Found::new(ground, item, used.place, message, instead).to(to));
            }
        }
    }
    found
}

/// Errors outside the parts that signatures of the core name, themselves or by an alias.
fn shared_errors(ground: &Ground<'_>) -> FxHashSet<ItemNo> {
    let (census, patterns, roles) = (ground.scene.census, ground.scene.patterns, ground.scene.roles);
    let is_shared = |item: ItemNo| {
        patterns.data(item) == Some(DataKind::Error)
            && matches!(roles.of(census, item), Some(Role::Shared) | None)
    };
    if !census.counted().any(is_shared) {
        return FxHashSet::default();
    }
    let named = |item: ItemNo| {
        let uses = census.uses(item).iter().filter(|used| used.kind == EdgeKind::Signature && !used.test);
        uses.filter_map(|used| match used.to {
            Target::Item(to) => Some(census.whole(to)),
            _ => None,
        })
    };
    let is_alias = |item: &ItemNo| census.item(*item).kind == ItemKind::TypeAlias;
    let core = census.item_nos().filter(|item| census.is_production(*item) && roles.is_core(census, *item));
    let direct: FxHashSet<ItemNo> = core.flat_map(named).collect();
    let behind: Vec<ItemNo> = direct.iter().copied().filter(is_alias).flat_map(named).collect();
    direct.into_iter().chain(behind).filter(|item| is_shared(*item)).collect()
}
