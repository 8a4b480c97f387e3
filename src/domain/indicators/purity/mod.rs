//! Domain purity.

pub mod infra_free_items;
pub mod no_indirect_leak;
pub mod persistence_ignorant_types;
pub mod logic_in_pure_code;
