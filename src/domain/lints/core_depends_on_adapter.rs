//! `core-depends-on-adapter`: an item of the core names one of an adapter, an entrypoint or the composition.

use rustc_hash::FxHashSet;

use crate::domain::census::{Census, ImplNo, ItemNo, Target, Use};
use crate::domain::finding::Level;
use crate::domain::graph::ItemKind;
use crate::domain::lints::found::Found;
use crate::domain::lints::looks;
use crate::domain::lints::{Ground, Lint, When};
use crate::domain::policy::role::Role;

/// The lint.
pub const LINT: Lint = Lint {
    name: "core-depends-on-adapter",
    construct: "dip",
    when: When::Needed,
    costs: &["dip.direction"],
    because: "what changes often should depend on what changes seldom, not the other way round (book, introduction, ch. 2)",
    find,
};

/// Types that lead to a trait of the workspace by `Deref`: a name for `Box<dyn Port>`.
fn handles(census: &Census<'_>) -> FxHashSet<ItemNo> {
    let is_trait = |used: &Use| match used.to {
        Target::Item(item) => census.item(item).kind == ItemKind::Trait,
        _ => false,
    };
    let owner = |number: ImplNo| {
        let block = census.block(number);
        let deref = block.of_trait.is_some_and(|of| census.target_word(of) == "Deref");
        match block.self_type {
            Some(Target::Item(own)) if deref => Some(own),
            _ => None,
        }
    };
    let by_block = census.impl_nos().filter(|number| census.impl_uses(*number).iter().any(is_trait));
    let targets = census.item_nos().filter(|item| census.name(*item) == "Target");
    let by_target = targets.filter(|item| census.uses(*item).iter().any(is_trait));
    let by_target = by_target.filter_map(|item| census.item(item).in_impl);
    by_block.chain(by_target).filter_map(owner).collect()
}

fn find(ground: &Ground<'_>) -> Vec<Found> {
    let (census, patterns, roles) = (ground.scene.census, ground.scene.patterns, ground.scene.roles);
    let handles = handles(census);
    let sure = looks::sure(ground);
    let mut found = Vec::new();
    // What a trait asks for names things like any other function.
    let asked = census.item_nos().filter(|item| census.is_production(*item) && census.is_required(*item));
    for item in census.counted().chain(asked).filter(|item| roles.is_core(census, *item)) {
        // Who names what is called and what calls joins them, wherever that stands.
        let names = |role: Role| {
            census.uses(item).iter().filter(|used| !used.test).any(|used| match used.to {
                Target::Item(target) => roles.of(census, census.whole(target)) == Some(role),
                _ => false,
            })
        };
        let joins = census.is_function(item) && names(Role::Adapter) && names(Role::Entrypoint);
        for used in census.uses(item).iter().filter(|used| !used.test && Census::is_own(used)) {
            let Target::Item(target) = used.to else { continue };
            let whole = census.whole(target);
            let crosses = census.is_production(whole) && roles.is_outer(census, whole);
            if !crosses || patterns.leads_to_port(used) || patterns.is_mere_name(census, whole) {
                continue;
            }
            let word = looks::role_word(ground, whole);
            let own = looks::role_word(ground, item);
            let message = format!("the {own} names `{}`, which stands in {word}", census.id(whole));
            let instead = "depend on a trait that the core owns, and let the outer part implement it";
            let unsure = roles.confidence(census, whole) < sure;
            // A trait is what the core should name, if in the wrong place; and what is there only by the
            // guess of where it stands, and touches nothing itself, does no harm.
            let mild = census.item(whole).kind == ItemKind::Trait
                || handles.contains(&whole)
                || (census.is_function(whole) && census.uses(whole).is_empty())
                || (unsure && !patterns.touch(target).any() && !patterns.touch(whole).any());
            let one = Found::new(ground, item, used.place, message, instead).to(census.id(whole));
            found.push(match (joins || mild, unsure) {
                (true, _) => one.at_most(Level::Note),
                (false, true) => one.at_most(Level::Warn),
                (false, false) => one,
            });
        }
    }
    found
}
