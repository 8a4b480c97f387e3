//! Global coupling.

pub mod components;
pub mod cycles;
pub mod god_items;
pub mod homogeneity;
mod items;
pub mod propagation;
