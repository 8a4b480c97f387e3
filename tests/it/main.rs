//! Whole-pipeline tests.

mod bad_input;
mod cli;
mod discovery;
mod docs;
mod model;
mod support;
mod verdict;
