//! What every command works with: options, parts, and where to write.

use std::io::Write;
use std::path::{Path, PathBuf};

use crate::adapters::pages::advise;
use crate::adapters::render::paint::{Paint, Sheet, Tail};
use crate::adapters::render::text::gap_line;
use crate::adapters::render::{cargo_json, github, human, json, sarif, short};
use crate::application::analyse::{Analysis, analyse};
use crate::application::doctor::doctor;
use crate::application::gates::Reference;
use crate::application::judge::{judge_all, judge_whole};
use crate::application::judged::Judged;
use crate::application::ports::{Codebase, ReadError};
use crate::application::scope::Scope;
use crate::application::score::{Scored, score};
use crate::application::timings::{TestRun, timings};
use crate::domain::checks::history::Past;
use crate::domain::finding::Lost;
use crate::domain::indicators::scene::Timing;
use crate::domain::policy::Policy;
use crate::domain::policy::baseline::Baseline;
use crate::domain::policy::day::Day;
use crate::domain::policy::gates::Saved;
use crate::domain::report::{Problem, Verdict};
use crate::entrypoints::cli::{Format, Global};

/// Opens the codebase that the options name.
pub type Open<'a> = dyn Fn(&Global) -> Result<Box<dyn Codebase>, ReadError> + 'a;

/// Writes a file: whole, or not at all.
pub type Put<'a> = dyn Fn(&Path, &str) -> Result<(), String> + 'a;

/// Where the program runs.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Surroundings {
    /// Who reads what it says.
    pub reader: Reader,
    /// The file that collects the summary of a job, in Markdown.
    pub summary: Option<PathBuf>,
}

/// Who reads what the program says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Reader {
    /// Somebody, or a program that says what it wants.
    #[default]
    Anyone,
    /// The runner of GitHub Actions, which obeys commands in the log.
    Actions,
}

/// Reads the rules of a workspace, with what is accepted on the day of the run.
pub type Rules<'a> = dyn Fn(&Analysis, Option<&Path>) -> Result<Policy, Vec<Problem>> + 'a;

/// The tree of another revision, and what its configuration asked for.
pub struct PastTree {
    /// Full name of the revision.
    pub commit: String,
    /// Its files.
    pub codebase: Box<dyn Codebase>,
    /// Its rules and what was accepted; none where they cannot be read.
    pub rules: Option<Policy>,
}

/// Reads another revision of a workspace: its root, the revision, and the configuration named.
pub type OpenPast<'a> = dyn Fn(&Path, &str, Option<&Path>) -> Result<PastTree, ReadError> + 'a;

/// Reads what was changed in so many months up to the last commit.
pub type ReadHistory = fn(&Path, f64) -> Past;

/// Reads reports of test runs, or tells what is wrong with them.
pub type TestRuns = fn(&[PathBuf]) -> Result<Vec<TestRun>, Vec<Problem>>;

/// Reads saved scores: the rules, and where they name them.
pub type ReadSaved = fn(&Policy, &Saved) -> Result<Reference, Problem>;

/// Writes a baseline in the place of the one that was read: root of the workspace, the configuration
/// named, before and after.
pub type Save = fn(&Path, Option<&Path>, &Baseline, &Baseline) -> Result<Baseline, String>;

/// What the composition root puts in.
#[derive(Clone, Copy)]
pub struct Parts<'a> {
    /// Opens the codebase.
    pub open: &'a Open<'a>,
    /// The JSON Schema of the configuration.
    pub schema: fn() -> String,
    /// Reads the rules.
    pub rules: &'a Rules<'a>,
    /// Reads another revision.
    pub past: &'a OpenPast<'a>,
    /// Reads the history of a workspace.
    pub history: ReadHistory,
    /// Reads the reports of test runs.
    pub test_runs: TestRuns,
    /// Reads saved scores.
    pub saved: ReadSaved,
    /// Writes a file in place of the one that is there.
    pub write: &'a Put<'a>,
    /// Adds to the end of a file.
    pub append: &'a Put<'a>,
    /// Folder of a workspace root within its repository.
    pub prefix: fn(&str) -> String,
    /// Writes the baseline of a workspace.
    pub save: Save,
    /// The day of the run.
    pub today: Day,
}

/// One run of the program.
pub struct Session<'a> {
    /// Options of every command.
    pub options: Global,
    /// The parts.
    pub parts: Parts<'a>,
    /// Where results go.
    pub out: &'a mut dyn Write,
    /// Where problems go.
    pub err: &'a mut dyn Write,
    /// How results look.
    pub sheet: Sheet,
    /// How problems look.
    pub err_sheet: Sheet,
    /// Where it runs.
    pub surroundings: Surroundings,
}

/// A workspace that was read.
pub struct Read {
    /// Where it was read from.
    pub codebase: Box<dyn Codebase>,
    /// What it holds.
    pub analysis: Analysis,
}

/// Why a command ends early, and the texts that its problems point into.
#[derive(Default)]
pub struct Failure {
    problems: Vec<Problem>,
    codebase: Option<Box<dyn Codebase>>,
}

impl From<Vec<Problem>> for Failure {
    fn from(problems: Vec<Problem>) -> Self {
        Self { problems, codebase: None }
    }
}

/// What is missing under an answer that is no verdict.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Gaps {
    /// Why the analysis is incomplete.
    reasons: Vec<Lost>,
    /// Modules that were found.
    modules: u32,
}

impl Read {
    /// What is missing.
    pub fn gaps(&self) -> Gaps {
        let diagnosis = doctor(&self.analysis, None);
        Gaps { reasons: diagnosis.incomplete, modules: diagnosis.coverage.modules }
    }

    /// Judges it by a policy.
    pub fn judge(&self, policy: &Policy) -> Judged {
        advise(judge_all(&self.analysis, policy, &|paths| self.codebase.texts(paths)))
    }

    /// Judges it by a policy and by the lints of the book.
    pub fn judge_whole(&self, policy: &Policy) -> Judged {
        advise(judge_whole(&self.analysis, policy, self.codebase.as_ref()))
    }

    /// A failure whose problems point into this workspace.
    pub fn fails(self, problems: Vec<Problem>) -> Failure {
        Failure { problems, codebase: Some(self.codebase) }
    }
}

impl Session<'_> {
    /// The format asked for, else the first of those a command has.
    ///
    /// # Errors
    /// A usage problem where the command has no such format.
    pub fn format(&self, known: &[Format]) -> Result<Format, Failure> {
        match self.options.format {
            None => Ok(known.first().copied().unwrap_or(Format::Human)),
            Some(format) if known.contains(&format) => Ok(format),
            Some(format) => {
                let words: Vec<&str> = known.iter().map(|format| format.word()).collect();
                let message = format!("this command cannot write `{}`", format.word());
                let help = format!("choose one of: {}", words.join(", "));
                Err(vec![Problem::usage(message, help)].into())
            }
        }
    }

    /// What stands below the findings.
    pub const fn tail(&self) -> Tail {
        if self.options.quiet { Tail::Quiet } else { Tail::Summary }
    }

    /// Reads and resolves the workspace.
    ///
    /// # Errors
    /// When there is none, or a report of a test run that is named cannot be read.
    pub fn read(&self) -> Result<Read, Failure> {
        let unread = |error: ReadError| Failure::from(vec![problem(error)]);
        let codebase = (self.parts.open)(&self.options).map_err(unread)?;
        match analyse(codebase.as_ref()) {
            Ok(mut analysis) => match self.timings(&analysis) {
                Ok(timings) => {
                    analysis.timings = timings;
                    Ok(Read { codebase, analysis })
                }
                Err(problems) => Err(Failure { problems, codebase: Some(codebase) }),
            },
            Err(error) => Err(Failure { problems: vec![problem(error)], codebase: Some(codebase) }),
        }
    }

    /// How long tests took, where reports of a run are named.
    fn timings(&self, analysis: &Analysis) -> Result<Option<Vec<Timing>>, Vec<Problem>> {
        if self.options.junit.is_empty() {
            return Ok(None);
        }
        let runs = (self.parts.test_runs)(&self.options.junit)?;
        timings(&runs, &analysis.graph).map(Some)
    }

    /// The packages asked for.
    ///
    /// # Errors
    /// A usage problem for each name that is no package.
    pub fn scope(&self, analysis: &Analysis) -> Result<Scope, Vec<Problem>> {
        Scope::of(&self.options.packages, &analysis.workspace)
    }

    /// The rules of the configuration.
    ///
    /// # Errors
    /// What is wrong with the configuration.
    pub fn policy(&self, read: &Read) -> Result<Policy, Vec<Problem>> {
        (self.parts.rules)(&read.analysis, self.options.config.as_deref())
    }

    /// Judges what was read by the configuration.
    ///
    /// # Errors
    /// What is wrong with the configuration.
    pub fn judge(&self, read: &Read) -> Result<Judged, Vec<Problem>> {
        Ok(read.judge(&self.policy(read)?))
    }

    /// Judges what was read by the configuration and by the lints of the book.
    ///
    /// # Errors
    /// What is wrong with the configuration.
    pub fn judge_whole(&self, read: &Read) -> Result<Judged, Vec<Problem>> {
        Ok(read.judge_whole(&self.policy(read)?))
    }

    /// Reads the configuration and scores what was read by it.
    ///
    /// # Errors
    /// What is wrong with the configuration.
    pub fn score(&self, read: &Read) -> Result<(Scored, Policy), Vec<Problem>> {
        let policy = self.policy(read)?;
        Ok((score(&read.analysis, &policy, read.codebase.as_ref()), policy))
    }

    /// Reads the history of what was read, as far back as the configuration asks for.
    ///
    /// # Errors
    /// What is wrong with the configuration.
    pub fn history(&self, read: &Read) -> Result<Past, Vec<Problem>> {
        let policy = self.policy(read)?;
        let months = policy.model.section("check").table("cochange").number("months");
        Ok((self.parts.history)(Path::new(&read.analysis.workspace.root), months))
    }

    /// The scores that were saved for changes to be measured from, where the rules name some.
    ///
    /// # Errors
    /// When they cannot be read.
    pub fn saved(&self, policy: &Policy) -> Result<Option<Reference>, Problem> {
        policy.reference.as_ref().map(|saved| (self.parts.saved)(policy, saved)).transpose()
    }

    /// Writes the baseline of a workspace.
    ///
    /// # Errors
    /// Why it could not be written; the file is as it was.
    pub fn save(&self, root: &str, before: &Baseline, after: &Baseline) -> Result<Baseline, String> {
        (self.parts.save)(Path::new(root), self.options.config.as_deref(), before, after)
    }

    /// Writes a result. A reader that has had enough is no problem of ours.
    pub fn print(&mut self, text: &str) {
        let _ = self.out.write_all(text.as_bytes()).and_then(|()| self.out.flush());
    }

    /// Tells why a command ends early, in the format asked for; gives the exit code.
    pub fn fail(&mut self, failure: &Failure) -> u8 {
        let text_of = |path: &str| failure.codebase.as_ref().and_then(|codebase| codebase.text(path));
        match self.options.format {
            Some(Format::Json) => self.print(&json::failure(&failure.problems)),
            Some(Format::Sarif) => self.print(&sarif::failure(&failure.problems)),
            Some(Format::CargoJson) => {
                let text = cargo_json::failure(&failure.problems, &text_of, self.sheet);
                self.print(&text);
            }
            Some(Format::Github) => self.print(&github::problems(&failure.problems)),
            None if self.surroundings.reader == Reader::Actions => {
                let text = human::problems(&failure.problems, &text_of, self.err_sheet);
                self.complain(&github::harmless(&text));
                self.print(&github::problems(&failure.problems));
            }
            Some(Format::Short) => self.complain(&short::problems(&failure.problems)),
            _ => {
                let text = human::problems(&failure.problems, &text_of, self.err_sheet);
                self.complain(text.trim_end_matches('\n'));
                self.complain("\n");
            }
        }
        Verdict::Error.exit_code()
    }

    /// Tells what is missing under an answer; gives the exit code, which is only then not 0 when
    /// there was nothing to answer from.
    pub fn warn(&mut self, gaps: &Gaps) -> u8 {
        for reason in &gaps.reasons {
            self.complain(&format!("incomplete: {}\n", gap_line(reason)));
        }
        if gaps.modules == 0 { Verdict::Incomplete.exit_code() } else { 0 }
    }

    /// Writes to where problems go.
    pub fn complain(&mut self, text: &str) {
        let _ = self.err.write_all(text.as_bytes()).and_then(|()| self.err.flush());
    }
}

/// The page for a terminal of this width, or for none.
pub const fn sheet(paint: Paint, terminal: Option<usize>) -> Sheet {
    let width = match terminal {
        Some(width) if width < 60 => 60,
        Some(width) if width < 140 => width,
        Some(_) => 140,
        None => 100,
    };
    Sheet { paint, width }
}

/// A workspace that cannot be read, as a problem.
pub fn problem(error: ReadError) -> Problem {
    Problem {
        message: error.message,
        file: error.file,
        line: error.position.map(|(line, _)| line),
        column: error.position.map(|(_, column)| column),
        span: None,
        help: (!error.remedy.is_empty()).then_some(error.remedy),
    }
}
