//! The graph as it is drawn: lifted to a level, narrowed, and kept to a size one can read.

pub mod fold;
pub mod narrow;
pub mod unit;

use crate::application::graph::fold::{Grain, grains, unit_of};
use crate::application::graph::narrow::narrow;
use crate::application::graph::unit::{Definers, Link, Unit, links};
use crate::application::judged::Layers;
use crate::application::select::{Selection, select};
use crate::domain::finding::Site;
use crate::domain::graph::{Edge, EdgeKind, Graph, NodeId};
use crate::domain::policy::facades::Facades;
use crate::domain::report::Problem;

/// What the nodes of a drawn graph are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Level {
    /// Layers, where they are configured.
    Layer,
    /// Crates.
    Crate,
    /// Crates and the modules directly below their roots.
    Top,
    /// Modules.
    Module,
    /// Items.
    Item,
}

/// Whether something is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shown {
    /// It is.
    Yes,
    /// It is not.
    No,
}

/// What is asked of a graph.
#[derive(Clone, Debug)]
pub struct Request {
    /// What the nodes are.
    pub level: Level,
    /// Only what is near these modules.
    pub focus: Option<String>,
    /// Only what leads to these modules.
    pub reaches: Option<String>,
    /// How many steps to go from there.
    pub depth: Option<u32>,
    /// Edges of test code, and modules that only tests have.
    pub tests: Shown,
    /// What lies outside the workspace.
    pub externals: Shown,
    /// Of that also the crates that define what others hand on.
    pub definers: Shown,
    /// The most nodes to draw; none for all.
    pub cap: Option<usize>,
}

/// A graph to draw.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Drawing {
    /// Nodes, in the order of the graph.
    pub nodes: Vec<DrawnNode>,
    /// Edges, sorted by the places of their ends in `nodes`.
    pub edges: Vec<DrawnEdge>,
    /// What was folded or left out to keep to the cap, and how to see it: lower case, no full stop.
    pub notes: Vec<String>,
}

impl Drawing {
    /// Leaves out nodes, with the edges that touch none of those kept.
    ///
    /// A node that is left out stays where an edge from or to a kept one needs it.
    pub fn retain(&mut self, keep: impl Fn(&DrawnNode) -> bool) {
        let kept: Vec<bool> = self.nodes.iter().map(keep).collect();
        self.edges.retain(|edge| kept[edge.from] || (kept[edge.to] && !self.nodes[edge.to].external));
        let mut needed = kept;
        for (at, node) in self.nodes.iter().enumerate() {
            needed[at] &= !node.external;
        }
        for edge in &self.edges {
            needed[edge.from] = true;
            needed[edge.to] = true;
        }
        let mut places = Vec::with_capacity(needed.len());
        let mut count = 0;
        for need in &needed {
            places.push(count);
            count += usize::from(*need);
        }
        for edge in &mut self.edges {
            (edge.from, edge.to) = (places[edge.from], places[edge.to]);
        }
        let mut need = needed.into_iter();
        self.nodes.retain(|_| need.next().unwrap_or(false));
    }
}

/// A node of a drawing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DrawnNode {
    /// Its id: of a layer `layer:NAME`.
    pub id: String,
    /// What defines it; none for layers and external nodes.
    pub node: Option<NodeId>,
    /// Name of the layer it stands in.
    pub layer: Option<String>,
    /// Id of the crate it belongs to.
    pub krate: Option<String>,
    /// Whether it lies outside the workspace.
    pub external: bool,
}

/// An edge of a drawing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DrawnEdge {
    /// Index of its start in [`Drawing::nodes`].
    pub from: usize,
    /// Index of its end.
    pub to: usize,
    /// How it is written.
    pub kinds: Vec<EdgeKind>,
    /// Its first place.
    pub site: Site,
    /// In how many places.
    pub places: u32,
    /// Whether only test code has it.
    pub test: bool,
    /// Ids of the facades on the way.
    pub via: Vec<String>,
    /// Whether it runs against the order of the layers.
    pub against: bool,
}

/// Lifts, narrows and folds the graph as asked.
///
/// # Errors
/// A usage problem for each name that means nothing or too much.
pub fn draw(
    graph: &Graph,
    layers: &Layers,
    facades: &Facades,
    request: &Request,
) -> Result<Drawing, Vec<Problem>> {
    let focus = find(graph, layers, request.focus.as_deref());
    let reaches = find(graph, layers, request.reaches.as_deref());
    let (focus, reaches) = match (focus, reaches) {
        (Ok(focus), Ok(reaches)) => (focus, reaches),
        (focus, reaches) => return Err([focus.err(), reaches.err()].into_iter().flatten().collect()),
    };
    let definers = match (request.definers, request.level) {
        (Shown::No, _) | (_, Level::Layer) => Definers::default(),
        _ => Definers::new(graph, facades),
    };
    let asked = Asked { graph, layers, request, focus, reaches, definers };
    let cap = request.cap.unwrap_or(usize::MAX);
    let grains = grains(graph, request.level);
    let mut first = None;
    let mut last = None;
    for grain in grains {
        let (nodes, kept) = asked.at(grain);
        let size = nodes.len();
        let full = *first.get_or_insert(size);
        if size <= cap {
            let mut drawing = asked.finish(nodes, &kept);
            if size < full {
                drawing.notes.push(grain.folded(full, cap));
            }
            return Ok(drawing);
        }
        last = Some((nodes, kept));
    }
    let (nodes, kept) = last.unwrap_or_default();
    let full = nodes.len();
    let nodes = fold::busiest(nodes, &kept, cap);
    let mut drawing = asked.finish(nodes, &kept);
    drawing.notes.push(format!(
        "{full} nodes are more than {cap}, so only the {cap} with the most edges are drawn; {}",
        fold::OFFER
    ));
    Ok(drawing)
}

/// Looks a name up where one is given.
fn find(graph: &Graph, layers: &Layers, name: Option<&str>) -> Result<Option<Selection>, Problem> {
    name.map(|name| select(graph, layers, name)).transpose()
}

/// A request with its names looked up.
struct Asked<'a> {
    graph: &'a Graph,
    layers: &'a Layers,
    request: &'a Request,
    focus: Option<Selection>,
    reaches: Option<Selection>,
    definers: Definers,
}

impl Asked<'_> {
    /// The units and links at one grain, narrowed.
    fn at(&self, grain: Grain) -> (Vec<Unit>, Vec<Link>) {
        let unit = |node| unit_of(self.graph, self.layers, grain, node);
        let external = |node: NodeId| self.graph.is_external(node);
        let keep = |edge: &Edge| {
            (self.request.tests == Shown::Yes || !edge.test)
                && (self.request.externals == Shown::Yes || !external(edge.to))
                && (grain != Grain::Layer || (self.is_layered(edge.from) && self.is_layered(edge.to)))
        };
        let all = links(self.graph, unit, keep, &self.definers);
        let mut units: Vec<Unit> = self
            .graph
            .node_ids()
            .filter(|node| self.is_drawn(*node) && (grain != Grain::Layer || self.is_layered(*node)))
            .map(unit)
            .chain(all.iter().flat_map(|link| [link.from, link.to]))
            .collect();
        units.sort_unstable();
        units.dedup();
        narrow(self.graph, unit, units, all, [self.focus.as_ref(), self.reaches.as_ref()], self.request.depth)
    }

    /// Whether a node has a place in a drawing of layers.
    fn is_layered(&self, node: NodeId) -> bool {
        self.graph.is_external(node) || self.layers.concern(self.graph, node)
    }

    /// Whether a node is drawn even where no edge touches it.
    fn is_drawn(&self, node: NodeId) -> bool {
        let it = self.graph.node(node);
        !self.graph.is_external(node) && (self.request.tests == Shown::Yes || !it.test)
    }

    /// Units and links with names and lines.
    fn finish(&self, units: Vec<Unit>, links: &[Link]) -> Drawing {
        let place = |unit: Unit| units.binary_search(&unit).ok();
        let mut edges: Vec<DrawnEdge> = links
            .iter()
            .filter_map(|link| {
                let (from, to) = (place(link.from)?, place(link.to)?);
                Some(DrawnEdge {
                    from,
                    to,
                    kinds: link.kinds.iter().collect(),
                    site: Site::at(self.graph, link.first),
                    places: link.places(self.graph),
                    test: link.test,
                    via: link.vias.iter().map(|via| self.graph.id(*via)).collect(),
                    against: self.is_against(link),
                })
            })
            .collect();
        edges.sort_by_key(|edge| (edge.from, edge.to));
        Drawing { nodes: units.iter().map(|unit| self.node(*unit)).collect(), edges, notes: Vec::new() }
    }

    /// A unit by name.
    fn node(&self, unit: Unit) -> DrawnNode {
        let layer = self.layer(unit);
        let name = layer.and_then(|layer| self.layers.names.get(layer)).cloned();
        let blank = DrawnNode { id: String::new(), node: None, layer: None, krate: None, external: false };
        match unit {
            Unit::Layer(_) => {
                DrawnNode { id: format!("layer:{}", name.clone().unwrap_or_default()), layer: name, ..blank }
            }
            Unit::Unassigned => DrawnNode { id: "unassigned".to_owned(), ..blank },
            Unit::Behind(at) => {
                DrawnNode { id: format!("ext:{}", self.definers.unnamed[at]), external: true, ..blank }
            }
            Unit::Node(node) => {
                let krate = self.graph.node(node).krate;
                DrawnNode {
                    id: self.graph.id(node),
                    node: Some(node),
                    layer: name,
                    krate: krate.map(|krate| self.graph.crates[krate.0 as usize].id.clone()),
                    external: self.graph.is_external(node),
                }
            }
        }
    }

    /// The place of a unit in the order of the layers.
    fn layer(&self, unit: Unit) -> Option<usize> {
        match unit {
            Unit::Layer(layer) => Some(layer),
            Unit::Unassigned | Unit::Behind(_) => None,
            Unit::Node(node) => self.layers.member(self.graph, node).map(|member| member.layer),
        }
    }

    /// Whether an inner layer names an outer one.
    fn is_against(&self, link: &Link) -> bool {
        !link.test && self.layers.is_against(self.layer(link.from), self.layer(link.to))
    }
}

#[cfg(test)]
mod tests;
