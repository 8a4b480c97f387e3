//! Expressiveness: code that reads in the language of the business.

pub mod behaviour_in_model;
pub mod domain_types;
pub mod living_documentation;
pub mod ubiquitous_names;
