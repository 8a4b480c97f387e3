//! `cargo archlint man`.

use clap::CommandFactory;

use crate::entrypoints::cli::{Cli, Format};
use crate::entrypoints::session::Session;

/// Prints the manual page: the command, then each of its commands.
pub fn run(session: &mut Session<'_>) -> u8 {
    if let Err(failure) = session.format(&[Format::Human]) {
        return session.fail(&failure);
    }
    let mut page = Vec::new();
    let mut command = Cli::command();
    command.build();
    let whole = clap_mangen::Man::new(command.clone().name("cargo-archlint"));
    // Writing to memory never fails.
    let _ = whole.render(&mut page);
    for sub in command.get_subcommands().filter(|sub| sub.get_name() != "help") {
        let title = format!(".SH \"CARGO ARCHLINT {}\"\n", sub.get_name().to_uppercase());
        page.extend(title.as_bytes());
        // What every command takes has been told once.
        let own = sub.clone().mut_args(|arg| {
            let hidden = arg.is_global_set() || arg.is_hide_set();
            arg.hide(hidden)
        });
        let man = clap_mangen::Man::new(own);
        let _ = man.render_description_section(&mut page);
        let _ = man.render_synopsis_section(&mut page);
        let _ = man.render_options_section(&mut page);
    }
    session.print(&String::from_utf8_lossy(&page));
    0
}
