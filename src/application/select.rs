//! Names a user types, and the nodes of the graph they mean.

use std::borrow::Cow;

use crate::application::judged::Layers;
use crate::application::suggest::nearest;
use crate::domain::graph::{Graph, NodeId, NodeKind};
use crate::domain::report::Problem;

/// What a name means: a node and all below it, or every module of a layer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Selection {
    /// The name in full: the id of the node, or `layer:NAME`.
    pub name: String,
    /// The node itself; none for a layer.
    pub node: Option<NodeId>,
    /// For each node of the graph whether it is meant.
    pub members: Vec<bool>,
}

impl Selection {
    /// Whether a node is meant.
    pub fn has(&self, node: NodeId) -> bool {
        self.members.get(node.0 as usize).copied().unwrap_or(false)
    }
}

/// A name as it is asked for: ids of what lies outside start with `ext:`, people write `crate:sqlx` and
/// `std::fs`.
pub fn said(id: &str) -> Cow<'_, str> {
    match id.strip_prefix("ext:") {
        None => Cow::Borrowed(id),
        Some(path) if matches!(path.split("::").next(), Some("std" | "core" | "alloc")) => {
            Cow::Borrowed(path)
        }
        Some(path) => Cow::Owned(format!("crate:{path}")),
    }
}

/// Looks a name up: a module or item id or the unique end of one, `crate:NAME` and `ext:NAME` for an
/// external crate, a path into one such as `std::fs`, `layer:NAME`.
///
/// # Errors
/// A usage problem with a suggestion where nothing or more than one thing has that name.
pub fn select(graph: &Graph, layers: &Layers, name: &str) -> Result<Selection, Problem> {
    if let Some(layer) = name.strip_prefix("layer:") {
        return select_layer(graph, layers, layer);
    }
    let wanted = normal(name);
    let ids: Vec<String> = graph.node_ids().map(|node| graph.id(node)).collect();
    let node = find(graph, &ids, &wanted).map_err(|candidates| unclear(name, &wanted, &ids, &candidates))?;
    let mut members = vec![false; graph.nodes.len()];
    members[node.0 as usize] = true;
    // A parent always stands before its children.
    for id in graph.node_ids() {
        if let Some(parent) = graph.node(id).parent
            && members[parent.0 as usize]
        {
            members[id.0 as usize] = true;
        }
    }
    Ok(Selection { name: ids[node.0 as usize].clone(), node: Some(node), members })
}

/// All modules of a layer.
fn select_layer(graph: &Graph, layers: &Layers, layer: &str) -> Result<Selection, Problem> {
    if !layers.names.iter().any(|name| name == layer) {
        let known = layers.names.iter().map(String::as_str);
        let help = match nearest(layer, known) {
            Some(found) => format!("did you mean `layer:{found}`?"),
            None if layers.is_empty() => "declare layers in `archlint.toml`".to_owned(),
            None => format!("name one of: {}", layers.names.join(", ")),
        };
        return Err(Problem::usage(format!("no layer `{layer}` is configured"), help));
    }
    let members = graph
        .node_ids()
        .map(|node| !graph.is_external(node) && layers.name(graph, node) == Some(layer))
        .collect();
    Ok(Selection { name: format!("layer:{layer}"), node: None, members })
}

/// A name as ids spell it: `crate:x` is `ext:x`, and crates are written with `_`.
fn normal(name: &str) -> String {
    let name = name.trim().trim_end_matches("::");
    let name = name.strip_prefix("=").unwrap_or(name);
    let (root, rest) = name.split_once("::").map_or((name, None), |(root, rest)| (root, Some(rest)));
    let root = match root.strip_prefix("crate:") {
        Some(external) => format!("ext:{external}"),
        None => root.to_owned(),
    };
    // A package in `build@some-package` keeps its own spelling.
    let root = if root.contains('@') { root } else { root.replace('-', "_") };
    rest.map_or(root.clone(), |rest| format!("{root}::{rest}"))
}

/// The node with this id, else the only one whose id ends in it; else those that compete.
fn find(graph: &Graph, ids: &[String], wanted: &str) -> Result<NodeId, Vec<usize>> {
    let exact = |text: &str| ids.iter().position(|id| id == text);
    if let Some(at) = exact(wanted).or_else(|| exact(&format!("ext:{wanted}"))) {
        return Ok(NodeId(at as u32));
    }
    let ending = wanted.strip_prefix("crate::").unwrap_or(wanted);
    let tail = format!("::{ending}");
    let ends: Vec<usize> = (0..ids.len()).filter(|at| ids[*at].ends_with(&tail)).collect();
    let inside: Vec<usize> =
        ends.iter().copied().filter(|at| !graph.is_external(NodeId(*at as u32))).collect();
    let modules: Vec<usize> =
        inside.iter().copied().filter(|at| matches!(graph.nodes[*at].kind, NodeKind::Module(_))).collect();
    for group in [&modules, &inside, &ends] {
        match group.as_slice() {
            [] => {}
            [only] => return Ok(NodeId(*only as u32)),
            many => return Err(many.to_vec()),
        }
    }
    Err(Vec::new())
}

/// The problem of a name that means nothing, or too much.
fn unclear(name: &str, wanted: &str, ids: &[String], candidates: &[usize]) -> Problem {
    if candidates.is_empty() {
        let help = nearest(wanted, ids.iter().map(String::as_str)).map_or_else(
            || "list the modules with `cargo archlint graph --level module --format json`".to_owned(),
            |found| format!("did you mean `{}`?", said(found)),
        );
        return Problem::usage(format!("nothing in this workspace is called `{name}`"), help);
    }
    let mut shown: Vec<String> =
        candidates.iter().take(5).map(|at| format!("`{}`", said(&ids[*at]))).collect();
    if candidates.len() > 5 {
        shown.push(format!("and {} more", candidates.len() - 5));
    }
    Problem::usage(
        format!("`{name}` may be one of {} things", candidates.len()),
        format!("write one of them in full: {}", shown.join(", ")),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::graph::sketch::sketch;

    fn graph() -> Graph {
        sketch("shop::domain::Order\nshop::web::Order\next:std::fs\next:md_5")
    }

    fn named(name: &str) -> Result<String, String> {
        select(&graph(), &Layers::default(), name)
            .map(|found| found.name)
            .map_err(|problem| format!("{}; {}", problem.message, problem.help.unwrap_or_default()))
    }

    #[test]
    fn ids_endings_and_externals_are_found() {
        assert_eq!(named("shop::domain"), Ok("shop::domain".to_owned()));
        assert_eq!(named("domain"), Ok("shop::domain".to_owned()));
        assert_eq!(named("crate::domain::Order"), Ok("shop::domain::Order".to_owned()));
        assert_eq!(named("crate:md-5"), Ok("ext:md_5".to_owned()));
        assert_eq!(named("std::fs"), Ok("ext:std::fs".to_owned()));
    }

    #[test]
    fn unknown_and_unclear_names_are_usage_errors_with_help() {
        assert_eq!(
            named("Order"),
            Err("`Order` may be one of 2 things; write one of them in full: `shop::domain::Order`, \
                 `shop::web::Order`"
                .to_owned())
        );
        assert_eq!(
            named("shop::domian"),
            Err("nothing in this workspace is called `shop::domian`; did you mean `shop::domain`?".to_owned())
        );
        assert!(named("crate:md_4").is_err_and(|error| error.ends_with("did you mean `crate:md_5`?")));
        assert!(named("ext:md_4").is_err_and(|error| error.ends_with("did you mean `crate:md_5`?")));
        assert_eq!(
            named("layer:domain"),
            Err("no layer `domain` is configured; declare layers in `archlint.toml`".to_owned())
        );
    }

    #[test]
    fn a_module_means_all_below_it() {
        let graph = graph();
        let found = select(&graph, &Layers::default(), "shop::domain").expect("it exists");
        let names: Vec<String> =
            graph.node_ids().filter(|node| found.has(*node)).map(|node| graph.id(node)).collect();
        assert_eq!(names, ["shop::domain", "shop::domain::Order"]);
    }
}
