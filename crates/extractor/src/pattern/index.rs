//! Many patterns over one sentence: where each may begin, told by the words they cannot match without.
//!
//! Each need of a pattern, "one of these words 2 to 14 tokens on", is a set of words. The places where a
//! set's words stand are the bits of one integer. Those of a pattern's last need, shifted back by its
//! distances from the need before, tell which places of that one will do; so on to the first need, and from it
//! to the tokens at which the pattern may begin (bit-parallel filtering, Navarro & Raffinot 2002, chapter 4).
//! The matcher is run on what is left.
//!
//! Nearly all of the time goes into waiting for memory, since the patterns are many and each is looked at
//! once in a while: what is asked together lies together, and what is asked most is least.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use super::matcher::{Input, LayerSpan, Match, Matcher};
use super::needs::Need;
use super::parse::Layer;
use super::program::{Pattern, Program};
use crate::token::{Token, Vocabulary, WordId};

/// Tokens whose places are looked at together.
const WINDOW: usize = u64::BITS as usize;

/// Starts that are computed together where a sentence is longer than a window: what stands up to as many
/// tokens on is seen from each.
const BLOCK: usize = WINDOW / 2;

/// Sets whose places are kept for other patterns that ask for them: those that most do. To look for one of the
/// others in memory costs more than to look at its words again.
const COMMON: usize = 512;

/// Patterns by the words they cannot match without. Those whose rarest need within reach is the same set of
/// words lie together; the place in this order is a pattern's entry.
#[derive(Debug)]
pub(crate) struct PatternIndex {
    /// Numbers of the sets of rarest needs in which a word stands, by word id.
    sets_of: Lists<u32>,
    /// The numbers of patterns by the set of their rarest need. A last list holds those of which no need is sure
    /// to stand in the window of a start.
    rarest_of: Lists<u32>,
    /// The words of each entry's second rarest need within reach, which rule out most without a look at
    /// anything else; none where it has no such need.
    seconds: Lists<Bits>,
    /// The needs of each entry in the order in which they stand in a match.
    chains: Lists<Link>,
    /// The words of each set that links name.
    words_of: Lists<Bits>,
    /// The program of each entry.
    programs: Vec<Arc<Program>>,
    /// The signs of layers that patterns ask for.
    signs: Vec<(Layer, WordId)>,
}

/// A need of a pattern, by its distance from the one before it. Distances longer than a window are as good as
/// one of its length.
#[derive(Clone, Copy, Debug)]
struct Link {
    /// The number of its words, [`Link::SECOND`] where they are those of the entry's second need.
    set: u32,
    near: u8,
    far: u8,
    /// Whether it may stand beyond the window of a start.
    beyond: bool,
    /// Whether it is known to stand in the window before a look at the chain.
    known: bool,
}

impl Link {
    const SECOND: u32 = u32::MAX;

    fn new(set: u32, (near, far): (usize, usize), reach: usize, known: bool) -> Self {
        let cut = |distance: usize| distance.min(2 * WINDOW) as u8;
        Self { set, near: cut(near), far: cut(far), beyond: reach > BLOCK, known }
    }
}

/// Words whose ids share all but their last bits; of a million words none is left out.
#[derive(Clone, Copy, Debug)]
struct Bits {
    block: u16,
    bits: u16,
}

/// Words of a block.
const WORDS: u32 = u16::BITS;

/// Some words. Most were first named one after the other, so that few blocks hold them.
fn blocks(words: &[WordId]) -> Vec<Bits> {
    let mut blocks = BTreeMap::new();
    for word in words {
        *blocks.entry((word.0 / WORDS) as u16).or_insert(0) |= 1 << (word.0 % WORDS);
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

    /// Where a list stands among the items.
    fn range(&self, nth: usize) -> Range<usize> {
        match self.ends.get(nth..nth + 2) {
            Some(&[start, end]) => start as usize..end as usize,
            _ => 0..0,
        }
    }

    fn get(&self, nth: usize) -> &[T] {
        &self.items[self.range(nth)]
    }
}

/// Reusable memory for [`PatternIndex::starts`].
#[derive(Debug, Default)]
pub(super) struct Places {
    /// Which words stand in the window, a bit for each: these few bytes are asked for most.
    present: Vec<u16>,
    /// Where each word stands in the window.
    of_word: Vec<u64>,
    /// Which sets of rarest needs stand in it, a bit for each, and their list.
    noted: Vec<u64>,
    seen: Vec<u32>,
    /// Entries whose two rarest needs stand in it, and the first links of their chains.
    likely: Vec<(u32, Link)>,
    /// Where the words of each [common](COMMON) set stand, and the last window that this was asked for in.
    of_set: Vec<(u64, u64)>,
    /// Number of the window, from 1.
    window: u64,
}

impl Places {
    /// Makes room for the words and sets of an index. What was found out for another index is forgotten.
    fn fit(&mut self, index: &PatternIndex) {
        let (words, sets, lists) = (index.sets_of.len(), index.words_of.len(), index.rarest_of.len());
        grow(&mut self.present, words.div_ceil(WORDS as usize));
        grow(&mut self.of_word, words);
        grow(&mut self.noted, lists.div_ceil(WINDOW));
        grow(&mut self.of_set, sets.min(COMMON));
    }

    /// Whether some words stand in the window.
    fn stand(&self, words: &[Bits]) -> bool {
        words.iter().any(|of| self.present[of.block as usize] & of.bits != 0)
    }

    /// Where some words stand.
    fn of(&self, words: &[Bits]) -> u64 {
        words.iter().fold(0, |mut all, of| {
            let mut present = self.present[of.block as usize] & of.bits;
            while present != 0 {
                all |= self.of_word[(u32::from(of.block) * WORDS + present.trailing_zeros()) as usize];
                present &= present - 1;
            }
            all
        })
    }
}

thread_local! {
    /// The memory of a thread: as much as a short document does not pay for anew.
    static PLACES: RefCell<Places> = RefCell::default();
}

fn grow<T: Clone + Default>(list: &mut Vec<T>, len: usize) {
    list.resize(list.len().max(len), T::default());
}

/// A pattern as it is indexed.
struct Indexed<'a> {
    number: u32,
    program: &'a Arc<Program>,
    second: Option<&'a Need>,
    chain: Vec<Link>,
}

impl PatternIndex {
    /// Indexes patterns, whose numbers are their order here. One without needs is never tried.
    pub(crate) fn new<'a>(patterns: impl Iterator<Item = &'a Pattern>, vocabulary: &Vocabulary) -> Self {
        let patterns: Vec<_> =
            patterns.enumerate().filter(|(_, pattern)| !pattern.needs.is_empty()).collect();
        let within = |pattern: &'a Pattern| pattern.needs.iter().filter(|need| need.far <= BLOCK);
        let (mut rarest, mut sets) = (Sets::default(), Sets::default());
        let mut rarest_of: Vec<Vec<Indexed<'a>>> = Vec::new();
        let mut anywhere = Vec::new();
        for (number, pattern) in patterns {
            let (first, second) = (within(pattern).next(), within(pattern).nth(1));
            let chain = chain(pattern, (first, second), &mut sets);
            let indexed = Indexed { number: number as u32, program: &pattern.program, second, chain };
            let Some(need) = first else {
                anywhere.push(indexed);
                continue;
            };
            let list = rarest.number(&need.words) as usize;
            rarest_of.resize_with(rarest.0.len(), Vec::new);
            rarest_of[list].push(indexed);
        }
        rarest_of.push(anywhere);
        let mut sets_of = vec![Vec::new(); vocabulary.len() + 1];
        for (words, list) in rarest.0 {
            for word in &words {
                sets_of[word.0 as usize].push(list);
            }
        }
        let words_of =
            sets.most_used_first(rarest_of.iter_mut().flatten().flat_map(|entry| &mut entry.chain));
        let entries = || rarest_of.iter().flatten();
        let second = |entry: &Indexed<'_>| entry.second.map_or_else(Vec::new, |need| blocks(&need.words));
        let numbers = |list: &Vec<Indexed<'_>>| list.iter().map(|entry| entry.number).collect();
        let sign = |layer: Layer| (layer, vocabulary.lookup(layer.sign()));
        let signs = Layer::ALL.into_iter().map(sign).filter(|&(_, sign)| sign != WordId::NONE);
        Self {
            signs: signs.collect(),
            sets_of: Lists::new(sets_of),
            seconds: Lists::new(entries().map(second).collect()),
            chains: Lists::new(entries().map(|entry| entry.chain.clone()).collect()),
            programs: entries().map(|entry| entry.program.clone()).collect(),
            rarest_of: Lists::new(rarest_of.iter().map(numbers).collect()),
            words_of: Lists::new(words_of.iter().map(|words| blocks(words)).collect()),
        }
    }

    /// Calls `found` with the number of a pattern and its longest match at a place, for each place of a
    /// sentence's tokens at which one matches.
    pub(crate) fn matches(
        &self,
        input: Input<'_>,
        sentence: Range<usize>,
        matcher: &mut Matcher,
        mut found: impl FnMut(usize, Match),
    ) {
        let mut places = PLACES.take();
        let range = (sentence.start, sentence.end);
        matcher.enter(Some(range));
        self.starts(input, &sentence, &mut places, |entry, start| {
            if let Some(longest) = matcher.run(&self.programs[entry], input, range, start) {
                found(self.rarest_of.items[entry] as usize, longest);
            }
        });
        matcher.enter(None);
        PLACES.set(places);
    }

    /// Calls `visit` with the entry of a pattern and a token at which it may begin, each pair once. Every
    /// match that begins and ends in the range begins at a pair that is visited.
    fn starts(
        &self,
        input: Input<'_>,
        range: &Range<usize>,
        places: &mut Places,
        mut visit: impl FnMut(usize, usize),
    ) {
        places.fit(self);
        let mut block = range.start;
        while block < range.end {
            let window = &input.tokens[block..range.end.min(block + WINDOW)];
            let all_seen = block + window.len() == range.end;
            self.note(window, places);
            self.note_layers(input.layers, block..block + window.len(), places);
            self.sift(places);
            let likely = std::mem::take(&mut places.likely);
            for &(entry, _) in &likely {
                let mut starts = self.starts_of(entry as usize, places, all_seen);
                while starts != 0 {
                    visit(entry as usize, block + starts.trailing_zeros() as usize);
                    starts &= starts - 1;
                }
            }
            places.likely = likely;
            self.forget(window, places);
            block = if all_seen { range.end } else { block + BLOCK };
        }
    }

    /// Notes where words stand in a window, and which sets of rarest needs do. Words that only other layers
    /// know have no place here.
    fn note(&self, window: &[Token], places: &mut Places) {
        places.window += 1;
        for (at, token) in window.iter().enumerate() {
            if token.word != WordId::NONE && (token.word.0 as usize) < self.sets_of.len() {
                self.stands(token.word.0, at, places);
            }
        }
    }

    /// Notes where spans of layers begin in a window.
    fn note_layers(&self, layers: &[LayerSpan], window: Range<usize>, places: &mut Places) {
        let begin = layers.partition_point(|span| (span.first as usize) < window.start);
        for span in layers[begin..].iter().take_while(|span| (span.first as usize) < window.end) {
            for &(_, sign) in self.signs.iter().filter(|(layer, _)| span.is_of(*layer)) {
                self.stands(sign.0, span.first as usize - window.start, places);
            }
        }
    }

    /// Notes that a word stands at a place of the window.
    fn stands(&self, word: u32, at: usize, places: &mut Places) {
        let of_word = &mut places.of_word[word as usize];
        let again = *of_word != 0;
        *of_word |= 1 << at;
        if again {
            return;
        }
        places.present[(word / WORDS) as usize] |= 1 << (word % WORDS);
        for &set in self.sets_of.get(word as usize) {
            let (noted, bit) = (&mut places.noted[set as usize / WINDOW], 1 << (set as usize % WINDOW));
            if *noted & bit == 0 {
                *noted |= bit;
                places.seen.push(set);
            }
        }
    }

    /// Makes room for the next window.
    fn forget(&self, window: &[Token], places: &mut Places) {
        for set in places.seen.drain(..) {
            places.noted[set as usize / WINDOW] = 0;
        }
        let words = window.iter().map(|token| token.word).chain(self.signs.iter().map(|(_, sign)| *sign));
        for word in words.map(|word| word.0).filter(|&word| (word as usize) < self.sets_of.len()) {
            places.of_word[word as usize] = 0;
            places.present[(word / WORDS) as usize] = 0;
        }
    }

    /// Lists the entries whose two rarest needs stand in the window. The first links of their chains are fetched
    /// here, where nothing waits for them, so that the processor fetches many at a time.
    fn sift(&self, places: &mut Places) {
        let anywhere = self.rarest_of.len() as u32 - 1;
        let mut likely = std::mem::take(&mut places.likely);
        likely.clear();
        for &set in places.seen.iter().chain([&anywhere]) {
            for entry in self.rarest_of.range(set as usize) {
                let second = self.seconds.get(entry);
                if second.is_empty() || places.stand(second) {
                    likely.push((entry as u32, self.chains.items[self.chains.ends[entry] as usize]));
                }
            }
        }
        places.likely = likely;
    }

    /// Where a pattern may begin among the first tokens of a window.
    fn starts_of(&self, entry: usize, places: &mut Places, all_seen: bool) -> u64 {
        let chain = self.chains.get(entry);
        // What is needed beyond the window may stand there.
        let sure = |link: &&Link| all_seen || !link.beyond;
        // Most patterns need a word that stands nowhere in the window; that costs least to see.
        let mut unknown = chain.iter().filter(sure).filter(|link| !link.known);
        if unknown.any(|link| self.places_of(link.set as usize, places) == 0) {
            return 0;
        }
        let starts = if all_seen { u64::MAX } else { (1 << BLOCK) - 1 };
        let reached = chain.iter().rev().filter(sure).fold(u64::MAX, |reached, link| {
            let stand = match link.set {
                Link::SECOND => places.of(self.seconds.get(entry)),
                set => self.places_of(set as usize, places),
            };
            reach_back(reached & stand, link.near.into(), link.far.into())
        });
        reached & starts
    }

    /// Where the words of a set stand.
    fn places_of(&self, set: usize, places: &mut Places) -> u64 {
        if set >= COMMON {
            return places.of(self.words_of.get(set));
        }
        let (stand, window) = places.of_set[set];
        if window == places.window {
            return stand;
        }
        let stand = places.of(self.words_of.get(set));
        places.of_set[set] = (stand, places.window);
        stand
    }
}

/// Sets of words by their numbers.
#[derive(Default)]
struct Sets(BTreeMap<Box<[WordId]>, u32>);

impl Sets {
    fn number(&mut self, words: &[WordId]) -> u32 {
        if let Some(number) = self.0.get(words) {
            return *number;
        }
        let next = self.0.len() as u32;
        self.0.insert(words.into(), next);
        next
    }

    /// The sets, renumbered so that those which most links ask for lie together.
    fn most_used_first<'l>(self, links: impl Iterator<Item = &'l mut Link>) -> Vec<Box<[WordId]>> {
        let links: Vec<_> = links.filter(|link| link.set != Link::SECOND).collect();
        let mut uses = vec![0_usize; self.0.len()];
        for link in &links {
            uses[link.set as usize] += 1;
        }
        let mut order: Vec<_> = self.0.into_iter().collect();
        order.sort_by_key(|&(_, set)| (std::cmp::Reverse(uses[set as usize]), set));
        let mut renumbered = vec![0; order.len()];
        for (next, (_, set)) in order.iter().enumerate() {
            renumbered[*set as usize] = next as u32;
        }
        for link in links {
            link.set = renumbered[link.set as usize];
        }
        order.into_iter().map(|(words, _)| words).collect()
    }
}

/// The words that a pattern begins with, and its needs in the order in which they stand in a match: far ones
/// come last.
fn chain(pattern: &Pattern, (rarest, second): (Option<&Need>, Option<&Need>), sets: &mut Sets) -> Vec<Link> {
    let mut ordered: Vec<&Need> = pattern.needs.iter().collect();
    ordered.sort_by_key(|need| need.near);
    let first = pattern.first_words();
    let told = |words: &[WordId]| ordered.first().is_some_and(|need| need.far == 0 && *need.words == *words);
    let first =
        first.filter(|words| !told(words)).map(|words| Link::new(sets.number(&words), (0, 0), 0, false));
    let is = |one: Option<&Need>, need| one.is_some_and(|one| std::ptr::eq(one, need));
    let mut before: Option<&Need> = None;
    let link = |need| {
        let distance = before.replace(need).map_or((need.near, need.far), |before| before.to(need));
        let set = if is(second, need) { Link::SECOND } else { sets.number(&need.words) };
        Link::new(set, distance, need.far, is(rarest, need) || is(second, need))
    };
    first.into_iter().chain(ordered.into_iter().map(link).collect::<Vec<_>>()).collect()
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
            spans in prop::collection::btree_map(0u32..300, (1u32..5, 0..Layer::ALL.len()), 0..60),
        ) {
            let patterns = ["a b", "a ..3 (b|c d)", "<x: c> (a)? ..90 e", "(x a|x b) ..2 !a d", "..2 d", "(the|a) ..60 e", "the ..40 of",
                "@FEDERAL ..3 a", "a (b|@LOCAL) ..5 @AGENCY (x)? d", "(@PERSON|the) ..2 c", "e ..70 @CITATION"];
            let mut vocabulary = Vocabulary::default();
            let compiled: Vec<_> = patterns
                .iter()
                .map(|pattern| compile(pattern, &Definitions::new(), &mut vocabulary).unwrap())
                .collect();
            let index = PatternIndex::new(compiled.iter(), &vocabulary);
            let text = words.join(" ");
            let segmented = Segmented::new(&text, &vocabulary);
            let end = segmented.tokens.len();
            let range = after.min(end)..end;
            let span = |(&first, &(length, layer)): (&u32, &(u32, usize))| {
                LayerSpan { first, last: first + length, layer: Layer::ALL[layer] }
            };
            let layers: Vec<_> = spans.iter().map(span).filter(|span| span.last as usize <= end).collect();
            let mut may = std::collections::BTreeSet::new();
            let input = Input { text: &text, tokens: &segmented.tokens, layers: &layers };
            index.starts(input, &range, &mut Places::default(), |entry, start| {
                assert!(may.insert((index.rarest_of.items[entry] as usize, start)), "visited twice");
            });
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
