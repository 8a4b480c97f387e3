//! `svc.framework_free`: how many public functions of the application name no technology in their
//! signatures.

use crate::domain::census::Reach;
use crate::domain::indicators::measurement::Measurement;
use crate::domain::indicators::scene::Scene;
use crate::domain::indicators::svc::asking::{Asking, MISSING};
use crate::domain::indicators::tally::{Member, Tally, absent};
use crate::domain::patterns::{InfraForm, Side};
use crate::domain::policy::model::IndicatorSpec;
use crate::domain::policy::role::Role;

/// Measures it.
pub fn measure(scene: &Scene<'_>, spec: &IndicatorSpec) -> Measurement {
    let census = scene.census;
    if !Asking::of(scene).is_there() {
        return absent(scene, spec, 0.0, MISSING);
    }
    let mut tally = Tally::new();
    for item in census.functions() {
        let found = census.item(item);
        let open = found.reach != Reach::Private || found.in_impl.is_some();
        if !open || scene.roles.of(census, item) != Some(Role::Application) {
            continue;
        }
        let touches = &scene.patterns.touch(item).infra;
        let tied =
            touches.iter().find(|touch| touch.form == InfraForm::Signature && touch.side != Side::Neither);
        tally.add(match tied {
            None => Member::good(census, item),
            Some(touch) => {
                Member::bad(census, item, format!("its signature names `{}`", touch.what)).at(touch.place)
            }
        });
    }
    tally.measure(
        scene,
        spec,
        "public functions of the application name no technology",
        "no module is the application",
    )
}
