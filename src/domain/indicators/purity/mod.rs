//! Domain purity.

mod home;
pub mod infra_free_items;
pub mod logic_in_pure_code;
pub mod no_indirect_leak;
pub mod persistence_ignorant_types;
