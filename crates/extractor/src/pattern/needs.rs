//! What a pattern cannot match without, and where that must stand.

use std::sync::LazyLock;

use super::parse::Node;
use super::program::widest;
use crate::token::{Vocabulary, WordId};

/// Words one of which stands in every match, so many tokens from its first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Need {
    /// The words, sorted.
    pub words: Box<[WordId]>,
    /// Fewest tokens of the match before the word.
    pub near: usize,
    /// Most tokens of the match before the word.
    pub far: usize,
    /// How often the words may stand in a text: the sum of their weights; small is good.
    weight: u32,
}

/// More needs of a pattern than this rule out hardly anything more.
const MOST: usize = 5;

/// Words and how often they stand in 100,000 tokens of the corpus, sorted; made by
/// `scripts/frequency/make_frequency.py`.
static FREQUENT: LazyLock<Vec<(&str, u32)>> = LazyLock::new(|| {
    let row = |line: &'static str| {
        let (word, count) = line.split_once('\t')?;
        Some((word, count.parse().ok()?))
    };
    let mut words: Vec<_> = include_str!("../../data/frequency/words.tsv").lines().filter_map(row).collect();
    words.sort_unstable();
    words
});

/// What a word weighs that is in no table: it stands about as often in 100,000 tokens.
const RARE: u32 = 6;

fn weight(word: &str) -> u32 {
    FREQUENT.binary_search_by_key(&word, |(known, _)| known).map_or(RARE, |at| FREQUENT[at].1)
}

/// The needs of a node, the rarest words first; none where a match may be of any words.
pub(super) fn needs_of(node: &Node, vocabulary: &mut Vocabulary) -> Vec<Need> {
    let mut needs = Vec::new();
    collect(node, (0, 0), vocabulary, &mut needs);
    needs.sort_by_key(|need| (need.weight, need.far - need.near, need.far));
    needs.truncate(MOST);
    needs
}

/// Adds the needs of a node that begins `from.0` to `from.1` tokens into the match.
fn collect(node: &Node, from: (usize, usize), vocabulary: &mut Vocabulary, needs: &mut Vec<Need>) {
    match node {
        Node::Words(words) => {
            let weight = words.iter().map(|word| weight(word)).sum();
            let words = words.iter().map(|word| vocabulary.intern(word)).collect();
            needs.push(Need { words: sorted(words), near: from.0, far: from.1, weight });
        }
        Node::Seq(items) => {
            let mut from = from;
            for item in items {
                collect(item, from, vocabulary, needs);
                from = (from.0 + narrowest(item), from.1 + widest(item));
            }
        }
        Node::Alt(branches) => {
            let best = |branch| {
                let mut needs = Vec::new();
                collect(branch, from, vocabulary, &mut needs);
                needs.into_iter().min_by_key(|need| (need.weight, need.far - need.near))
            };
            let Some(best) = branches.iter().map(best).collect::<Option<Vec<_>>>() else { return };
            needs.push(Need {
                words: sorted(best.iter().flat_map(|need| need.words.iter().copied()).collect()),
                near: best.iter().map(|need| need.near).min().unwrap_or(0),
                far: best.iter().map(|need| need.far).max().unwrap_or(0),
                weight: best.iter().map(|need| need.weight).sum(),
            });
        }
        Node::Capture(_, inner) => collect(inner, from, vocabulary, needs),
        _ => {}
    }
}

fn sorted(mut words: Vec<WordId>) -> Box<[WordId]> {
    words.sort_unstable();
    words.dedup();
    words.into()
}

/// Fewest tokens a node can match.
fn narrowest(node: &Node) -> usize {
    match node {
        Node::Words(_) | Node::Not(..) | Node::Class(_) | Node::Layer(_) => 1,
        Node::Seq(items) => items.iter().map(narrowest).sum(),
        Node::Alt(branches) => branches.iter().map(narrowest).min().unwrap_or(0),
        Node::Capture(_, inner) => narrowest(inner),
        _ => 0,
    }
}
