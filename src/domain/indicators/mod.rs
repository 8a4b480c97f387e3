//! Measurements: what was counted, the points it gives, and how far it can be trusted.

pub mod cqrs;
pub mod di;
pub mod infra;
pub mod isc;
pub mod list;
pub mod measurement;
pub mod mud;
pub mod purity;
pub mod pyr;
pub mod scene;
pub mod svc;
pub mod tally;
pub mod tst;
pub mod uow;
