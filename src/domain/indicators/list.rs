//! All indicators there are: their ids, and the functions that measure them.

use crate::domain::indicators::measurement::Measurement;
use crate::domain::indicators::scene::Scene;
use crate::domain::policy::model::IndicatorSpec;

/// Measures one indicator of one system.
pub type Measure = fn(&Scene<'_>, &IndicatorSpec) -> Measurement;

/// Every indicator, construct by construct, in the order of the model.
pub const ALL: &[(&str, Measure)] = &[
    // Dependency inversion.
    // Domain purity.
    // Repository.
    // Service layer.
    // Unit of work.
    // Aggregates.
    // Events.
    // Reads apart from writes.
    // Dependency injection.
    // Test pyramid.
    // Infrastructure coupling.
    // Global coupling.
    // Expressiveness.
    // Testability.
    // Consistency.
    // Coupling between services.
];

/// Measures all indicators, in the order of the model.
pub fn measure(scene: &Scene<'_>) -> Vec<Measurement> {
    let known = |spec: &IndicatorSpec| ALL.iter().find(|(id, _)| *id == spec.id).map(|(_, measure)| *measure);
    scene.parameters.indicators.iter().filter_map(|spec| Some(known(spec)?(scene, spec))).collect()
}
