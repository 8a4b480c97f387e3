//! `repo.persistence_behind_port`: of what speaks to a store, how much stands behind a port.

use rustc_hash::FxHashSet;

use crate::domain::census::{Census, ItemNo, ModuleNo, Target};
use crate::domain::indicators::measurement::Measurement;
use crate::domain::indicators::scene::Scene;
use crate::domain::indicators::tally::{Member, Tally};
use crate::domain::patterns::{AccessForm, InfraForm, InfraUse};
use crate::domain::policy::model::IndicatorSpec;
use crate::domain::policy::role::Role;
use crate::domain::source::facts::{ItemMarks, Part};

/// Measures it.
pub fn measure(scene: &Scene<'_>, spec: &IndicatorSpec) -> Measurement {
    let census = scene.census;
    let families = spec.constants.words("families");
    let frameworks = scene.parameters.section("evt").words("stores_of_events");
    let behind = Behind::of(scene);
    let helpers = helpers(scene, &behind);
    let reads = readers(scene);
    let mut tally = Tally::new();
    for item in census.counted() {
        if scene.roles.of(census, item) == Some(Role::Composition) {
            continue;
        }
        let touch = scene.patterns.touch(item);
        let stored = |touch: &&InfraUse| families.contains(&touch.family);
        // Who makes what stands behind a port hands it a pool: that is wiring, wherever it stands.
        if !behind.holds(scene, item) && behind.is_made_in(scene, item) {
            continue;
        }
        let Some(first) = touch.infra.iter().filter(stored).find(|touch| !is_tie(touch)) else { continue };
        // A framework for events brings its own ports, and what implements them.
        let framed = touch.infra.iter().any(|touch| frameworks.contains(&touch.category));
        if framed || behind.holds(scene, item) || helpers.contains(&unit(scene, item)) {
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

/// What names count for: a type for its methods, all else for itself.
fn unit(scene: &Scene<'_>, item: ItemNo) -> ItemNo {
    let whole = scene.census.whole(item);
    scene.census.self_item(whole).unwrap_or(whole)
}

/// Items of adapter modules that nothing but what stands behind a port, the composition and other such
/// items name: pools, rows and mappers of their own.
fn helpers(scene: &Scene<'_>, behind: &Behind) -> FxHashSet<ItemNo> {
    let census = scene.census;
    let is_adapter = |item: &ItemNo| scene.roles.of(census, *item) == Some(Role::Adapter);
    let open = census.counted().filter(is_adapter).map(|item| unit(scene, item));
    let mut helpers: FxHashSet<ItemNo> = open.filter(|item| !behind.holds(scene, *item)).collect();
    let mut named: Vec<(ItemNo, ItemNo)> = Vec::new();
    for item in census.item_nos().filter(|item| census.is_production(*item)) {
        let from = unit(scene, item);
        let to =
            census.uses(item).iter().filter(|used| !used.test && Census::is_own(used)).filter_map(|used| {
                match used.to {
                    Target::Item(to) => Some(unit(scene, to)),
                    _ => None,
                }
            });
        named.extend(to.filter(|to| *to != from && helpers.contains(to)).map(|to| (from, to)));
    }
    named.sort_unstable();
    named.dedup();
    let used: FxHashSet<ItemNo> = named.iter().map(|(_, to)| *to).collect();
    helpers.retain(|item| used.contains(item));
    loop {
        let strays = named.iter().filter(|(from, to)| {
            let fine = behind.holds(scene, *from)
                || helpers.contains(from)
                || scene.roles.of(census, *from) == Some(Role::Composition);
            !fine && helpers.contains(to)
        });
        let strays: Vec<ItemNo> = strays.map(|(_, to)| *to).collect();
        if strays.is_empty() {
            return helpers;
        }
        strays.iter().for_each(|item| {
            helpers.remove(item);
        });
    }
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

    /// Whether a function that stores nothing itself makes a type that implements a port.
    fn is_made_in(&self, scene: &Scene<'_>, item: ItemNo) -> bool {
        let made = || {
            scene.census.uses(item).iter().any(|used| match (used.part, used.to) {
                (Part::Called | Part::Built, Target::Item(to)) => {
                    let own = scene.census.self_item(to).unwrap_or(to);
                    self.types.contains(&own) && !scene.census.item(to).marks.has(ItemMarks::RECEIVER)
                }
                _ => false,
            })
        };
        let accesses = &scene.patterns.accesses;
        let from = accesses.partition_point(|access| access.item < item);
        scene.census.is_function(item)
            && accesses.get(from).is_none_or(|access| access.item != item)
            && made()
    }

    fn holds(&self, scene: &Scene<'_>, item: ItemNo) -> bool {
        let own = scene.census.self_item(item).unwrap_or(item);
        self.types.contains(&own) || self.modules.contains(&scene.census.item(item).module)
    }
}
