//! Whole-pipeline tests.

mod allowances;
mod at_once;
mod bad_input;
mod bad_workspaces;
mod baseline;
mod cli;
mod constants;
mod discovery;
mod docs;
mod dogfood;
mod facade_rules;
mod fixture;
mod gaps;
mod gates;
mod indicators;
mod init;
mod lints;
mod manifests;
mod model;
mod outputs;
mod resolve;
mod roles;
mod since;
mod support;
mod tutorial;
mod verdict;
