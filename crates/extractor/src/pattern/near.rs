//! How near a pattern comes to a sentence that it does not match.
//!
//! This walks the tree of the pattern instead of its program: slower, but it knows which element it is at.

use std::cell::RefCell;
use std::ops::Range;

use rustc_hash::FxHashMap;

use super::fragment::Definitions;
use super::layer::{Class, Layer};
use super::matcher::{Input, ends_clause, is_class, layer_end, opens_sentence, starts_clause};
use super::parse::{Element, Node, elements};
use crate::token::Shape;

/// Words that every second sentence has: that they match says little.
const WEAK: &[&str] = &[
    "the", "a", "an", "of", "to", "in", "on", "for", "and", "or", "not", "no", "is", "are", "was", "be",
    "has", "have", "will", "would", "with", "by", "its", "their", "we", "it", "they", "that", "this", "do",
    "does", "at", "as", "if", "any", "all", "into", "about", "up", "out", "from", "said", "say", ",",
];

/// A pattern made ready to be compared with sentences.
#[derive(Clone, Debug)]
pub struct Near {
    branches: Vec<Vec<Element>>,
}

/// Where a pattern stopped that came near.
#[derive(Clone, Debug, PartialEq)]
pub struct Nearest {
    /// How much of the pattern stands in the sentence, in order, 0 to 1.
    pub share: f64,
    /// The element that failed first: its bytes in the text of the pattern.
    pub element: Range<usize>,
    /// Most tokens that may stand before it where a gap does; `None` where none may.
    pub within: Option<usize>,
    /// Tokens that the elements before it matched; empty where it is the first.
    pub matched: Range<usize>,
}

/// A sentence with its words in lower case, ready for many patterns.
pub(crate) struct Sentence<'a> {
    input: Input<'a>,
    range: (usize, usize),
    words: Vec<String>,
    /// Where a fragment, by its address, ends that begins at a place: hundreds of patterns share it.
    known: RefCell<FxHashMap<(*const (), usize), Vec<usize>>>,
}

impl<'a> Sentence<'a> {
    pub(crate) fn new(input: Input<'a>, sentence: Range<usize>) -> Self {
        let range = (sentence.start, sentence.end);
        let lower = |at: usize| input.tokens[at].text(input.text).to_lowercase().replace('’', "'");
        Self { input, range, words: sentence.map(lower).collect(), known: RefCell::default() }
    }
}

impl Near {
    /// Reads a pattern; `None` where it is malformed.
    pub fn new(pattern: &str, definitions: &Definitions) -> Option<Self> {
        Some(Self { branches: elements(pattern, definitions).ok()? })
    }

    /// Where the pattern fails in a sentence, given as a range of tokens; `None` where it matches or where
    /// nothing of it stands there.
    ///
    /// ```
    /// use goldrule_extractor::pattern::{Definitions, Input, Near};
    /// use goldrule_extractor::segment::Segmented;
    /// use goldrule_extractor::token::Vocabulary;
    ///
    /// let pattern = "~ask ..3 about status";
    /// let text = "Officers asked whether their status matters.";
    /// let segmented = Segmented::new(text, &Vocabulary::default());
    /// let input = Input { text, tokens: &segmented.tokens, layers: &[] };
    /// let near = Near::new(pattern, &Definitions::new()).unwrap().nearest(input, 0..7).unwrap();
    /// assert_eq!(&pattern[near.element], "about");
    /// assert_eq!((near.within, near.matched), (Some(3), 1..2));
    /// ```
    pub fn nearest(&self, input: Input<'_>, sentence: Range<usize>) -> Option<Nearest> {
        self.nearest_in(&Sentence::new(input, sentence))
    }

    /// As [`Near::nearest`], of a sentence that other patterns are compared with, too.
    pub(crate) fn nearest_in(&self, sentence: &Sentence<'_>) -> Option<Nearest> {
        let mut best: Option<Nearest> = None;
        for branch in &self.branches {
            match compare(branch, sentence) {
                None => return None,
                Some(near) if near.share > best.as_ref().map_or(0.0, |best| best.share) => best = Some(near),
                Some(_) => {}
            }
        }
        best
    }
}

/// Compares one branch; `None` where it matches.
fn compare(branch: &[Element], sentence: &Sentence<'_>) -> Option<Nearest> {
    // Places that the elements so far can reach, each with the place they began at.
    let mut reached: Vec<(usize, usize)> = (sentence.range.0..=sentence.range.1).map(|at| (at, at)).collect();
    let mut failed = None;
    for (index, element) in branch.iter().enumerate() {
        let mut next: Vec<(usize, usize)> = reached
            .iter()
            .flat_map(|&(from, at)| sentence.ends(&element.node, at).into_iter().map(move |end| (from, end)))
            .collect();
        next.sort_unstable();
        next.dedup();
        if next.is_empty() {
            failed = Some(index);
            break;
        }
        reached = next;
    }
    let failed = failed?;
    let total: f64 = branch.iter().map(|element| weight(&element.node)).sum();
    let before: f64 = branch[..failed].iter().map(|element| weight(&element.node)).sum();
    // What was matched in fewest tokens, gaps left out, is what a reader would point at.
    let solid = branch[..failed].iter().rposition(|element| weight(&element.node) > 0.0);
    let (from, at) = match solid {
        Some(_) => *reached.iter().min_by_key(|(from, at)| (at - from, *from))?,
        None => (sentence.range.0, sentence.range.0),
    };
    let (after, strong_after) = sentence.in_order(&branch[failed + 1..], at);
    let strong: f64 = branch[..failed].iter().map(|element| strength(&element.node)).sum();
    // Names and words that every sentence has bring no pattern near.
    let near = total > 0.0 && strong + strong_after >= 1.0;
    let gap = |element: &Element| match element.node {
        Node::Gap(most) => Some(usize::from(most)),
        _ => None,
    };
    let within = branch[..failed].last().and_then(gap);
    Some(Nearest {
        share: if near { (before + after) / total } else { 0.0 },
        element: branch[failed].span.clone(),
        within: solid.and(within),
        matched: if solid.is_some() { from..at } else { from..from },
    })
}

/// How much it says that an element matches.
fn weight(node: &Node) -> f64 {
    match node {
        Node::Words(words) => {
            let weak = words.iter().filter(|word| WEAK.contains(&word.as_str())).count();
            if 2 * weak >= words.len() { 0.25 } else { 1.0 }
        }
        Node::Shared(fragment) => weight(&fragment.node),
        Node::Layer(_) => 0.75,
        Node::Class(Class::Any | Class::Word | Class::Gap) => 0.0,
        Node::Seq(items) => items.iter().map(weight).sum::<f64>().min(2.0),
        Node::Alt(branches) => branches.iter().map(weight).fold(0.0, f64::max),
        Node::Capture(_, inner) => weight(inner),
        Node::Class(_) | Node::Start | Node::End | Node::ClauseStart | Node::ClauseEnd => 0.25,
        _ => 0.0,
    }
}

/// As [`weight`], of what holds a telling word alone.
fn strength(node: &Node) -> f64 {
    match node {
        Node::Words(_) if weight(node) >= 1.0 => 1.0,
        Node::Shared(fragment) => strength(&fragment.node),
        Node::Seq(items) => items.iter().map(strength).fold(0.0, f64::max),
        Node::Alt(branches) => branches.iter().map(strength).fold(0.0, f64::max),
        Node::Capture(_, inner) => strength(inner),
        _ => 0.0,
    }
}

impl Sentence<'_> {
    /// How much of some elements stands behind a place in their order, gaps of any length allowed: their
    /// weight and their strength.
    fn in_order(&self, elements: &[Element], mut at: usize) -> (f64, f64) {
        let mut sum = (0.0, 0.0);
        for element in elements.iter().filter(|element| weight(&element.node) > 0.0) {
            let found = (at..self.range.1).find_map(|start| {
                self.ends(&element.node, start).into_iter().filter(|&end| end > start).min()
            });
            if let Some(end) = found {
                sum = (sum.0 + weight(&element.node), sum.1 + strength(&element.node));
                at = end;
            }
        }
        sum
    }

    /// Every place at which a match that begins at a place can end, sorted.
    fn ends(&self, node: &Node, at: usize) -> Vec<usize> {
        let one = |matches: bool| if matches { vec![at + 1] } else { Vec::new() };
        let here = |holds: bool| if holds { vec![at] } else { Vec::new() };
        let inside = at < self.range.1;
        match node {
            Node::Words(words) => one(inside && self.is_one_of(words, at)),
            Node::Shared(fragment) => {
                let key = (std::ptr::from_ref(&fragment.node).cast(), at);
                if let Some(ends) = self.known.borrow().get(&key) {
                    return ends.clone();
                }
                let ends = self.ends(&fragment.node, at);
                self.known.borrow_mut().insert(key, ends.clone());
                ends
            }
            Node::Not(words, classes) => {
                let none =
                    |at| !self.is_one_of(words, at) && !classes.iter().any(|class| self.is(*class, at));
                one(inside && none(at))
            }
            Node::Class(class) => one(inside && self.is(*class, at)),
            Node::Layer(layer) => self.layer(*layer, at),
            Node::Seq(items) => items.iter().fold(vec![at], |reached, item| {
                sorted(reached.into_iter().flat_map(|at| self.ends(item, at)).collect())
            }),
            Node::Alt(branches) => sorted(branches.iter().flat_map(|branch| self.ends(branch, at)).collect()),
            Node::Opt(inner) => {
                let mut ends = self.ends(inner, at);
                ends.push(at);
                sorted(ends)
            }
            Node::Gap(most) => {
                let passes =
                    (at..self.range.1).take(usize::from(*most)).take_while(|&at| self.is(Class::Gap, at));
                (at..=at + passes.count()).collect()
            }
            Node::Capture(_, inner) => self.ends(inner, at),
            Node::Start => here(opens_sentence(self.input, self.range, at)),
            Node::End => {
                let last = at + 1 == self.range.1 && self.input.tokens[at].shape == Shape::Mark;
                here(at == self.range.1 || last)
            }
            Node::ClauseStart => here(starts_clause(self.input, self.range, at)),
            Node::ClauseEnd => here(ends_clause(self.input, self.range, at)),
            Node::Look { ahead: true, negated, node } => here(self.ends(node, at).is_empty() == *negated),
            Node::Look { ahead: false, negated, node } => {
                let precedes = (self.range.0..=at).any(|from| self.ends(node, from).contains(&at));
                here(precedes != *negated)
            }
        }
    }

    fn is_one_of(&self, words: &[String], at: usize) -> bool {
        let word = &self.words[at - self.range.0];
        words.iter().any(|known| {
            // Compared with every word of a pattern at every place: nothing may be allocated here.
            known.eq_ignore_ascii_case(word) || !known.is_ascii() && known.to_lowercase() == *word
        })
    }

    fn is(&self, class: Class, at: usize) -> bool {
        is_class(self.input.tokens[at], class, self.input.text)
    }

    fn layer(&self, layer: Layer, at: usize) -> Vec<usize> {
        layer_end(self.input.layers, at, layer, self.range.1).into_iter().collect()
    }
}

fn sorted(mut ends: Vec<usize>) -> Vec<usize> {
    ends.sort_unstable();
    ends.dedup();
    ends
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pattern::{Matcher, compile};
    use crate::segment::Segmented;
    use crate::token::Vocabulary;
    use proptest::prelude::*;

    /// Patterns of a few words with every sort of element.
    fn patterns() -> impl Strategy<Value = String> {
        let leaf = prop::sample::select(
            &[
                "a",
                "b",
                "c",
                "!a",
                "!(a|%num)",
                "%cap",
                "%num",
                "~ask",
                "..2",
                "b?",
                "\"a b\"",
                "^",
                "$",
                "^^",
                "$$",
                "@f",
                "@g",
                "(a|@f)",
            ][..],
        )
        .prop_map(str::to_owned);
        leaf.prop_recursive(3, 12, 3, |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 1..4).prop_map(|parts| parts.join(" ")),
                prop::collection::vec(inner.clone(), 2..4).prop_map(|parts| format!("({})", parts.join("|"))),
                inner.clone().prop_map(|part| format!("({part})?")),
                inner.clone().prop_map(|part| format!("<x: {part}>")),
                inner.clone().prop_map(|part| format!(">({part})")),
                inner.clone().prop_map(|part| format!("!>({part})")),
                inner.prop_map(|part| format!("{part} !<(b a?) c?")),
            ]
        })
    }

    /// Fragments that such patterns share.
    fn fragments() -> Definitions {
        let mut definitions = Definitions::new();
        definitions.insert("f", "(a b|b c?|a !<(c a))");
        definitions.insert("g", "@f ..2 (c|@f)?");
        definitions
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(1000))]

        /// The tree and the program mean the same: each is the other's oracle.
        #[test]
        fn tree_and_program_agree(
            pattern in patterns(),
            words in prop::collection::vec(
                prop::sample::select(&["a", "b", "c", "A", "7", "asked", ",", "and", ";"][..]), 1..9)
        ) {
            let text = words.join(" ");
            let mut vocabulary = Vocabulary::default();
            let definitions = fragments();
            let Ok(program) = compile(&pattern, &definitions, &mut vocabulary) else { return Ok(()) };
            let node = crate::pattern::parse(&pattern, &definitions).unwrap();
            let segmented = Segmented::new(&text, &vocabulary);
            let input = Input { text: &text, tokens: &segmented.tokens, layers: &[] };
            let range = (0, segmented.tokens.len());
            let sentence = Sentence::new(input, range.0..range.1);
            let mut matcher = Matcher::default();
            matcher.enter();
            for start in 0..=range.1 {
                // Whether what is found out about fragments is kept or not.
                let kept = matcher.run(&program.program, input, range, start).map(|found| found.last);
                let fresh = Matcher::default().match_at(&program, input, range, start).map(|found| found.last);
                let by_tree = sentence.ends(&node, start).last().copied();
                prop_assert_eq!((kept, fresh), (by_tree, by_tree), "{} at {}", &pattern, start);
            }
        }
    }

    fn nearest(pattern: &str, text: &str) -> Option<(String, Option<usize>, String)> {
        let segmented = Segmented::new(text, &Vocabulary::default());
        let input = Input { text, tokens: &segmented.tokens, layers: &[] };
        let near = Near::new(pattern, &Definitions::new()).unwrap();
        let near = near.nearest(input, segmented.sentences[0].range())?;
        let matched = segmented.tokens[near.matched].iter().map(|token| token.text(text));
        Some((pattern[near.element].to_owned(), near.within, matched.collect::<Vec<_>>().join(" ")))
    }

    #[test]
    fn the_first_element_that_fails_is_named() {
        let pattern = "~ask ..2 about (immigration|legal) status";
        assert_eq!(nearest(pattern, "They ask about legal status."), None);
        let found = nearest(pattern, "They ask about marital status.").unwrap();
        assert_eq!(found, ("(immigration|legal)".into(), None, "ask about".into()));
        let found = nearest(pattern, "They ask all of the people there about legal status.").unwrap();
        assert_eq!(found, ("about".into(), Some(2), "ask".into()));
        let found = nearest(pattern, "They quiz people about legal status.").unwrap();
        assert_eq!(found, ("~ask".into(), None, String::new()));
        assert_eq!(nearest(pattern, "It rains."), None);
    }
}
