//! Puts the parts together.

use std::ffi::OsString;
use std::io::{IsTerminal, Write};
use std::path::Path;

use crate::adapters::config;
use crate::adapters::render::paint::Paint;
use crate::adapters::sources::Disk;
use crate::application::analyse::Analysis;
use crate::application::judge::{judge_all, problem};
use crate::application::judged::Judged;
use crate::application::ports::{Codebase, ReadError};
use crate::domain::report::Problem;
use crate::entrypoints::cli::{Color, Global, Refusal, parse};
use crate::entrypoints::session::{Parts, Session, sheet};

/// Runs the program with these arguments, the first being its own name; gives the exit code.
pub fn run(args: impl IntoIterator<Item = OsString>) -> u8 {
    let (mut out, mut err) = (std::io::stdout(), std::io::stderr());
    let (on_out, on_err) = (out.is_terminal(), err.is_terminal());
    let cli = match parse(args) {
        Ok(cli) => cli,
        Err(refusal) => return refuse(&refusal, &mut out, &mut err),
    };
    let options = cli.global.clone();
    let parts = Parts { open: &open, judge: &judge, schema };
    let out_sheet = sheet(paint(options.color, on_out), width(on_out));
    let err_sheet = sheet(paint(options.color, on_err), width(on_err));
    let mut session = Session { options, parts, out: &mut out, err: &mut err, sheet: out_sheet, err_sheet };
    crate::entrypoints::run(&cli, &mut session)
}

/// Writes what is said instead of running a command; gives the exit code.
fn refuse(refusal: &Refusal, out: &mut impl Write, err: &mut impl Write) -> u8 {
    let styled = |terminal: bool| match paint(Color::Auto, terminal) {
        Paint::Colour => refusal.coloured.as_bytes(),
        Paint::Plain => refusal.plain.as_bytes(),
    };
    // A reader that has had enough is no problem of ours.
    let _ = match refusal.exit_code {
        0 => out.write_all(styled(std::io::stdout().is_terminal())),
        _ => err.write_all(styled(std::io::stderr().is_terminal())),
    };
    refusal.exit_code
}

/// Whether to use colour.
fn paint(color: Color, terminal: bool) -> Paint {
    let unset = |name| std::env::var_os(name).is_none_or(|value: OsString| value.is_empty());
    let dumb = std::env::var_os("TERM").is_some_and(|term| term == "dumb");
    match color {
        Color::Always => Paint::Colour,
        Color::Auto if terminal && unset("NO_COLOR") && !dumb => Paint::Colour,
        Color::Auto | Color::Never => Paint::Plain,
    }
}

/// Columns of the terminal; none where there is no terminal.
fn width(terminal: bool) -> Option<usize> {
    if !terminal {
        return None;
    }
    Some(terminal_size::terminal_size().map_or(100, |(width, _)| usize::from(width.0)))
}

/// Opens the codebase on disk.
fn open(options: &Global) -> Result<Box<dyn Codebase>, ReadError> {
    let cwd = std::env::current_dir().map_err(|error| ReadError {
        message: format!("the current folder cannot be read: {error}"),
        file: None,
        position: None,
        remedy: "run it in a folder that exists".to_owned(),
    })?;
    Ok(Box::new(Disk::open(options.manifest_path.as_deref(), &cwd)?))
}

/// Reads the configuration and judges what was read by it.
fn judge(
    analysis: &Analysis,
    explicit: Option<&Path>,
    codebase: &dyn Codebase,
) -> Result<Judged, Vec<Problem>> {
    match config::load(Path::new(&analysis.workspace.root), explicit) {
        Ok(mut policy) => {
            policy.fit(&analysis.workspace);
            Ok(judge_all(analysis, &policy, &|path| codebase.text(path)))
        }
        Err(faults) => Err(faults.into_iter().map(problem).collect()),
    }
}

/// The JSON Schema of the configuration.
fn schema() -> String {
    format!("{:#}", config::schema())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colour_is_as_asked_and_never_off_a_terminal_by_itself() {
        assert_eq!(paint(Color::Always, false), Paint::Colour);
        assert_eq!(paint(Color::Never, true), Paint::Plain);
        assert_eq!(paint(Color::Auto, false), Paint::Plain);
    }
}
