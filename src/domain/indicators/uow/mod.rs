//! Unit of work.

pub mod abstracted;
pub mod atomic_boundary;
pub mod explicit_commit;
pub mod owned_by_service;
