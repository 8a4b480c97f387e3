//! Roles that are said, not inferred.

use rustc_hash::FxHashMap;

use crate::domain::graph::NodeId;
use crate::domain::policy::role::Role;
use crate::domain::roles::Tag;

/// What the configuration says of the roles of modules.
#[derive(Clone, Debug, Default)]
pub struct Declared {
    /// Under `[roles]`, by module.
    pub by_hand: FxHashMap<NodeId, Given>,
    /// By the layer of a module.
    pub by_layer: FxHashMap<NodeId, Given>,
}

/// A role that is given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Given {
    /// The role.
    pub role: Role,
    /// What else is said, sorted.
    pub tags: Vec<Tag>,
    /// By what: lower case, no full stop.
    pub why: String,
}
