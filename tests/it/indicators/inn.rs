//! The worked example: what its code measures is what was counted by hand.

use archlint::adapters::config::parameters;
use archlint::domain::indicators::list::measure;

use crate::fixture::inn;
use crate::indicators::pipeline::with_scene;
use crate::model::inn as counted;

#[test]
fn the_code_measures_what_was_counted_by_hand() {
    let by_hand = counted::measurements(&parameters());
    let found = with_scene(&inn(), measure);
    let mut faults = Vec::new();
    for found in &found {
        match (by_hand.iter().find(|hand| hand.indicator == found.indicator), found.value) {
            (None, None) => {}
            (Some(hand), Some(value)) => {
                let hand_value = hand.value.expect("it applies");
                let near = |a: f64, b: f64| (a - b).abs() <= 5e-5;
                if !near(value, hand_value) || found.n != hand.n || !near(found.confidence, hand.confidence) {
                    faults.push(format!(
                        "{}: {value:.4} ({}; {:.4}) {}, by hand {hand_value:.4} ({}; {:.4})",
                        found.indicator, found.n, found.confidence, found.reason, hand.n, hand.confidence
                    ));
                }
            }
            (hand, value) => faults.push(format!(
                "{}: {value:?} {}, by hand {:?}",
                found.indicator,
                found.reason,
                hand.and_then(|hand| hand.value)
            )),
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}
