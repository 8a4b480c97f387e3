//! `mud.propagation`: how much of the system an item reaches on average.

use crate::domain::finding::evidence::Evidence;
use crate::domain::graph::adjacency::Adjacency;
use crate::domain::graph::reach::counts;
use crate::domain::indicators::measurement::{Measurement, Population};
use crate::domain::indicators::mud::items::{edges, wholes};
use crate::domain::indicators::scene::Scene;
use crate::domain::policy::model::IndicatorSpec;

/// Measures it.
pub fn measure(scene: &Scene<'_>, spec: &IndicatorSpec) -> Measurement {
    let census = scene.census;
    let (items, number) = wholes(scene);
    let least = spec.constants.count("min_items") as usize;
    if items.len() < least {
        return Measurement::not_applicable(spec, format!("fewer than {least} items"));
    }
    let edges = edges(census, &number);
    let reached = counts(&Adjacency::new(items.len(), edges.iter().copied()));
    let mean = reached.iter().map(|count| f64::from(*count)).sum::<f64>() / items.len() as f64;
    let share = mean / (items.len() - 1) as f64;
    let value = spec.score(share);
    let mut most: Vec<usize> = (0..items.len()).collect();
    most.sort_by_key(|at| (std::cmp::Reverse(reached[*at]), *at));
    most.truncate(spec.constants.count("shown") as usize);
    let sum: f64 = most.iter().map(|at| f64::from(reached[*at])).sum();
    let evidence = most.iter().filter(|_| value > 0.0 && sum > 0.0).map(|at| Evidence {
        site: census.site(census.item(items[*at]).place),
        item: census.id(items[*at]),
        fact: format!("reaches {} of {} items", reached[*at], items.len() - 1),
        loss: value * f64::from(reached[*at]) / sum,
    });
    Measurement::new(spec, value, Population::Members(items.len() as u32), 1.0, &scene.parameters.scoring)
        .because(format!("an item reaches {mean:.1} of {} others on average", items.len() - 1))
        .with_evidence(evidence.collect())
}
