//! Whole-pipeline tests.

mod bad_input;
mod cli;
mod discovery;
mod docs;
mod resolve;
mod support;
mod verdict;
