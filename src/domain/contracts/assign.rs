//! Puts each module into its layer: the longest literal prefix claims it.

use rustc_hash::FxHashMap;

use crate::domain::contracts::given::find_roles;
use crate::domain::contracts::layers::{Claim, LayerAssignment};
use crate::domain::contracts::select::Ground;
use crate::domain::graph::lift::ModuleGraph;
use crate::domain::graph::{Graph, NodeId};
use crate::domain::policy::Policy;
use crate::domain::policy::place::ConfigProblem;
use crate::domain::policy::selector::Selector;

/// What rules are judged on: a graph whose modules stand in their layers and have their roles.
pub(super) fn ground<'a>(
    graph: &'a Graph,
    lifted: &'a ModuleGraph,
    policy: &'a Policy,
    problems: &mut Vec<ConfigProblem>,
) -> Ground<'a> {
    let mut ground = Ground::new(graph, lifted, policy);
    ground.layers = assign(&ground, problems);
    ground.roles = find_roles(&ground, problems);
    ground
}

/// Assigns every module; a module that two layers claim alike is a problem.
fn assign(ground: &Ground, problems: &mut Vec<ConfigProblem>) -> LayerAssignment {
    let graph = ground.graph;
    let layers = &ground.policy.layers.list;
    let mut claims: Vec<Option<Claim>> = vec![None; graph.nodes.len()];
    let mut ties: Vec<Option<(Claim, Claim)>> = vec![None; graph.nodes.len()];
    for (layer, declared) in layers.iter().enumerate() {
        for (number, selector) in declared.modules.iter().enumerate() {
            for (id, depth) in named(ground, selector, problems) {
                let at = id.0 as usize;
                let strength = strength(selector, depth);
                let claim = Claim { layer, selector: number, strength };
                match claims[at] {
                    Some(known) if known.strength > strength => {}
                    Some(known) if known.strength == strength => {
                        if known.layer != layer {
                            ties[at] = Some((known, claim));
                        }
                    }
                    _ => {
                        claims[at] = Some(claim);
                        ties[at] = None;
                    }
                }
            }
        }
    }
    for id in graph.node_ids().filter(|id| !graph.is_module(*id)) {
        let parent = graph.node(id).parent;
        claims[id.0 as usize] =
            parent.and_then(|parent| claims[parent.0 as usize]).filter(|_| ground.is_product(id));
    }
    report_ties(ground, &ties, problems);
    let modules = || graph.node_ids().filter(|id| graph.is_module(*id) && ground.is_product(*id));
    let mut counts: Vec<(String, u32)> = layers.iter().map(|layer| (layer.name.clone(), 0)).collect();
    for claim in modules().filter_map(|id| claims[id.0 as usize]) {
        counts[claim.layer].1 += 1;
    }
    let unassigned = modules().filter(|id| claims[id.0 as usize].is_none() && !layers.is_empty()).collect();
    LayerAssignment { claims, unassigned, counts }
}

/// The production modules that a selector names, each with the depth of what was named itself;
/// problems where it names nothing or no module.
fn named(ground: &Ground, selector: &Selector, problems: &mut Vec<ConfigProblem>) -> Vec<(NodeId, usize)> {
    let graph = ground.graph;
    let set = ground.select(std::slice::from_ref(selector), problems);
    let mut depths: FxHashMap<NodeId, usize> = FxHashMap::default();
    let (mut named, mut modules) = (Vec::new(), 0);
    // Parents stand before their children, so what was named comes before what it holds.
    for id in set.iter().filter(|id| graph.is_module(*id)) {
        modules += 1;
        let above = graph.node(id).parent.and_then(|parent| depths.get(&parent).copied());
        let depth = above.unwrap_or_else(|| depth(graph, id));
        depths.insert(id, depth);
        if ground.is_product(id) {
            named.push((id, depth));
        }
    }
    if modules == 0 && set.iter().next().is_some() && !selector.optional {
        let message = format!("`{}` names no module, and layers are made of modules", selector.text);
        let help = "name the module that holds it".to_owned();
        problems.push(ConfigProblem::in_policy(ground.policy, selector.at, message, Some(help)));
    }
    named
}

fn depth(graph: &Graph, id: NodeId) -> usize {
    std::iter::successors(Some(id), |id| graph.node(*id).parent).count()
}

fn strength(selector: &Selector, depth: usize) -> (usize, usize, usize) {
    selector.pattern().map_or((0, 0, depth), |pattern| (pattern.weight(), usize::from(pattern.exact), depth))
}

/// One problem for each pair of selectors, with the first module both claim.
fn report_ties(ground: &Ground, ties: &[Option<(Claim, Claim)>], problems: &mut Vec<ConfigProblem>) {
    let layers = &ground.policy.layers.list;
    let mut told: Vec<(Claim, Claim)> = Vec::new();
    for (at, tie) in ties.iter().enumerate() {
        let Some((one, other)) = tie else { continue };
        let same = |(a, b): &(Claim, Claim)| {
            (a.layer, a.selector, b.layer, b.selector)
                == (one.layer, one.selector, other.layer, other.selector)
        };
        if told.iter().any(same) {
            continue;
        }
        told.push((*one, *other));
        let (first, second) = (&layers[one.layer], &layers[other.layer]);
        let (a, b) = (&first.modules[one.selector], &second.modules[other.selector]);
        let message = format!(
            "layers `{}` (`{}`) and `{}` (`{}`) both claim `{}`",
            first.name,
            a.text,
            second.name,
            b.text,
            ground.graph.id(NodeId(at as u32))
        );
        // The problem belongs to the user's own file: a preset yields to it.
        let at = if a.at.source == 0 && b.at.source != 0 { a.at } else { b.at };
        let help = Some("name more of the path in one of them: the longest literal prefix wins".to_owned());
        problems.push(ConfigProblem::in_policy(ground.policy, at, message, help));
    }
}
