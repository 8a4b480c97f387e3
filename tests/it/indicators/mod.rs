//! Measurements, from source text to points.

mod inn;
mod pages;
pub mod pipeline;
