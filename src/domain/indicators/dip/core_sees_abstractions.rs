//! `dip.core_sees_abstractions`: what core code holds or takes from outside comes as a trait, a generic
//! or a closure.

use rustc_hash::FxHashSet;

use crate::domain::census::{Census, ItemNo, Slot, Target};
use crate::domain::graph::{EdgeKind, ItemKind};
use crate::domain::indicators::dip::reach::is_business;
use crate::domain::indicators::measurement::Measurement;
use crate::domain::indicators::scene::Scene;
use crate::domain::indicators::tally::{Member, Tally};
use crate::domain::policy::model::IndicatorSpec;
use crate::domain::policy::role::Role;
use crate::domain::source::deeds::Seam;
use crate::domain::source::symbols::Sym;

/// Measures it.
pub fn measure(scene: &Scene<'_>, spec: &IndicatorSpec) -> Measurement {
    let census = scene.census;
    let held = Held::of(scene);
    let mut tally = Tally::new();
    for item in census.item_nos().filter(|item| census.is_production(*item) && is_business(scene, *item)) {
        let field = matches!(census.item(item).kind, ItemKind::Struct | ItemKind::Union);
        if !field && (!census.is_function(item) || census.is_constructor(item) || census.is_required(item)) {
            continue;
        }
        for slot in census.slots(item).iter().filter(|slot| census.word(slot.name) != "->") {
            match held.given(item, slot) {
                Some(Given::Abstract) => tally.add(Member::good(census, item).at(slot.place)),
                Some(Given::Concrete) => {
                    let fact = format!("gets `{}` itself, not through a port", slot_word(census, slot));
                    tally.add(Member::bad(census, item, fact).at(slot.place));
                }
                None => {}
            }
        }
    }
    tally.measure(
        scene,
        spec,
        "outside things held or taken by business code are abstract",
        "business code holds and takes nothing from outside",
    )
}

/// How something from outside is given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Given {
    Abstract,
    Concrete,
}

/// What counts as an outside thing that is held or taken.
pub struct Held<'s> {
    scene: &'s Scene<'s>,
    ports: FxHashSet<ItemNo>,
    /// Types that some impl block of a trait binds to a port.
    bound: FxHashSet<ItemNo>,
    adapters: FxHashSet<ItemNo>,
}

impl<'s> Held<'s> {
    /// In a system.
    pub fn of(scene: &'s Scene<'s>) -> Self {
        let census = scene.census;
        let ports: FxHashSet<ItemNo> =
            scene.patterns.driven().flat_map(|port| port.traits.iter().copied()).collect();
        let mut bound = FxHashSet::default();
        for number in census.impl_nos() {
            let Some(Target::Item(own)) = census.block(number).self_type else { continue };
            let header = census.impl_uses(number).iter().filter(|used| used.kind == EdgeKind::Signature);
            if header.filter_map(|used| item_of(used.to)).any(|named| ports.contains(&named)) {
                bound.insert(own);
            }
        }
        let implementing = scene.patterns.driven().flat_map(|port| port.impls.iter());
        let adapters = implementing.filter_map(|block| item_of(census.block(*block).self_type?)).collect();
        Self { scene, ports, bound, adapters }
    }

    /// The field or parameter that gives a concrete thing from outside, if any; what makes it is not asked.
    pub fn concrete(&self, item: ItemNo) -> Option<&'s Slot> {
        let census = self.scene.census;
        let asked = !census.is_constructor(item) && !census.is_required(item);
        let mut slots = census.slots(item).iter().filter(|slot| census.word(slot.name) != "->");
        slots.find(|slot| asked && self.given(item, slot) == Some(Given::Concrete))
    }

    /// What a slot is about.
    pub fn word(&self, slot: &Slot) -> &'s str {
        slot_word(self.scene.census, slot)
    }

    /// How a field or parameter gives something from outside, if it does.
    fn given(&self, item: ItemNo, slot: &Slot) -> Option<Given> {
        let census = self.scene.census;
        let layers = census.types(slot).iter().filter_map(|part| part.target);
        let named = layers.chain(slot.core).filter_map(item_of).any(|to| self.ports.contains(&to));
        match slot.seam {
            Seam::Dyn | Seam::Impl => return named.then_some(Given::Abstract),
            Seam::Generic(parameter) => {
                return (named || self.is_bound(item, parameter)).then_some(Given::Abstract);
            }
            // A closure in a field is an outside thing handed in; as a parameter it is mostly a rule.
            Seam::Callable if census.is_data(item) => return Some(Given::Abstract),
            Seam::Callable => return None,
            Seam::None => {}
        }
        match slot.core? {
            Target::Item(to) if self.ports.contains(&to) => Some(Given::Abstract),
            Target::Item(to) if self.is_adapter(to) => Some(Given::Concrete),
            Target::Outside(to) => {
                let outside = census.external(to);
                let last = outside.last();
                let client = outside.is_driven() && self.is_client(last);
                client.then_some(Given::Concrete)
            }
            _ => None,
        }
    }

    /// Whether a generic parameter of an item must be a port.
    fn is_bound(&self, item: ItemNo, parameter: Sym) -> bool {
        let census = self.scene.census;
        let own = census.self_item(item).filter(|own| *own != item);
        let bounds = census.bounds(item).iter().chain(own.into_iter().flat_map(|own| census.bounds(own)));
        let direct = bounds
            .filter(|bound| bound.parameter == parameter)
            .filter_map(|bound| item_of(bound.bound))
            .any(|bound| self.ports.contains(&bound));
        direct || self.bound.contains(&item) || own.is_some_and(|own| self.bound.contains(&own))
    }

    /// Whether a type is an adapter: it implements a port, or speaks to what the program drives.
    fn is_adapter(&self, item: ItemNo) -> bool {
        let census = self.scene.census;
        if !census.is_data(item) {
            return false;
        }
        self.adapters.contains(&item)
            || (self.scene.roles.of(census, item) == Some(Role::Adapter)
                && census.slots(item).iter().any(|slot| match slot.core {
                    Some(Target::Outside(to)) => {
                        census.external(to).is_driven() && self.is_client(census.external(to).last())
                    }
                    _ => false,
                }))
    }

    fn is_client(&self, word: &str) -> bool {
        let suffixes = self.scene.parameters.section("di").words("client_suffixes");
        let handles = self.scene.parameters.section("dip").words("handle_suffixes");
        suffixes.iter().chain(handles).any(|suffix| word.ends_with(suffix.as_str()))
    }
}

fn item_of(target: Target) -> Option<ItemNo> {
    match target {
        Target::Item(item) => Some(item),
        _ => None,
    }
}

fn slot_word<'c>(census: &'c Census<'_>, slot: &Slot) -> &'c str {
    slot.core.map_or("it", |core| census.target_word(core))
}
