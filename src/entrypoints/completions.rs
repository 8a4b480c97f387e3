//! `cargo archlint completions SHELL`.

use clap::CommandFactory;

use crate::entrypoints::cli::{Cli, CompletionsArgs, Format};
use crate::entrypoints::session::Session;

/// Prints the script for a shell. It completes `cargo-archlint`; shells that complete `cargo` itself
/// call that by its name.
pub fn run(args: &CompletionsArgs, session: &mut Session<'_>) -> u8 {
    if let Err(failure) = session.format(&[Format::Human]) {
        return session.fail(&failure);
    }
    let mut command = Cli::command().bin_name("cargo-archlint");
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut command, "cargo-archlint", &mut script);
    session.print(&String::from_utf8_lossy(&script));
    0
}
