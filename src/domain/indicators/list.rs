//! All indicators there are: their ids, and the functions that measure them.

use crate::domain::indicators::measurement::Measurement;
use crate::domain::indicators::scene::Scene;
use crate::domain::indicators::{agg, dip, evt, inv, lang, repo};
use crate::domain::policy::model::IndicatorSpec;

/// Measures one indicator of one system.
pub type Measure = fn(&Scene<'_>, &IndicatorSpec) -> Measurement;

/// Every indicator, construct by construct, in the order of the model.
pub const ALL: &[(&str, Measure)] = &[
    // Dependency inversion.
    ("dip.direction", dip::direction::measure),
    ("dip.port_signature_clean", dip::port_signature_clean::measure),
    ("dip.core_sees_abstractions", dip::core_sees_abstractions::measure),
    ("dip.used_seams", dip::used_seams::measure),
    // Domain purity.
    // Repository.
    ("repo.persistence_behind_port", repo::persistence_behind_port::measure),
    ("repo.faked", repo::faked::measure),
    ("repo.speaks_domain", repo::speaks_domain::measure),
    ("repo.narrow", repo::narrow::measure),
    ("repo.one_per_aggregate", repo::one_per_aggregate::measure),
    // Service layer.
    // Unit of work.
    // Aggregates.
    ("agg.encapsulated", agg::encapsulated::measure),
    ("agg.guarded_mutation", agg::guarded_mutation::measure),
    ("agg.reference_by_id", agg::reference_by_id::measure),
    ("agg.one_per_transaction", agg::one_per_transaction::measure),
    ("agg.single_door", agg::single_door::measure),
    // Events.
    ("evt.live_events", evt::live_events::measure),
    ("evt.side_effects_via_events", evt::side_effects_via_events::measure),
    ("evt.dispatch", evt::dispatch::measure),
    ("evt.mood", evt::mood::measure),
    ("evt.failure_isolation", evt::failure_isolation::measure),
    // Reads apart from writes.
    // Dependency injection.
    // Test pyramid.
    // Infrastructure coupling.
    // Global coupling.
    // Expressiveness.
    ("lang.domain_types", lang::domain_types::measure),
    ("lang.ubiquitous_names", lang::ubiquitous_names::measure),
    ("lang.behaviour_in_model", lang::behaviour_in_model::measure),
    ("lang.living_documentation", lang::living_documentation::measure),
    // Testability.
    // Consistency.
    ("inv.smart_constructors", inv::smart_constructors::measure),
    ("inv.concurrency_guard", inv::concurrency_guard::measure),
    ("inv.rules_in_domain", inv::rules_in_domain::measure),
    // Coupling between services.
];

/// Measures all indicators, in the order of the model.
pub fn measure(scene: &Scene<'_>) -> Vec<Measurement> {
    let known = |spec: &IndicatorSpec| ALL.iter().find(|(id, _)| *id == spec.id).map(|(_, measure)| *measure);
    scene.parameters.indicators.iter().filter_map(|spec| Some(known(spec)?(scene, spec))).collect()
}
