//! `svc.thin_entrypoints`: how many entrypoints only translate: few decisions, nothing driven.

use crate::domain::census::ItemNo;
use crate::domain::graph::Place;
use crate::domain::indicators::measurement::Measurement;
use crate::domain::indicators::scene::Scene;
use crate::domain::indicators::svc::asking::{Asking, stores};
use crate::domain::indicators::tally::{Member, Tally};
use crate::domain::patterns::{Entrypoint, InfraUse, Side};
use crate::domain::policy::model::IndicatorSpec;

/// Measures it.
pub fn measure(scene: &Scene<'_>, spec: &IndicatorSpec) -> Measurement {
    let census = scene.census;
    let most = spec.constants.count("decisions");
    let asking = Asking::of(scene);
    let mut tally = Tally::new();
    let mut last: Option<ItemNo> = None;
    for entrypoint in &scene.patterns.entrypoints {
        if !census.is_function(entrypoint.item) || last == Some(entrypoint.item) {
            continue;
        }
        last = Some(entrypoint.item);
        tally.add(match thick(scene, entrypoint, most, &asking) {
            None => Member::good(census, entrypoint.item),
            Some((place, fact)) => Member::bad(census, entrypoint.item, fact).at(place),
        });
    }
    tally.measure(scene, spec, "entrypoints only translate", "nothing calls this from outside")
}

/// What an entrypoint does itself that is not its work.
fn thick(
    scene: &Scene<'_>,
    entrypoint: &Entrypoint,
    most: u32,
    asking: &Asking<'_>,
) -> Option<(Place, String)> {
    let decisions = scene.patterns.decisions(entrypoint.item);
    let reads = |touch: &InfraUse| !entrypoint.writes && scene.parameters.stores().contains(&touch.family);
    let touches = &scene.patterns.touch(entrypoint.item).infra;
    let driven =
        touches.iter().find(|touch| touch.side == Side::Driven && !touch.family.is_empty() && !reads(touch));
    if let Some(touch) = driven {
        return Some((touch.place, format!("uses `{}` itself", touch.what)));
    }
    let place = scene.census.item(entrypoint.item).place;
    if entrypoint.writes && !asking.delegates(entrypoint.item) {
        let calls = scene.patterns.calls(entrypoint.item);
        let kept = calls.iter().find(|to| stores(scene, **to) || asking.keeps(**to));
        if let Some(to) = kept {
            return Some((place, format!("has `{}` store it", scene.census.name(*to))));
        }
    }
    (decisions > most).then(|| (place, format!("takes {decisions} decisions, more than {most}")))
}
