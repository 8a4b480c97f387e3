//! `cargo archlint init`.

use std::path::{Path, PathBuf};

use crate::adapters::config::{FILE, baseline, draft, is_configured, parse};
use crate::adapters::files::{Before, put};
use crate::adapters::render::init::human;
use crate::application::check::{Request, check};
use crate::application::init::{Start, Steps, start};
use crate::application::judge::judge_whole;
use crate::domain::contracts::proposal::Style;
use crate::domain::finding::Coverage;
use crate::domain::policy::Policy;
use crate::domain::report::Problem;
use crate::entrypoints::cli::{Format, InitArgs};
use crate::entrypoints::session::{Failure, Session};

/// Writes a configuration that fits the code, and a baseline with which it passes.
pub fn run(args: &InitArgs, session: &mut Session<'_>) -> u8 {
    match begin(args, session) {
        Ok(text) => {
            session.print(&text);
            0
        }
        Err(failure) => session.fail(&failure),
    }
}

fn begin(args: &InitArgs, session: &Session<'_>) -> Result<String, Failure> {
    session.format(&[Format::Human])?;
    let read = session.read()?;
    let root = PathBuf::from(&read.analysis.workspace.root);
    let explicit = session.options.config.as_deref();
    let config = explicit.map_or_else(|| root.join(FILE), Path::to_owned);
    let accepted = baseline::path(&root, explicit);
    if !args.dry_run {
        refuse(&root, explicit, &config, &accepted)?;
    }
    if let Some(problem) = unseen(&read.analysis.coverage) {
        return Err(read.fails(vec![problem]));
    }
    let judge = |policy: &Policy| {
        let judged = judge_whole(&read.analysis, policy, read.codebase.as_ref());
        let report = check(&read.analysis, &judged, &Request::default());
        (judged, report)
    };
    let steps = Steps { write: &draft::text, read: &|text| parse(text, FILE), judge: &judge };
    let started: Start = match start(&read.analysis, args.preset.map(Style::from), steps) {
        Ok(started) => started,
        Err(problems) => return Err(read.fails(problems)),
    };
    if args.dry_run {
        return Ok(format!(
            "{}\n# {}\n{}",
            started.text,
            shown(&root, &accepted),
            commented(&baseline::text(&started.baseline))
        ));
    }
    // The baseline first: without a configuration it says nothing, and the other way round all that is
    // accepted would fail.
    let written = put(&accepted, Before::Nothing, &baseline::text(&started.baseline))
        .and_then(|()| put(&config, Before::Nothing, &started.text));
    written.map_err(|reason| vec![Problem::usage(reason, "make the folder writable and run it again")])?;
    Ok(human(&started, (&shown(&root, &config), &shown(&root, &accepted)), session.sheet))
}

/// What is there is never overwritten.
fn refuse(root: &Path, explicit: Option<&Path>, config: &Path, accepted: &Path) -> Result<(), Failure> {
    let there = if is_configured(root, explicit) {
        Some(if config.exists() {
            shown(root, config)
        } else {
            "the configuration in `Cargo.toml`".to_owned()
        })
    } else {
        accepted.exists().then(|| shown(root, accepted))
    };
    let Some(there) = there else { return Ok(()) };
    let help = "remove it first, or look at what would be written with `cargo archlint init --dry-run`";
    Err(vec![Problem::usage(format!("{there} is there already"), help)].into())
}

/// Why rules made of what was seen would not fit what is there.
fn unseen(coverage: &Coverage) -> Option<Problem> {
    let missing = coverage.missing.first()?;
    let message = format!("the analysis is incomplete: {}", missing.reason);
    Some(Problem::usage(message, "see what is missing with `cargo archlint doctor`"))
}

fn shown(root: &Path, path: &Path) -> String {
    path.strip_prefix(root).unwrap_or(path).display().to_string()
}

fn commented(text: &str) -> String {
    text.lines().map(|line| format!("# {line}\n")).collect()
}
