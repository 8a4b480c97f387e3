//! The command line: one thin file per command.

pub mod baseline;
pub mod check;
pub mod cli;
pub mod completions;
pub mod doctor;
pub mod explain;
pub mod graph;
pub mod init;
pub mod layers;
pub mod man;
pub mod past;
pub mod plan;
pub mod rules;
pub mod schema;
pub mod score;
mod scores;
pub mod session;
pub mod test_rules;
pub mod whatif;
pub mod why;

use crate::entrypoints::cli::{Cli, Command};
use crate::entrypoints::session::Session;

/// Runs the command that was asked for; gives the exit code.
pub fn run(cli: &Cli, session: &mut Session<'_>) -> u8 {
    match &cli.command {
        None => check::run(&cli.check, session),
        Some(Command::Check(own)) => check::run(&cli.check.with(own), session),
        Some(Command::Why(args)) => why::run(args, session),
        Some(Command::Graph(args)) => graph::run(args, session),
        Some(Command::Layers(args)) => layers::run(args, session),
        Some(Command::Init(args)) => init::run(args, session),
        Some(Command::Baseline(args)) => baseline::run(args, session),
        Some(Command::Score) => score::run(session),
        Some(Command::Plan) => plan::run(session),
        Some(Command::Whatif(args)) => whatif::run(args, session),
        Some(Command::Doctor) => doctor::run(session),
        Some(Command::Explain(args)) => explain::run(args, session),
        Some(Command::Rules) => rules::run(session),
        Some(Command::TestRules) => test_rules::run(session),
        Some(Command::Schema) => schema::run(session),
        Some(Command::Completions(args)) => completions::run(args, session),
        Some(Command::Man) => man::run(session),
    }
}
