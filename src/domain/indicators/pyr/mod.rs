//! Test pyramid.

pub mod guarded;
pub mod service_level;
pub mod shape;
pub mod speed;
