//! Repository: a simple collection in front of storage.

pub mod faked;
pub mod narrow;
pub mod one_per_aggregate;
pub mod persistence_behind_port;
pub mod speaks_domain;

/// Why an indicator of quality says nothing where no port keeps anything.
pub const NONE: &str = "there is no repository";
