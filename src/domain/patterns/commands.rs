//! Subcommands of programs, and the functions that run them.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::domain::census::{Census, ItemNo, PackageNo, Target, Use};
use crate::domain::graph::{EdgeKind, ItemKind};
use crate::domain::patterns::Touch;
use crate::domain::patterns::calls::{Called, Calls};
use crate::domain::patterns::ground::Ground;
use crate::domain::patterns::storage::functions;
use crate::domain::policy::catalogue::Catalogue;
use crate::domain::policy::constants::Constants;
use crate::domain::source::deeds::ActForm;
use crate::domain::source::facts::Part;
use crate::domain::source::workspace::TargetKind;

/// What runs each subcommand; `main` where a program has none, and nothing else in its package is called
/// from outside (`served`).
pub(super) fn commands(
    ground: &Ground<'_>,
    touches: &[Touch],
    calls: &Calls,
    served: &FxHashSet<PackageNo>,
) -> Vec<ItemNo> {
    let (census, facts) = (ground.census, ground.parameters.section("facts"));
    let groups = groups(census, facts);
    let matches = matches(census, &groups);
    let mut found: Vec<ItemNo> = Vec::new();
    let mut commanded: FxHashSet<PackageNo> = FxHashSet::default();
    for group in &groups {
        commanded.insert(census.package_of(*group));
        for variant in variants(census, *group).filter(|variant| !holds_group(census, *variant, &groups)) {
            let matches = matches.get(group).map_or(&[][..], Vec::as_slice);
            found.push(runner(census, calls, matches, variant).unwrap_or(variant));
        }
    }
    for item in functions(census) {
        let cli = census.outer_in(item, EdgeKind::Body).any(|outside| outside.category == "cli");
        let adds = census.acts(item).iter().filter(|act| match act.form {
            ActForm::Method { name, .. } => facts.lists("subcommand_methods", census.word(name)),
            _ => false,
        });
        for _ in adds.filter(|_| cli) {
            commanded.insert(census.package_of(item));
            found.push(item);
        }
    }
    let asks = asking_packages(census, ground.catalogue, touches);
    for item in mains(census) {
        let of = census.package_of(item);
        if !commanded.contains(&of) && !served.contains(&of) && asks.contains(&of) {
            found.push(item);
        }
    }
    found
}

/// The functions that programs start with.
pub(super) fn mains(census: &Census<'_>) -> impl Iterator<Item = ItemNo> {
    functions(census).filter(|item| {
        let module = census.module(census.item(*item).module);
        census.name(*item) == "main"
            && module.parent.is_none()
            && census.graph.crates[module.krate.0 as usize].kind == TargetKind::Bin
    })
}

/// Enums whose variants are subcommands.
fn groups(census: &Census<'_>, facts: &Constants) -> Vec<ItemNo> {
    let derives = |item: ItemNo| {
        census
            .outer_in(item, EdgeKind::Derive)
            .any(|outside| outside.category == "cli" && !facts.lists("plain_cli_derives", outside.last()))
    };
    census
        .item_nos()
        .filter(|item| {
            census.item(*item).kind == ItemKind::Enum && census.is_production(*item) && derives(*item)
        })
        .collect()
}

fn variants(census: &Census<'_>, group: ItemNo) -> impl Iterator<Item = ItemNo> {
    census
        .item_nos()
        .skip(group.0 as usize)
        .take_while(move |item| *item == group || census.item(*item).holder.is_some())
        .filter(move |item| {
            census.item(*item).kind == ItemKind::Variant && census.item(*item).holder == Some(group)
        })
}

/// Whether a variant only leads to further subcommands.
fn holds_group(census: &Census<'_>, variant: ItemNo, groups: &[ItemNo]) -> bool {
    let leads = |item: ItemNo| {
        groups.contains(&item)
            || census
                .slots(item)
                .iter()
                .any(|slot| matches!(slot.core, Some(Target::Item(core)) if groups.contains(&core)))
    };
    census.slots(variant).iter().any(|slot| matches!(slot.core, Some(Target::Item(core)) if leads(core)))
}

/// A function, and a pattern in it that names a variant of a group of subcommands.
type Match<'c> = (ItemNo, &'c Use);

/// Where each group is matched, in order of functions.
fn matches<'c>(census: &'c Census<'_>, groups: &[ItemNo]) -> FxHashMap<ItemNo, Vec<Match<'c>>> {
    let mut found: FxHashMap<ItemNo, Vec<Match<'c>>> = FxHashMap::default();
    if groups.is_empty() {
        return found;
    }
    for item in functions(census) {
        for used in census.uses(item).iter().filter(|used| used.part == Part::Matched) {
            if let Target::Item(to) = used.to
                && let Some(group) = census.item(to).holder.filter(|group| groups.contains(group))
            {
                found.entry(group).or_default().push((item, used));
            }
        }
    }
    found
}

/// The function that the arm of a subcommand calls: the only one, else the one of its name, else the
/// first.
fn runner(census: &Census<'_>, calls: &Calls, matches: &[Match<'_>], variant: ItemNo) -> Option<ItemNo> {
    let (item, own) = matches.iter().find(|(_, used)| used.to == Target::Item(variant))?;
    let start = own.place.span.end;
    let beside = matches.iter().filter(|(other, _)| other == item).map(|(_, used)| used.place.span.start);
    let end = beside.filter(|other| *other > start).min().unwrap_or(u32::MAX);
    let arm = calls.of(*item).iter().filter(|site| {
        let at = site.place.span.start;
        site.called == Called::Here && start < at && at < end && census.is_production(site.to)
    });
    let called: Vec<ItemNo> = arm.map(|site| site.to).collect();
    let plain = |name: &str| name.replace('_', "").to_ascii_lowercase();
    let word = plain(census.name(variant));
    let namesake = called.iter().find(|to| plain(census.name(**to)).contains(&word));
    Some(namesake.or(called.first()).copied().unwrap_or(*item))
}

/// Packages that read their command line.
fn asking_packages(census: &Census<'_>, catalogue: &Catalogue, touches: &[Touch]) -> FxHashSet<PackageNo> {
    let environment = catalogue.list("impure_calls.environment");
    let asks = |item: &ItemNo| {
        touches[item.0 as usize].infra.iter().any(|touch| {
            touch.category == "cli"
                || touch.what.starts_with("std::env::args")
                    && environment.iter().any(|entry| entry == "std::env::args")
        })
    };
    census
        .item_nos()
        .filter(|item| census.is_production(*item))
        .filter(asks)
        .map(|item| census.package_of(item))
        .collect()
}
