//! Dependency injection.

pub mod single_composition_root;
pub mod explicit_dependencies;
pub mod swappable;
