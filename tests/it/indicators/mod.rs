//! Measurements, from source text to points.

mod pages;
pub mod pipeline;
