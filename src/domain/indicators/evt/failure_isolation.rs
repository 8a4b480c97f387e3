//! `evt.failure_isolation`: whether a handler that fails takes the one who raised the event with it.

use crate::domain::census::{Act, Census, ItemNo};
use crate::domain::graph::Place;
use crate::domain::indicators::evt::flows::Flows;
use crate::domain::indicators::measurement::Measurement;
use crate::domain::indicators::scene::Scene;
use crate::domain::indicators::tally::{Member, Tally};
use crate::domain::policy::model::IndicatorSpec;
use crate::domain::source::deeds::ActForm;
use crate::domain::source::facts::Part;

/// Measures it.
pub fn measure(scene: &Scene<'_>, spec: &IndicatorSpec) -> Measurement {
    let census = scene.census;
    let (flows, over) = (Flows::of(scene), spec.constants.words("passed_over"));
    let mut tally = Tally::new();
    for item in census.functions() {
        let handlers: Vec<ItemNo> =
            scene.patterns.calls(item).iter().filter(|called| flows.handles(**called)).copied().collect();
        if handlers.is_empty() || flows.handles(item) {
            continue;
        }
        for place in calls(census, item, &handlers) {
            tally.add(match is_handed_up(census, over, item, place) {
                true => Member::bad(census, item, "a handler that fails makes the raiser fail").at(place),
                false => Member::good(census, item).at(place),
            });
        }
    }
    tally.measure(
        scene,
        spec,
        "calls of event handlers keep their failures apart",
        "no event is handed to a handler by a call",
    )
}

/// Where a function calls any of these.
fn calls(census: &Census<'_>, item: ItemNo, called: &[ItemNo]) -> Vec<Place> {
    let names: Vec<&str> = called.iter().map(|called| census.name(*called)).collect();
    let by_path = census.uses(item).iter().filter(|used| {
        let to = crate::domain::indicators::evt::flows::item_of(used.to);
        used.part == Part::Called && to.is_some_and(|to| called.contains(&to))
    });
    let by_path = by_path.map(|used| used.place);
    let by_method = census.acts(item).iter().filter_map(|act| match act.form {
        ActForm::Method { name, .. } if names.contains(&census.word(name)) => Some(act.place),
        _ => None,
    });
    let mut places: Vec<Place> = by_path.chain(by_method).collect();
    places.sort_unstable();
    places.dedup();
    places
}

/// Whether what a call gives is handed up by `?`: the next deed after it, arguments passed over.
fn is_handed_up(census: &Census<'_>, over: &[String], item: ItemNo, call: Place) -> bool {
    let mut after: Vec<&Act> =
        census.acts(item).iter().filter(|act| act.place.span.start > call.span.start).collect();
    after.sort_by_key(|act| act.place.span.start);
    let next = after.into_iter().find(|act| match act.form {
        ActForm::Method { name, .. } => !over.iter().any(|word| word == census.word(name)),
        _ => true,
    });
    next.is_some_and(|act| act.form == ActForm::Try)
}
