//! Scores that moved between two revisions, and what moved them.

use serde::Serialize;

use crate::adapters::render::json_site::JsonSite;
use crate::adapters::render::text::place;
use crate::domain::model::moved::{Cause, Mover, ScoreMove};
use crate::domain::policy::arithmetic::{hundredth, tenth};
use crate::domain::policy::model::{Kind, Sign};

/// A score with what moved it: the indicator, from what to what, and the gravest of its places.
pub(super) fn score(moved: &ScoreMove) -> String {
    let values = match (moved.before, moved.now) {
        (Some(before), Some(now)) => change(before, now),
        (None, Some(now)) => format!("is {} and was not scored ({})", tenth(now), moved.reason),
        _ => format!("is no longer scored ({})", moved.reason),
    };
    let low = if moved.polarity == Sign::Minus { ", low is good" } else { "" };
    let causes: Vec<String> = moved.causes.iter().map(cause).collect();
    let why = if causes.is_empty() { String::new() } else { format!("; by {}", causes.join(", ")) };
    let derived = if moved.kind == Kind::Outcome { " (model-derived)" } else { "" };
    format!("{}{derived} {values}{low}{why}", moved.name.to_lowercase())
}

fn change(before: f64, now: f64) -> String {
    format!("{} -> {} ({})", tenth(before), tenth(now), signed(now - before))
}

fn signed(points: f64) -> String {
    let sign = if points < 0.0 { "" } else { "+" };
    format!("{sign}{}", tenth(points))
}

fn cause(cause: &Cause) -> String {
    let value = |value: Option<f64>, unit: fn(f64) -> String| value.map_or_else(|| "none".to_owned(), unit);
    let (what, unit): (String, fn(f64) -> String) = match &cause.what {
        Mover::Indicator(id) => (format!("`{id}`"), tenth),
        Mover::Need(id) => (format!("the need of `{id}`"), hundredth),
    };
    let (before, now) = (value(cause.before, unit), value(cause.now, unit));
    // The same points, seen in more or fewer places, are trusted more or less.
    let values = match before == now {
        true => format!("{now} as before, on other evidence"),
        false => format!("{before} -> {now}"),
    };
    let mut told = format!("{what} {values} ({})", signed(cause.points));
    if let Some(evidence) = &cause.evidence {
        let place = match evidence.site.line {
            0 => String::new(),
            _ => format!(" at {}", place(&evidence.site)),
        };
        told.push_str(&format!(": `{}` {}{place}", evidence.item, evidence.fact));
    }
    told
}

/// The same for scripts.
#[derive(Serialize)]
pub(super) struct JsonScore<'a> {
    construct: &'a str,
    name: &'a str,
    kind: &'static str,
    polarity: &'static str,
    before: Option<f64>,
    now: Option<f64>,
    reason: &'a str,
    causes: Vec<JsonCause<'a>>,
}

#[derive(Serialize)]
struct JsonCause<'a> {
    indicator: Option<&'a str>,
    need: Option<&'a str>,
    before: Option<f64>,
    now: Option<f64>,
    points: f64,
    item: Option<&'a str>,
    fact: Option<&'a str>,
    site: Option<JsonSite<'a>>,
}

impl<'a> JsonScore<'a> {
    /// The whole of it.
    pub(super) fn of(moved: &'a ScoreMove) -> Self {
        Self {
            construct: &moved.construct,
            name: &moved.name,
            kind: moved.kind.word(),
            polarity: moved.polarity.word(),
            before: moved.before,
            now: moved.now,
            reason: &moved.reason,
            causes: moved.causes.iter().map(JsonCause::of).collect(),
        }
    }
}

impl<'a> JsonCause<'a> {
    fn of(cause: &'a Cause) -> Self {
        let (indicator, need) = match &cause.what {
            Mover::Indicator(id) => (Some(id.as_str()), None),
            Mover::Need(id) => (None, Some(id.as_str())),
        };
        let evidence = cause.evidence.as_ref();
        Self {
            indicator,
            need,
            before: cause.before,
            now: cause.now,
            points: cause.points,
            item: evidence.map(|evidence| evidence.item.as_str()),
            fact: evidence.map(|evidence| evidence.fact.as_str()),
            site: evidence.map(|evidence| JsonSite::of(&evidence.site)),
        }
    }
}
