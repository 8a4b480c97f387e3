//! Whole-pipeline tests.

mod cli;
mod docs;
