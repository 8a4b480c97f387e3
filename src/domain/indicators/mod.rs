//! Measurements: what was counted, the points it gives, and how far it can be trusted.

pub mod agg;
pub mod cqrs;
pub mod di;
pub mod dip;
pub mod evt;
pub mod infra;
pub mod inv;
pub mod isc;
pub mod lang;
pub mod list;
pub mod measurement;
pub mod mud;
pub mod purity;
pub mod pyr;
pub mod repo;
pub mod scene;
pub mod svc;
pub mod tally;
pub mod tst;
pub mod uow;
