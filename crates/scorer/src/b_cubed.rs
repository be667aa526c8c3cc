//! B-cubed over mentions that were matched one to one.
//!
//! Bagga and Baldwin (1998) give each mention the share of its cluster that the other side's cluster of
//! the same mention holds. Where mentions are predicted and not given, a mention may lack a partner; here
//! it counts with a credit of zero in its own side's mean (a missed one in recall, a spurious one in
//! precision), and it stays in the size of its cluster. That is the treatment of the reference scorer
//! since Pradhan et al. (2014), without any made-up singletons.

use crate::content::MentionView;
use crate::counts::WHOLE;

/// For each matched pair, (recall of the gold mention, precision of the predicted one), in units of
/// [`WHOLE`].
pub(crate) fn credits(gold: &[MentionView], pred: &[MentionView], pairs: &[(u32, u32)]) -> Vec<(u128, u128)> {
    let clusters = |&(g, p): &(u32, u32)| (gold[g as usize].agency, pred[p as usize].agency);
    let mut cells: Vec<(u32, u32)> = pairs.iter().map(clusters).collect();
    cells.sort_unstable();
    let (gold_sizes, pred_sizes) = (sizes(gold), sizes(pred));
    pairs
        .iter()
        .map(|pair| {
            let cell = clusters(pair);
            let from = cells.partition_point(|&c| c < cell);
            let common = (cells.partition_point(|&c| c <= cell) - from) as u128;
            let share = |size: u128| common * WHOLE / size.max(1);
            (share(gold_sizes[cell.0 as usize]), share(pred_sizes[cell.1 as usize]))
        })
        .collect()
}

/// Mentions by agency.
fn sizes(mentions: &[MentionView]) -> Vec<u128> {
    let mut sizes = vec![0; mentions.iter().map(|m| m.agency as usize + 1).max().unwrap_or(0)];
    for mention in mentions {
        sizes[mention.agency as usize] += 1;
    }
    sizes
}
