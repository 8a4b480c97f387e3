//! Rules beyond the order of layers.

use crate::domain::policy::baseline::Baselining;
use crate::domain::policy::crates::CrateList;
use crate::domain::policy::level::Level;
use crate::domain::policy::place::At;
use crate::domain::policy::selector::{Selector, SelectorKind};

/// A rule the user declares.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rule {
    /// Its name, unique.
    pub name: String,
    /// Where it is declared.
    pub at: At,
    /// What it says.
    pub kind: RuleKind,
    /// Weight of a breach.
    pub level: Level,
    /// Which dependencies are judged.
    pub scope: Scope,
    /// What may be done all the same.
    pub except: Vec<Exception>,
    /// Why it exists.
    pub because: Option<String>,
    /// What to do instead.
    pub instead: Option<String>,
    /// Whether breaches may be accepted.
    pub baselining: Baselining,
    /// Dependencies it must stop or let through.
    pub tests: Vec<RuleTest>,
}

impl Rule {
    /// Whether any of its selectors names modules by their role.
    pub fn names_roles(&self) -> bool {
        let lists: Vec<&[Selector]> = match &self.kind {
            RuleKind::Forbid { from, to } | RuleKind::Only { from, to } => vec![from, to],
            RuleKind::Protect { target, only } => vec![target, only],
            RuleKind::Independent { of } => vec![of],
            RuleKind::Acyclic { within, .. } => vec![within],
            RuleKind::Crates { from, .. } => vec![from],
        };
        let excepted = self.except.iter().flat_map(|one| one.from.iter().chain([&one.to]));
        let mut all = lists.into_iter().flatten().chain(excepted);
        all.any(|selector| matches!(selector.kind, SelectorKind::Role(_)))
    }
}

/// What a rule says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RuleKind {
    /// `from` must not use `to`.
    Forbid {
        /// Who.
        from: Vec<Selector>,
        /// Whom.
        to: Vec<Selector>,
    },
    /// `from` may use only itself and `to`. Crates are judged only where `to` names any.
    Only {
        /// Who.
        from: Vec<Selector>,
        /// Whom.
        to: Vec<Selector>,
    },
    /// `target` may be used only by itself and `only`.
    Protect {
        /// Whom.
        target: Vec<Selector>,
        /// Who.
        only: Vec<Selector>,
    },
    /// What differs in a captured name must not meet; several selectors without captures likewise.
    Independent {
        /// The parts.
        of: Vec<Selector>,
    },
    /// No part may depend on itself by way of others.
    Acyclic {
        /// Where to look.
        within: Vec<Selector>,
        /// What the parts are.
        by: Grain,
    },
    /// `from` may use only some crates.
    Crates {
        /// Who.
        from: Vec<Selector>,
        /// Which crates.
        list: CrateList,
    },
}

/// What the parts of an acyclic whole are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Grain {
    /// Child modules of one parent, each with all it holds, at every depth.
    #[default]
    Siblings,
    /// Single modules.
    Modules,
    /// Crates of the workspace.
    Crates,
    /// Layers.
    Layers,
}

/// Which dependencies a rule judges.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Scope {
    /// Direct ones, or chains of any length too.
    pub via: Via,
    /// Only those written in these ways (words of edge kinds); all where empty.
    pub kinds: Vec<String>,
    /// Test code or not.
    pub tests: Tests,
}

/// How far a rule looks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Via {
    /// At what code names itself.
    #[default]
    Direct,
    /// At what it reaches through others too.
    Any,
}

/// Whether test code is judged.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tests {
    /// It may do as it likes.
    #[default]
    Ignored,
    /// Like production code.
    Judged,
}

/// A dependency that a rule leaves alone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Exception {
    /// Only from here; from anywhere where none.
    pub from: Option<Selector>,
    /// What is named, or the facade it is named through.
    pub to: Selector,
}

/// A dependency that a rule must stop or let through.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RuleTest {
    /// Id of the module that depends.
    pub from: String,
    /// Id of what it names.
    pub to: String,
    /// What must happen.
    pub expect: Expectation,
    /// Where it is declared.
    pub at: At,
}

/// What must happen to a planted dependency.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Expectation {
    /// The rule reports it.
    Deny,
    /// The rule stays silent.
    Allow,
}
