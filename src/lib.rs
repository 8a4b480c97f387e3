//! An architecture linter for Rust workspaces.
//!
//! The code map; data flows one way, left to right and outside in:
//!
//! - [`adapters`] read: `cargo` finds packages, `sources` finds files, `parse` turns each file into
//!   flat facts, `config` turns TOML into a policy.
//! - [`domain`] decides, without I/O: facts become a module tree, names resolve to definitions,
//!   references become a graph, contracts judge the graph, findings become a verdict.
//! - [`application`] holds one use case per file and joins the two.
//! - [`adapters`] write: `render` prints what was found.
//! - [`entrypoints`] is the command line; [`bootstrap`] puts the parts together.
//! - [`api`] states rules in Rust, for a plain `#[test]`: `archlint::workspace()?.check(rules)?`.

pub mod adapters;
pub mod api;
pub mod application;
pub mod bootstrap;
pub mod domain;
pub mod entrypoints;

pub use crate::api::{Error, Report, Rule, Rules, Selectors, Workspace, in_memory, workspace, workspace_at};

/// The page on rules in tests, whose examples are compiled and run as all others.
#[cfg(doctest)]
#[doc = include_str!("../docs/in-tests.md")]
struct RulesInTests;
