//! Dependency inversion: rules and technical detail both depend on abstractions.

pub mod core_sees_abstractions;
pub mod direction;
pub mod port_signature_clean;
mod reach;
pub mod used_seams;
