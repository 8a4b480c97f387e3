//! `inv.smart_constructors`: domain types that nobody can make in an invalid state.

use rustc_hash::FxHashMap;

use crate::domain::census::{Census, ItemNo, Reach, Slot, Target};
use crate::domain::graph::ItemKind;
use crate::domain::indicators::measurement::Measurement;
use crate::domain::indicators::scene::Scene;
use crate::domain::indicators::tally::{Member, Tally};
use crate::domain::patterns::DataKind;
use crate::domain::policy::model::IndicatorSpec;
use crate::domain::policy::role::Role;
use crate::domain::source::deeds::Seam;

/// Measures it.
pub fn measure(scene: &Scene<'_>, spec: &IndicatorSpec) -> Measurement {
    let census = scene.census;
    let restoring = scene.parameters.section("inv").words("restoring");
    let constructors = constructors(census);
    let mut tally = Tally::new();
    for item in census.counted().filter(|item| is_guarded(scene, *item)) {
        let open = census.slots(item).iter().find(|slot| is_open(slot));
        let own = constructors.get(&item).map_or(&[][..], Vec::as_slice);
        let lax = own.iter().find(|made| {
            !restoring.iter().any(|word| word == census.name(**made)) && accepts_anything(census, **made)
        });
        tally.add(match (open, lax) {
            (Some(slot), _) => {
                let fact = format!("`{}` is open: any value can be put in", census.word(slot.name));
                Member::bad(census, item, fact).at(slot.place)
            }
            (None, Some(made)) => {
                let fact = format!("`{}` takes any value and refuses none", census.name(*made));
                Member::bad(census, item, fact).at(census.item(*made).place)
            }
            (None, None) => Member::good(census, item),
        });
    }
    tally.measure(scene, spec, "domain types refuse to be made wrong", "the domain has no types with fields")
}

/// Entities and values with fields; newtypes of identities accept any identity there is.
fn is_guarded(scene: &Scene<'_>, item: ItemNo) -> bool {
    let census = scene.census;
    let kind = scene.patterns.data(item);
    let data = matches!(kind, Some(DataKind::Entity | DataKind::Value | DataKind::Plain));
    let ids = || scene.parameters.section("agg").words("identity_types");
    let newtype = census.slots(item).len() == 1;
    let id = data && newtype && ids().iter().any(|suffix| census.name(item).ends_with(suffix.as_str()));
    data && !id
        && census.item(item).kind == ItemKind::Struct
        && !census.slots(item).is_empty()
        && scene.roles.of(census, item) == Some(Role::Domain)
}

/// Whether anybody can put any value into a field: one whose type guards itself may stand open.
fn is_open(slot: &Slot) -> bool {
    let guarded = matches!(slot.core, Some(Target::Item(_)));
    matches!(slot.reach, Reach::Public | Reach::Crate) && !guarded
}

/// Functions that make a type and that others can call, by type.
fn constructors(census: &Census<'_>) -> FxHashMap<ItemNo, Vec<ItemNo>> {
    let mut found: FxHashMap<ItemNo, Vec<ItemNo>> = FxHashMap::default();
    for item in census.functions() {
        let reached = matches!(census.item(item).reach, Reach::Public | Reach::Crate);
        let makes = reached && census.trait_of(item).is_none() && census.is_constructor(item);
        if let Some(own) = census.self_item(item).filter(|_| makes) {
            found.entry(own).or_default().push(item);
        }
    }
    found
}

/// Whether a constructor is given a bare number or text and cannot refuse it.
fn accepts_anything(census: &Census<'_>, item: ItemNo) -> bool {
    let refuses = census.result(item).is_some_and(|slot| {
        census.types(slot).iter().any(|part| matches!(census.word(part.word), "Result" | "Option"))
    });
    let bare = census.parameters(item).any(|slot| match slot.seam {
        Seam::None => slot.core.is_none_or(|core| census.target_word(core) == "String"),
        Seam::Impl | Seam::Generic(_) => {
            slot.core.is_none_or(|core| matches!(census.target_word(core), "Into" | "AsRef" | "ToString"))
        }
        Seam::Dyn | Seam::Callable => false,
    });
    bare && !refuses
}
