//! Measurements: what was counted, the points it gives, and how far it can be trusted.

pub mod list;
pub mod measurement;
pub mod scene;
pub mod tally;
