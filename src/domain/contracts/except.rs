//! Dependencies that a rule leaves alone.

use crate::domain::contracts::nodes::NodeSet;
use crate::domain::contracts::select::Ground;
use crate::domain::graph::{Edge, NodeId};
use crate::domain::policy::place::ConfigProblem;
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
