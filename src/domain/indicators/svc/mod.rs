//! Service layer.

pub mod thin_entrypoints;
pub mod delegation;
pub mod framework_free;
pub mod domain_owns_rules;
