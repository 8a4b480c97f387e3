//! Whole-pipeline tests.

mod bad_input;
mod cli;
mod discovery;
mod docs;
mod dogfood;
mod support;
mod verdict;
