//! Measurements: what was counted, the points it gives, and how far it can be trusted.

pub mod agg;
pub mod dip;
pub mod evt;
pub mod inv;
pub mod lang;
pub mod list;
pub mod measurement;
pub mod repo;
pub mod scene;
pub mod tally;
