//! `cqrs.no_query_in_loop`: how many loops where something is read do so without a query each time.

use crate::domain::census::Region;
use crate::domain::indicators::measurement::Measurement;
use crate::domain::indicators::scene::Scene;
use crate::domain::indicators::tally::{Member, Tally};
use crate::domain::patterns::AccessForm;
use crate::domain::policy::model::IndicatorSpec;
use crate::domain::source::deeds::RegionForm;

/// Measures it.
pub fn measure(scene: &Scene<'_>, spec: &IndicatorSpec) -> Measurement {
    let census = scene.census;
    let mut tally = Tally::new();
    for own in scene.patterns.accesses.chunk_by(|a, b| a.item == b.item) {
        let item = own[0].item;
        let reads: Vec<_> = own
            .iter()
            .filter(|access| matches!(access.form, AccessForm::Read | AccessForm::Lookup))
            .collect();
        if reads.is_empty() {
            continue;
        }
        let clean = |region: &&Region| {
            region.form == RegionForm::Loop
                && !reads.iter().any(|access| region.span.contains(access.place.span))
        };
        for _ in census.regions(item).iter().filter(clean) {
            tally.add(Member::good(census, item));
        }
        for access in reads.iter().filter(|access| access.in_loop) {
            tally.add(Member::bad(census, item, "asks the store once for each turn").at(access.place));
        }
    }
    tally.measure(scene, spec, "loops on read paths ask the store once", "no loop stands on a read path")
}
