//! `purity.infra_free_items`: how much of the domain names no infrastructure.

use crate::domain::indicators::measurement::Measurement;
use crate::domain::indicators::purity::home::{MISSING, is_missing};
use crate::domain::indicators::scene::Scene;
use crate::domain::indicators::tally::{Member, Tally};
use crate::domain::policy::model::IndicatorSpec;
use crate::domain::policy::role::Role;

/// Measures it.
pub fn measure(scene: &Scene<'_>, spec: &IndicatorSpec) -> Measurement {
    let census = scene.census;
    if is_missing(scene) {
        return Measurement::not_applicable(spec, MISSING);
    }
    let mut tally = Tally::new();
    let domain = census.counted().filter(|item| scene.roles.of(census, *item) == Some(Role::Domain));
    for item in domain.filter(|item| !scene.patterns.is_empty_type(*item)) {
        let size = f64::from(census.item(item).size);
        let member = match scene.patterns.touch(item).infra.first() {
            None => Member::good(census, item),
            Some(touch) => Member::bad(census, item, format!("names `{}`", touch.what)).at(touch.place),
        };
        tally.add(member.sized(size));
    }
    tally.measure(
        scene,
        spec,
        "tokens of the domain stand in items without infrastructure",
        "no module is the domain",
    )
}
