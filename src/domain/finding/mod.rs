//! What is told to the user: findings with their sites, and how much of the code was seen.

pub mod evidence;

use crate::domain::graph::{Graph, Place};
pub use crate::domain::policy::level::Level;

/// Whether a finding counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum State {
    /// It counts.
    #[default]
    New,
    /// Accepted in the baseline.
    Baselined,
    /// Silenced in the code.
    Suppressed,
}

impl State {
    /// The word used in output.
    pub const fn word(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Baselined => "baselined",
            Self::Suppressed => "suppressed",
        }
    }
}

/// A place in a file of the workspace, resolved to lines and columns.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Site {
    /// Path relative to the workspace root, with `/`.
    pub file: String,
    /// Line of the first character, from 1.
    pub line: u32,
    /// Column of the first character in Unicode scalars, from 1.
    pub column: u32,
    /// Line of the character after the last, from 1.
    pub end_line: u32,
    /// Column of the character after the last, from 1.
    pub end_column: u32,
}

impl Site {
    /// The lines and columns of a place in a graph.
    pub fn at(graph: &Graph, place: Place) -> Self {
        let (file, start, end) = graph.locate(place);
        Self {
            file: file.to_owned(),
            line: start.line,
            column: start.column,
            end_line: end.line,
            end_column: end.column,
        }
    }
}

/// One step of a chain of dependencies.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hop {
    /// Id of the node that depends.
    pub from: String,
    /// Id of the node depended on.
    pub to: String,
    /// Where it is written.
    pub site: Site,
}

/// One breach of one rule: a module, what it should not depend on, and every place where it does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// Kebab-case name of the lint, or the rule's own name.
    pub rule: String,
    /// Hash of rule, from, to and item, as 16 hexadecimal digits: the same breach, however the
    /// lines move, has the same key.
    pub key: String,
    /// Its weight.
    pub level: Level,
    /// Whether it counts.
    pub state: State,
    /// What is wrong: lower case, no full stop.
    pub message: String,
    /// Id of the module (or package) at fault.
    pub from: String,
    /// Id of the module, crate or package it should not use.
    pub to: String,
    /// Id of the definition it names; empty where the breach is not about one.
    pub item: String,
    /// Every place, production code first, then by file and line; never empty.
    pub sites: Vec<Site>,
    /// The steps from `from` to `to` where the breach is indirect, or the way round a cycle.
    pub chain: Vec<Hop>,
    /// The dependencies without which a cycle is none, as from and to: what a baseline accepts in its
    /// place. Empty where the breach is no cycle.
    pub cut: Vec<(String, String)>,
    /// What it takes from the scores, in tenths of a point; 0 where no score sees it.
    pub cost: u32,
    /// Why the rule exists, in the words of those who declared it.
    pub because: Option<String>,
    /// What to do instead.
    pub instead: Option<String>,
}

/// How much of the code was seen and understood.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Coverage {
    /// Packages of the workspace.
    pub packages: u32,
    /// Crates (targets).
    pub crates: u32,
    /// Modules of all crates.
    pub modules: u32,
    /// Files read.
    pub files: u32,
    /// Lines in those files.
    pub lines: u64,
    /// Items.
    pub items: u32,
    /// References: path heads less locals, generics, primitives and `Self`.
    pub references: u32,
    /// Those that led to a definition or an external crate.
    pub resolved: u32,
    /// The rest, by reason, most first.
    pub unresolved: Vec<Unresolved>,
    /// Names that only code of build scripts can explain, which is never seen: not among the references.
    /// At most one entry.
    pub generated: Vec<Unresolved>,
    /// Macro calls whose arguments were only read as tokens, by macro, most first.
    pub opaque_macros: Vec<(String, u32)>,
    /// Files that no module declares: paths relative to the root.
    pub orphans: Vec<String>,
    /// Parts of files that could not be parsed, with their place and the reason.
    pub lost: Vec<Lost>,
    /// Modules whose file is missing, members that did not load: these make the run incomplete.
    pub missing: Vec<Lost>,
    /// External crates that are named but not declared, sorted by name, each with its first place.
    pub undeclared: Vec<(String, Site)>,
    /// What else the reader should know.
    pub notes: Vec<String>,
}

/// References that did not resolve for one reason.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unresolved {
    /// Kebab-case reason.
    pub reason: String,
    /// How many.
    pub count: u32,
    /// The largest groups by name: the name, how many, one place.
    pub groups: Vec<(String, u32, Site)>,
}

/// A piece of the workspace that could not be read.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Lost {
    /// Where it is, or where it is asked for.
    pub site: Site,
    /// Why: lower case, no full stop.
    pub reason: String,
}
