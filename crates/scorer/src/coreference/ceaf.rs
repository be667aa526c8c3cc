//! Clusters aligned one to one so that the sum of their similarities is greatest (Luo 2005).

use crate::coreference::partition::Partition;
use crate::counts::{Counts, WHOLE};
use crate::matching::{Edge, Weight, assign};

/// What a similarity of 1 weighs in the alignment: sums over millions of clusters stay in range.
const SCALE: u128 = 1 << 40;

/// CEAF-m and CEAF-e.
pub(super) fn scores(gold: &Partition, pred: &Partition) -> [Counts; 2] {
    let mut cells: Vec<(usize, usize, u64)> = Vec::new();
    for (row, cluster) in gold.clusters().iter().enumerate() {
        cells.extend(pred.parts_of(cluster).into_iter().map(|(col, common)| (row, col, common)));
    }
    let sizes = |row: usize, col: usize| (gold.size(row) + pred.size(col)) as u128;
    let mentions = |_: usize, _: usize, common: u64| u128::from(common) * WHOLE;
    let dice = |row: usize, col: usize, common: u64| 2 * u128::from(common) * WHOLE / sizes(row, col);
    let clusters = (gold.clusters().len() as u64, pred.clusters().len() as u64);
    [
        Counts::shared(best(&cells, mentions), gold.mentions(), pred.mentions()),
        Counts::shared(best(&cells, dice), clusters.0, clusters.1),
    ]
}

/// The greatest sum of similarities.
fn best(cells: &[(usize, usize, u64)], similarity: impl Fn(usize, usize, u64) -> u128) -> u128 {
    let edges: Vec<Edge> = cells
        .iter()
        .map(|&(row, col, common)| {
            // Divided before it is scaled: a whole number of mentions stays whole.
            let credit = similarity(row, col, common);
            let weight = credit / WHOLE * SCALE + credit % WHOLE * SCALE / WHOLE;
            let weight = i64::try_from(weight).unwrap_or(i64::MAX / 4).max(1);
            Edge { row: row as u32, col: col as u32, weight: Weight([weight, 0, 0, 0, 0, 0, 0]) }
        })
        .collect();
    let chosen = assign(&edges);
    let common = |&(row, col): &(u32, u32)| {
        let cell = (row as usize, col as usize);
        let at = cells.binary_search_by_key(&cell, |cell| (cell.0, cell.1)).ok()?;
        Some(similarity(cell.0, cell.1, cells[at].2))
    };
    chosen.iter().filter_map(common).sum()
}
