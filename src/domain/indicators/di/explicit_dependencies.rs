//! `di.explicit_dependencies`: how many dependencies are declared, against globals and hidden inputs.

use rustc_hash::FxHashSet;

use crate::domain::census::outside::Impure;
use crate::domain::census::{ItemNo, Slot, Standing, Target};
use crate::domain::graph::ItemKind;
use crate::domain::indicators::measurement::Measurement;
use crate::domain::indicators::scene::Scene;
use crate::domain::indicators::tally::{Member, Tally};
use crate::domain::patterns::effects::adapters;
use crate::domain::patterns::ground::Ground;
use crate::domain::patterns::lookup::{Receiver, traits_of};
use crate::domain::patterns::storage::functions;
use crate::domain::policy::model::IndicatorSpec;
use crate::domain::policy::role::Role;
use crate::domain::source::deeds::Seam;
use crate::domain::source::facts::ItemMarks;

/// Measures it.
pub fn measure(scene: &Scene<'_>, spec: &IndicatorSpec) -> Measurement {
    let census = scene.census;
    let mut tally = Tally::new();
    let known = Known::of(scene);
    for item in census.item_nos().filter(|item| census.is_production(*item)) {
        let role = scene.roles.of(census, item);
        let asks = matches!(role, Some(Role::Domain | Role::Application | Role::Entrypoint));
        let declares = match census.item(item).kind {
            ItemKind::Struct => true,
            ItemKind::Fn => true,
            ItemKind::Method => census.item(item).marks.has(ItemMarks::RECEIVER) && !census.is_required(item),
            _ => false,
        };
        if asks && declares {
            for slot in census.parameters(item).filter(|slot| known.is_dependency(scene, item, slot)) {
                tally.add(Member::good(census, item).at(slot.place));
            }
        }
    }
    hidden(scene, &mut tally);
    tally.measure(scene, spec, "dependencies are declared", "nothing is depended on")
}

/// Uses of globals that hold infrastructure, and of chance and the environment in the core. Who asks what
/// time it is has wired nothing himself: `tst.deterministic` tells of it.
fn hidden(scene: &Scene<'_>, tally: &mut Tally) {
    let census = scene.census;
    let globals: FxHashSet<ItemNo> = census
        .item_nos()
        .filter(|item| {
            census.item(*item).kind == ItemKind::Static && census.item(*item).standing == Standing::Production
        })
        .filter(|item| scene.patterns.touch(*item).driven())
        .collect();
    for item in functions(census) {
        let role = scene.roles.of(census, item);
        for used in census.uses(item).iter().filter(|used| !used.test) {
            let global = matches!(used.to, Target::Item(to) if globals.contains(&to))
                && role != Some(Role::Composition);
            // An id that is made here is no state that a test would have to wait for.
            let outside = census.outer(used.to).filter(|outside| outside.category != "identity");
            let impure = outside
                .and_then(|outside| outside.impure)
                .filter(|impure| matches!(impure, Impure::Random | Impure::Environment));
            let fact = match (global, impure) {
                (true, _) => format!("uses the global `{}`", census.target_word(used.to)),
                (_, Some(_)) if scene.roles.is_core(census, item) => {
                    format!("asks `{}`, which nobody passes in", census.target_word(used.to))
                }
                _ => continue,
            };
            tally.add(Member::bad(census, item, fact).at(used.place));
        }
    }
}

/// What counts as a dependency.
struct Known<'a> {
    adapters: FxHashSet<ItemNo>,
    ports: FxHashSet<ItemNo>,
    suffixes: &'a [String],
}

impl<'a> Known<'a> {
    fn of(scene: &Scene<'a>) -> Self {
        let Scene { census, roles, catalogue, parameters, .. } = *scene;
        let ground = Ground { census, roles, catalogue, parameters };
        let ports = scene.patterns.ports.iter().flat_map(|port| port.traits.iter().copied()).collect();
        let suffixes = parameters.section("di").words("client_suffixes");
        Self { adapters: adapters(&ground, &scene.patterns.touches, &scene.patterns.ports), ports, suffixes }
    }

    /// A port, an adapter or a client, whatever is wrapped around it.
    fn is_dependency(&self, scene: &Scene<'_>, item: ItemNo, slot: &Slot) -> bool {
        let census = scene.census;
        let counts = |target: Option<Target>| match target {
            Some(Target::Item(to)) => self.adapters.contains(&to) || self.ports.contains(&to),
            Some(Target::Outside(outside)) => {
                let outside = census.external(outside);
                outside.is_driven()
                    && self.suffixes.iter().any(|suffix| outside.last().ends_with(suffix.as_str()))
            }
            _ => false,
        };
        counts(slot.core)
            || census.types(slot).iter().any(|part| counts(part.target))
            || matches!(slot.seam, Seam::Generic(_) | Seam::Dyn | Seam::Impl)
                && traits_of(census, item, Receiver { owner: item, slot })
                    .iter()
                    .any(|found| self.ports.contains(found))
    }
}
