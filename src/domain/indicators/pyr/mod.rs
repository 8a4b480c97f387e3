//! Test pyramid.

pub mod shape;
pub mod guarded;
pub mod service_level;
pub mod speed;
