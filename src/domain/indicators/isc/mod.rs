//! Coupling between services.

pub mod calls;
pub mod chain;
pub mod shared_model;
pub mod sync_calls;
