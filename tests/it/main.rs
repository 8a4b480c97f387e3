//! Whole-pipeline tests.

mod cli;
