//! What the commands share that tell of the scores.

use crate::adapters::render::paint::Sheet;
use crate::application::score::Scored;
use crate::domain::source::workspace::{Package, Workspace};
use crate::entrypoints::cli::Format;
use crate::entrypoints::session::{Failure, Gaps, Session};

/// Whether the history of the workspace is asked for, which takes a while.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Asks {
    /// The code alone.
    Code,
    /// Its history, too.
    History,
}

/// How scores read.
#[derive(Clone, Copy)]
pub struct Reads {
    /// What they rest on.
    pub asks: Asks,
    /// In JSON.
    pub json: fn(&Scored) -> String,
    /// For people.
    pub human: fn(&Scored, Sheet) -> String,
}

/// Shows the scores in one way.
pub fn show(session: &mut Session<'_>, reads: Reads) -> u8 {
    match told(session, reads) {
        Ok((text, gaps, whole)) => {
            session.print(&text);
            session.complain(&whole);
            session.warn(&gaps)
        }
        Err(failure) => session.fail(&failure),
    }
}

/// The answer, as it reads.
fn told(session: &Session<'_>, reads: Reads) -> Result<(String, Gaps, String), Failure> {
    let format = session.format(&[Format::Human, Format::Json])?;
    let mut read = session.read()?;
    if reads.asks == Asks::History {
        match session.history(&read) {
            Ok(past) => read.analysis.past = past,
            Err(problems) => return Err(read.fails(problems)),
        }
    }
    let (scored, _) = match session.score(&read) {
        Ok(found) => found,
        Err(problems) => return Err(read.fails(problems)),
    };
    let text = match format {
        Format::Json => (reads.json)(&scored),
        _ => (reads.human)(&scored, session.sheet),
    };
    Ok((text, read.gaps(), whole(&read.analysis.workspace)))
}

/// What to tell who named the manifest of one member and gets the numbers of all.
pub fn whole(workspace: &Workspace) -> String {
    let asked = |package: &&Package| Some(&package.folder) == workspace.asked.as_ref();
    match workspace.packages.iter().find(asked) {
        Some(package) => format!(
            "note: scores are of the whole workspace `{}`, in which `{}` is one package\n",
            workspace.title(),
            package.name
        ),
        None => String::new(),
    }
}
