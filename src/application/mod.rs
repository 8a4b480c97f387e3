//! One use case per file.

pub mod analyse;
pub mod check;
pub mod doctor;
#[cfg(test)]
pub mod fixture;
pub mod graph;
pub mod judge;
pub mod judged;
pub mod layers;
pub mod lift;
pub mod ports;
pub mod scope;
pub mod select;
pub mod suggest;
pub mod why;
