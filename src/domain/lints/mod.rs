//! Built-in rules from the book: what a line of code costs, and what to do instead.
//!
//! A lint speaks only where its lever is needed, unless it always holds; it skips tests, generated code
//! and packages whose purpose is a technology. Each is one file here, one page under `rules/lints`, and
//! a line in [`list`](crate::domain::lints::list).

pub mod found;
pub mod list;

mod adapter_built_outside_root;
mod begin_without_commit;
mod command_named_as_fact;
mod command_with_many_handlers;
mod component_cycle;
mod concrete_client_in_core;
mod console_output_in_domain;
mod core_depends_on_adapter;
mod core_error_wraps_technology;
mod dead_event;
mod domain_reaches_outward;
mod domain_test_needs_io;
mod domain_uses_infrastructure;
mod embedded_aggregate;
mod environment_read_outside_root;
mod event_failure_stops_command;
mod event_handler_cycle;
mod event_named_as_command;
mod fat_entrypoint;
mod float_for_money;
mod framework_type_in_use_case;
mod global_holds_infrastructure;
mod god_item;
mod handler_contains_sql;
mod hidden_clock_or_random;
mod inline_side_effect;
mod inverted_pyramid;
mod looks;
mod mixed_concerns;
mod no_concurrency_guard;
mod pattern_without_need;
mod persistence_derive_on_domain_type;
mod persistence_outside_port;
mod port_leaks_technology;
mod presentation_derive_on_domain_type;
mod public_field_on_aggregate;
mod publish_before_commit;
mod query_in_loop;
mod read_side_writes;
mod repository_for_inner_entity;
mod repository_without_double;
mod rules_outside_the_domain;
mod serde_shape_on_domain_type;
mod setter_on_aggregate;
mod sleep_in_test;
mod slow_call_inside_transaction;
mod speculative_abstraction;
mod synchronous_service_chain;
mod test_that_cannot_fail;
mod test_tooling_in_production;
mod transaction_outside_service;
mod two_aggregates_one_transaction;
mod use_case_calls_use_case;
mod use_case_takes_request_type;
mod wire_type_in_domain;
mod write_bypasses_root;
mod writes_without_transaction;

use crate::domain::indicators::measurement::Measurement;
use crate::domain::indicators::scene::Scene;
use crate::domain::lints::found::Found;

/// A built-in rule from the book.
#[derive(Clone, Copy)]
pub struct Lint {
    /// Its kebab-case name.
    pub name: &'static str,
    /// The construct it belongs to, `purity`.
    pub construct: &'static str,
    /// When it speaks.
    pub when: When,
    /// Indicators that what it finds takes points from.
    pub costs: &'static [&'static str],
    /// Why, in a sentence: what `because` says on a finding.
    pub because: &'static str,
    /// Finds all breaches.
    pub find: fn(&Ground<'_>) -> Vec<Found>,
}

/// When a lint speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum When {
    /// Where its lever is needed, or the gate of its state is open.
    Needed,
    /// Always.
    Always,
    /// Where some lever is not needed; it finds out which itself.
    NotNeeded,
}

/// What a lint looks at.
#[derive(Clone, Copy)]
pub struct Ground<'a> {
    /// The system.
    pub scene: Scene<'a>,
    /// What every indicator said.
    pub measured: &'a [Measurement],
}

impl Lint {
    /// Whether it speaks of this system.
    pub fn applies(&self, scene: &Scene<'_>) -> bool {
        let needs = scene.needs;
        let needed = needs.get(self.construct).is_none_or(|need| need.applies());
        match self.when {
            When::Always => true,
            When::Needed => needed,
            When::NotNeeded => needs.of.iter().any(|need| !need.applies()),
        }
    }
}
