//! Whole-pipeline tests.

mod bad_input;
mod discovery;
mod support;
