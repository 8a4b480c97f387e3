//! Layers: which modules, in which order, with which crates.

use crate::domain::policy::baseline::Baselining;
use crate::domain::policy::crates::CrateList;
use crate::domain::policy::level::Level;
use crate::domain::policy::place::At;
use crate::domain::policy::role::Role;
use crate::domain::policy::rules::{Exception, RuleTest, Scope};
use crate::domain::policy::selector::Selector;

/// All layers and how they may use each other.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Layers {
    /// Layers, in order of declaration; names are unique.
    pub list: Vec<Layer>,
    /// Ranks from the outermost in, each the indices in `list` of layers side by side.
    pub order: Vec<Vec<usize>>,
    /// Which of the inner layers a layer may use.
    pub access: Access,
    /// What becomes of modules that no layer claims.
    pub unassigned: Level,
    /// Weight of a breach of the order.
    pub level: Level,
    /// Which dependencies are judged.
    pub scope: Scope,
    /// What may be done all the same.
    pub except: Vec<Exception>,
    /// Why the order is so.
    pub because: Option<String>,
    /// What to do instead.
    pub instead: Option<String>,
    /// Whether breaches may be accepted.
    pub baselining: Baselining,
    /// Dependencies that the layers must stop or let through.
    pub tests: Vec<RuleTest>,
    /// Where the layers are declared.
    pub at: At,
}

/// Which of the inner layers a layer may use.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Access {
    /// All that come after it.
    #[default]
    Open,
    /// Only the one that comes next.
    Closed,
}

/// One layer.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Layer {
    /// Its name.
    pub name: String,
    /// Where it is declared.
    pub at: At,
    /// Its modules.
    pub modules: Vec<Selector>,
    /// The crates it may or may not use.
    pub crates: CrateList,
    /// Overrides [`Layers::access`] for what this layer may use.
    pub access: Option<Access>,
    /// Whether every layer may use it, wherever it stands.
    pub shared: bool,
    /// The role of its modules.
    pub role: Option<Role>,
    /// Overrides the weight of a breach from this layer.
    pub level: Option<Level>,
    /// Why it is kept apart.
    pub because: Option<String>,
    /// What to do instead.
    pub instead: Option<String>,
}

impl Layer {
    /// The role of its modules: as declared, else by its name.
    pub fn role(&self) -> Option<Role> {
        self.role.or_else(|| Role::from_word(&self.name))
    }
}

impl Layers {
    /// The layer with this name.
    pub fn named(&self, name: &str) -> Option<usize> {
        self.list.iter().position(|layer| layer.name == name)
    }
}
