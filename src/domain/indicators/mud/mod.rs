//! Global coupling.

pub mod cycles;
pub mod homogeneity;
pub mod propagation;
pub mod god_items;
mod items;
