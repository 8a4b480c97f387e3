//! The causal model: measurements to scores, scores along the links to outcomes, and what follows.
//!
//! One function for each arrow: [`score`](score::score) turns measurements into a [`Model`],
//! [`whatif`] says what a change would do to it, [`plan`](plan::plan) what to do next. A model is a
//! hypothesis: its outcomes are derived from it and are not measured.

pub mod moved;
pub mod own;
pub mod plan;
pub mod propagate;
pub mod score;
#[cfg(test)]
mod tests;
pub mod whatif;

use crate::domain::indicators::measurement::Measurement;
use crate::domain::model::own::Own;
use crate::domain::model::propagate::Node;
use crate::domain::need::Need;
use crate::domain::policy::model::{Kind, Sign};

/// Every construct with its value and all that led to it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Model {
    /// In the order of the parameters.
    pub constructs: Vec<Construct>,
    /// Weighted mean of the outcomes, which ranks the steps of the plan and is never shown; none
    /// without any outcome.
    pub headline: Option<f64>,
}

/// One construct.
#[derive(Clone, Debug, PartialEq)]
pub struct Construct {
    /// Its id, `purity`.
    pub id: String,
    /// What it is in the chain of causes.
    pub kind: Kind,
    /// Whether a high value is good.
    pub polarity: Sign,
    /// Whether it matters here, and why.
    pub need: Need,
    /// What its own indicators say; none where none applies, and for outcomes.
    pub own: Option<Own>,
    /// Its place in the graph; none where it is not applicable.
    pub node: Option<Node>,
    /// One for each of its indicators, in order.
    pub measurements: Vec<Measurement>,
}

impl Model {
    /// A construct by its id.
    pub fn get(&self, id: &str) -> Option<&Construct> {
        self.constructs.iter().find(|construct| construct.id == id)
    }

    /// A measurement by the id of its indicator.
    pub fn measurement(&self, indicator: &str) -> Option<&Measurement> {
        let mut all = self.constructs.iter().flat_map(|construct| &construct.measurements);
        all.find(|measurement| measurement.indicator == indicator)
    }

    /// The outcomes, in order.
    pub fn outcomes(&self) -> impl Iterator<Item = &Construct> {
        self.constructs.iter().filter(|construct| construct.kind == Kind::Outcome)
    }
}

impl Construct {
    /// Its value in its natural direction, 0 to 100; none where it is not applicable.
    pub fn value(&self) -> Option<f64> {
        self.node.as_ref().map(|node| node.value)
    }

    /// Its value seen so that high is good.
    pub fn health(&self) -> Option<f64> {
        self.value().map(|value| self.polarity.toward_good(value))
    }

    /// How far the value can be trusted, 0 to 1; 0 where it is not applicable.
    pub fn confidence(&self) -> f64 {
        self.node.as_ref().map_or(0.0, |node| node.confidence)
    }

    /// Whether it takes part in the graph.
    pub fn applicable(&self) -> bool {
        self.node.is_some()
    }

    /// Why it takes part or does not: one line, lower case, no full stop.
    pub fn reason(&self) -> String {
        match (&self.node, self.need.applies(), self.kind) {
            (None, true, Kind::Outcome) => "nothing that leads to it applies".to_owned(),
            (None, true, _) => "none of its indicators applies".to_owned(),
            (None, false, Kind::Lever) => format!("not needed: {}", self.need.reason),
            _ => self.need.reason.clone(),
        }
    }

    /// Points that each indicator which applies takes from the construct's own score, or adds to it
    /// where high is bad; most first.
    pub fn losses(&self) -> Vec<(&Measurement, f64)> {
        let weights: f64 =
            self.measurements.iter().filter(|one| one.applicable()).map(|one| one.weight).sum();
        let mut losses: Vec<(&Measurement, f64)> = self
            .measurements
            .iter()
            .filter_map(|one| {
                Some((one, one.weight * (100.0 - self.polarity.toward_good(one.value?)) / weights))
            })
            .collect();
        losses.sort_by(|a, b| b.1.total_cmp(&a.1));
        losses
    }
}
