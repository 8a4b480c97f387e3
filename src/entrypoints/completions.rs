//! `cargo archlint completions SHELL`.

use clap::CommandFactory;
use clap_complete::Shell;

use crate::entrypoints::cli::{Cli, CompletionsArgs, Format};
use crate::entrypoints::session::Session;

/// What is completed.
const PROGRAM: &str = "cargo-archlint";

/// Prints the script for a shell. It completes `cargo-archlint`; shells that complete `cargo` itself
/// call that by its name.
pub fn run(args: &CompletionsArgs, session: &mut Session<'_>) -> u8 {
    if let Err(failure) = session.format(&[Format::Human]) {
        return session.fail(&failure);
    }
    // For bash, `clap_complete` writes the dash in a program's name in two ways, and so finds none of its
    // commands: it is given a name without one.
    let name = if args.shell == Shell::Bash { PROGRAM.replace('-', "_") } else { PROGRAM.to_owned() };
    let mut command = Cli::command().bin_name(&name);
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut command, &name, &mut script);
    let script = String::from_utf8_lossy(&script);
    session.print(&script.replace(&format!("-o default {name}"), &format!("-o default {PROGRAM}")));
    0
}
