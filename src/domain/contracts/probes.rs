//! Would the rules catch it? Plausible breaches, planted one by one.

pub use crate::domain::contracts::plans::Route;

use std::collections::BTreeMap;

use crate::domain::contracts::assign::ground;
use crate::domain::contracts::bench::{Bench, told};
use crate::domain::contracts::plans::{Plan, Through, plans};
use crate::domain::contracts::{judge_cast, judge_workspace};
use crate::domain::graph::lift;
use crate::domain::graph::plant::{Garden, NEUTRAL, PLANTED};
use crate::domain::graph::{Graph, NodeId, NodeKind};
use crate::domain::policy::Policy;
use crate::domain::policy::role::Role;
use crate::domain::source::workspace::Workspace;

/// A dependency that was planted, and what the rules said.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Probe {
    /// The layer that depends.
    pub from_layer: String,
    /// The layer or external crate depended on.
    pub to_layer: String,
    /// How the dependency is written.
    pub route: Route,
    /// Id of the module it was planted in.
    pub from: String,
    /// Id of what it was planted to.
    pub to: String,
    /// Id of the facade or of the neutral module; empty where it is direct.
    pub through: String,
    /// Rules that stop it, sorted; empty where none does.
    pub stopped_by: Vec<String>,
}

/// Plants every dependency between two layers that points against their order, and from each layer to
/// every external technology that only layers outside of it use; each by itself, in each way.
///
/// Between crates cargo allows no way back, and within a layer nothing is forbidden, so that these are
/// not planted. With `roles`, by place in the graph, rules that name roles see what was inferred; without,
/// only what is declared.
pub fn probe(
    workspace: &Workspace,
    graph: &Graph,
    policy: &Policy,
    roles: Option<&[Option<Role>]>,
) -> Vec<Probe> {
    let judgement = match roles {
        Some(roles) => judge_cast(workspace, graph, policy, roles.to_vec()),
        None => judge_workspace(workspace, graph, policy),
    };
    let known = told(&judgement.findings);
    let plans = plans(graph, policy, &lift::modules(graph), &judgement.layers);
    // Which selectors name a thing does not depend on what else is planted, so all of it is at once.
    let mut bed = Bed { graph, garden: Garden::of(graph), fresh: BTreeMap::new(), items: BTreeMap::new() };
    let beds: Vec<Planted> = plans.iter().map(|plan| bed.plant(plan)).collect();
    let planted = bed.garden.graph();
    let lifted = lift::modules(planted);
    let mut ground = ground(planted, &lifted, policy, &mut Vec::new());
    if let Some(roles) = roles {
        ground.roles = cast(planted, roles);
    }
    let bench = Bench::new(&ground, graph.edges.len() as u32, &known, &judgement.layers.unassigned);
    let tried = plans.into_iter().zip(beds).map(|(plan, one)| Probe {
        from: planted.id(plan.source),
        to: planted.id(one.target),
        through: one.through.map(|id| planted.id(id)).unwrap_or_default(),
        stopped_by: bench.stopped_by(&one.edges, one.fresh).into_iter().collect(),
        from_layer: plan.from_layer,
        to_layer: plan.to_layer,
        route: plan.route,
    });
    tried.collect()
}

/// The roles of a graph in which things are planted: a thing plays the part of the module it is planted
/// in, a module that is planted plays none.
fn cast(planted: &Graph, roles: &[Option<Role>]) -> Vec<Option<Role>> {
    let mut all = roles.to_vec();
    for node in planted.nodes.iter().skip(roles.len()) {
        let home = node.parent.filter(|_| matches!(node.kind, NodeKind::Item(_)));
        all.push(home.and_then(|home| all.get(home.0 as usize).copied().flatten()));
    }
    all
}

/// A graph that everything is planted in; what is planted at one place is shared.
struct Bed<'a> {
    graph: &'a Graph,
    garden: Garden,
    fresh: BTreeMap<NodeId, NodeId>,
    items: BTreeMap<NodeId, NodeId>,
}

/// What was planted for one plan.
struct Planted {
    target: NodeId,
    through: Option<NodeId>,
    /// The module that was planted for it.
    fresh: Option<NodeId>,
    edges: Vec<u32>,
}

impl Bed<'_> {
    fn plant(&mut self, plan: &Plan) -> Planted {
        let (source, home, garden) = (plan.source, plan.home, &mut self.garden);
        let (through, fresh) = match plan.through {
            Some(Through::There(id)) => (Some(id), None),
            Some(Through::Fresh(root)) => {
                let fresh = *self.fresh.entry(root).or_insert_with(|| garden.module(root, NEUTRAL));
                (Some(fresh), Some(fresh))
            }
            None => (None, None),
        };
        let external = self.graph.is_external(home);
        let target = *self.items.entry(home).or_insert_with(|| match external {
            true => garden.external(home, PLANTED),
            false => garden.item(home, PLANTED),
        });
        let edges = match (plan.route, through) {
            (Route::Neutral, Some(neutral)) => {
                [garden.edge(source, neutral, None), garden.edge(neutral, target, None)]
            }
            (_, via) => [garden.edge(source, target, via), None],
        };
        Planted { target, through, fresh, edges: edges.into_iter().flatten().collect() }
    }
}
