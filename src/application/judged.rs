//! What the rules say about one graph, as the use cases read it.

use crate::application::score::Scored;
use crate::domain::finding::{Finding, Level};
use crate::domain::graph::{Graph, NodeId};
use crate::domain::policy::LintLevel;
use crate::domain::policy::baseline::{Baseline, Baselining};
use crate::domain::policy::facades::Facades;
use crate::domain::report::{Enforcement, Problem};

/// Findings, layers and rules of one run.
#[derive(Clone, Debug, Default)]
pub struct Judged {
    /// Breaches of the rules, in no order.
    pub findings: Vec<Finding>,
    /// Exceptions in the configuration that nothing makes use of; their level is that of the lint.
    pub idle: Vec<Finding>,
    /// What the graph shows to be wrong with the configuration, as a selector that matches nothing.
    pub problems: Vec<Problem>,
    /// Layers and who stands in them.
    pub layers: Layers,
    /// Which external crates hand on what others define.
    pub facades: Facades,
    /// The rules that are configured, in their order.
    pub rules: Vec<Rule>,
    /// How many rules were evaluated.
    pub evaluated: u32,
    /// Modules that some rule judges, counted for each rule.
    pub judged_modules: u32,
    /// Least share of references that must resolve, 0 to 1.
    pub min_resolved: Option<f64>,
    /// Whether there is a configuration whose findings fail the run.
    pub enforcement: Enforcement,
    /// What is accepted.
    pub baseline: Baseline,
    /// Levels of built-in rules as configured.
    pub lints: Vec<LintLevel>,
    /// The scores; none where nobody asked for them.
    pub scored: Option<Scored>,
}

/// A rule as the configuration states it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rule {
    /// Its own name.
    pub name: String,
    /// Its kind: the name of a page of documentation.
    pub kind: String,
    /// Its weight.
    pub level: Level,
    /// Whether breaches may be accepted.
    pub baselining: Baselining,
    /// Why it exists.
    pub because: Option<String>,
    /// What to do instead.
    pub instead: Option<String>,
    /// Selectors of those who may use what it protects; empty for other rules.
    pub may_use: Vec<String>,
    /// Selectors of all that those it binds may use; empty where it lists none.
    pub may_be_used: Vec<String>,
}

/// The layers, and the layer of each module.
#[derive(Clone, Debug, Default)]
pub struct Layers {
    /// Names, outermost first, those without a place in the order last.
    pub names: Vec<String>,
    /// For each name its rank, from 0 outside; none for layers that every other may use. Layers of
    /// one rank stand side by side.
    pub ranks: Vec<Option<usize>>,
    /// For each node of the graph its layer; modules without one, items and external nodes have none.
    pub of: Vec<Option<Membership>>,
    /// For each name the other layers it may use.
    pub may_use: Vec<Vec<usize>>,
    /// Modules that should stand in a layer and do not, in order of nodes.
    pub unassigned: Vec<NodeId>,
}

/// That a module belongs to a layer, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Membership {
    /// Index in [`Layers::names`].
    pub layer: usize,
    /// The selector that claims the module; empty where that is not known.
    pub selector: String,
}

impl Layers {
    /// Whether any are configured.
    pub fn is_empty(&self) -> bool {
        self.names.is_empty()
    }

    /// The membership of the module that holds a node.
    pub fn member(&self, graph: &Graph, node: NodeId) -> Option<&Membership> {
        let module = graph.module_of(node);
        self.of.get(module.0 as usize)?.as_ref()
    }

    /// Whether the layers speak of the module that holds a node: it stands in one, or should.
    pub fn concern(&self, graph: &Graph, node: NodeId) -> bool {
        let module = graph.module_of(node);
        self.member(graph, node).is_some() || self.unassigned.binary_search(&module).is_ok()
    }

    /// Whether a dependency between two layers runs against the order: an inner one names an outer.
    pub fn is_against(&self, from: Option<usize>, to: Option<usize>) -> bool {
        let rank = |layer: Option<usize>| layer.and_then(|layer| self.ranks.get(layer).copied().flatten());
        rank(from).zip(rank(to)).is_some_and(|(from, to)| from > to)
    }

    /// Name of the layer of the module that holds a node.
    pub fn name(&self, graph: &Graph, node: NodeId) -> Option<&str> {
        self.member(graph, node).and_then(|member| self.names.get(member.layer)).map(String::as_str)
    }
}
