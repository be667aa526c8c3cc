//! What a pattern cannot match without.

use super::parse::Node;
use super::program::widest;
use crate::token::{Vocabulary, WordId};

/// Words one of which stands in every match of a pattern, and how far in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Anchor {
    /// The words, sorted.
    pub words: Vec<WordId>,
    /// Most tokens of the match before the word.
    pub before: usize,
    /// How common the words are: the sum of their weights; small is good.
    weight: u32,
}

/// Words that are too common to look at each place they stand at.
const COMMON: &[&str] = &[
    "the", "a", "an", "of", "to", "in", "on", "for", "and", "or", "not", "no", "is", "are", "was", "were",
    "be", "been", "being", "am", "'s", "'re", "'ve", "have", "has", "had", "having", "will", "would", "with",
    "by", "its", "their", "his", "her", "our", "we", "it", "they", "he", "she", "that", "which", "who",
    "this", "do", "does", "did", "done", "doing", "from", "at", "as", "if", "any", "all", "people", "person",
    "into", "about", "up", "out", "said", "say", "says", "saying", ",", ".", "take", "make", "made", "get",
    "go", "'ll", "can", "may", "only", "when", "without", "law", "officers", "police", "federal", "state",
    "because", "so", "us", "them", "him", "you", "i", "other", "-", "(", ")",
];

pub(super) fn anchor_of(node: &Node, vocabulary: &mut Vocabulary) -> Option<Anchor> {
    match node {
        Node::Words(words) => {
            let weight =
                words.iter().map(|word| if COMMON.contains(&word.as_str()) { 1000 } else { 1 }).sum();
            let mut ids: Vec<_> = words.iter().map(|word| vocabulary.intern(word)).collect();
            ids.sort_unstable();
            ids.dedup();
            Some(Anchor { words: ids, before: 0, weight })
        }
        Node::Seq(items) => {
            let mut best: Option<Anchor> = None;
            let mut before = 0;
            for item in items {
                if let Some(mut anchor) = anchor_of(item, vocabulary) {
                    anchor.before += before;
                    if best
                        .as_ref()
                        .is_none_or(|best| (anchor.weight, anchor.before) < (best.weight, best.before))
                    {
                        best = Some(anchor);
                    }
                }
                before += widest(item);
            }
            best
        }
        Node::Alt(branches) => {
            let mut all = Anchor { words: Vec::new(), before: 0, weight: 0 };
            for branch in branches {
                let anchor = anchor_of(branch, vocabulary)?;
                all.words.extend(anchor.words);
                all.before = all.before.max(anchor.before);
                all.weight += anchor.weight;
            }
            all.words.sort_unstable();
            all.words.dedup();
            Some(all)
        }
        Node::Capture(_, inner) => anchor_of(inner, vocabulary),
        _ => None,
    }
}
