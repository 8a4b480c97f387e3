//! `check.unbounded`: how many queries for a list have a limit.

use crate::domain::census::{Act, ItemNo};
use crate::domain::graph::Place;
use crate::domain::indicators::measurement::Measurement;
use crate::domain::indicators::scene::Scene;
use crate::domain::indicators::tally::{Member, Tally};
use crate::domain::patterns::{AccessForm, StoreAccess};
use crate::domain::policy::model::IndicatorSpec;
use crate::domain::source::deeds::ActForm;

/// Measures it: a query for a list ends in a method that gives all rows, and what stands before it up to
/// the query before belongs to it.
pub fn measure(scene: &Scene<'_>, spec: &IndicatorSpec) -> Measurement {
    let census = scene.census;
    let mut tally = Tally::of_facts();
    for own in scene.patterns.accesses.chunk_by(|a, b| a.item == b.item) {
        let item = own[0].item;
        if !census.is_production(item) {
            continue;
        }
        for (place, limited) in lists(scene, spec, item, own) {
            tally.add(match limited {
                true => Member::good(census, item),
                false => Member::bad(census, item, "asks for a list without a limit").at(place),
            });
        }
    }
    tally.measure(scene, spec, "queries for a list have a limit", "no query for a list is seen")
}

/// Queries for lists in a function, and whether each has a limit.
fn lists(scene: &Scene<'_>, spec: &IndicatorSpec, item: ItemNo, own: &[StoreAccess]) -> Vec<(Place, bool)> {
    let census = scene.census;
    let named = |act: &&Act, list: &str| match act.form {
        ActForm::Method { name, .. } => spec.constants.lists(list, census.word(name)),
        _ => false,
    };
    let mut acts: Vec<&Act> = census.acts(item).iter().collect();
    acts.sort_by_key(|act| act.place);
    let mut found = Vec::new();
    let mut from = 0;
    for end in acts.iter().filter(|act| named(act, "all") || named(act, "one")) {
        let to = end.place.span.end;
        let within = |place: Place| (from..to).contains(&place.span.start);
        let reads: Vec<&StoreAccess> =
            own.iter().filter(|access| access.form == AccessForm::Read && within(access.place)).collect();
        if named(end, "all") && !reads.is_empty() {
            let limited = reads.iter().any(|access| access.sql.is_some_and(|sql| sql.limited))
                || acts.iter().any(|act| within(act.place) && named(act, "limits"));
            found.push((reads[0].place, limited));
        }
        from = to;
    }
    found
}
