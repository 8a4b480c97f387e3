//! `repo.speaks_domain`: methods of repositories that speak of the domain and of nothing technical.

use crate::domain::census::{ItemNo, Target};
use crate::domain::graph::{EdgeKind, Place};
use crate::domain::indicators::measurement::Measurement;
use crate::domain::indicators::repo::NONE;
use crate::domain::indicators::scene::Scene;
use crate::domain::indicators::tally::{Member, Tally};
use crate::domain::patterns::InfraForm;
use crate::domain::policy::model::IndicatorSpec;

/// Measures it.
pub fn measure(scene: &Scene<'_>, spec: &IndicatorSpec) -> Measurement {
    let suffixes = spec.constants.words("technical_suffixes");
    let mut tally = Tally::new();
    for (port, _) in scene.patterns.repositories() {
        for method in &port.methods {
            tally.add(match technical(scene, *method, suffixes) {
                Some((what, place)) => {
                    Member::bad(scene.census, *method, format!("speaks of `{what}`")).at(place)
                }
                None => Member::good(scene.census, *method),
            });
        }
    }
    tally.measure(scene, spec, "methods of repositories speak of the domain", NONE)
}

/// The first thing in a signature that is no word of the domain.
fn technical(scene: &Scene<'_>, method: ItemNo, suffixes: &[String]) -> Option<(String, Place)> {
    let census = scene.census;
    let infra = scene.patterns.touch(method).infra.iter().find(|touch| touch.form == InfraForm::Signature);
    if let Some(touch) = infra {
        return Some((touch.what.clone(), touch.place));
    }
    let signature = census.uses(method).iter().filter(|used| used.kind == EdgeKind::Signature);
    signature
        .filter(|used| match used.to {
            Target::Item(to) => {
                let port = scene.patterns.port_of(to).is_some();
                let technical = suffixes.iter().any(|suffix| census.name(to).ends_with(suffix.as_str()));
                let outer = scene.roles.is_outer(census, to) && !scene.patterns.is_mere_name(census, to);
                !port && (technical || outer)
            }
            _ => false,
        })
        .map(|used| (census.target_word(used.to).to_owned(), used.place))
        .next()
}
