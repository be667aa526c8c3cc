//! Many patterns over one sentence: where each may begin, told by the words they cannot match without.
//!
//! Each need of a pattern, "one of these words 2 to 14 tokens on", is a set of words shared by all the
//! patterns that have it. The places where a set's words stand are the bits of one integer. Those of a
//! pattern's last need, shifted back by its distances from the need before, tell which places of that one will
//! do; so on to the first need, and from it to the tokens at which the pattern may begin (bit-parallel
//! filtering, Navarro & Raffinot 2002, chapter 4). The matcher is run on what is left.

use std::collections::BTreeMap;
use std::ops::Range;

use super::matcher::{Input, Match, Matcher};
use super::needs::Need;
use super::program::Pattern;
use crate::token::{Token, Vocabulary, WordId};

/// Tokens whose places are looked at together.
const WINDOW: usize = u64::BITS as usize;

/// Starts that are computed together where a sentence is longer than a window: what stands up to as many
/// tokens on is seen from each.
const BLOCK: usize = WINDOW / 2;

/// A need of a pattern: a set of words, and how many tokens behind the first of the match one of them stands
/// at most.
#[derive(Clone, Copy, Debug)]
struct Sought {
    set: u32,
    far: u32,
}

/// A need of a pattern by its distance from the one before it, of the first from the first token.
#[derive(Clone, Copy, Debug)]
struct Link {
    need: Sought,
    near: u32,
    far: u32,
}

/// A pattern in a list, with the set of its second rarest need, which rules
/// out most without a look at anything else.
#[derive(Clone, Copy, Debug)]
struct Entry {
    pattern: u32,
    second: Option<u32>,
}

/// Patterns by the words they cannot match without.
#[derive(Debug)]
pub(crate) struct PatternIndex {
    /// Sought sets in which a word stands, by word id.
    sets_of: Lists<u32>,
    /// The words of each set, as bits of [`Places::present`].
    words_of: Lists<Bits>,
    /// Patterns whose rarest need within reach is a set, by set; only the first sets are such needs.
    rarest_of: Lists<Entry>,
    /// Number of these sets.
    sought: usize,
    /// Patterns of which no need is sure to stand in the window of a start.
    always: Vec<Entry>,
    /// The needs of each pattern, the rarest first.
    needs: Lists<Sought>,
    /// The needs of each pattern in the order in which they stand in a match.
    chains: Lists<Link>,
}

/// Words whose ids share all but their last bits.
#[derive(Clone, Copy, Debug)]
struct Bits {
    block: u32,
    bits: u64,
}

/// The words of a set. Most were first named one after the other, so that few blocks hold them.
fn blocks(words: &[WordId]) -> Vec<Bits> {
    let mut blocks = BTreeMap::new();
    for word in words {
        *blocks.entry(word.0 / u64::BITS).or_insert(0) |= 1 << (word.0 % u64::BITS);
    }
    blocks.into_iter().map(|(block, bits)| Bits { block, bits }).collect()
}

/// Many short lists in one stretch of memory: they are walked for every token.
#[derive(Debug)]
struct Lists<T> {
    ends: Vec<u32>,
    items: Vec<T>,
}

impl<T> Lists<T> {
    fn new(lists: Vec<Vec<T>>) -> Self {
        let mut all = Self { ends: vec![0], items: Vec::new() };
        for list in lists {
            all.items.extend(list);
            all.ends.push(all.items.len() as u32);
        }
        all
    }

    /// Number of lists.
    fn len(&self) -> usize {
        self.ends.len() - 1
    }

    fn get(&self, nth: usize) -> &[T] {
        match self.ends.get(nth..nth + 2) {
            Some(&[start, end]) => &self.items[start as usize..end as usize],
            _ => &[],
        }
    }
}

/// Reusable memory for [`PatternIndex::starts`].
#[derive(Debug, Default)]
pub(super) struct Places {
    /// Which words stand in the window, a bit for each: these few bytes are asked for most.
    present: Vec<u64>,
    /// Where each word stands in the window.
    of_word: Vec<u64>,
    /// Where the words of each sought set stand.
    of_set: Vec<u64>,
    /// Sought sets that stand somewhere in it.
    seen: Vec<u32>,
    /// For each other set the number of the last window that it was asked for in, doubled, and one more where
    /// a word of it stands there.
    of_rare: Vec<u64>,
    /// Number of the window, from 1.
    window: u64,
}

impl Places {
    /// Makes room for the words and sets of an index. What another index left is as good as new.
    fn fit(&mut self, words: usize, sought: usize, rare: usize) {
        grow(&mut self.present, words.div_ceil(WINDOW));
        grow(&mut self.of_word, words);
        grow(&mut self.of_set, sought);
        grow(&mut self.of_rare, rare);
    }
}

fn grow(list: &mut Vec<u64>, len: usize) {
    list.resize(list.len().max(len), 0);
}

impl PatternIndex {
    /// Indexes patterns, whose numbers are their order here. One without needs is never tried.
    pub(crate) fn new<'a>(patterns: impl Iterator<Item = &'a Pattern>, vocabulary: &Vocabulary) -> Self {
        let mut sets: BTreeMap<&[WordId], u32> = BTreeMap::new();
        let (mut needs, mut chains) = (Vec::new(), Vec::new());
        let mut rarest_of: Vec<Vec<Entry>> = Vec::new();
        let mut always = Vec::new();
        for (number, pattern) in patterns.enumerate() {
            let mut sought = |need: &'a Need| {
                let next = sets.len() as u32;
                Sought { set: *sets.entry(&need.words).or_insert(next), far: need.far as u32 }
            };
            let of_pattern: Vec<Sought> = pattern.needs.iter().map(&mut sought).collect();
            chains.push(chain(&pattern.needs, sought));
            rarest_of.resize_with(sets.len(), Vec::new);
            let mut within = of_pattern.iter().filter(|need| need.far as usize <= BLOCK).map(|need| need.set);
            let (rarest, second) = (within.next(), within.next());
            let entry = Entry { pattern: number as u32, second };
            match rarest {
                Some(rarest) => rarest_of[rarest as usize].push(entry),
                None if of_pattern.is_empty() => {}
                None => always.push(entry),
            }
            needs.push(of_pattern);
        }
        let (mut rarest_of, renumbered) = sought_first(rarest_of);
        for entry in rarest_of.iter_mut().flatten() {
            entry.second = entry.second.map(|set| renumbered[set as usize]);
        }
        let renumber = |need: &mut Sought| need.set = renumbered[need.set as usize];
        needs.iter_mut().flatten().for_each(renumber);
        chains.iter_mut().flatten().for_each(|link: &mut Link| renumber(&mut link.need));
        let sought = rarest_of.len();
        let mut sets_of = vec![Vec::new(); vocabulary.len() + 1];
        let mut words_of = vec![Vec::new(); sets.len()];
        for (words, set) in sets {
            let set = renumbered[set as usize];
            words_of[set as usize] = blocks(words);
            for word in words.iter().filter(|_| (set as usize) < sought) {
                sets_of[word.0 as usize].push(set);
            }
        }
        Self {
            sets_of: Lists::new(sets_of),
            words_of: Lists::new(words_of),
            sought,
            rarest_of: Lists::new(rarest_of),
            always,
            needs: Lists::new(needs),
            chains: Lists::new(chains),
        }
    }

    /// Calls `found` with the number of a pattern and its longest match at a place, for each place of a
    /// sentence's tokens at which one matches.
    pub(crate) fn matches<'p>(
        &self,
        pattern: impl Fn(usize) -> &'p Pattern,
        input: Input<'_>,
        sentence: Range<usize>,
        matcher: &mut Matcher,
        mut found: impl FnMut(usize, Match),
    ) {
        let mut places = std::mem::take(&mut matcher.places);
        self.starts(input.tokens, &sentence, &mut places, |number, start| {
            let pattern = pattern(number);
            if pattern.may_begin(input.tokens[start].word) {
                let longest = matcher.match_at(pattern, input, (sentence.start, sentence.end), start);
                if let Some(longest) = longest {
                    found(number, longest);
                }
            }
        });
        matcher.places = places;
    }

    /// Calls `visit` with the number of a pattern and a token at which it may begin, each pair once. Every
    /// match that begins and ends in the range begins at a pair that is visited.
    fn starts(
        &self,
        tokens: &[Token],
        range: &Range<usize>,
        places: &mut Places,
        mut visit: impl FnMut(usize, usize),
    ) {
        places.fit(self.sets_of.len(), self.sought, self.words_of.len() - self.sought);
        let mut block = range.start;
        while block < range.end {
            let window = &tokens[block..range.end.min(block + WINDOW)];
            let all_seen = block + window.len() == range.end;
            for (at, token) in window.iter().enumerate() {
                // Words that only other layers know have no place here.
                let word = token.word.0 as usize;
                if let Some(bits) = places.of_word.get_mut(word) {
                    *bits |= 1 << at;
                    places.present[word / WINDOW] |= 1 << (word % WINDOW);
                }
                for &set in self.sets_of.get(token.word.0 as usize) {
                    let bits = &mut places.of_set[set as usize];
                    if *bits == 0 {
                        places.seen.push(set);
                    }
                    *bits |= 1 << at;
                }
            }
            places.window += 1;
            let mut seen = std::mem::take(&mut places.seen);
            let rarest = seen.iter().map(|&set| self.rarest_of.get(set as usize));
            for patterns in rarest.chain([&self.always[..]]) {
                for &Entry { pattern, second } in patterns {
                    if second.is_some_and(|set| !self.stands(set as usize, places)) {
                        continue;
                    }
                    let mut starts = self.starts_of(pattern, places, all_seen);
                    while starts != 0 {
                        visit(pattern as usize, block + starts.trailing_zeros() as usize);
                        starts &= starts - 1;
                    }
                }
            }
            for set in seen.drain(..) {
                places.of_set[set as usize] = 0;
            }
            places.seen = seen;
            for token in window {
                let word = token.word.0 as usize;
                if let Some(bits) = places.of_word.get_mut(word) {
                    *bits = 0;
                    places.present[word / WINDOW] = 0;
                }
            }
            block = if all_seen { range.end } else { block + BLOCK };
        }
    }

    /// Where a pattern may begin among the first tokens of a window.
    fn starts_of(&self, pattern: u32, places: &mut Places, all_seen: bool) -> u64 {
        // What is needed beyond the window may stand there.
        let sure = |need: Sought| all_seen || need.far as usize <= BLOCK;
        let mut needs = self.needs.get(pattern as usize).iter().filter(|&&need| sure(need));
        // Most patterns need a word that stands nowhere in the window; that costs least to see.
        if needs.any(|need| !self.stands(need.set as usize, places)) {
            return 0;
        }
        let starts = if all_seen { u64::MAX } else { (1 << BLOCK) - 1 };
        let chain = self.chains.get(pattern as usize).iter().filter(|link| sure(link.need));
        let reached = chain.rev().fold(u64::MAX, |reached, link| {
            reach_back(reached & self.places_of(link.need.set as usize, places), link.near, link.far)
        });
        reached & starts
    }

    /// Whether a word of a set stands in the window.
    fn stands(&self, set: usize, places: &mut Places) -> bool {
        if set < self.sought {
            return places.of_set[set] != 0;
        }
        let asked = &mut places.of_rare[set - self.sought];
        if *asked / 2 != places.window {
            let present = &places.present;
            let stands = self.words_of.get(set).iter().any(|of| present[of.block as usize] & of.bits != 0);
            *asked = 2 * places.window + u64::from(stands);
        }
        *asked % 2 == 1
    }

    /// Where the words of a set stand.
    fn places_of(&self, set: usize, places: &Places) -> u64 {
        if set < self.sought {
            return places.of_set[set];
        }
        self.words_of.get(set).iter().fold(0, |mut all, of| {
            let mut present = places.present[of.block as usize] & of.bits;
            while present != 0 {
                all |= places.of_word[of.block as usize * WINDOW + present.trailing_zeros() as usize];
                present &= present - 1;
            }
            all
        })
    }
}

/// The needs of a pattern in the order in which they stand in a match: far ones come last.
fn chain<'a>(needs: &'a [Need], mut sought: impl FnMut(&'a Need) -> Sought) -> Vec<Link> {
    let mut ordered: Vec<&Need> = needs.iter().collect();
    ordered.sort_by_key(|need| need.near);
    let mut before: Option<&Need> = None;
    let mut link = |need: &'a Need| {
        let (near, far) = before.replace(need).map_or((need.near, need.far), |before| before.to(need));
        Link { need: sought(need), near: near as u32, far: far as u32 }
    };
    ordered.into_iter().map(&mut link).collect()
}

/// Lists with the empty ones taken out, and the new number of each: the empty ones come behind the others.
fn sought_first<T>(lists: Vec<Vec<T>>) -> (Vec<Vec<T>>, Vec<u32>) {
    let full = lists.iter().filter(|list| !list.is_empty()).count() as u32;
    let (mut next_full, mut next_empty) = (0..full, full..);
    let number = |list: &Vec<T>| if list.is_empty() { next_empty.next() } else { next_full.next() };
    let numbers = lists.iter().map(number).map(Option::unwrap_or_default).collect();
    (lists.into_iter().filter(|list| !list.is_empty()).collect(), numbers)
}

/// The places from which one of `places` is `near` to `far` steps on.
fn reach_back(places: u64, near: u32, far: u32) -> u64 {
    let mut reached = places.checked_shr(near).unwrap_or(0);
    let (mut covered, all) = (1, far - near + 1);
    while covered < all && reached != 0 {
        let step = covered.min(all - covered);
        reached |= reached.checked_shr(step).unwrap_or(0);
        covered += step;
    }
    reached
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pattern::{Definitions, Input, Matcher, compile};
    use crate::segment::Segmented;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn reaching_back_is_looking_ahead(places: u64, near in 0u32..70, more in 0u32..70) {
            let far = near + more;
            let reached = reach_back(places, near, far);
            for at in 0..64u32 {
                let stands = (near..=far).any(|d| at + d < 64 && places >> (at + d) & 1 == 1);
                prop_assert_eq!(reached >> at & 1 == 1, stands);
            }
        }

        /// No match is lost, in sentences longer than a window too.
        #[test]
        fn every_match_begins_where_it_may(
            words in prop::collection::vec(prop::sample::select(&["a", "b", "c", "d", "e", "x", ",", "the"][..]), 1..300),
            after in 1usize..100,
        ) {
            let patterns = ["a b", "a ..3 (b|c d)", "<x: c> (a)? ..90 e", "(x a|x b) ..2 !a d", "..2 d", "(the|a) ..60 e", "the ..40 of"];
            let mut vocabulary = Vocabulary::default();
            let compiled: Vec<_> = patterns
                .iter()
                .map(|pattern| compile(pattern, &Definitions::new(), &mut vocabulary).unwrap())
                .collect();
            let index = PatternIndex::new(compiled.iter(), &vocabulary);
            let text = words.join(" ");
            let segmented = Segmented::new(&text, &vocabulary);
            let range = after.min(segmented.tokens.len())..segmented.tokens.len();
            let mut may = std::collections::BTreeSet::new();
            index.starts(&segmented.tokens, &range, &mut Places::default(), |pattern, start| {
                assert!(may.insert((pattern, start)), "visited twice");
            });
            let input = Input { text: &text, tokens: &segmented.tokens, layers: &[] };
            let mut matcher = Matcher::default();
            for (number, pattern) in compiled.iter().enumerate() {
                for start in range.clone() {
                    if matcher.match_at(pattern, input, (range.start, range.end), start).is_some() {
                        prop_assert!(may.contains(&(number, start)), "{} at {}", patterns[number], start);
                    }
                }
            }
        }
    }
}
