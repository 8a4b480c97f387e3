//! Whole-pipeline tests.

mod bad_input;
mod bad_workspaces;
mod cli;
mod discovery;
mod docs;
mod dogfood;
mod resolve;
mod support;
mod verdict;
