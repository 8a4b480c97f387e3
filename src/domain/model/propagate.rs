//! Values along the links, causes first.

use crate::domain::model::own::Own;
use crate::domain::policy::model::{Kind, Link, Parameters};

/// What goes into the graph, one for each construct in the order of the parameters.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Inputs {
    /// What the indicators of each say.
    pub own: Vec<Option<Own>>,
    /// Weight with which each takes part, 0 to 1: a lever that is not needed and a closed gate have 0.
    pub effect: Vec<f64>,
}

/// A construct in the graph.
#[derive(Clone, Debug, PartialEq)]
pub struct Node {
    /// 0 to 100, in its natural direction.
    pub value: f64,
    /// 0 to 1.
    pub confidence: f64,
    /// What its causes say; none for levers, and where no cause is there.
    pub influence: Option<Own>,
    /// How much of the value is its own score, 0 to 1.
    pub own_share: f64,
    /// What each cause that is there contributes, in the order of the links.
    pub pulls: Vec<Pull>,
}

/// The part of one cause in the influence on a construct.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pull {
    /// The cause: its place among the constructs.
    pub from: usize,
    /// Its weight: strength of the link, effect and confidence of the cause.
    pub weight: f64,
    /// What it says, 0 to 100: its value, or what it lacks to 100.
    pub says: f64,
}

/// The value of every construct; none where it is not applicable.
pub fn propagate(parameters: &Parameters, inputs: &Inputs) -> Vec<Option<Node>> {
    let mut nodes: Vec<Option<Node>> = vec![None; parameters.constructs.len()];
    for place in &parameters.order {
        nodes[*place] = node(*place, parameters, inputs, &nodes);
    }
    nodes
}

/// Weighted mean of the outcomes that are there.
pub fn headline(parameters: &Parameters, nodes: &[Option<Node>]) -> Option<f64> {
    let (mut sum, mut weights) = (0.0, 0.0);
    for (construct, node) in parameters.constructs.iter().zip(nodes) {
        if let (Kind::Outcome, Some(node)) = (construct.kind, node) {
            sum += construct.headline * node.value;
            weights += construct.headline;
        }
    }
    (weights > 0.0).then(|| sum / weights)
}

/// The weight of a link whose cause has this confidence.
pub(super) fn weight(link: &Link, confidence: f64, inputs: &Inputs) -> f64 {
    link.k * inputs.effect[link.from] * confidence
}

fn node(place: usize, parameters: &Parameters, inputs: &Inputs, nodes: &[Option<Node>]) -> Option<Node> {
    // A closed gate holds even where causes have values.
    if inputs.effect[place] <= 0.0 {
        return None;
    }
    let construct = &parameters.constructs[place];
    if construct.kind == Kind::Lever {
        let own = inputs.own[place]?;
        let (value, confidence) = (own.score, own.confidence);
        return Some(Node { value, confidence, influence: None, own_share: 1.0, pulls: Vec::new() });
    }
    let (influence, pulls) = influence(place, parameters, inputs, nodes);
    let own = if construct.kind == Kind::Mediator { inputs.own[place] } else { None };
    let (own_share, value, confidence) = match (own, influence) {
        (None, None) => return None,
        (None, Some(influence)) => (0.0, influence.score, influence.confidence),
        (Some(own), None) => (1.0, own.score, own.confidence),
        (Some(own), Some(influence)) => {
            let share = own_share(construct.own_share, own.confidence, influence.confidence);
            let mix = |own: f64, influence: f64| share * own + (1.0 - share) * influence;
            let value = mix(own.score, influence.score).clamp(0.0, 100.0);
            (share, value, mix(own.confidence, influence.confidence))
        }
    };
    Some(Node { value, confidence, influence, own_share, pulls })
}

/// Two noisy views of one thing, weighted by how well each is seen.
fn own_share(share: f64, own: f64, influence: f64) -> f64 {
    let (own, influence) = (share * own, (1.0 - share) * influence);
    if own + influence > 0.0 { own / (own + influence) } else { share }
}

fn influence(
    place: usize,
    parameters: &Parameters,
    inputs: &Inputs,
    nodes: &[Option<Node>],
) -> (Option<Own>, Vec<Pull>) {
    let (mut sum, mut weights, mut strengths) = (0.0, 0.0, 0.0);
    let mut pulls = Vec::new();
    for link in parameters.links.iter().filter(|link| link.to == place) {
        let Some(cause) = &nodes[link.from] else { continue };
        let weight = weight(link, cause.confidence, inputs);
        let says = link.sign.toward_good(cause.value);
        sum += weight * says;
        weights += weight;
        strengths += link.k * inputs.effect[link.from];
        pulls.push(Pull { from: link.from, weight, says });
    }
    let found = (weights > 0.0).then(|| Own {
        score: (sum / weights).clamp(0.0, 100.0),
        confidence: (weights / strengths).clamp(0.0, 1.0),
    });
    (found, pulls)
}
