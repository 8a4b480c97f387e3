//! `repo.persistence_behind_port`: of what speaks to a store, how much stands behind a port.

use rustc_hash::FxHashSet;

use crate::domain::census::{ItemNo, ModuleNo, Target};
use crate::domain::indicators::measurement::Measurement;
use crate::domain::indicators::scene::Scene;
use crate::domain::indicators::tally::{Member, Tally};
use crate::domain::patterns::{AccessForm, InfraForm, InfraUse};
use crate::domain::policy::model::IndicatorSpec;
use crate::domain::policy::role::Role;

/// Measures it.
pub fn measure(scene: &Scene<'_>, spec: &IndicatorSpec) -> Measurement {
    let census = scene.census;
    let families = spec.constants.words("families");
    let behind = Behind::of(scene);
    let reads = readers(scene);
    let mut tally = Tally::new();
    for item in census.counted() {
        if scene.roles.of(census, item) == Some(Role::Composition) {
            continue;
        }
        let touch = scene.patterns.touch(item);
        let stored = |touch: &&InfraUse| families.iter().any(|family| *family == touch.family);
        let Some(first) = touch.infra.iter().filter(stored).find(|touch| !is_tie(touch)) else { continue };
        if behind.holds(scene, item) {
            tally.add(Member::good(census, item));
        } else if !reads.contains(&item) {
            let fact = format!("names `{}`, no port in between", first.what);
            tally.add(Member::bad(census, item, fact).at(first.place));
        }
    }
    tally.measure(scene, spec, "items that speak to a store stand behind a port", "nothing speaks to a store")
}

/// Derives and attributes are left to the purity of the domain.
fn is_tie(touch: &InfraUse) -> bool {
    matches!(touch.form, InfraForm::PersistenceDerive | InfraForm::PresentationDerive | InfraForm::Attribute)
}

/// Functions that read a store and write none: reads may go straight to it (ch. 12).
fn readers(scene: &Scene<'_>) -> FxHashSet<ItemNo> {
    let mut readers: FxHashSet<ItemNo> = FxHashSet::default();
    let accesses = &scene.patterns.accesses;
    readers
        .extend(accesses.iter().filter(|access| access.form == AccessForm::Read).map(|access| access.item));
    for access in accesses.iter().filter(|access| access.form == AccessForm::Write) {
        readers.remove(&access.item);
    }
    readers
}

/// What stands behind ports: types that implement one, and the modules where they do.
struct Behind {
    types: FxHashSet<ItemNo>,
    modules: FxHashSet<ModuleNo>,
}

impl Behind {
    fn of(scene: &Scene<'_>) -> Self {
        let mut behind = Self { types: FxHashSet::default(), modules: FxHashSet::default() };
        for block in scene.patterns.driven().flat_map(|port| &port.impls) {
            let block = scene.census.block(*block);
            behind.modules.insert(block.module);
            if let Some(Target::Item(own)) = block.self_type {
                behind.types.insert(own);
            }
        }
        behind
    }

    fn holds(&self, scene: &Scene<'_>, item: ItemNo) -> bool {
        let own = scene.census.self_item(item).unwrap_or(item);
        self.types.contains(&own) || self.modules.contains(&scene.census.item(item).module)
    }
}
