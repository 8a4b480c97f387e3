//! `di.swappable`: how many driven ports a test fills with a double.

use rustc_hash::FxHashSet;

use crate::domain::census::{ItemNo, Slot};
use crate::domain::indicators::measurement::Measurement;
use crate::domain::indicators::scene::Scene;
use crate::domain::indicators::tally::absent;
use crate::domain::indicators::tally::{Member, Tally};
use crate::domain::patterns::lookup::{Receiver, traits_of};
use crate::domain::patterns::{Port, Test};
use crate::domain::policy::model::IndicatorSpec;
use crate::domain::policy::role::Role;
use crate::domain::source::deeds::Seam;

/// Measures it.
pub fn measure(scene: &Scene<'_>, spec: &IndicatorSpec) -> Measurement {
    if scene.facts.technologies == 0 {
        return Measurement::not_applicable(spec, "no technology to swap");
    }
    if scene.patterns.driven().next().is_none() {
        return absent(scene, spec, 0.0, "no port to put a double behind");
    }
    let census = scene.census;
    let mut tally = Tally::new();
    let known = Given::of(scene);
    for port in scene.patterns.driven() {
        let item = port.traits[0];
        let swapped = || scene.patterns.tests.iter().any(|test| swaps(scene, port, test));
        tally.add(match () {
            () if swapped() => Member::good(census, item),
            () if known.is_given(port) => {
                let worth = spec.constants.number("given");
                Member::good(census, item)
                    .worth(worth, "is passed in, and no test puts a double in its place")
            }
            () => Member::bad(census, item, "no test puts a double in its place"),
        });
    }
    tally.measure(
        scene,
        spec,
        "driven ports are filled with a double by a test",
        "no port to put a double behind",
    )
}

/// Whether a test reaches a double of the port and something that is given it.
fn swaps(scene: &Scene<'_>, port: &Port, test: &Test) -> bool {
    let census = scene.census;
    let doubled = port.doubles.iter().any(|double| double.used && test.names(double.item));
    let given = |item: &ItemNo| {
        let inner = matches!(
            scene.roles.of(census, *item),
            Some(Role::Domain | Role::Application | Role::Entrypoint | Role::Composition | Role::Shared)
        );
        inner && census.is_function(*item) && !port.methods.contains(item)
    };
    doubled && test.reaches().any(|item| given(&item))
}

/// Traits that something is given from outside, as a field or a parameter that leaves open what it is.
struct Given(FxHashSet<ItemNo>);

impl Given {
    fn of(scene: &Scene<'_>) -> Self {
        let census = scene.census;
        let mut given = FxHashSet::default();
        for item in census.item_nos().filter(|item| census.is_production(*item)) {
            if scene.roles.of(census, item) == Some(Role::Adapter) {
                continue;
            }
            let open = |slot: &&Slot| matches!(slot.seam, Seam::Dyn | Seam::Impl | Seam::Generic(_));
            for slot in census.parameters(item).filter(open) {
                given.extend(traits_of(census, item, Receiver { owner: item, slot }));
            }
        }
        Self(given)
    }

    fn is_given(&self, port: &Port) -> bool {
        port.traits.iter().any(|one| self.0.contains(one))
    }
}
