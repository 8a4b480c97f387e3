//! What the tool knows and decides. No I/O, clock, environment, printing or thread in here.
//!
//! Each room may use those above it in this list, never those below.

pub mod contracts;
pub mod finding;
pub mod graph;
pub mod indicators;
pub mod model;
pub mod need;
pub mod policy;
pub mod report;
pub mod resolve;
pub mod source;
