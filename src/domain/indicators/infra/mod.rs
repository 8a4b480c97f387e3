//! Infrastructure coupling.

pub mod exposure;
pub mod tech_spread;
pub mod types_in_core_api;
