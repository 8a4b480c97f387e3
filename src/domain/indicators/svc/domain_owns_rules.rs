//! `svc.domain_owns_rules`: how many decisions of the core stand in the domain.

use crate::domain::indicators::measurement::Measurement;
use crate::domain::indicators::scene::Scene;
use crate::domain::indicators::svc::asking::{Asking, MISSING};
use crate::domain::indicators::tally::{Member, Tally};
use crate::domain::patterns::storage::functions;
use crate::domain::policy::model::IndicatorSpec;
use crate::domain::policy::role::Role;

/// Measures it.
pub fn measure(scene: &Scene<'_>, spec: &IndicatorSpec) -> Measurement {
    let census = scene.census;
    if !Asking::of(scene).is_there() {
        return Measurement::not_applicable(spec, MISSING);
    }
    let mut tally = Tally::new();
    for item in functions(census).filter(|item| scene.roles.is_core(census, *item)) {
        let decisions = scene.patterns.decisions(item);
        if decisions == 0 {
            continue;
        }
        let member = match scene.roles.of(census, item) {
            Some(Role::Domain) => Member::good(census, item),
            _ => Member::bad(census, item, format!("{decisions} decisions outside the domain")),
        };
        tally.add(member.times(decisions));
    }
    let least = spec.constants.count("min_decisions");
    if tally.population() < least {
        return Measurement::not_applicable(spec, format!("fewer than {least} decisions in the core"));
    }
    tally.measure(scene, spec, "decisions of the core stand in the domain", "the core decides nothing")
}
