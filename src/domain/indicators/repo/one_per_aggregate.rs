//! `repo.one_per_aggregate`: each repository keeps a root of its own.

use crate::domain::indicators::measurement::Measurement;
use crate::domain::indicators::scene::Scene;
use crate::domain::indicators::tally::{Member, Tally};
use crate::domain::policy::model::IndicatorSpec;

/// Measures it.
pub fn measure(scene: &Scene<'_>, spec: &IndicatorSpec) -> Measurement {
    let patterns = scene.patterns;
    let least = spec.constants.count("min_repositories");
    let mut tally = Tally::new();
    if !patterns.entities.iter().any(|entity| entity.root) {
        return Measurement::not_applicable(spec, "there is no aggregate to keep");
    }
    for (at, port) in patterns.ports.iter().enumerate().filter(|(_, port)| port.repository.is_some()) {
        let kept = patterns.entities.iter().filter(|entity| entity.root && entity.kept_by.contains(&at));
        let (all, own) = (kept.clone().count(), kept.filter(|entity| entity.kept_by == [at]).count());
        tally.add(match (all, own) {
            (_, 1..) => Member::good(scene.census, port.traits[0]),
            (0, _) => Member::bad(scene.census, port.traits[0], "keeps no root of an aggregate"),
            _ => Member::bad(scene.census, port.traits[0], "keeps roots that another repository keeps too"),
        });
    }
    if tally.population() < least {
        return Measurement::not_applicable(spec, format!("there are fewer than {least} repositories"));
    }
    tally.measure(scene, spec, "repositories keep a root of their own", "there is no repository")
}
