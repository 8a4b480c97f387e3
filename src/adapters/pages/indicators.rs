//! The pages of the indicators.

use crate::adapters::pages::Page;

/// Every page, in the order of the model.
pub const INDICATORS: &[Page] = &[
    // Dependency inversion.
    Page { name: "dip.direction", text: include_str!("../../../rules/indicators/dip.direction.md") },
    Page {
        name: "dip.port_signature_clean",
        text: include_str!("../../../rules/indicators/dip.port_signature_clean.md"),
    },
    Page {
        name: "dip.core_sees_abstractions",
        text: include_str!("../../../rules/indicators/dip.core_sees_abstractions.md"),
    },
    Page { name: "dip.used_seams", text: include_str!("../../../rules/indicators/dip.used_seams.md") },
    // Domain purity.
    Page {
        name: "purity.infra_free_items",
        text: include_str!("../../../rules/indicators/purity.infra_free_items.md"),
    },
    Page {
        name: "purity.no_indirect_leak",
        text: include_str!("../../../rules/indicators/purity.no_indirect_leak.md"),
    },
    Page {
        name: "purity.persistence_ignorant_types",
        text: include_str!("../../../rules/indicators/purity.persistence_ignorant_types.md"),
    },
    Page {
        name: "purity.logic_in_pure_code",
        text: include_str!("../../../rules/indicators/purity.logic_in_pure_code.md"),
    },
    // Repository.
    Page {
        name: "repo.persistence_behind_port",
        text: include_str!("../../../rules/indicators/repo.persistence_behind_port.md"),
    },
    Page { name: "repo.faked", text: include_str!("../../../rules/indicators/repo.faked.md") },
    Page {
        name: "repo.speaks_domain",
        text: include_str!("../../../rules/indicators/repo.speaks_domain.md"),
    },
    Page { name: "repo.narrow", text: include_str!("../../../rules/indicators/repo.narrow.md") },
    Page {
        name: "repo.one_per_aggregate",
        text: include_str!("../../../rules/indicators/repo.one_per_aggregate.md"),
    },
    // Service layer.
    Page {
        name: "svc.thin_entrypoints",
        text: include_str!("../../../rules/indicators/svc.thin_entrypoints.md"),
    },
    Page { name: "svc.delegation", text: include_str!("../../../rules/indicators/svc.delegation.md") },
    Page {
        name: "svc.framework_free",
        text: include_str!("../../../rules/indicators/svc.framework_free.md"),
    },
    Page {
        name: "svc.domain_owns_rules",
        text: include_str!("../../../rules/indicators/svc.domain_owns_rules.md"),
    },
    // Unit of work.
    Page {
        name: "uow.atomic_boundary",
        text: include_str!("../../../rules/indicators/uow.atomic_boundary.md"),
    },
    Page {
        name: "uow.owned_by_service",
        text: include_str!("../../../rules/indicators/uow.owned_by_service.md"),
    },
    Page { name: "uow.abstracted", text: include_str!("../../../rules/indicators/uow.abstracted.md") },
    Page {
        name: "uow.explicit_commit",
        text: include_str!("../../../rules/indicators/uow.explicit_commit.md"),
    },
    // Aggregates.
    Page { name: "agg.encapsulated", text: include_str!("../../../rules/indicators/agg.encapsulated.md") },
    Page {
        name: "agg.guarded_mutation",
        text: include_str!("../../../rules/indicators/agg.guarded_mutation.md"),
    },
    Page {
        name: "agg.reference_by_id",
        text: include_str!("../../../rules/indicators/agg.reference_by_id.md"),
    },
    Page {
        name: "agg.one_per_transaction",
        text: include_str!("../../../rules/indicators/agg.one_per_transaction.md"),
    },
    Page { name: "agg.single_door", text: include_str!("../../../rules/indicators/agg.single_door.md") },
    // Events.
    Page { name: "evt.live_events", text: include_str!("../../../rules/indicators/evt.live_events.md") },
    Page {
        name: "evt.side_effects_via_events",
        text: include_str!("../../../rules/indicators/evt.side_effects_via_events.md"),
    },
    Page { name: "evt.dispatch", text: include_str!("../../../rules/indicators/evt.dispatch.md") },
    Page { name: "evt.mood", text: include_str!("../../../rules/indicators/evt.mood.md") },
    Page {
        name: "evt.failure_isolation",
        text: include_str!("../../../rules/indicators/evt.failure_isolation.md"),
    },
    // Reads apart from writes.
    Page {
        name: "cqrs.read_side_separate",
        text: include_str!("../../../rules/indicators/cqrs.read_side_separate.md"),
    },
    Page {
        name: "cqrs.read_skips_model",
        text: include_str!("../../../rules/indicators/cqrs.read_skips_model.md"),
    },
    Page { name: "cqrs.cqs", text: include_str!("../../../rules/indicators/cqrs.cqs.md") },
    Page {
        name: "cqrs.no_query_in_loop",
        text: include_str!("../../../rules/indicators/cqrs.no_query_in_loop.md"),
    },
    // Dependency injection.
    Page {
        name: "di.single_composition_root",
        text: include_str!("../../../rules/indicators/di.single_composition_root.md"),
    },
    Page {
        name: "di.explicit_dependencies",
        text: include_str!("../../../rules/indicators/di.explicit_dependencies.md"),
    },
    Page { name: "di.swappable", text: include_str!("../../../rules/indicators/di.swappable.md") },
    // Test pyramid.
    Page { name: "pyr.shape", text: include_str!("../../../rules/indicators/pyr.shape.md") },
    Page { name: "pyr.guarded", text: include_str!("../../../rules/indicators/pyr.guarded.md") },
    Page { name: "pyr.service_level", text: include_str!("../../../rules/indicators/pyr.service_level.md") },
    Page { name: "pyr.speed", text: include_str!("../../../rules/indicators/pyr.speed.md") },
    // Infrastructure coupling.
    Page { name: "infra.exposure", text: include_str!("../../../rules/indicators/infra.exposure.md") },
    Page { name: "infra.tech_spread", text: include_str!("../../../rules/indicators/infra.tech_spread.md") },
    Page {
        name: "infra.types_in_core_api",
        text: include_str!("../../../rules/indicators/infra.types_in_core_api.md"),
    },
    // Global coupling.
    Page { name: "mud.cycles", text: include_str!("../../../rules/indicators/mud.cycles.md") },
    Page { name: "mud.homogeneity", text: include_str!("../../../rules/indicators/mud.homogeneity.md") },
    Page { name: "mud.propagation", text: include_str!("../../../rules/indicators/mud.propagation.md") },
    Page { name: "mud.god_items", text: include_str!("../../../rules/indicators/mud.god_items.md") },
    // Expressiveness.
    Page { name: "lang.domain_types", text: include_str!("../../../rules/indicators/lang.domain_types.md") },
    Page {
        name: "lang.ubiquitous_names",
        text: include_str!("../../../rules/indicators/lang.ubiquitous_names.md"),
    },
    Page {
        name: "lang.behaviour_in_model",
        text: include_str!("../../../rules/indicators/lang.behaviour_in_model.md"),
    },
    Page {
        name: "lang.living_documentation",
        text: include_str!("../../../rules/indicators/lang.living_documentation.md"),
    },
    // Testability.
    Page {
        name: "tst.isolated_logic",
        text: include_str!("../../../rules/indicators/tst.isolated_logic.md"),
    },
    Page { name: "tst.deterministic", text: include_str!("../../../rules/indicators/tst.deterministic.md") },
    Page { name: "tst.doubles", text: include_str!("../../../rules/indicators/tst.doubles.md") },
    Page { name: "tst.quiet_tests", text: include_str!("../../../rules/indicators/tst.quiet_tests.md") },
    // Consistency.
    Page {
        name: "inv.smart_constructors",
        text: include_str!("../../../rules/indicators/inv.smart_constructors.md"),
    },
    Page {
        name: "inv.concurrency_guard",
        text: include_str!("../../../rules/indicators/inv.concurrency_guard.md"),
    },
    Page {
        name: "inv.rules_in_domain",
        text: include_str!("../../../rules/indicators/inv.rules_in_domain.md"),
    },
    // Coupling between services.
    Page { name: "isc.sync_calls", text: include_str!("../../../rules/indicators/isc.sync_calls.md") },
    Page { name: "isc.chain", text: include_str!("../../../rules/indicators/isc.chain.md") },
    Page { name: "isc.shared_model", text: include_str!("../../../rules/indicators/isc.shared_model.md") },
];

/// The page of an indicator, by its id.
pub fn indicator(id: &str) -> Option<&'static Page> {
    INDICATORS.iter().find(|page| page.name == id)
}
