//! Testability.

pub mod deterministic;
pub mod doubles;
pub mod isolated_logic;
pub mod quiet_tests;
