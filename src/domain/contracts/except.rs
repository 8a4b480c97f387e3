//! Dependencies that a rule leaves alone.

use crate::domain::contracts::LAYERS;
use crate::domain::contracts::nodes::NodeSet;
use crate::domain::contracts::select::Ground;
use crate::domain::graph::{Edge, NodeId};
use crate::domain::policy::place::{At, ConfigProblem};
use crate::domain::policy::rules::Exception;

/// The exceptions of one rule, read against the graph.
pub(super) struct Exceptions(Vec<(Option<NodeSet>, NodeSet)>);

impl Exceptions {
    pub(super) fn new(ground: &Ground, except: &[Exception], problems: &mut Vec<ConfigProblem>) -> Self {
        let mut select = |selector| ground.select(std::slice::from_ref(selector), problems);
        let sets =
            except.iter().map(|exception| (exception.from.as_ref().map(&mut select), select(&exception.to)));
        Self(sets.collect())
    }

    /// Whether a dependency is left alone: its target is excepted, or the facade it was named through.
    pub(super) fn cover(&self, edge: &Edge) -> bool {
        self.0.iter().any(|(from, to)| {
            let named = |target: NodeId| {
                to.contains(target)
                    && from
                        .as_ref()
                        .is_none_or(|from| from.contains(edge.from) && from.agrees(edge.from, to, target))
            };
            named(edge.to) || edge.via.is_some_and(named)
        })
    }
}

/// An exception that nothing makes use of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Idle {
    /// The rule that has it.
    pub rule: String,
    /// As it is written.
    pub text: String,
    /// Where it is written.
    pub at: At,
}

/// The exceptions to which no dependency is one. Those that may match nothing are left out.
pub(super) fn idle(ground: &Ground) -> Vec<Idle> {
    let policy = ground.policy;
    let of_layers = policy.layers.except.iter().map(|exception| (LAYERS, exception));
    let of_rules =
        policy.rules.iter().flat_map(|rule| rule.except.iter().map(|one| (rule.name.as_str(), one)));
    let stated = of_layers.chain(of_rules).filter(|(_, exception)| !exception.to.optional);
    stated
        .filter(|(_, exception)| {
            let read = Exceptions::new(ground, std::slice::from_ref(exception), &mut Vec::new());
            !ground.graph.edges.iter().any(|edge| read.cover(edge))
        })
        .map(|(rule, Exception { from, to })| Idle {
            rule: rule.to_owned(),
            text: match from {
                Some(from) => format!("{} -> {}", from.text, to.text),
                None => to.text.clone(),
            },
            at: to.at,
        })
        .collect()
}
