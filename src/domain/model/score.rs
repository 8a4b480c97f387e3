//! Measurements and needs to a model.

use crate::domain::indicators::measurement::Measurement;
use crate::domain::model::own::own;
use crate::domain::model::propagate::{Inputs, headline, propagate};
use crate::domain::model::{Construct, Model};
use crate::domain::need::{Need, Needs};
use crate::domain::policy::model::Parameters;

/// The model of what was measured. Measurements may come in any order; an indicator without one is not
/// applicable, and one that the model does not know is left out.
pub fn score(parameters: &Parameters, needs: &Needs, measurements: Vec<Measurement>) -> Model {
    let mut constructs: Vec<Construct> = Vec::with_capacity(parameters.constructs.len());
    for (place, spec) in parameters.constructs.iter().enumerate() {
        let measurements: Vec<Measurement> = parameters
            .indicators_of(place)
            .map(|indicator| {
                let found = measurements.iter().find(|one| one.indicator == indicator.id);
                found.cloned().unwrap_or_else(|| Measurement::not_applicable(indicator, "not measured"))
            })
            .collect();
        let need = needs.get(&spec.id).cloned().unwrap_or_else(|| Need {
            construct: spec.id.clone(),
            need: None,
            effect: 1.0,
            reason: String::new(),
        });
        constructs.push(Construct {
            id: spec.id.clone(),
            kind: spec.kind,
            polarity: spec.polarity,
            need,
            own: own(&measurements, &parameters.scoring, spec.confidence_cap),
            node: None,
            measurements,
        });
    }
    let inputs = inputs(&constructs);
    let nodes = propagate(parameters, &inputs);
    let headline = headline(parameters, &nodes);
    for (construct, node) in constructs.iter_mut().zip(nodes) {
        construct.node = node;
    }
    Model { constructs, headline }
}

/// What went into the graph.
pub(super) fn inputs(constructs: &[Construct]) -> Inputs {
    Inputs {
        own: constructs.iter().map(|construct| construct.own).collect(),
        effect: constructs.iter().map(|construct| construct.need.effect).collect(),
    }
}
