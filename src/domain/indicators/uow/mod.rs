//! Unit of work.

pub mod atomic_boundary;
pub mod owned_by_service;
pub mod abstracted;
pub mod explicit_commit;
