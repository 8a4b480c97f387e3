//! What the tool knows and decides. No I/O, clock, environment, printing or thread in here.
//!
//! The rooms, each of which may use those before it and never those after: at_once, source, policy, resolve,
//! graph, finding, census, roles, patterns, need, contracts, indicators, lints, model, checks, report.

pub mod at_once;
pub mod census;
pub mod checks;
pub mod contracts;
pub mod finding;
pub mod graph;
pub mod indicators;
pub mod lints;
pub mod model;
pub mod need;
pub mod patterns;
pub mod policy;
pub mod report;
pub mod resolve;
pub mod roles;
pub mod source;
