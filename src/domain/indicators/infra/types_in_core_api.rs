//! `infra.types_in_core_api`: how many items of the core show infrastructure to their callers.

use crate::domain::census::{Census, ItemNo, Reach};
use crate::domain::graph::{ItemKind, Place};
use crate::domain::indicators::measurement::Measurement;
use crate::domain::indicators::scene::Scene;
use crate::domain::indicators::tally::{Member, Tally};
use crate::domain::patterns::InfraForm;
use crate::domain::policy::model::IndicatorSpec;
use crate::domain::policy::role::Role;

/// Measures it.
pub fn measure(scene: &Scene<'_>, spec: &IndicatorSpec) -> Measurement {
    let census = scene.census;
    if !holds_most(scene) {
        return Measurement::not_applicable(spec, "most business code stands outside the core");
    }
    let mut tally = Tally::new();
    for item in census.counted().filter(|item| scene.roles.is_core(census, *item)) {
        tally.add(match shown(scene, item) {
            None => Member::good(census, item),
            Some((place, what)) => {
                Member::bad(census, item, format!("shows `{what}` to its callers")).at(place)
            }
        });
    }
    tally.measure_bad(scene, spec, "items of the core show infrastructure", "there is no core")
}

/// Whether the core is at least half of the business code. A small clean corner says nothing of what the
/// rest shows.
fn holds_most(scene: &Scene<'_>) -> bool {
    let census = scene.census;
    let (mut inner, mut all) = (0, 0);
    for item in census.counted() {
        let core = scene.roles.is_core(census, item);
        let outer =
            matches!(scene.roles.of(census, item), Some(Role::Adapter | Role::Composition | Role::Test));
        if core || !outer && scene.patterns.decisions(item) > 0 {
            inner += u64::from(core) * u64::from(census.item(item).size);
            all += u64::from(census.item(item).size);
        }
    }
    2 * inner >= all
}

/// The first infrastructure in a public signature or field.
fn shown<'s>(scene: &Scene<'s>, item: ItemNo) -> Option<(Place, &'s str)> {
    let census: &Census<'_> = scene.census;
    let found = census.item(item);
    let open = found.reach != Reach::Private || found.in_impl.is_some();
    let hidden = |place: Place| {
        let fields = found.kind == ItemKind::Struct;
        fields
            && census
                .slots(item)
                .iter()
                .filter(|slot| slot.reach == Reach::Private)
                .any(|slot| slot.place == place)
    };
    let touches = scene.patterns.touch(item).infra.iter().filter(|touch| touch.form == InfraForm::Signature);
    let touch = touches.filter(|_| open).find(|touch| !hidden(touch.place))?;
    Some((touch.place, &touch.what))
}
