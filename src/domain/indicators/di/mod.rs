//! Dependency injection.

pub mod explicit_dependencies;
pub mod single_composition_root;
pub mod swappable;
