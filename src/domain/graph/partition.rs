//! Nodes put into groups: by crate, by layer, by any name a caller gives.

use crate::domain::graph::{Graph, NodeId};

/// A grouping of all nodes of a graph; a node may belong to no group.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Partition {
    /// Group of each node, by node index.
    pub groups: Vec<Option<u32>>,
    /// Name of each group, by group number.
    pub names: Vec<String>,
}

impl Partition {
    /// One group for each crate, workspace and external alike, named by its id.
    pub fn crates(graph: &Graph) -> Self {
        let mut partition = Self { groups: Vec::with_capacity(graph.nodes.len()), names: Vec::new() };
        for id in graph.node_ids() {
            let group = match graph.node(id).parent {
                Some(parent) => partition.groups[parent.0 as usize],
                None => {
                    partition.names.push(graph.id(id));
                    Some(partition.names.len() as u32 - 1)
                }
            };
            partition.groups.push(group);
        }
        partition
    }

    /// Each child module of `parent` with all it holds is a group; everything else has none.
    pub fn children(graph: &Graph, parent: NodeId) -> Self {
        let mut partition = Self { groups: vec![None; graph.nodes.len()], names: Vec::new() };
        for id in graph.node_ids().skip(parent.0 as usize + 1) {
            let node = graph.node(id);
            let Some(above) = node.parent else { continue };
            partition.groups[id.0 as usize] = if above == parent {
                if !graph.is_module(id) {
                    continue;
                }
                partition.names.push(graph.id(id));
                Some(partition.names.len() as u32 - 1)
            } else {
                partition.groups[above.0 as usize]
            };
        }
        partition
    }

    /// The group of a node.
    pub fn of(&self, id: NodeId) -> Option<u32> {
        self.groups.get(id.0 as usize).copied().flatten()
    }

    /// The name of a group.
    pub fn name(&self, group: u32) -> &str {
        &self.names[group as usize]
    }
}

#[cfg(test)]
mod tests {
    use crate::domain::graph::partition::Partition;
    use crate::domain::graph::sketch::sketch;

    #[test]
    fn groups_follow_containment() {
        let graph = sketch(
            "shop::a::x::Foo -> shop::b::Bar\n\
             shop::b::Bar -> ext:serde::Serialize\n\
             shop::Main -> shop::b::Bar",
        );
        let crates = Partition::crates(&graph);
        assert_eq!(crates.names, ["shop", "ext:serde"]);
        let foo = graph.find("shop::a::x::Foo").expect("sketched");
        let main = graph.find("shop::Main").expect("sketched");
        assert_eq!(crates.of(foo), Some(0));
        let root = graph.find("shop").expect("sketched");
        let children = Partition::children(&graph, root);
        assert_eq!(children.names, ["shop::a", "shop::b"]);
        assert_eq!(children.of(foo), Some(0));
        assert_eq!(children.of(main), None);
    }
}
