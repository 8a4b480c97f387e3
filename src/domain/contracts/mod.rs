//! The rules the user declares, judged on the graph: a graph and a policy in, findings out.

mod acyclic;
mod assign;
mod bench;

pub mod cast;
mod chains;
mod declared;
mod engine;
mod except;
mod given;
mod handed;
pub mod key;
pub mod layers;
mod lists;
pub mod manifest;
mod nodes;
mod order;
mod plans;
mod planted;
pub mod probes;
pub mod proposal;
mod relations;
mod select;
mod unassigned;

pub use crate::domain::contracts::except::Idle;
pub use crate::domain::contracts::key::key;

use crate::domain::contracts::acyclic::Acyclic;
use crate::domain::contracts::assign::ground;
use crate::domain::contracts::engine::Case;
use crate::domain::contracts::layers::LayerAssignment;
use crate::domain::contracts::select::Ground;
use crate::domain::finding::Finding;
use crate::domain::graph::Graph;
use crate::domain::graph::lift::ModuleGraph;
use crate::domain::policy::Policy;
use crate::domain::policy::place::ConfigProblem;
use crate::domain::policy::role::Role;
use crate::domain::policy::rules::Rule;
use crate::domain::source::workspace::Workspace;

/// Rule name of breaches of the order of layers.
pub const LAYERS: &str = "layers";
/// Rule name of breaches of a layer's crate list.
pub const LAYER_CRATES: &str = "layer-crates";
/// Rule name of modules that no layer claims.
pub const UNASSIGNED: &str = "unassigned";
/// Names that rules of the user may not take.
pub const RESERVED: [&str; 3] = [LAYERS, LAYER_CRATES, UNASSIGNED];

/// What the contracts say about a graph.
#[derive(Clone, Debug, Default)]
pub struct Judgement {
    /// Breaches, sorted by place and rule; those at level `allow` are left out.
    pub findings: Vec<Finding>,
    /// Faults of the configuration that only show against the code, sorted: nothing selected, two
    /// layers that claim one module, a rule test that fails. They end the run with exit code 2.
    pub problems: Vec<ConfigProblem>,
    /// Exceptions that nothing makes use of.
    pub idle: Vec<Idle>,
    /// The layer of each module.
    pub layers: LayerAssignment,
    /// How much was judged.
    pub evaluated: Evaluated,
}

/// How much was judged, so that a run that checked nothing can be told.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Evaluated {
    /// Contracts that were judged: rules, the order of layers, crate lists.
    pub contracts: u32,
    /// Contracts that had any dependency to judge.
    pub effective: u32,
    /// Modules that some contract judges, counted for each contract.
    pub modules: u32,
    /// Dependencies that were looked at, counted for each contract.
    pub edges: u32,
}

/// Judges a graph by a policy.
pub fn judge(graph: &Graph, policy: &Policy) -> Judgement {
    judge_workspace(&Workspace::default(), graph, policy)
}

/// Judges a graph and the manifests it belongs to by a policy.
pub fn judge_workspace(workspace: &Workspace, graph: &Graph, policy: &Policy) -> Judgement {
    if !policy.has_contracts() {
        return Judgement::default();
    }
    judge_on(workspace, graph, &crate::domain::graph::lift::modules(graph), policy, None)
}

/// Judges like [`judge_workspace`], with the role of each node as it was inferred, by its place in the
/// graph.
pub fn judge_cast(
    workspace: &Workspace,
    graph: &Graph,
    policy: &Policy,
    roles: Vec<Option<Role>>,
) -> Judgement {
    judge_on(workspace, graph, &crate::domain::graph::lift::modules(graph), policy, Some(roles))
}

fn judge_on(
    workspace: &Workspace,
    graph: &Graph,
    lifted: &ModuleGraph,
    policy: &Policy,
    roles: Option<Vec<Option<Role>>>,
) -> Judgement {
    let mut problems = Vec::new();
    let mut ground = ground(graph, lifted, policy, &mut problems);
    if let Some(roles) = roles {
        ground.roles = roles;
    }
    let mut judgement = Judgement::default();
    unassigned::check(&ground, &ground.layers.unassigned, &mut judgement);
    for case in order::cases(&ground, &mut problems) {
        check_case(&case, &mut judgement);
    }
    planted::check_layers(graph, policy, &mut problems);
    for rule in &policy.rules {
        check_rule(&ground, rule, &mut judgement, &mut problems);
        planted::check(graph, policy, rule, &mut problems);
    }
    declared::check(&ground, workspace, &mut judgement, &mut problems);
    problems.sort();
    problems.dedup();
    judgement.problems = problems;
    judgement.idle = except::idle(&ground);
    judgement.layers = ground.layers;
    sort(&mut judgement.findings);
    judgement
}

fn check_rule<'a>(
    ground: &'a Ground<'a>,
    rule: &'a Rule,
    judgement: &mut Judgement,
    problems: &mut Vec<ConfigProblem>,
) {
    if let Some(acyclic) = Acyclic::new(ground, rule, problems) {
        acyclic.judge(judgement);
    } else if let Some(case) = relations::case(ground, rule, problems) {
        check_case(&case, judgement);
    }
}

fn check_case(case: &Case, judgement: &mut Judgement) {
    let edges = case.judge(judgement);
    if case.judges_chains() {
        chains::judge(case, edges, judgement);
    }
}

fn sort(findings: &mut [Finding]) {
    fn order(finding: &Finding) -> impl Ord + '_ {
        let place = finding.sites.first().map(|site| (&*site.file, site.line, site.column));
        (place, &*finding.rule, &*finding.from, &*finding.to, &*finding.item)
    }
    findings.sort_by(|a, b| order(a).cmp(&order(b)));
}
