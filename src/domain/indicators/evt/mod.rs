//! Events: facts of the domain as messages, routed to handlers.

pub mod dispatch;
pub mod failure_isolation;
mod flows;
pub mod live_events;
pub mod mood;
pub mod side_effects_via_events;

/// Why an indicator says nothing, or 0, where nothing is told as a fact.
pub const NONE: &str = "there is no type of event";
