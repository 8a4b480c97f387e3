//! `repo.narrow`: few methods in each repository.

use crate::domain::census::Census;
use crate::domain::indicators::measurement::Measurement;
use crate::domain::indicators::repo::NONE;
use crate::domain::indicators::scene::Scene;
use crate::domain::indicators::tally::{Member, Tally};
use crate::domain::patterns::Port;
use crate::domain::policy::model::IndicatorSpec;

/// Measures it.
pub fn measure(scene: &Scene<'_>, spec: &IndicatorSpec) -> Measurement {
    let mut tally = Tally::new();
    let variants = spec.constants.words("variants");
    for (port, _) in scene.patterns.repositories() {
        let methods = distinct(scene.census, port, variants);
        let worth = spec.score(f64::from(methods)) / 100.0;
        let fact = format!("has {methods} methods: more than a collection needs");
        tally.add(Member::good(scene.census, port.traits[0]).worth(worth, fact));
    }
    let (Some(share), n) = (tally.good_share(), tally.population()) else {
        return Measurement::not_applicable(spec, NONE);
    };
    let value = 100.0 * share;
    let what = if n == 1 { "repository" } else { "repositories" };
    tally.result(scene, spec, value, 100.0 - value, format!("the methods of {n} {what} were counted"))
}

/// Methods of a port, variants in bulk or by pages of another one left out: `find` and `find_page`.
fn distinct(census: &Census<'_>, port: &Port, variants: &[String]) -> u32 {
    let names: Vec<&str> = port.methods.iter().map(|method| census.name(*method)).collect();
    let is_variant = |name: &str| {
        names.iter().any(|other| {
            let rest = name.strip_prefix(other).and_then(|rest| rest.strip_prefix('_'));
            rest.is_some_and(|rest| variants.iter().any(|word| word == rest))
        })
    };
    names.iter().filter(|name| !is_variant(name)).count() as u32
}
