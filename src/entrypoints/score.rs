//! `cargo archlint score`.

use crate::adapters::render::{score, score_json};
use crate::entrypoints::scores::{Asks, Reads, show};
use crate::entrypoints::session::Session;

/// Shows every construct with its value and what it loses most.
pub fn run(session: &mut Session<'_>) -> u8 {
    show(session, Reads { asks: Asks::History, json: score_json::score, human: score::score })
}
