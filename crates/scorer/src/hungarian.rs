//! The Hungarian method with shortest augmenting paths and potentials.
//!
//! Kuhn (1955) in the form of Jonker and Volgenant (1987). Of a weight it needs only that it can be added,
//! subtracted and compared.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use crate::matching::Weight;

/// A bipartite graph by rows: the columns of row `i` are `cols[first[i]..first[i + 1]]`.
///
/// Weights are asked for as they are needed, so that a large graph takes four bytes an edge.
pub(crate) struct Graph<W> {
    /// Where the edges of each row begin, and where the last ones end.
    pub(crate) first: Vec<u32>,
    pub(crate) cols: Vec<u32>,
    /// Number of columns.
    pub(crate) width: usize,
    /// Weight of an edge, by its place in `cols`, its row and its column; always above zero.
    pub(crate) weight: W,
}

/// The matching of greatest total weight: for each row its column. `None` where finding it would take more
/// than `budget` looks at edges.
pub(crate) fn solve<W: Fn(usize, usize, usize) -> Weight>(
    graph: &Graph<W>,
    budget: u64,
) -> Option<Vec<Option<u32>>> {
    let (rows, cols) = (graph.first.len() - 1, graph.width);
    let mut solver = Hungarian {
        graph,
        row_potential: vec![Weight::default(); rows],
        col_potential: vec![Weight::default(); cols],
        row_match: vec![None; rows],
        col_match: vec![None; cols],
        distance: vec![None; cols],
        via: vec![0; cols],
        settled: vec![false; cols],
        looks: 0,
    };
    // A row whose heaviest edge leads to a free column has it without a search. What is left is little,
    // and its searches meet a matching that is nearly done.
    let contested: Vec<usize> = (0..rows).filter(|&row| !solver.take_heaviest(row)).collect();
    for row in contested {
        solver.insert(row);
        if solver.looks > budget {
            return None;
        }
    }
    Some(solver.row_match.into_iter().map(|col| col.map(|col| col as u32)).collect())
}

/// The cost of an edge is its negative weight; a row may also stay alone at cost 0. After each row the
/// matching of the rows so far is optimal, and `cost - row_potential - col_potential` is never negative
/// and zero on matched edges.
struct Hungarian<'a, W> {
    graph: &'a Graph<W>,
    row_potential: Vec<Weight>,
    col_potential: Vec<Weight>,
    row_match: Vec<Option<usize>>,
    col_match: Vec<Option<usize>>,
    // Of the search under way:
    distance: Vec<Option<Weight>>,
    via: Vec<usize>,
    settled: Vec<bool>,
    /// Edges looked at so far.
    looks: u64,
}

/// Where a search ended.
enum End {
    FreeColumn(usize),
    RowLeftAlone(usize),
}

impl<W: Fn(usize, usize, usize) -> Weight> Hungarian<'_, W> {
    /// The edges of a row, as (column, weight).
    fn edges(&self, row: usize) -> impl Iterator<Item = (usize, Weight)> {
        let graph = self.graph;
        (graph.first[row] as usize..graph.first[row + 1] as usize).map(move |at| {
            let col = graph.cols[at] as usize;
            (col, (graph.weight)(at, row, col))
        })
    }

    fn reduced(&self, row: usize, col: usize, weight: Weight) -> Weight {
        Weight::default().minus(weight).minus(self.row_potential[row]).minus(self.col_potential[col])
    }

    /// Matches a row with the column of its heaviest edge, if that is free.
    fn take_heaviest(&mut self, row: usize) -> bool {
        let heaviest = self.edges(row).max_by_key(|&(col, weight)| (weight, std::cmp::Reverse(col)));
        let Some((col, weight)) = heaviest.filter(|&(col, _)| self.col_match[col].is_none()) else {
            return false;
        };
        self.row_potential[row] = Weight::default().minus(weight);
        (self.row_match[row], self.col_match[col]) = (Some(col), Some(row));
        true
    }

    /// Brings `root` into the matching along a cheapest augmenting path.
    fn insert(&mut self, root: usize) {
        let zero = Weight::default();
        self.row_potential[root] = self
            .edges(root)
            .map(|(col, weight)| zero.minus(weight).minus(self.col_potential[col]))
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
            let graph = self.graph;
            self.looks += u64::from(graph.first[row + 1] - graph.first[row]);
            for at in graph.first[row] as usize..graph.first[row + 1] as usize {
                let col = graph.cols[at] as usize;
                let weight = (graph.weight)(at, row, col);
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
