//! What was asked: layers, rules, levels, the crate catalogue and the causal model, as plain data.
//!
//! Nothing in here knows TOML; positions are numbers that lead back into the file.

pub mod arithmetic;
pub mod baseline;
pub mod catalogue;
pub mod constants;
pub mod crates;
pub mod day;
pub mod facades;
pub mod gates;
pub mod kind;
pub mod layers;
pub mod level;
pub mod lints;
pub mod model;
pub mod overrides;
pub mod pattern;
pub mod place;
pub mod renamed;
pub mod role;
pub mod rules;
pub mod selector;
pub mod suggest;
pub mod unplaced;

use std::sync::Arc;

use crate::domain::policy::baseline::Baseline;
use crate::domain::policy::catalogue::Catalogue;
use crate::domain::policy::facades::Facades;
use crate::domain::policy::gates::{Gate, Saved};
use crate::domain::policy::layers::Layers;
use crate::domain::policy::level::Level;
use crate::domain::policy::model::Parameters;
use crate::domain::policy::overrides::Override;
use crate::domain::policy::place::At;
use crate::domain::policy::role::Role;
use crate::domain::policy::rules::Rule;
use crate::domain::policy::selector::Selector;
use crate::domain::source::docs::Docs;
use crate::domain::source::workspace::Workspace;

/// Everything a configuration asks for. The default asks for nothing.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Policy {
    /// Names of the files that [`At::source`] counts.
    pub sources: Vec<String>,
    /// The preset that was refined, if one was.
    pub preset: Option<String>,
    /// Layers and who may use whom.
    pub layers: Layers,
    /// Rules, in order of declaration; names are unique.
    pub rules: Vec<Rule>,
    /// Levels of lints by name, in order of declaration.
    pub lints: Vec<LintLevel>,
    /// Roles given by hand, in order of declaration.
    pub roles: Vec<RoleEntry>,
    /// What external crates are, overrides applied.
    pub catalogue: Catalogue,
    /// Which external crates hand on what others define.
    pub facades: Facades,
    /// The causal model, overrides applied.
    pub model: Arc<Parameters>,
    /// Floors for scores, in order of declaration.
    pub gates: Vec<Gate>,
    /// What changes of scores are measured from where no revision is named.
    pub reference: Option<Saved>,
    /// How the analysis is to be done.
    pub analysis: Analysis,
    /// Levels set on the command line, in their order.
    pub overrides: Vec<Override>,
    /// Breaches that are accepted.
    pub baseline: Baseline,
}

impl Policy {
    /// Keeps to what this workspace is built of.
    pub fn fit(&mut self, workspace: &Workspace) {
        let libraries = workspace.locked.as_ref().map(|packages| {
            packages.iter().map(|package| self.catalogue.library(package)).collect::<Vec<String>>()
        });
        self.facades.keep_built(libraries.as_deref());
    }

    /// Whether any contract is declared, so that a run must check something.
    pub fn has_contracts(&self) -> bool {
        !self.rules.is_empty() || !self.layers.list.is_empty()
    }
}

/// The level of one lint.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LintLevel {
    /// Kebab-case name of the lint.
    pub name: String,
    /// Its level.
    pub level: Level,
    /// Where the name stands.
    pub at: At,
}

/// A role given by hand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RoleEntry {
    /// The modules.
    pub modules: Selector,
    /// Their role.
    pub role: Role,
    /// Further marks, such as `read_side`.
    pub tags: Vec<String>,
    /// Where it is said.
    pub at: At,
}

/// How the analysis is to be done.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Analysis {
    /// Share of references that must resolve for the run to count, in percent.
    pub min_resolved: Option<f64>,
    /// What is read of documentation.
    pub docs: Docs,
}
