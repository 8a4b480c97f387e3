//! Would my rules catch it? What was planted, and what no rule stops.

use crate::application::analyse::Analysis;
use crate::application::casting::cast;
use crate::domain::contracts::probes::{Probe, probe};
use crate::domain::policy::Policy;
use crate::domain::policy::rules::Rule;

/// What was planted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Trial {
    /// Everything that was planted, by layers and route.
    pub probes: Vec<Probe>,
    /// Whether there are layers to plant between.
    pub layers: usize,
}

impl Trial {
    /// What no rule stops.
    pub fn gaps(&self) -> impl Iterator<Item = &Probe> {
        self.probes.iter().filter(|probe| probe.stopped_by.is_empty())
    }
}

/// Plants plausible breaches in a workspace.
pub fn try_rules(analysis: &Analysis, policy: &Policy) -> Trial {
    let graph = &analysis.graph;
    let roles = policy.rules.iter().any(Rule::names_roles).then(|| cast(analysis, policy).roles(graph));
    let mut probes = probe(&analysis.workspace, graph, policy, roles.as_deref());
    probes.sort();
    Trial { probes, layers: policy.layers.list.len() }
}
