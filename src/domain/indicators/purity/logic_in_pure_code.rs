//! `purity.logic_in_pure_code`: how many decisions stand in functions that name no infrastructure,
//! whatever the functions and modules are called.

use crate::domain::indicators::measurement::Measurement;
use crate::domain::indicators::scene::Scene;
use crate::domain::indicators::tally::{Member, Tally};
use crate::domain::patterns::business::business;
use crate::domain::policy::model::IndicatorSpec;

/// Measures it.
pub fn measure(scene: &Scene<'_>, spec: &IndicatorSpec) -> Measurement {
    let census = scene.census;
    let least = spec.constants.count("min_decisions");
    if scene.facts.decisions < least {
        return Measurement::not_applicable(spec, format!("fewer than {least} business decisions"));
    }
    let mut tally = Tally::new();
    for (item, decisions) in business(census, scene.roles, scene.patterns, scene.parameters) {
        let member = match scene.patterns.touch(item).infra.first() {
            None => Member::good(census, item),
            Some(touch) => {
                Member::bad(census, item, format!("{decisions} decisions beside `{}`", touch.what))
                    .at(touch.place)
            }
        };
        tally.add(member.times(decisions));
    }
    tally.measure(scene, spec, "business decisions stand in code without infrastructure", "nothing decides")
}
