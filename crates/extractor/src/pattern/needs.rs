//! What a pattern cannot match without, and where that must stand.

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
const MOST: usize = 4;

/// Words that stand in most sentences.
const COMMON: &[&str] = &[
    "the", "a", "an", "of", "to", "in", "on", "for", "and", "or", "not", "no", "is", "are", "was", "were",
    "be", "been", "being", "am", "'s", "'re", "'ve", "have", "has", "had", "having", "will", "would", "with",
    "by", "its", "their", "his", "her", "our", "we", "it", "they", "he", "she", "that", "which", "who",
    "this", "do", "does", "did", "done", "doing", "from", "at", "as", "if", "any", "all", "people", "person",
    "into", "about", "up", "out", "said", "say", "says", "saying", ",", ".", "take", "make", "made", "get",
    "go", "'ll", "can", "may", "only", "when", "without", "law", "officers", "police", "federal", "state",
    "because", "so", "us", "them", "him", "you", "i", "other", "-", "(", ")",
];

/// Words that stand in many sentences about police and immigration.
const TOPICAL: &[&str] = &[
    "immigration",
    "enforcement",
    "ice",
    "detainer",
    "detainers",
    "jail",
    "sheriff",
    "sheriffs",
    "county",
    "city",
    "department",
    "office",
    "deputies",
    "officer",
    "agents",
    "authorities",
    "agreement",
    "status",
    "custody",
    "local",
    "agency",
    "agencies",
    "inmates",
    "someone",
    "anyone",
    "residents",
];

fn weight(word: &str) -> u32 {
    if COMMON.contains(&word) {
        1000
    } else if TOPICAL.contains(&word) {
        50
    } else {
        1
    }
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
