//! Service layer.

mod asking;
pub mod delegation;
pub mod domain_owns_rules;
pub mod framework_free;
pub mod thin_entrypoints;
