//! All indicators there are: their ids, and the functions that measure them.

use crate::domain::indicators::measurement::Measurement;
use crate::domain::indicators::scene::Scene;
use crate::domain::indicators::{
    agg, cqrs, di, dip, evt, infra, inv, isc, lang, mud, purity, pyr, repo, svc, tst, uow,
};
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
    ("purity.infra_free_items", purity::infra_free_items::measure),
    ("purity.no_indirect_leak", purity::no_indirect_leak::measure),
    ("purity.persistence_ignorant_types", purity::persistence_ignorant_types::measure),
    ("purity.logic_in_pure_code", purity::logic_in_pure_code::measure),
    // Repository.
    ("repo.persistence_behind_port", repo::persistence_behind_port::measure),
    ("repo.faked", repo::faked::measure),
    ("repo.speaks_domain", repo::speaks_domain::measure),
    ("repo.narrow", repo::narrow::measure),
    ("repo.one_per_aggregate", repo::one_per_aggregate::measure),
    // Service layer.
    ("svc.thin_entrypoints", svc::thin_entrypoints::measure),
    ("svc.delegation", svc::delegation::measure),
    ("svc.framework_free", svc::framework_free::measure),
    ("svc.domain_owns_rules", svc::domain_owns_rules::measure),
    // Unit of work.
    ("uow.atomic_boundary", uow::atomic_boundary::measure),
    ("uow.owned_by_service", uow::owned_by_service::measure),
    ("uow.abstracted", uow::abstracted::measure),
    ("uow.explicit_commit", uow::explicit_commit::measure),
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
    ("cqrs.read_side_separate", cqrs::read_side_separate::measure),
    ("cqrs.read_skips_model", cqrs::read_skips_model::measure),
    ("cqrs.cqs", cqrs::cqs::measure),
    ("cqrs.no_query_in_loop", cqrs::no_query_in_loop::measure),
    // Dependency injection.
    ("di.single_composition_root", di::single_composition_root::measure),
    ("di.explicit_dependencies", di::explicit_dependencies::measure),
    ("di.swappable", di::swappable::measure),
    // Test pyramid.
    ("pyr.shape", pyr::shape::measure),
    ("pyr.guarded", pyr::guarded::measure),
    ("pyr.service_level", pyr::service_level::measure),
    ("pyr.speed", pyr::speed::measure),
    // Infrastructure coupling.
    ("infra.exposure", infra::exposure::measure),
    ("infra.tech_spread", infra::tech_spread::measure),
    ("infra.types_in_core_api", infra::types_in_core_api::measure),
    // Global coupling.
    ("mud.cycles", mud::cycles::measure),
    ("mud.homogeneity", mud::homogeneity::measure),
    ("mud.propagation", mud::propagation::measure),
    ("mud.god_items", mud::god_items::measure),
    // Expressiveness.
    ("lang.domain_types", lang::domain_types::measure),
    ("lang.ubiquitous_names", lang::ubiquitous_names::measure),
    ("lang.behaviour_in_model", lang::behaviour_in_model::measure),
    ("lang.living_documentation", lang::living_documentation::measure),
    // Testability.
    ("tst.isolated_logic", tst::isolated_logic::measure),
    ("tst.deterministic", tst::deterministic::measure),
    ("tst.doubles", tst::doubles::measure),
    ("tst.quiet_tests", tst::quiet_tests::measure),
    // Consistency.
    ("inv.smart_constructors", inv::smart_constructors::measure),
    ("inv.concurrency_guard", inv::concurrency_guard::measure),
    ("inv.rules_in_domain", inv::rules_in_domain::measure),
    // Coupling between services.
    ("isc.sync_calls", isc::sync_calls::measure),
    ("isc.chain", isc::chain::measure),
    ("isc.shared_model", isc::shared_model::measure),
];

/// Measures all indicators, in the order of the model.
pub fn measure(scene: &Scene<'_>) -> Vec<Measurement> {
    scene.parameters.indicators.iter().filter_map(|spec| measure_one(scene, spec)).collect()
}

/// Measures one indicator, if it is known.
pub fn measure_one(scene: &Scene<'_>, spec: &IndicatorSpec) -> Option<Measurement> {
    let (_, measure) = ALL.iter().find(|(id, _)| *id == spec.id)?;
    Some(measure(scene, spec))
}
