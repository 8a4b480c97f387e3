//! Crates that are used through what others hand on: `tokio_rustls::rustls` is a use of `rustls`.

use crate::domain::graph::lift::ModuleGraph;
use crate::domain::graph::{Graph, NodeId};
use crate::domain::policy::Policy;
use crate::domain::policy::facades::Use;

/// Modules of production code that use a crate by the name of another, with that crate, and in how many
/// places.
pub(super) fn handed_on(graph: &Graph, lifted: &ModuleGraph, policy: &Policy) -> Vec<(NodeId, String, u32)> {
    let mut uses = Vec::new();
    for edge in graph.edges.iter().filter(|edge| !edge.test && graph.is_external(edge.to)) {
        let path = graph.external_path(edge.to);
        let path: Vec<&str> = path.split("::").collect();
        let defined = policy.facades.definition(&path, Use::Other).and_then(|path| path.first().cloned());
        if let Some(krate) = defined.filter(|krate| krate != path[0]) {
            uses.push((lifted.module_of(edge.from), krate, edge.site_count));
        }
    }
    uses
}
