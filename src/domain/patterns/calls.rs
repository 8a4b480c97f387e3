//! Which function calls which: by path, on a receiver whose type is declared, and on one that is bound
//! to a trait of the workspace.

use rustc_hash::FxHashSet;

use crate::domain::census::{Act, Census, ItemNo, Target, Use};
use crate::domain::graph::{EdgeKind, Place};
use crate::domain::patterns::lookup::{Members, receivers, traits_of};
use crate::domain::source::deeds::ActForm;
use crate::domain::source::facts::Part;
use crate::domain::source::symbols::Sym;

/// A call, or a function handed on by its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct CallSite {
    /// Where.
    pub place: Place,
    /// What is called; of a trait's method that method, not what implements it.
    pub to: ItemNo,
    /// Whether it is called there; else it is only named.
    pub called: Called,
}

/// What is done with a function.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Called {
    /// It is called.
    Here,
    /// It is handed on.
    Later,
}

/// All calls of the workspace.
#[derive(Clone, Debug, Default)]
pub struct Calls {
    /// By calling item, in order of place.
    pub sites: Vec<Vec<CallSite>>,
}

impl Calls {
    /// The calls in an item.
    pub fn of(&self, item: ItemNo) -> &[CallSite] {
        &self.sites[item.0 as usize]
    }

    /// What each item calls, sorted.
    pub fn targets(&self) -> Vec<Vec<ItemNo>> {
        let targets = |sites: &Vec<CallSite>| {
            let mut targets: Vec<ItemNo> = sites.iter().map(|site| site.to).collect();
            targets.sort_unstable();
            targets.dedup();
            targets
        };
        self.sites.iter().map(targets).collect()
    }
}

/// The calls of all items.
pub(super) fn calls(census: &Census<'_>, members: &Members) -> Calls {
    let asked: FxHashSet<Sym> = census
        .item_nos()
        .filter(|item| census.is_required(*item))
        .map(|item| census.item(item).name)
        .collect();
    let of = |item: ItemNo| {
        let mut sites: Vec<CallSite> =
            census.uses(item).iter().filter_map(|used| by_path(census, used)).collect();
        if census.is_function(item) {
            for act in census.acts(item) {
                through_traits(census, members, &asked, item, act, &mut sites);
            }
        }
        sites.sort_unstable();
        sites.dedup_by_key(|site| (site.place, site.to));
        sites
    };
    Calls { sites: census.item_nos().map(of).collect() }
}

/// A use that names a function in a body.
pub fn by_path(census: &Census<'_>, used: &Use) -> Option<CallSite> {
    let Target::Item(to) = used.to else { return None };
    if !census.is_function(to) {
        return None;
    }
    let called = match (used.kind, used.part) {
        (EdgeKind::Method, _) | (EdgeKind::Body, Part::Called) => Called::Here,
        (EdgeKind::Body, _) => Called::Later,
        _ => return None,
    };
    Some(CallSite { place: used.place, to, called })
}

/// `self.rooms.get(…)` where `rooms` is whatever implements a trait.
fn through_traits(
    census: &Census<'_>,
    members: &Members,
    asked: &FxHashSet<Sym>,
    item: ItemNo,
    act: &Act,
    sites: &mut Vec<CallSite>,
) {
    let ActForm::Method { name, on: Some(on) } = act.form else { return };
    if !asked.contains(&name) {
        return;
    }
    for receiver in receivers(census, item, on) {
        for of_trait in traits_of(census, item, receiver) {
            for to in members.named(of_trait, name) {
                sites.push(CallSite { place: act.place, to: *to, called: Called::Here });
            }
        }
    }
}
