//! The worked example: what its code measures is what was counted by hand.

use archlint::adapters::config::parameters;
use archlint::domain::indicators::list::measure;

use crate::fixture::inn;
use crate::indicators::pipeline::with_scene;
use crate::model::inn as counted;

/// Constructs that need or gates leave out of the hand count.
const LEFT_OUT: [&str; 2] = ["cqrs", "isc"];

/// Where the hand count and the code part, with what is right: points, members, confidence and why.
const DEPARTURES: &[(&str, f64, u32, f64, &str)] = &[
    (
        "dip.direction",
        100.0,
        13,
        0.8766,
        "`save` reads fields of `Booking`, `book` calls the use case that its extractor hands in: two pairs more",
    ),
    (
        "mud.god_items",
        0.0,
        32,
        1.0,
        "the share is of all items, so all of them are its members, not functions alone",
    ),
];

#[test]
fn the_code_measures_what_was_counted_by_hand() {
    let mut by_hand = counted::measurements(&parameters());
    for (id, value, n, confidence, _) in DEPARTURES {
        let hand = by_hand.iter_mut().find(|hand| hand.indicator == *id).expect("it was counted by hand");
        (hand.value, hand.n, hand.confidence) = (Some(*value), *n, *confidence);
    }
    let found = with_scene(&inn(), measure);
    let mut faults = Vec::new();
    for found in &found {
        let construct = found.indicator.split('.').next().unwrap_or_default();
        if LEFT_OUT.contains(&construct) {
            continue;
        }
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
