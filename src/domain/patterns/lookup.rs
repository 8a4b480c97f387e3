//! Whose method a call means, as far as it is declared: a parameter, a field of `self`, a field of a
//! parameter. Never guessed beyond that.

use rustc_hash::FxHashMap;

use crate::domain::census::{Census, ItemNo, Slot, Target};
use crate::domain::graph::{EdgeKind, ItemKind};
use crate::domain::source::deeds::Seam;
use crate::domain::source::symbols::Sym;

/// Methods by what they are members of.
pub struct Members {
    /// Methods of types, of all their impl blocks, and of traits, by name.
    by_name: FxHashMap<(ItemNo, Sym), Vec<ItemNo>>,
    /// What implements each method of a trait.
    by_trait: FxHashMap<ItemNo, Vec<ItemNo>>,
}

/// Something that a method is called on.
#[derive(Clone, Copy)]
pub struct Receiver<'c> {
    /// The item that declares it: the function, or the type whose field it is.
    pub owner: ItemNo,
    /// Its declaration.
    pub slot: &'c Slot,
}

impl Members {
    /// The members of all types and traits.
    pub fn new(census: &Census<'_>) -> Self {
        let mut by_name: FxHashMap<(ItemNo, Sym), Vec<ItemNo>> = FxHashMap::default();
        let methods = || census.item_nos().filter(|item| census.item(*item).kind == ItemKind::Method);
        for item in methods() {
            let found = census.item(item);
            let holder = if census.is_required(item) { found.holder } else { census.self_item(item) };
            if let Some(holder) = holder {
                by_name.entry((holder, found.name)).or_default().push(item);
            }
        }
        let mut by_trait: FxHashMap<ItemNo, Vec<ItemNo>> = FxHashMap::default();
        for item in methods() {
            let Some(Target::Item(of_trait)) = census.trait_of(item) else { continue };
            for required in by_name.get(&(of_trait, census.item(item).name)).into_iter().flatten() {
                by_trait.entry(*required).or_default().push(item);
            }
        }
        Self { by_name, by_trait }
    }

    /// The methods of a type or trait that have this name.
    pub fn named(&self, holder: ItemNo, name: Sym) -> &[ItemNo] {
        self.by_name.get(&(holder, name)).map_or(&[], Vec::as_slice)
    }

    /// What implements a method of a trait, in order.
    pub fn implementing(&self, required: ItemNo) -> &[ItemNo] {
        self.by_trait.get(&required).map_or(&[], Vec::as_slice)
    }
}

/// The parameters and fields that a name can mean in a function: its own parameters, the fields of its
/// `Self`, the fields of what it is given.
pub fn receivers<'c>(
    census: &'c Census<'_>,
    function: ItemNo,
    name: Sym,
) -> impl Iterator<Item = Receiver<'c>> {
    let given = census.parameters(function).filter_map(|slot| match slot.core {
        Some(Target::Item(item)) => Some(item),
        _ => None,
    });
    let own = census.self_item(function);
    let owners = std::iter::once(function).chain(own).chain(given);
    owners
        .flat_map(|owner| census.slots(owner).iter().map(move |slot| Receiver { owner, slot }))
        .filter(move |receiver| receiver.slot.name == name)
}

/// The traits that a receiver must have, where it is open what it is.
pub fn traits_of(census: &Census<'_>, function: ItemNo, receiver: Receiver<'_>) -> Vec<ItemNo> {
    let mut found: Vec<ItemNo> = Vec::new();
    match receiver.slot.seam {
        Seam::Dyn | Seam::Impl => found.extend(trait_item(census, receiver.slot.core)),
        Seam::Generic(parameter) => {
            let owners = [Some(function), Some(receiver.owner), census.self_item(function)];
            for owner in owners.into_iter().flatten() {
                let bounds = census.bounds(owner).iter().filter(|bound| bound.parameter == parameter);
                found.extend(bounds.filter_map(|bound| trait_item(census, Some(bound.bound))));
            }
            // Which parameter a bound of an impl block is for is not kept; the method's name decides.
            if let Some(block) = census.item(function).in_impl {
                let header = census.impl_uses(block).iter().filter(|used| used.kind == EdgeKind::Signature);
                found.extend(header.filter_map(|used| trait_item(census, Some(used.to))));
            }
        }
        Seam::None | Seam::Callable => {}
    }
    for at in 0..found.len() {
        found.extend(supertraits(census, found[at]));
    }
    found.sort_unstable();
    found.dedup();
    found
}

/// The traits of the workspace that a trait builds on.
fn supertraits(census: &Census<'_>, item: ItemNo) -> impl Iterator<Item = ItemNo> {
    let named = census.uses(item).iter().filter(|used| used.kind == EdgeKind::Signature);
    named.filter_map(|used| trait_item(census, Some(used.to)))
}

fn trait_item(census: &Census<'_>, target: Option<Target>) -> Option<ItemNo> {
    match target {
        Some(Target::Item(item)) if census.item(item).kind == ItemKind::Trait => Some(item),
        _ => None,
    }
}
