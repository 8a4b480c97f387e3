//! `tst.doubles`: how well the seams to the outside can be filled in tests.

use std::collections::BTreeMap;

use crate::domain::census::ItemNo;
use crate::domain::graph::Place;
use crate::domain::indicators::measurement::Measurement;
use crate::domain::indicators::scene::Scene;
use crate::domain::indicators::tally::{Member, Tally};
use crate::domain::patterns::{InfraForm, Side};
use crate::domain::policy::model::IndicatorSpec;
use crate::domain::policy::role::Role;

/// Measures it.
pub fn measure(scene: &Scene<'_>, spec: &IndicatorSpec) -> Measurement {
    if scene.facts.technologies == 0 {
        return Measurement::not_applicable(spec, "no technology to stand in for");
    }
    let census = scene.census;
    let facts = scene.parameters.section("facts");
    let mut tally = Tally::new();
    for port in scene.patterns.driven() {
        let best = port.doubles.iter().map(|double| double.worth(facts)).fold(0.0, f64::max);
        tally.add(Member::good(census, port.traits[0]).worth(best, "nothing in tests stands in for it"));
    }
    for (family, (item, place)) in direct(scene) {
        tally.add(Member::bad(census, item, format!("uses the {family} without a seam")).at(place));
    }
    tally.measure(scene, spec, "seams to the outside can be filled in tests", "no seam to the outside")
}

/// Technologies that business code uses itself, each with the first function that does.
fn direct<'s>(scene: &Scene<'s>) -> BTreeMap<&'s str, (ItemNo, Place)> {
    let census = scene.census;
    let mut found: BTreeMap<&str, (ItemNo, Place)> = BTreeMap::new();
    for item in census.functions() {
        let outer =
            matches!(scene.roles.of(census, item), Some(Role::Adapter | Role::Composition | Role::Test));
        let business = scene.roles.is_core(census, item) || !outer && scene.patterns.decisions(item) > 0;
        if !business {
            continue;
        }
        for touch in &scene.patterns.touch(item).infra {
            let tied = matches!(
                touch.form,
                InfraForm::PersistenceDerive | InfraForm::PresentationDerive | InfraForm::Attribute
            );
            if touch.side == Side::Driven && !tied && !touch.family.is_empty() {
                found.entry(&touch.family).or_insert((item, touch.place));
            }
        }
    }
    found
}
