//! `event-handler-cycle`: the handler of an event leads to the same event again.

use std::collections::{BTreeMap, BTreeSet};

use crate::domain::census::ItemNo;
use crate::domain::finding::Level;
use crate::domain::graph::Place;
use crate::domain::lints::found::Found;
use crate::domain::lints::{Ground, Lint, When};
use crate::domain::patterns::MessageForm;
use crate::domain::source::deeds::RegionForm;

/// The lint.
pub const LINT: Lint = Lint {
    name: "event-handler-cycle",
    construct: "evt",
    when: When::Needed,
    costs: &["evt.live_events"],
    because: "events that raise each other go round for ever, and no stack shows it (ch. 8)",
    find,
};

/// How an event leads to another one.
#[derive(Clone, Copy)]
struct Step {
    to: usize,
    handler: ItemNo,
    place: Place,
    /// Whether it does so in a branch only.
    bounded: bool,
}

fn find(ground: &Ground<'_>) -> Vec<Found> {
    let (census, patterns) = (ground.scene.census, ground.scene.patterns);
    let events: Vec<_> =
        patterns.messages.iter().filter(|message| message.form == MessageForm::Event).collect();
    // What looks at many events only tells them apart, and may answer each with another one.
    let mut handled: BTreeMap<ItemNo, BTreeSet<usize>> = BTreeMap::new();
    let mut raised: BTreeMap<ItemNo, Vec<(usize, Place)>> = BTreeMap::new();
    for (at, event) in events.iter().enumerate() {
        for (item, _) in &event.handled {
            handled.entry(*item).or_default().insert(at);
        }
        for (item, place) in &event.raised {
            raised.entry(*item).or_default().push((at, *place));
        }
    }
    let mut steps: Vec<Vec<Step>> = vec![Vec::new(); events.len()];
    for (handler, of) in handled.iter().filter(|(_, of)| of.len() == 1) {
        let from = of.first().copied().expect("it has one");
        let called = patterns.calls(*handler).iter().filter(|to| !handled.contains_key(to));
        for item in std::iter::once(handler).chain(called) {
            for (to, place) in raised.get(item).into_iter().flatten() {
                let arm = |region: &crate::domain::census::Region| {
                    matches!(region.form, RegionForm::Arm(_) | RegionForm::Attempt(_))
                };
                let bounded = census.around(*item, place.span, arm).is_some();
                steps[from].push(Step { to: *to, handler: *handler, place: *place, bounded });
            }
        }
    }
    let mut found = Vec::new();
    for start in 0..events.len() {
        let Some(round) = round(start, &steps) else { continue };
        let names: Vec<String> = round
            .iter()
            .map(|step| {
                format!("`{}` raises `{}`", census.name(step.handler), census.name(events[step.to].item))
            })
            .collect();
        let message =
            format!("event `{}` leads to itself: {}", census.name(events[start].item), names.join(", "));
        let instead = "break the circle, or count the rounds and stop";
        let first = round[0];
        let one = Found::new(ground, first.handler, first.place, message, instead);
        let one = one.to(census.id(events[start].item));
        let bounded = round.iter().any(|step| step.bounded);
        found.push(if bounded { one.at_most(Level::Note) } else { one });
    }
    found
}

/// The shortest way from an event to itself, told of the first event of the round only.
fn round(start: usize, steps: &[Vec<Step>]) -> Option<Vec<Step>> {
    let mut came: BTreeMap<usize, (usize, Step)> = BTreeMap::new();
    let mut edge = vec![start];
    while !edge.is_empty() {
        let mut next = Vec::new();
        for from in edge {
            for step in &steps[from] {
                if step.to == start {
                    let mut way = vec![*step];
                    let mut at = from;
                    while at != start {
                        let (before, step) = came[&at];
                        way.push(step);
                        at = before;
                    }
                    way.reverse();
                    return Some(way);
                }
                // Rounds through an earlier event were told there.
                if step.to > start && !came.contains_key(&step.to) {
                    came.insert(step.to, (from, *step));
                    next.push(step.to);
                }
            }
        }
        edge = next;
    }
    None
}
