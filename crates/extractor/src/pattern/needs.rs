//! What a pattern cannot match without, and where that must stand.

use std::sync::{Arc, LazyLock};

use rustc_hash::FxHashMap;

use super::layer::Layer;
use super::parse::Node;
use super::part::needs_of_fragment;
use super::width::{narrowest, widest};
use crate::token::{Vocabulary, WordId};

/// Words one of which stands in every match, so many tokens from its first. A sign stands for the first token of a
/// span of a layer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Need {
    /// The words, sorted.
    pub words: Arc<[WordId]>,
    /// Fewest tokens of the match before the word.
    pub near: usize,
    /// Most tokens of the match before the word.
    pub far: usize,
    /// Whether the sign of a layer is among them.
    pub layered: bool,
    /// How often the words may stand in a text: the sum of their weights; small is good.
    weight: u32,
    element: Element,
}

/// The element of the pattern that a need is of. Needs of different elements stand in the order of these.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Element {
    /// Fewest and most tokens of the match before the element, and before what comes after it.
    start: Bounds,
    end: Bounds,
    /// Fewest and most tokens of the element before the word, and after it.
    before: Bounds,
    after: Bounds,
}

type Bounds = (usize, usize);

impl Need {
    fn new(words: Vec<WordId>, layered: bool, weight: u32, element: Element) -> Self {
        let (near, far) = sum(element.start, element.before);
        Self { words: sorted(words), near, far, layered, weight, element }
    }

    /// The need of a fragment where that begins so many tokens into a match.
    fn behind(&self, start: Bounds) -> Self {
        let element = Element {
            start: sum(start, self.element.start),
            end: sum(start, self.element.end),
            ..self.element.clone()
        };
        let (near, far) = sum(element.start, element.before);
        Self { near, far, element, words: self.words.clone(), ..*self }
    }

    /// Fewest and most tokens from the word to that of a need of a later element.
    pub(super) fn to(&self, later: &Self) -> Bounds {
        let (end, start) = (self.element.end, later.element.start);
        let between = (start.0 - end.0, start.1 - end.1);
        sum(sum((1, 1), self.element.after), sum(between, later.element.before))
    }
}

fn sum(one: Bounds, other: Bounds) -> Bounds {
    (one.0 + other.0, one.1 + other.1)
}

/// More needs of a pattern than this rule out hardly anything more.
const MOST: usize = 5;

/// Words and how often they stand in 100,000 tokens of the corpus; made by `scripts/frequency/make_frequency.py`.
static FREQUENT: LazyLock<FxHashMap<&str, u32>> = LazyLock::new(|| {
    let row = |line: &'static str| {
        let (word, count) = line.split_once('\t')?;
        Some((word, count.parse().ok()?))
    };
    include_str!("../../data/frequency/words.tsv").lines().filter_map(row).collect()
});

/// What a word weighs that is in no table: it stands about as often in 100,000 tokens.
const RARE: u32 = 6;

fn weight(word: &str) -> u32 {
    FREQUENT.get(word).copied().unwrap_or(RARE)
}

/// About how often a span of a layer begins in 100,000 tokens of the corpus.
fn weight_of(layer: Layer) -> u32 {
    match layer {
        Layer::Agency => 2800,
        Layer::Federal | Layer::State => 1000,
        Layer::Local => 1800,
        Layer::Citation => 800,
        Layer::Person | Layer::Place => 1500,
    }
}

/// The needs of a node, the rarest words first; none where a match may be of any words. One of words alone is among
/// them where there is any.
pub(super) fn needs_of(node: &Node, vocabulary: &mut Vocabulary) -> Vec<Need> {
    let mut needs = needs_within(node, vocabulary);
    needs.sort_by_key(|need| (need.weight, need.far - need.near, need.far));
    if let Some(words) = needs.iter().position(|need| !need.layered).filter(|&at| at >= MOST) {
        needs.swap(MOST - 1, words);
    }
    needs.truncate(MOST);
    needs
}

/// The needs of a node in the order of its elements.
pub(super) fn needs_within(node: &Node, vocabulary: &mut Vocabulary) -> Vec<Need> {
    let mut needs = Vec::new();
    collect(node, (0, 0), vocabulary, &mut needs);
    needs
}

/// Adds the needs of a node that begins `start.0` to `start.1` tokens into the match.
fn collect(node: &Node, start: Bounds, vocabulary: &mut Vocabulary, needs: &mut Vec<Need>) {
    let end = sum(start, (narrowest(node), widest(node)));
    match node {
        Node::Words(words) => {
            let weight = words.iter().map(|word| weight(word)).sum();
            let words = words.iter().map(|word| vocabulary.intern(word)).collect();
            let element = Element { start, end, before: (0, 0), after: (0, 0) };
            needs.push(Need::new(words, false, weight, element));
        }
        Node::Layer(layer) => {
            let words = vec![vocabulary.intern(layer.sign())];
            let after = (0, widest(node) - 1);
            let element = Element { start, end, before: (0, 0), after };
            needs.push(Need::new(words, true, weight_of(*layer), element));
        }
        Node::Seq(items) => {
            let mut start = start;
            for item in items {
                collect(item, start, vocabulary, needs);
                start = sum(start, (narrowest(item), widest(item)));
            }
        }
        Node::Alt(branches) => {
            let best = branches.iter().map(|branch| rarest(branch, vocabulary));
            let Some(best) = best.collect::<Option<Vec<_>>>() else { return };
            let words = best.iter().flat_map(|need| need.words.iter().copied()).collect();
            let weight = best.iter().map(|need| need.weight).sum();
            let layered = best.iter().any(|need| need.layered);
            let before = hull(best.iter().map(|need| (need.near, need.far)));
            let after = hull(best.iter().zip(branches).map(|(need, branch)| {
                let rest = (narrowest(branch) - need.element.end.0, widest(branch) - need.element.end.1);
                sum(rest, need.element.after)
            }));
            needs.push(Need::new(words, layered, weight, Element { start, end, before, after }));
        }
        Node::Capture(_, inner) => collect(inner, start, vocabulary, needs),
        Node::Shared(fragment) => {
            let within = needs_of_fragment(fragment, vocabulary);
            needs.extend(within.iter().map(|need| need.behind(start)));
        }
        _ => {}
    }
}

/// The need of a branch whose words are the rarest.
fn rarest(branch: &Node, vocabulary: &mut Vocabulary) -> Option<Need> {
    needs_within(branch, vocabulary).into_iter().min_by_key(|need| (need.weight, need.far - need.near))
}

/// What holds all of some bounds.
fn hull(bounds: impl Iterator<Item = Bounds>) -> Bounds {
    bounds.reduce(|all, one| (all.0.min(one.0), all.1.max(one.1))).unwrap_or_default()
}

fn sorted(mut words: Vec<WordId>) -> Arc<[WordId]> {
    words.sort_unstable();
    words.dedup();
    words.into()
}
