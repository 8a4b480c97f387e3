//! `cargo archlint plan`.

use crate::adapters::render::{plan, score_json};
use crate::entrypoints::scores::{Asks, Reads, show};
use crate::entrypoints::session::Session;

/// Shows the ten steps and the next ones.
pub fn run(session: &mut Session<'_>) -> u8 {
    show(session, Reads { asks: Asks::Code, json: score_json::plan, human: plan::plan })
}
