//! Puts the parts together.

use std::ffi::OsString;
use std::io::{IsTerminal, Write};
use std::path::{Path, PathBuf};

use crate::adapters::clock::today;
use crate::adapters::config::{baseline, whole};
use crate::adapters::git;
use crate::adapters::junit;
use crate::adapters::memory::Memory;
use crate::adapters::render::paint::Paint;
use crate::adapters::sources::{Disk, within};
use crate::adapters::{config, files};
use crate::application::analyse::Analysis;
use crate::application::ports::{Codebase, ReadError};
use crate::domain::policy::Policy;
use crate::domain::policy::day::Day;
use crate::entrypoints::cli::{Color, Global, Refusal, parse};
use crate::entrypoints::session::{Parts, PastTree, Reader, Session, Surroundings, sheet};

/// Runs the program with these arguments, the first being its own name; gives the exit code.
pub fn run(args: Vec<OsString>) -> u8 {
    // What recurses over the nesting of a target must not depend on the shell's limit of stacks.
    within(|| work(args))
}

fn work(args: Vec<OsString>) -> u8 {
    let (mut out, mut err) = (std::io::stdout(), std::io::stderr());
    let (on_out, on_err) = (out.is_terminal(), err.is_terminal());
    let cli = match parse(args) {
        Ok(cli) => cli,
        Err(refusal) => return refuse(&refusal, &mut out, &mut err),
    };
    let options = cli.global.clone();
    let today = today();
    let rules = |analysis: &Analysis, explicit: Option<&Path>| whole::policy(analysis, explicit, today);
    let past = |root: &Path, name: &str, explicit: Option<&Path>| past(root, name, explicit, today);
    let parts = Parts {
        open: &open,
        rules: &rules,
        past: &past,
        schema,
        history: git::past,
        test_runs: junit::load,
        saved: whole::reference,
        write: &files::replace,
        append: &files::append,
        prefix,
        save: baseline::save,
        today,
    };
    let out_sheet = sheet(paint(options.color, on_out), width(on_out));
    let err_sheet = sheet(paint(options.color, on_err), width(on_err));
    let mut session = Session {
        options,
        parts,
        out: &mut out,
        err: &mut err,
        sheet: out_sheet,
        err_sheet,
        surroundings: surroundings(),
    };
    crate::entrypoints::run(&cli, &mut session)
}

/// Where the program runs, as the environment tells.
fn surroundings() -> Surroundings {
    let set = |name| std::env::var_os(name).filter(|value: &OsString| !value.is_empty());
    let actions = set("GITHUB_ACTIONS").is_some_and(|value| value == "true");
    Surroundings {
        reader: if actions { Reader::Actions } else { Reader::Anyone },
        summary: set("GITHUB_STEP_SUMMARY").map(PathBuf::from),
    }
}

/// Folder of a workspace root within the repository around it, with `/`; empty where it is the
/// repository's own root, or there is none.
fn prefix(root: &str) -> String {
    let root = Path::new(root);
    let repository = root.ancestors().find(|folder| folder.join(".git").exists());
    let within = repository.and_then(|repository| root.strip_prefix(repository).ok());
    within.map(|path| path.to_string_lossy().replace('\\', "/")).unwrap_or_default()
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
    let disk = Disk::open(options.manifest_path.as_deref(), &cwd)?;
    let words = config::vocabulary_at(disk.root(), options.config.as_deref());
    Ok(Box::new(disk.looking_for(words)))
}

/// Reads another revision, with its configuration where that can be read.
fn past(root: &Path, name: &str, explicit: Option<&Path>, today: Day) -> Result<PastTree, ReadError> {
    let revision = git::read(root, name)?;
    let text = |path: &Path| {
        let path = path.strip_prefix(root).unwrap_or(path).to_string_lossy().replace('\\', "/");
        revision.files.get(&path).cloned()
    };
    let policy = config::load_with(root, explicit, &text);
    let accepted = baseline::load_with(root, explicit, &text);
    let rules = policy.ok().zip(accepted.ok());
    Ok(PastTree {
        commit: revision.commit,
        // What is new is told by what is read today.
        codebase: Box::new(Memory::new(revision.files).looking_for(config::vocabulary_at(root, explicit))),
        rules: rules.map(|(policy, baseline)| Policy { baseline: baseline.on(today), ..policy }),
    })
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
