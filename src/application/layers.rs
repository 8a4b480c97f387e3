//! Which layer each module stands in, and why.

use crate::application::judged::Layers;
use crate::application::scope::Scope;
use crate::application::select::select;
use crate::domain::finding::Site;
use crate::domain::graph::lift::modules_of;
use crate::domain::graph::{Graph, ModuleForm, NodeId, NodeKind};
use crate::domain::report::Problem;

/// A module and the selector that claims it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Id of the module.
    pub id: String,
    /// Where it is.
    pub site: Site,
    /// The selector that claims it; empty where none does, or where it is not known.
    pub selector: String,
}

/// All modules of production code, by layer.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Table {
    /// The layers, outermost first, each with its modules.
    pub layers: Vec<(String, Vec<Row>)>,
    /// Modules in no layer.
    pub unassigned: Vec<Row>,
}

/// One module, seen from its layer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Detail {
    /// The module.
    pub row: Row,
    /// Its layer.
    pub layer: Option<String>,
    /// The modules it uses in production code.
    pub uses: Vec<Neighbour>,
    /// The modules that use it.
    pub used_by: Vec<Neighbour>,
}

/// A module at the other end of an edge.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Neighbour {
    /// Its id.
    pub id: String,
    /// Its layer.
    pub layer: Option<String>,
    /// The first place of the reference.
    pub site: Site,
    /// Whether an inner layer names an outer one here.
    pub against: bool,
}

/// The table of layers, of the packages in scope.
pub fn table(graph: &Graph, layers: &Layers, scope: &Scope) -> Table {
    let mut table = Table {
        layers: layers.names.iter().map(|name| (name.clone(), Vec::new())).collect(),
        unassigned: Vec::new(),
    };
    for id in graph.node_ids() {
        let node = graph.node(id);
        let is_concerned = if layers.is_empty() { !node.test } else { layers.concern(graph, id) };
        if !matches!(node.kind, NodeKind::Module(_)) || !is_concerned {
            continue;
        }
        let package = node.krate.map(|krate| graph.crates[krate.0 as usize].package.as_str());
        if !package.is_some_and(|package| scope.covers(package)) {
            continue;
        }
        let rows = match layers.member(graph, id) {
            Some(member) => &mut table.layers[member.layer].1,
            None => &mut table.unassigned,
        };
        rows.push(row(graph, layers, id));
    }
    for (_, rows) in &mut table.layers {
        rows.sort_by(|a, b| a.id.cmp(&b.id));
    }
    table.unassigned.sort_by(|a, b| a.id.cmp(&b.id));
    table
}

/// One module in detail.
///
/// # Errors
/// A usage problem where the name is no module.
pub fn detail(graph: &Graph, layers: &Layers, name: &str) -> Result<Detail, Problem> {
    let node = select(graph, layers, name)?.node.filter(|node| !graph.is_external(*node));
    let Some(module) = node.map(|node| graph.module_of(node)) else {
        let help = "name a module of this workspace";
        return Err(Problem::usage(format!("`{name}` is no module"), help));
    };
    let judged = |edge: &u32| {
        let edge = &graph.edges[*edge as usize];
        !edge.test && !graph.is_external(edge.to)
    };
    let all = modules_of(graph, (0..graph.edges.len() as u32).filter(judged));
    let rank = |node| layers.member(graph, node).map(|member| member.layer);
    let mut detail = Detail {
        row: row(graph, layers, module),
        layer: layers.name(graph, module).map(str::to_owned),
        uses: Vec::new(),
        used_by: Vec::new(),
    };
    for link in all.edges {
        let (from, to) = (link.from, link.to);
        let against = layers.is_against(rank(from), rank(to));
        let neighbour = |other: NodeId| Neighbour {
            id: graph.id(other),
            layer: layers.name(graph, other).map(str::to_owned),
            site: Site::at(graph, link.first),
            against,
        };
        if from == module {
            detail.uses.push(neighbour(to));
        } else if to == module {
            detail.used_by.push(neighbour(from));
        }
    }
    Ok(detail)
}

/// The place that defines a node, if it lies in the workspace: of a module in a file of its own the
/// first line.
pub fn definition(graph: &Graph, id: NodeId) -> Option<Site> {
    let node = graph.node(id);
    let file = &graph.files[node.file?.0 as usize];
    let (line, column) = match node.kind {
        NodeKind::Module(ModuleForm::File) => (1, 1),
        _ => {
            let start = file.lines.position(node.name_span.start);
            (start.line, start.column)
        }
    };
    Some(Site { file: file.path.clone(), line, column, end_line: line, end_column: column })
}

/// A module as a row.
fn row(graph: &Graph, layers: &Layers, module: NodeId) -> Row {
    let selector = layers.member(graph, module).map(|member| member.selector.clone());
    Row {
        id: graph.id(module),
        site: definition(graph, module).unwrap_or_default(),
        selector: selector.unwrap_or_default(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::application::judged::Membership;
    use crate::domain::graph::sketch::sketch;

    fn shop() -> (Graph, Layers) {
        let graph = sketch("shop::web -> shop::domain\nshop::domain -> shop::web");
        let member = |layer: usize, selector: &str| Some(Membership { layer, selector: selector.to_owned() });
        let unassigned = vec![NodeId(0)];
        let of = vec![None, member(0, "shop::web"), member(1, "shop::dom*")];
        (
            graph,
            Layers {
                names: vec!["web".to_owned(), "domain".to_owned()],
                ranks: vec![Some(0), Some(1)],
                of,
                may_use: Vec::new(),
                unassigned,
            },
        )
    }

    #[test]
    fn each_module_stands_in_its_layer_or_is_unassigned() {
        let (graph, layers) = shop();
        let table = table(&graph, &layers, &Scope::default());
        let domain: Vec<(&str, &str)> =
            table.layers[1].1.iter().map(|row| (row.id.as_str(), row.selector.as_str())).collect();
        assert_eq!(domain, [("shop::domain", "shop::dom*")]);
        assert_eq!(table.unassigned.iter().map(|row| row.id.as_str()).collect::<Vec<_>>(), ["shop"]);
    }

    #[test]
    fn detail_tells_neighbours_and_what_runs_against_the_order() {
        let (graph, layers) = shop();
        let detail = detail(&graph, &layers, "domain").expect("it is a module");
        assert_eq!(detail.layer.as_deref(), Some("domain"));
        assert_eq!((detail.uses[0].id.as_str(), detail.uses[0].against), ("shop::web", true));
        assert_eq!((detail.used_by[0].id.as_str(), detail.used_by[0].against), ("shop::web", false));
    }
}
