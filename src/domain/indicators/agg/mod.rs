//! Aggregates: clusters of objects changed only through their root.

mod anemic;
pub mod encapsulated;
pub mod guarded_mutation;
pub mod one_per_transaction;
pub mod reference_by_id;
pub mod single_door;

/// Why an indicator says nothing where nothing has an identity.
pub const NONE: &str = "no domain type has an identity";
