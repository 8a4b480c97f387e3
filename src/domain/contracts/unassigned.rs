//! Modules that no layer claims.

use crate::domain::contracts::engine::{Terms, finding, push};
use crate::domain::contracts::key::key;
use crate::domain::contracts::select::Ground;
use crate::domain::contracts::{Judgement, UNASSIGNED};
use crate::domain::finding::{Finding, Site};
use crate::domain::graph::{NodeId, Place};
use crate::domain::source::span::Span;

/// One finding for each of the modules that no layer claims, given in their order; those below it are
/// counted with it.
pub(super) fn check(ground: &Ground, unassigned: &[NodeId], judgement: &mut Judgement) {
    let graph = ground.graph;
    let mut top: Vec<(NodeId, u32)> = Vec::new();
    // The topmost unassigned module above each module, as an index into `top`.
    let mut home: Vec<Option<usize>> = vec![None; graph.nodes.len()];
    for id in unassigned {
        let above = graph.node(*id).parent.and_then(|parent| home[parent.0 as usize]);
        match above {
            Some(at) => top[at].1 += 1,
            None => top.push((*id, 0)),
        }
        home[id.0 as usize] = above.or(Some(top.len() - 1));
    }
    for (id, below) in top {
        let name = graph.id(id);
        let message = match below {
            0 => format!("module `{name}` belongs to no layer"),
            1 => format!("module `{name}` and one below it belong to no layer"),
            _ => format!("module `{name}` and {below} below it belong to no layer"),
        };
        let terms = Terms {
            level: ground.policy.layers.unassigned,
            because: Some("code outside every layer is bound by no rule".to_owned()),
            instead: Some(format!(
                "add `{name}` to the `modules` of a layer, or set `unassigned = \"warn\"`"
            )),
        };
        let node = graph.node(id);
        // A module with a file of its own is shown where that begins, not as a whole.
        let span = if node.name_span == node.span {
            Span::new(node.span.start, node.span.start)
        } else {
            node.name_span
        };
        let sites = node.file.map(|file| Site::at(graph, Place { file, span })).into_iter().collect();
        let key = key(UNASSIGNED, &name, "", "");
        let found = finding(graph, UNASSIGNED, (id, id, None), message, sites, Vec::new(), terms);
        push(ground.policy, judgement, Finding { to: String::new(), key, ..found });
    }
}
