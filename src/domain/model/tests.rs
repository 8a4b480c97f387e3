//! What must hold in any graph, and what the plan and what-ifs do where the worked example is silent.

mod changes;
mod graphs;
mod moves;
mod steps;

use crate::adapters::config::parameters;
use crate::domain::indicators::measurement::{Measurement, Population};
use crate::domain::model::Model;
use crate::domain::model::score::score;
use crate::domain::need::{Need, Needs};
use crate::domain::policy::model::Parameters;

/// The model of a system in which everything is needed but what is left out, and in which every
/// indicator has 50 points but those given by their start.
fn model(left_out: &[&str], points: &[(&str, f64)]) -> (Parameters, Model) {
    let parameters = parameters();
    let need = |id: &String| Need {
        construct: id.clone(),
        need: None,
        effect: if left_out.contains(&&**id) { 0.0 } else { 1.0 },
        reason: "as the test says".to_owned(),
    };
    let of = parameters.constructs.iter().map(|construct| need(&construct.id)).collect();
    let value = |id: &str| {
        let given = points.iter().find(|(start, _)| id.starts_with(start));
        given.map_or(50.0, |(_, points)| *points)
    };
    let measurements = parameters
        .indicators
        .iter()
        .map(|spec| Measurement::new(spec, value(&spec.id), Population::Members(4), 1.0, &parameters.scoring))
        .collect();
    let model = score(&parameters, &Needs { of, ..Needs::default() }, measurements);
    (parameters, model)
}
