//! One-to-one assignment of greatest weight in a sparse bipartite graph.
//!
//! Weights are tuples compared from the left, so "as many pairs as possible, then as many exact ones as
//! possible, then …" is one optimum and not a sequence of greedy choices. The graph falls apart into
//! connected components. A lone edge is taken as it is; everything else goes through the Hungarian
//! method with shortest augmenting paths and potentials (Kuhn 1955; Jonker and Volgenant 1987),
//! which needs of a weight only that it can be added, subtracted and compared.
//!
//! A component of more than [`MAX_EDGES`] edges is not solved exactly: its edges are taken from the
//! heaviest down where both ends are free.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

/// Edges of a component up to which the assignment is exact (256 records all overlapping 256 others).
pub(crate) const MAX_EDGES: usize = 1 << 16;

/// A weight, compared lexicographically. The first entry of an edge is positive.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Weight(pub(crate) [i64; 7]);

impl Weight {
    fn plus(self, other: Self) -> Self {
        Self(std::array::from_fn(|i| self.0[i] + other.0[i]))
    }

    fn minus(self, other: Self) -> Self {
        Self(std::array::from_fn(|i| self.0[i] - other.0[i]))
    }
}

/// A pair that may be matched.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Edge {
    pub(crate) row: u32,
    pub(crate) col: u32,
    pub(crate) weight: Weight,
}

/// The matching of greatest total weight, as (row, column) pairs in order of rows.
///
/// There is at most one edge between a row and a column.
pub(crate) fn assign(edges: &[Edge]) -> Vec<(u32, u32)> {
    let Some(rows) = edges.iter().map(|e| e.row as usize + 1).max() else { return Vec::new() };
    let cols = edges.iter().map(|e| e.col as usize + 1).max().unwrap_or(0);
    let mut degree = vec![0u32; rows + cols];
    for edge in edges {
        degree[edge.row as usize] += 1;
        degree[rows + edge.col as usize] += 1;
    }
    let mut pairs = Vec::with_capacity(rows.min(cols));
    let mut rest = Vec::new();
    for edge in edges {
        if degree[edge.row as usize] == 1 && degree[rows + edge.col as usize] == 1 {
            pairs.push((edge.row, edge.col));
        } else {
            rest.push(*edge);
        }
    }
    if !rest.is_empty() {
        let roots = components(rows, cols, &rest);
        rest.sort_unstable_by_key(|e| (roots[e.row as usize], e.row, e.col));
        for component in rest.chunk_by(|a, b| roots[a.row as usize] == roots[b.row as usize]) {
            if component.len() > MAX_EDGES {
                greedy(component, &mut pairs);
            } else {
                Hungarian::new(component).solve(&mut pairs);
            }
        }
    }
    pairs.sort_unstable();
    pairs
}

/// For each row, then each column, a number that its component shares.
fn components(rows: usize, cols: usize, edges: &[Edge]) -> Vec<u32> {
    fn find(parent: &mut [u32], mut node: u32) -> u32 {
        while parent[node as usize] != node {
            parent[node as usize] = parent[parent[node as usize] as usize];
            node = parent[node as usize];
        }
        node
    }
    let mut parent: Vec<u32> = (0..(rows + cols) as u32).collect();
    for edge in edges {
        let a = find(&mut parent, edge.row);
        let b = find(&mut parent, rows as u32 + edge.col);
        parent[a.max(b) as usize] = a.min(b);
    }
    (0..(rows + cols) as u32).map(|node| find(&mut parent, node)).collect()
}

fn greedy(edges: &[Edge], pairs: &mut Vec<(u32, u32)>) {
    let mut order: Vec<&Edge> = edges.iter().collect();
    order.sort_unstable_by_key(|e| (Reverse(e.weight), e.row, e.col));
    let rows = edges.iter().map(|e| e.row as usize + 1).max().unwrap_or(0);
    let cols = edges.iter().map(|e| e.col as usize + 1).max().unwrap_or(0);
    let (mut row_taken, mut col_taken) = (vec![false; rows], vec![false; cols]);
    for edge in order {
        let (row, col) = (edge.row as usize, edge.col as usize);
        if !row_taken[row] && !col_taken[col] {
            (row_taken[row], col_taken[col]) = (true, true);
            pairs.push((edge.row, edge.col));
        }
    }
}

/// One component, its rows and columns renumbered from 0.
///
/// The cost of an edge is its negative weight; a row may also stay alone at cost 0. After each row the
/// matching of the rows so far is optimal, and `cost - row_potential - col_potential` is never negative
/// and zero on matched edges.
struct Hungarian {
    row_names: Vec<u32>,
    col_names: Vec<u32>,
    /// Edges of row `i`: `edges[first[i]..first[i + 1]]`, as (column, weight).
    first: Vec<usize>,
    edges: Vec<(usize, Weight)>,
    row_potential: Vec<Weight>,
    col_potential: Vec<Weight>,
    row_match: Vec<Option<usize>>,
    col_match: Vec<Option<usize>>,
    // Of the search under way:
    distance: Vec<Option<Weight>>,
    via: Vec<usize>,
    settled: Vec<bool>,
}

/// Where a search ended.
enum End {
    FreeColumn(usize),
    RowLeftAlone(usize),
}

impl Hungarian {
    /// `component` is sorted by row.
    fn new(component: &[Edge]) -> Self {
        let mut col_names: Vec<u32> = component.iter().map(|e| e.col).collect();
        col_names.sort_unstable();
        col_names.dedup();
        let (mut row_names, mut first) = (Vec::new(), Vec::new());
        let mut edges = Vec::with_capacity(component.len());
        for edge in component {
            if row_names.last() != Some(&edge.row) {
                row_names.push(edge.row);
                first.push(edges.len());
            }
            edges.push((col_names.partition_point(|&c| c < edge.col), edge.weight));
        }
        first.push(edges.len());
        let (rows, cols) = (row_names.len(), col_names.len());
        Self {
            row_names,
            col_names,
            first,
            edges,
            row_potential: vec![Weight::default(); rows],
            col_potential: vec![Weight::default(); cols],
            row_match: vec![None; rows],
            col_match: vec![None; cols],
            distance: vec![None; cols],
            via: vec![0; cols],
            settled: vec![false; cols],
        }
    }

    fn solve(mut self, pairs: &mut Vec<(u32, u32)>) {
        for row in 0..self.row_names.len() {
            self.insert(row);
        }
        for (row, col) in self.row_match.iter().enumerate() {
            if let Some(col) = col {
                pairs.push((self.row_names[row], self.col_names[*col]));
            }
        }
    }

    fn reduced(&self, row: usize, col: usize, weight: Weight) -> Weight {
        Weight::default().minus(weight).minus(self.row_potential[row]).minus(self.col_potential[col])
    }

    /// Brings `root` into the matching along a cheapest augmenting path.
    fn insert(&mut self, root: usize) {
        let zero = Weight::default();
        let edges = self.first[root]..self.first[root + 1];
        self.row_potential[root] = self.edges[edges]
            .iter()
            .map(|&(col, weight)| zero.minus(weight).minus(self.col_potential[col]))
            .fold(zero, Ord::min);
        let (end, length, tree, touched) = self.search(root);
        self.row_potential[root] = self.row_potential[root].plus(length);
        for &col in &tree {
            let slack = length.minus(self.distance[col].unwrap_or(length));
            self.col_potential[col] = self.col_potential[col].minus(slack);
            if let Some(row) = self.col_match[col] {
                self.row_potential[row] = self.row_potential[row].plus(slack);
            }
        }
        self.augment(root, &end);
        for col in touched {
            self.distance[col] = None;
            self.settled[col] = false;
        }
    }

    /// Dijkstra over reduced costs. Gives the end, its distance, the columns settled and all touched.
    fn search(&mut self, root: usize) -> (End, Weight, Vec<usize>, Vec<usize>) {
        let mut heap: BinaryHeap<Reverse<(Weight, usize)>> = BinaryHeap::new();
        let (mut tree, mut touched) = (Vec::new(), Vec::new());
        let (mut row, mut base) = (root, Weight::default());
        let mut alone = (base.minus(self.row_potential[root]), root);
        loop {
            alone = alone.min((base.minus(self.row_potential[row]), row));
            for at in self.first[row]..self.first[row + 1] {
                let (col, weight) = self.edges[at];
                let distance = base.plus(self.reduced(row, col, weight));
                if self.settled[col] || self.distance[col].is_some_and(|known| known <= distance) {
                    continue;
                }
                if self.distance[col].is_none() {
                    touched.push(col);
                }
                self.distance[col] = Some(distance);
                self.via[col] = row;
                heap.push(Reverse((distance, col)));
            }
            let next = loop {
                match heap.pop() {
                    Some(Reverse((_, col))) if self.settled[col] => {}
                    next => break next,
                }
            };
            let (distance, col) = match next {
                Some(Reverse(next)) if next.0 < alone.0 => next,
                _ => return (End::RowLeftAlone(alone.1), alone.0, tree, touched),
            };
            self.settled[col] = true;
            tree.push(col);
            match self.col_match[col] {
                None => return (End::FreeColumn(col), distance, tree, touched),
                Some(matched) => (row, base) = (matched, distance),
            }
        }
    }

    fn augment(&mut self, root: usize, end: &End) {
        let mut col = match *end {
            End::FreeColumn(col) => col,
            End::RowLeftAlone(row) => match self.row_match[row].take() {
                Some(col) => col,
                None => return, // the root itself
            },
        };
        loop {
            let row = self.via[col];
            let freed = self.row_match[row].replace(col);
            self.col_match[col] = Some(row);
            match freed {
                Some(next) if row != root => col = next,
                _ => return,
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn total(edges: &[Edge], pairs: &[(u32, u32)]) -> Weight {
        pairs
            .iter()
            .map(|pair| edges.iter().find(|e| (e.row, e.col) == *pair).unwrap().weight)
            .fold(Weight::default(), Weight::plus)
    }

    /// The best total over all matchings, by trying every choice for every row.
    fn brute_force(edges: &[Edge], row: u32, taken: u32) -> Weight {
        if row == 6 {
            return Weight::default();
        }
        let skipped = brute_force(edges, row + 1, taken);
        edges
            .iter()
            .filter(|e| e.row == row && taken & (1 << e.col) == 0)
            .map(|e| e.weight.plus(brute_force(edges, row + 1, taken | 1 << e.col)))
            .fold(skipped, Ord::max)
    }

    fn graph() -> impl Strategy<Value = Vec<Edge>> {
        let edge = (0u32..6, 0u32..6, 0i64..3, 0i64..2, 0i64..9);
        proptest::collection::vec(edge, 0..24).prop_map(|mut edges| {
            edges.sort_unstable();
            edges.dedup_by_key(|e| (e.0, e.1));
            edges
                .into_iter()
                .map(|(row, col, a, b, c)| Edge { row, col, weight: Weight([a.max(1), b, c, 0, 0, 0, 0]) })
                .collect()
        })
    }

    proptest! {
        #[test]
        fn is_as_good_as_brute_force(edges in graph()) {
            let pairs = assign(&edges);
            prop_assert!(pairs.windows(2).all(|w| w[0].0 < w[1].0));
            let mut cols: Vec<u32> = pairs.iter().map(|p| p.1).collect();
            cols.sort_unstable();
            prop_assert!(cols.windows(2).all(|w| w[0] < w[1]));
            prop_assert_eq!(total(&edges, &pairs), brute_force(&edges, 0, 0));
        }

        #[test]
        fn greedy_is_a_matching(edges in graph()) {
            let mut pairs = Vec::new();
            greedy(&edges, &mut pairs);
            prop_assert!(total(&edges, &pairs) <= brute_force(&edges, 0, 0));
            let full = pairs.len();
            pairs.sort_unstable_by_key(|p| p.0);
            pairs.dedup_by_key(|p| p.0);
            pairs.sort_unstable_by_key(|p| p.1);
            pairs.dedup_by_key(|p| p.1);
            prop_assert_eq!(pairs.len(), full);
        }
    }

    #[test]
    fn heaviest_edge_first_would_be_wrong() {
        let edge = |row, col, w| Edge { row, col, weight: Weight([w, 0, 0, 0, 0, 0, 0]) };
        assert_eq!(assign(&[edge(0, 0, 3), edge(0, 1, 2), edge(1, 0, 2)]), [(0, 1), (1, 0)]);
        assert_eq!(assign(&[edge(0, 0, 5), edge(0, 1, 2), edge(1, 0, 2)]), [(0, 0)]);
    }
}
