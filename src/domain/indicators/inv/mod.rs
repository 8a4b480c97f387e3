//! Consistency: invalid states are refused, also when several write at once.

pub mod concurrency_guard;
pub mod rules_in_domain;
pub mod smart_constructors;
