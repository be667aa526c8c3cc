//! One-to-one assignment of greatest weight in a sparse bipartite graph.
//!
//! Weights are tuples compared from the left, so "as many pairs as possible, then as many exact ones as
//! possible, then …" is one optimum and not a sequence of greedy choices. The graph falls apart into
//! connected components. A lone edge is taken as it is; everything else goes through the Hungarian
//! method.
//!
//! A component of more than [`MAX_EDGES`] edges is not solved exactly: its edges are taken from the
//! heaviest down where both ends are free.

use std::cmp::Reverse;

use crate::hungarian::{Graph, solve};

/// Edges of a component up to which the assignment is exact (256 records all overlapping 256 others).
pub(crate) const MAX_EDGES: usize = 1 << 16;

/// A weight, compared lexicographically. That of an edge is above zero.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Weight(pub(crate) [i64; 7]);

impl Weight {
    pub(crate) fn plus(self, other: Self) -> Self {
        Self(std::array::from_fn(|i| self.0[i] + other.0[i]))
    }

    pub(crate) fn minus(self, other: Self) -> Self {
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
    assign_up_to(edges, MAX_EDGES)
}

/// The same with another limit on the edges of a component that is solved exactly.
pub(crate) fn assign_up_to(edges: &[Edge], most: usize) -> Vec<(u32, u32)> {
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
            if component.len() > most {
                greedy(component, &mut pairs);
            } else {
                exact(component, &mut pairs);
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

/// Solves a component; its edges are sorted by row.
fn exact(component: &[Edge], pairs: &mut Vec<(u32, u32)>) {
    let mut names: Vec<u32> = component.iter().map(|e| e.col).collect();
    names.sort_unstable();
    names.dedup();
    let (mut rows, mut first) = (Vec::new(), Vec::new());
    for (at, edge) in component.iter().enumerate() {
        if rows.last() != Some(&edge.row) {
            rows.push(edge.row);
            first.push(at as u32);
        }
    }
    first.push(component.len() as u32);
    let cols = component.iter().map(|e| names.partition_point(|&c| c < e.col) as u32).collect();
    let weight = |at: usize, _, _| component[at].weight;
    let graph = Graph { first, cols, width: names.len(), weight };
    let matched = rows.iter().zip(solve(&graph, u64::MAX).unwrap_or_default());
    pairs.extend(matched.filter_map(|(&row, col)| Some((row, names[col? as usize]))));
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
