//! `dip.used_seams`: ports with at least two implementers, doubles included.

use crate::domain::indicators::dip::reach::{MISSING, is_missing};
use crate::domain::indicators::measurement::Measurement;
use crate::domain::indicators::scene::Scene;
use crate::domain::indicators::tally::{Member, Tally, absent};
use crate::domain::policy::model::IndicatorSpec;

/// Measures it.
pub fn measure(scene: &Scene<'_>, spec: &IndicatorSpec) -> Measurement {
    if is_missing(scene) {
        return absent(scene, spec, 0.0, MISSING);
    }
    let wanted = spec.constants.count("implementers") as usize;
    let mut tally = Tally::new();
    for port in scene.patterns.driven() {
        let implementers = port.impls.len() + port.doubles.iter().filter(|double| double.used).count();
        let item = port.traits[0];
        tally.add(match implementers >= wanted {
            true => Member::good(scene.census, item),
            false => Member::bad(scene.census, item, fact(implementers)),
        });
    }
    tally.measure(scene, spec, "ports have a second implementer", "there is no port")
}

fn fact(implementers: usize) -> &'static str {
    match implementers {
        0 => "nothing implements this port",
        _ => "has one implementer and no double that a test names",
    }
}
