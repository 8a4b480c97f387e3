//! `evt.dispatch`: whether events find their handlers through something that knows neither end.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::domain::census::outside::Outside;
use crate::domain::census::{Census, ItemNo, Standing, Target};
use crate::domain::indicators::evt::NONE;
use crate::domain::indicators::measurement::Measurement;
use crate::domain::indicators::scene::Scene;
use crate::domain::indicators::tally::{Member, Tally, absent};
use crate::domain::patterns::names::words;
use crate::domain::patterns::{Message, MessageForm};
use crate::domain::policy::constants::Constants;
use crate::domain::policy::model::IndicatorSpec;

/// Measures it.
pub fn measure(scene: &Scene<'_>, spec: &IndicatorSpec) -> Measurement {
    let events = scene.patterns.messages.iter().filter(|message| message.form == MessageForm::Event);
    let apart: Vec<&Message> = events.clone().filter(|event| is_apart(scene.census, event)).collect();
    if apart.is_empty() {
        let reason = match events.count() {
            0 => NONE,
            _ => "no event is handled in another module than it is raised in",
        };
        return absent(scene, spec, 0.0, reason);
    }
    let (value, by) = match (carrier(scene, spec), channel(scene, &spec.constants)) {
        (Some(carrier), _) => (spec.constants.number("dispatched"), format!("through {carrier}")),
        (None, Some(channel)) => {
            (spec.constants.number("channel"), format!("through a channel, `{channel}`"))
        }
        (None, None) => (0.0, "by a plain call".to_owned()),
    };
    let mut tally = Tally::new();
    for event in &apart {
        let fact = format!("reaches its handler {by}");
        tally.add(Member::good(scene.census, event.item).worth(value / 100.0, fact));
    }
    let count = apart.len();
    let what = if count == 1 { "1 event reaches its handler" } else { "events reach their handlers" };
    let number = if count == 1 { String::new() } else { format!("{count} ") };
    tally.result(scene, spec, value, 100.0 - value, format!("{number}{what} {by}"))
}

/// Whether an event is raised in one module and handled in another.
fn is_apart(census: &Census<'_>, event: &Message) -> bool {
    let modules = |list: &[(ItemNo, crate::domain::graph::Place)]| {
        list.iter().map(|(item, _)| census.item(*item).module).collect::<FxHashSet<_>>()
    };
    let raised = modules(&event.raised);
    !raised.is_empty() && modules(&event.handled).iter().any(|module| !raised.contains(module))
}

/// What carries events: a framework or broker, a trait of handlers with several of them, a bus.
fn carrier(scene: &Scene<'_>, spec: &IndicatorSpec) -> Option<String> {
    let (census, words) = (scene.census, &spec.constants);
    let categories = words.words("carriers");
    let framework = census.item_nos().filter(|item| census.is_production(*item)).find_map(|item| {
        let mut outer = census.uses(item).iter().filter_map(|used| census.outer(used.to));
        let carries = |outside: &&Outside| {
            categories.contains(&outside.category) && !is_channel(&spec.constants, &outside.path)
        };
        outer.find(carries).map(Outside::krate)
    });
    if let Some(framework) = framework {
        return Some(format!("`{framework}`"));
    }
    let handlers = handler_traits(census);
    let least = words.count("handlers");
    let named = |item: &ItemNo, list: &str| ends_in(census.name(*item), words.words(list));
    let mut several: Vec<ItemNo> = handlers
        .into_iter()
        .filter(|(item, count)| *count >= least && named(item, "handler_words"))
        .map(|(item, _)| item)
        .collect();
    several.sort_unstable();
    let bus = || {
        let types = census.counted().filter(|item| !census.is_function(*item));
        types.into_iter().find(|item| named(item, "bus_words"))
    };
    let carrier = several.first().copied().or_else(bus)?;
    Some(format!("`{}`", census.name(carrier)))
}

/// How often traits of the workspace are implemented in production.
fn handler_traits(census: &Census<'_>) -> FxHashMap<ItemNo, u32> {
    let mut counts: FxHashMap<ItemNo, u32> = FxHashMap::default();
    for block in census.impls.iter().filter(|block| block.standing == Standing::Production) {
        if let Some(Target::Item(of)) = block.of_trait {
            *counts.entry(of).or_default() += 1;
        }
    }
    counts
}

fn ends_in(name: &str, list: &[String]) -> bool {
    words(name).last().is_some_and(|last| list.iter().any(|word| word == last))
}

/// A channel that functions of production name.
fn channel<'s>(scene: &Scene<'s>, words: &Constants) -> Option<&'s str> {
    let census = scene.census;
    census.item_nos().filter(|item| census.is_production(*item)).find_map(|item| {
        let mut outer = census.uses(item).iter().filter_map(|used| census.outer(used.to));
        outer.find(|outside| is_channel(words, &outside.path)).map(|outside| outside.path.as_str())
    })
}

fn is_channel(words: &Constants, path: &str) -> bool {
    let mut parts = path.split("::");
    parts.next().is_some_and(|krate| words.lists("channel_crates", krate))
        || parts.any(|part| words.lists("channel_modules", part))
}
