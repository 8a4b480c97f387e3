//! `dip.port_signature_clean`: methods of ports whose types mention no technology.

use crate::domain::indicators::measurement::Measurement;
use crate::domain::indicators::scene::Scene;
use crate::domain::indicators::tally::{Member, Tally};
use crate::domain::patterns::{InfraForm, Touch};
use crate::domain::policy::model::IndicatorSpec;

/// Measures it.
pub fn measure(scene: &Scene<'_>, spec: &IndicatorSpec) -> Measurement {
    let census = scene.census;
    let mut tally = Tally::new();
    for port in scene.patterns.driven() {
        for method in &port.methods {
            let member = match technology(scene.patterns.touch(*method)) {
                Some((what, place)) => Member::bad(census, *method, format!("speaks of `{what}`")).at(place),
                None => Member::good(census, *method),
            };
            tally.add(member);
        }
    }
    tally.measure(scene, spec, "methods of ports mention no technology", "there is no port")
}

/// The first technology in a signature.
fn technology(touch: &Touch) -> Option<(&str, crate::domain::graph::Place)> {
    let spoken = touch.infra.iter().find(|touch| touch.form == InfraForm::Signature);
    spoken.map(|touch| (touch.what.as_str(), touch.place))
}
