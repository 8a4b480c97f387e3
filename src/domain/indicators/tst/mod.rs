//! Testability.

pub mod isolated_logic;
pub mod deterministic;
pub mod doubles;
pub mod quiet_tests;
