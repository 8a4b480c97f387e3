//! Coupling between services.

pub mod sync_calls;
pub mod chain;
pub mod shared_model;
mod calls;
