//! Item edges lifted to coarser ones: between modules, crates, or the groups of any partition.

use rustc_hash::FxHashMap;

use crate::domain::graph::partition::Partition;
use crate::domain::graph::{EdgeKind, Graph, NodeId, Place};

/// A small set of [`EdgeKind`]s.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EdgeKinds(u16);

impl EdgeKinds {
    /// Every kind.
    pub const ALL: Self = Self((1 << EdgeKind::ALL.len()) - 1);

    /// Adds a kind.
    pub const fn insert(&mut self, kind: EdgeKind) {
        self.0 |= 1 << kind as u16;
    }

    /// Whether the kind is in the set.
    pub const fn contains(self, kind: EdgeKind) -> bool {
        self.0 >> kind as u16 & 1 == 1
    }

    /// The kinds in the set, in their order.
    pub fn iter(self) -> impl Iterator<Item = EdgeKind> {
        EdgeKind::ALL.into_iter().filter(move |kind| self.contains(*kind))
    }
}

impl FromIterator<EdgeKind> for EdgeKinds {
    fn from_iter<I: IntoIterator<Item = EdgeKind>>(kinds: I) -> Self {
        let mut set = Self::default();
        for kind in kinds {
            set.insert(kind);
        }
        set
    }
}

/// All edges from one thing to another, as one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lifted<K> {
    /// What depends.
    pub from: K,
    /// What it depends on; never equal to `from`.
    pub to: K,
    /// Every way it is written.
    pub kinds: EdgeKinds,
    /// True only if no site is production code.
    pub test: bool,
    /// Its first site in order of file and span: of production code where there is any.
    pub first: Place,
    /// Facades that written paths went through, sorted.
    pub vias: Vec<NodeId>,
    /// The edges behind it as indices of [`Graph::edges`], rising.
    pub edges: Vec<u32>,
}

impl<K> Lifted<K> {
    /// In how many places it is written.
    pub fn places(&self, graph: &Graph) -> u32 {
        self.edges.iter().map(|index| graph.edges[*index as usize].site_count).sum()
    }
}

/// All edges from one module to another.
pub type ModuleEdge = Lifted<NodeId>;

/// All edges from one group of a partition to another.
pub type GroupEdge = Lifted<u32>;

/// The graph between modules; external crates and modules of the standard library count as such.
#[derive(Clone, Debug, Default)]
pub struct ModuleGraph {
    /// One edge for each pair, sorted by `from` and `to`.
    pub edges: Vec<ModuleEdge>,
    /// The module of each node, by node index.
    pub module: Vec<NodeId>,
}

impl ModuleGraph {
    /// The module that holds a node.
    pub fn module_of(&self, node: NodeId) -> NodeId {
        self.module[node.0 as usize]
    }

    /// Edges that start at a module, sorted by their end.
    pub fn of(&self, from: NodeId) -> &[ModuleEdge] {
        let start = self.edges.partition_point(|edge| edge.from < from);
        let end = self.edges.partition_point(|edge| edge.from <= from);
        &self.edges[start..end]
    }

    /// The edge between two modules.
    pub fn edge(&self, from: NodeId, to: NodeId) -> Option<&ModuleEdge> {
        let at = self.edges.binary_search_by_key(&(from, to), |edge| (edge.from, edge.to)).ok()?;
        Some(&self.edges[at])
    }
}

/// Edges between modules that code has.
pub fn modules(graph: &Graph) -> ModuleGraph {
    modules_of(graph, code(graph))
}

/// The edges that code has, as indices of [`Graph::edges`].
fn code(graph: &Graph) -> impl Iterator<Item = u32> {
    (0..graph.edges.len() as u32).filter(|index| graph.edges[*index as usize].kind.is_code())
}

/// Edges between modules, only from some edges of the graph.
pub fn modules_of(graph: &Graph, edges: impl IntoIterator<Item = u32>) -> ModuleGraph {
    let module: Vec<NodeId> = graph.node_ids().map(|id| graph.module_of(id)).collect();
    let edges = pairs(graph, edges, |from, to| Some((module[from.0 as usize], module[to.0 as usize])));
    ModuleGraph { edges, module }
}

/// Edges between the groups of a partition; nodes without a group are left out.
pub fn groups(graph: &Graph, partition: &Partition) -> Vec<GroupEdge> {
    pairs(graph, code(graph), |from, to| partition.of(from).zip(partition.of(to)))
}

/// Edges between whatever pair `key` makes of the two ends, sorted by `from` and `to`; pairs of equal
/// keys and edges without a pair are dropped.
pub fn pairs<K: Copy + Ord + std::hash::Hash>(
    graph: &Graph,
    edges: impl IntoIterator<Item = u32>,
    key: impl Fn(NodeId, NodeId) -> Option<(K, K)>,
) -> Vec<Lifted<K>> {
    lifted(
        graph,
        edges.into_iter().filter_map(|index| {
            let edge = &graph.edges[index as usize];
            key(edge.from, edge.to).map(|(from, to)| Reading { edge: index, from, to, through: None })
        }),
    )
}

/// An edge, read as one between two other things.
#[derive(Clone, Copy, Debug)]
pub struct Reading<K> {
    /// Index in [`Graph::edges`].
    pub edge: u32,
    /// What depends.
    pub from: K,
    /// What it depends on.
    pub to: K,
    /// One more facade on the way.
    pub through: Option<NodeId>,
}

/// Edges gathered by what they are read as, sorted by `from` and `to`; pairs of equal ends are dropped.
pub fn lifted<K: Copy + Ord + std::hash::Hash>(
    graph: &Graph,
    readings: impl IntoIterator<Item = Reading<K>>,
) -> Vec<Lifted<K>> {
    let mut slots: FxHashMap<(K, K), usize> = FxHashMap::default();
    let mut lifted: Vec<Lifted<K>> = Vec::new();
    let mut ranks: Vec<(bool, bool, bool, Place)> = Vec::new();
    for Reading { edge: index, from, to, through } in readings {
        let edge = &graph.edges[index as usize];
        let Some(first) = graph.sites(edge).first().copied() else { continue };
        if from == to {
            continue;
        }
        let slot = *slots.entry((from, to)).or_insert_with(|| {
            let kinds = EdgeKinds::default();
            lifted.push(Lifted { from, to, kinds, test: true, first, vias: Vec::new(), edges: Vec::new() });
            ranks.push((true, true, true, first));
            lifted.len() - 1
        });
        let known = &mut lifted[slot];
        // Production comes before test code, code before its documentation, what is always there before
        // what a condition may leave out, then the earlier place.
        let rank = (edge.test, !edge.kind.is_code(), edge.cfg.is_some(), first);
        if known.edges.is_empty() || rank < ranks[slot] {
            known.first = first;
            ranks[slot] = rank;
        }
        known.test &= edge.test;
        known.kinds.insert(edge.kind);
        known.vias.extend(edge.via.into_iter().chain(through));
        known.edges.push(index);
    }
    for edge in &mut lifted {
        edge.vias.sort_unstable();
        edge.vias.dedup();
    }
    lifted.sort_unstable_by_key(|edge| (edge.from, edge.to));
    lifted
}

#[cfg(test)]
mod tests {
    use crate::domain::graph::lift::{groups, modules, modules_of};
    use crate::domain::graph::partition::Partition;
    use crate::domain::graph::sketch::sketch;

    #[test]
    fn a_pair_keeps_every_kind_and_its_first_production_site() {
        let graph = sketch(
            "shop::a::Foo -> shop::b::Bar use src/a.rs:1 test\n\
             shop::a::Foo -> shop::b::Bar body src/a.rs:9 via shop\n\
             shop::a::Foo -> shop::b::Baz signature src/a.rs:5\n\
             shop::a::Foo -> shop::a::Own body src/a.rs:7",
        );
        let lifted = modules(&graph);
        assert_eq!(lifted.edges.len(), 1, "self pairs are dropped");
        let edge = &lifted.edges[0];
        assert_eq!((graph.id(edge.from), graph.id(edge.to)), ("shop::a".to_owned(), "shop::b".to_owned()));
        assert!(!edge.test);
        assert_eq!(graph.locate(edge.first).1.line, 5);
        assert_eq!(
            edge.kinds.iter().map(|kind| kind.word()).collect::<Vec<_>>(),
            ["use", "signature", "body"]
        );
        assert_eq!(edge.vias.iter().map(|via| graph.id(*via)).collect::<Vec<_>>(), ["shop"]);
        assert_eq!(edge.edges.len(), 3);
        assert_eq!(lifted.of(edge.from).len(), 1);
        assert!(lifted.edge(edge.to, edge.from).is_none());
    }

    #[test]
    fn only_test_sites_make_a_test_edge() {
        let graph = sketch("shop::a::Foo -> shop::b::Bar use src/a.rs:4 test");
        assert!(modules(&graph).edges[0].test);
    }

    #[test]
    fn documentation_makes_no_edge_of_code_and_its_places_come_last() {
        let graph = sketch(
            "shop::a::Foo -> shop::b::Bar doc-link src/a.rs:1\n\
             shop::a::Foo -> shop::b::Bar body src/a.rs:9\n\
             shop::a::Foo -> shop::c::Baz doctest src/a.rs:2",
        );
        assert_eq!(modules(&graph).edges.len(), 1);
        let all = modules_of(&graph, 0..graph.edges.len() as u32).edges;
        assert_eq!(all.len(), 2);
        assert_eq!(graph.locate(all[0].first).1.line, 9);
    }

    #[test]
    fn crates_are_groups_too() {
        let graph = sketch(
            "shop::a::Foo -> ext:std::fs::read\n\
             shop::b::Foo -> core_lib::Thing\n\
             shop::a::Foo -> shop::b::Foo",
        );
        let partition = Partition::crates(&graph);
        let pairs: Vec<_> = groups(&graph, &partition)
            .iter()
            .map(|edge| format!("{} -> {}", partition.name(edge.from), partition.name(edge.to)))
            .collect();
        assert_eq!(pairs, ["shop -> ext:std", "shop -> core_lib"]);
    }
}
