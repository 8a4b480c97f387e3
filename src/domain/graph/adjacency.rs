//! Edges by their start, for walking.

/// Directed edges by their start, for walking. Edges keep the number they had in the input.
#[derive(Clone, Debug, Default)]
pub struct Adjacency {
    /// Edges of node `n` are `starts[n]..starts[n + 1]` of `edges`.
    starts: Vec<u32>,
    /// End of the edge and its number, in input order for each start.
    edges: Vec<(u32, u32)>,
}

impl Adjacency {
    /// Edges `pairs` between nodes below `nodes`.
    pub fn new(nodes: usize, pairs: impl Iterator<Item = (u32, u32)> + Clone) -> Self {
        let mut starts = vec![0u32; nodes + 1];
        for (from, _) in pairs.clone() {
            starts[from as usize + 1] += 1;
        }
        for at in 0..nodes {
            starts[at + 1] += starts[at];
        }
        let mut next = starts.clone();
        let mut edges = vec![(0, 0); starts[nodes] as usize];
        for ((from, to), number) in pairs.zip(0..) {
            edges[next[from as usize] as usize] = (to, number);
            next[from as usize] += 1;
        }
        Self { starts, edges }
    }

    /// Number of nodes.
    pub fn len(&self) -> usize {
        self.starts.len().saturating_sub(1)
    }

    /// Whether there is no node.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Edges that start at a node: their end and number.
    pub fn of(&self, node: u32) -> &[(u32, u32)] {
        &self.edges[self.starts[node as usize] as usize..self.starts[node as usize + 1] as usize]
    }
}
