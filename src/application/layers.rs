//! Which layer each module stands in and which part it plays, and why.

use crate::application::casting::Casting;
use crate::application::judged::Layers;
use crate::application::scope::Scope;
use crate::application::select::select;
use crate::domain::finding::Site;
use crate::domain::graph::lift::modules_of;
use crate::domain::graph::{Graph, ModuleForm, NodeId, NodeKind};
use crate::domain::policy::kind::PackageKind;
use crate::domain::policy::role::Role;
use crate::domain::report::Problem;
use crate::domain::roles::Played;

/// A module with its layer and its part.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Row {
    /// Id of the module.
    pub id: String,
    /// Where it is.
    pub site: Site,
    /// Its layer.
    pub layer: Option<String>,
    /// The selector that claims it; empty where none does, or where it is not known.
    pub selector: String,
    /// The part it plays, and why.
    pub played: Played,
    /// Whether it belongs to the program, so that a layer should have it.
    pub placed: Placed,
}

/// Whether a module should stand in a layer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Placed {
    /// It belongs to the program.
    #[default]
    Inside,
    /// It is test code or stands beside the program.
    Beside,
}

/// All modules, with layers and parts.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Table {
    /// Names of the layers, outermost first.
    pub layers: Vec<String>,
    /// Packages with their kinds, by name.
    pub packages: Vec<(String, PackageKind)>,
    /// All modules, by id.
    pub rows: Vec<Row>,
}

impl Table {
    /// The modules of the program.
    pub fn placed(&self) -> impl Iterator<Item = &Row> {
        self.rows.iter().filter(|row| row.placed == Placed::Inside)
    }
}

/// One module, seen from its layer.
#[derive(Clone, Debug, PartialEq)]
pub struct Detail {
    /// The module.
    pub row: Row,
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

/// The table of layers and parts, of the packages in scope.
pub fn table(graph: &Graph, layers: &Layers, casting: &Casting, scope: &Scope) -> Table {
    let covered = |id: &NodeId| {
        let package = graph.node(*id).krate.map(|krate| graph.crates[krate.0 as usize].package.as_str());
        package.is_some_and(|package| scope.covers(package))
    };
    let modules = graph.node_ids().filter(|id| graph.is_module(*id)).filter(covered);
    let mut rows: Vec<Row> = modules.map(|id| row(graph, layers, casting, id)).collect();
    rows.sort_by(|a, b| a.id.cmp(&b.id));
    Table { layers: layers.names.clone(), packages: casting.packages_of(scope), rows }
}

/// One module with the votes behind its part.
///
/// # Errors
/// A usage problem where the name is no module.
pub fn explained(graph: &Graph, layers: &Layers, casting: &Casting, name: &str) -> Result<Row, Problem> {
    Ok(row(graph, layers, casting, named(graph, layers, name)?))
}

/// The module that holds what a name means.
fn named(graph: &Graph, layers: &Layers, name: &str) -> Result<NodeId, Problem> {
    let node = select(graph, layers, name)?.node.filter(|node| !graph.is_external(*node));
    node.map(|node| graph.module_of(node)).ok_or_else(|| {
        let help = "name a module of this workspace";
        Problem::usage(format!("`{name}` is no module"), help)
    })
}

/// One module in detail.
///
/// # Errors
/// A usage problem where the name is no module.
pub fn detail(graph: &Graph, layers: &Layers, casting: &Casting, name: &str) -> Result<Detail, Problem> {
    let module = named(graph, layers, name)?;
    let judged = |edge: &u32| {
        let edge = &graph.edges[*edge as usize];
        !edge.test && !graph.is_external(edge.to)
    };
    let all = modules_of(graph, (0..graph.edges.len() as u32).filter(judged));
    let rank = |node| layers.member(graph, node).map(|member| member.layer);
    let mut detail =
        Detail { row: row(graph, layers, casting, module), uses: Vec::new(), used_by: Vec::new() };
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
fn row(graph: &Graph, layers: &Layers, casting: &Casting, module: NodeId) -> Row {
    let member = layers.member(graph, module);
    let played = casting.played(graph, module).cloned().unwrap_or_default();
    let inside = match layers.is_empty() {
        true => !graph.node(module).test && played.role != Some(Role::Test),
        false => layers.concern(graph, module),
    };
    Row {
        id: graph.id(module),
        site: definition(graph, module).unwrap_or_default(),
        layer: layers.name(graph, module).map(str::to_owned),
        selector: member.map(|member| member.selector.clone()).unwrap_or_default(),
        played,
        placed: if inside { Placed::Inside } else { Placed::Beside },
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
        let table = table(&graph, &layers, &Casting::default(), &Scope::default());
        let rows: Vec<(&str, Option<&str>, &str)> = table
            .rows
            .iter()
            .map(|row| (row.id.as_str(), row.layer.as_deref(), row.selector.as_str()))
            .collect();
        assert_eq!(
            rows,
            [
                ("shop", None, ""),
                ("shop::domain", Some("domain"), "shop::dom*"),
                ("shop::web", Some("web"), "shop::web")
            ]
        );
    }

    #[test]
    fn detail_tells_neighbours_and_what_runs_against_the_order() {
        let (graph, layers) = shop();
        let detail = detail(&graph, &layers, &Casting::default(), "domain").expect("it is a module");
        assert_eq!(detail.row.layer.as_deref(), Some("domain"));
        assert_eq!((detail.uses[0].id.as_str(), detail.uses[0].against), ("shop::web", true));
        assert_eq!((detail.used_by[0].id.as_str(), detail.used_by[0].against), ("shop::web", false));
    }
}
