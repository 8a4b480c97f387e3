//! What a change would do, as a range: from "nothing else has moved yet" to "all that follows has".

use crate::domain::indicators::measurement::Measurement;
use crate::domain::model::own::{Own, own};
use crate::domain::model::propagate::{Inputs, Node, headline, propagate, weight};
use crate::domain::model::score::inputs;
use crate::domain::model::{Construct, Model};
use crate::domain::policy::model::{Kind, Parameters};

/// A change of what is measured, and what follows from it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct WhatIf {
    /// Constructs whose own score changes, in order.
    pub changes: Vec<Change>,
    /// What happens to every mediator and outcome that is applicable, in order.
    pub shifts: Vec<Shift>,
    /// What happens to the number that ranks steps.
    pub headline: Range,
}

/// A new own score.
#[derive(Clone, Debug, PartialEq)]
pub struct Change {
    /// Id of the construct.
    pub construct: String,
    /// Before.
    pub from: f64,
    /// After.
    pub to: f64,
}

/// What happens to a construct.
#[derive(Clone, Debug, PartialEq)]
pub struct Shift {
    /// Its id.
    pub construct: String,
    /// What it is in the chain of causes.
    pub kind: Kind,
    /// Points it gains, or loses where negative.
    pub range: Range,
    /// How far its value can be trusted.
    pub confidence: f64,
}

/// Points, between two views.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Range {
    /// While all else that is measured stays as it is.
    pub now: f64,
    /// As if all that is measured had followed its causes.
    pub full: f64,
}

/// A lever raised by so many points, at most to 100. None where it is not applicable, or no lever.
pub fn raise(parameters: &Parameters, model: &Model, lever: &str, points: f64) -> Option<WhatIf> {
    let place = parameters.construct(lever)?;
    let construct = &model.constructs[place];
    let own = construct.own.filter(|_| construct.kind == Kind::Lever && construct.applicable())?;
    let mut after = inputs(&model.constructs);
    after.own[place] = Some(Own { score: (own.score + points).clamp(0.0, 100.0), ..own });
    Some(shifted(parameters, model, &after))
}

/// Indicators with new points, each by its id; those that are not applicable stay so.
pub fn improve(parameters: &Parameters, model: &Model, indicators: &[(&str, f64)]) -> WhatIf {
    let mut after = inputs(&model.constructs);
    for (place, construct) in model.constructs.iter().enumerate() {
        if indicators.iter().any(|(id, _)| construct.measurements.iter().any(|one| one.indicator == *id)) {
            after.own[place] = own_with(parameters, place, construct, indicators);
        }
    }
    shifted(parameters, model, &after)
}

/// The same system measured again, as after a change of its code: same needs, other measurements.
/// Indicators that are not among them stay as they are.
pub fn remeasured(parameters: &Parameters, model: &Model, measurements: &[Measurement]) -> WhatIf {
    let mut after = inputs(&model.constructs);
    for (place, construct) in model.constructs.iter().enumerate() {
        let again = |one: &Measurement| {
            let found = measurements.iter().find(|new| new.indicator == one.indicator);
            found.unwrap_or(one).clone()
        };
        let now: Vec<Measurement> = construct.measurements.iter().map(again).collect();
        after.own[place] = own(&now, &parameters.scoring, parameters.constructs[place].confidence_cap);
    }
    shifted(parameters, model, &after)
}

/// The own score of a construct with some indicators changed.
pub(super) fn own_with(
    parameters: &Parameters,
    place: usize,
    construct: &Construct,
    indicators: &[(&str, f64)],
) -> Option<Own> {
    let changed = |one: &Measurement| {
        let new = indicators.iter().find(|(id, _)| one.applicable() && *id == one.indicator);
        let value = new.map(|(_, value)| value.clamp(0.0, 100.0)).or(one.value);
        Measurement { value, ..one.clone() }
    };
    let measurements: Vec<Measurement> = construct.measurements.iter().map(changed).collect();
    own(&measurements, &parameters.scoring, parameters.constructs[place].confidence_cap)
}

/// Points each construct gains in full when some gain `start` by themselves: along the links, undamped
/// by what is measured, within 0 and 100.
pub(super) fn in_full(
    parameters: &Parameters,
    nodes: &[Option<&Node>],
    inputs: &Inputs,
    start: &[f64],
) -> Vec<f64> {
    let mut gains = vec![0.0; nodes.len()];
    for place in &parameters.order {
        let Some(node) = nodes[*place] else { continue };
        let (mut sum, mut weights) = (0.0, 0.0);
        for link in parameters.links.iter().filter(|link| link.to == *place) {
            let Some(cause) = nodes[link.from] else { continue };
            let weight = weight(link, cause.confidence, inputs);
            weights += weight;
            sum += weight * link.sign.factor() * gains[link.from];
        }
        let caused = if weights > 0.0 { sum / weights } else { 0.0 };
        gains[*place] = (node.value + start[*place] + caused).clamp(0.0, 100.0) - node.value;
    }
    gains
}

/// Gain of the number that ranks steps, from the gains of outcomes.
pub(super) fn headline_gain(parameters: &Parameters, nodes: &[Option<&Node>], gains: &[f64]) -> f64 {
    let (mut sum, mut weights) = (0.0, 0.0);
    for (place, construct) in parameters.constructs.iter().enumerate() {
        if construct.kind == Kind::Outcome && nodes[place].is_some() {
            sum += construct.headline * gains[place];
            weights += construct.headline;
        }
    }
    if weights > 0.0 { sum / weights } else { 0.0 }
}

fn shifted(parameters: &Parameters, model: &Model, after: &Inputs) -> WhatIf {
    let nodes: Vec<Option<&Node>> =
        model.constructs.iter().map(|construct| construct.node.as_ref()).collect();
    let mut what_if = WhatIf::default();
    let mut start = vec![0.0; nodes.len()];
    for (place, construct) in model.constructs.iter().enumerate() {
        let (Some(_), Some(from), Some(to)) = (nodes[place], construct.own, after.own[place]) else {
            continue;
        };
        if from.score != to.score {
            start[place] = to.score - from.score;
            let construct = construct.id.clone();
            what_if.changes.push(Change { construct, from: from.score, to: to.score });
        }
    }
    let gains = in_full(parameters, &nodes, &inputs(&model.constructs), &start);
    let again = propagate(parameters, after);
    for (place, construct) in model.constructs.iter().enumerate() {
        let (Some(before), Some(after)) = (nodes[place], &again[place]) else { continue };
        if construct.kind != Kind::Lever {
            what_if.shifts.push(Shift {
                construct: construct.id.clone(),
                kind: construct.kind,
                range: Range { now: after.value - before.value, full: gains[place] },
                confidence: before.confidence,
            });
        }
    }
    let now = match (headline(parameters, &again), model.headline) {
        (Some(after), Some(before)) => after - before,
        _ => 0.0,
    };
    what_if.headline = Range { now, full: headline_gain(parameters, &nodes, &gains) };
    what_if
}
