//! Many patterns over one sentence: where each may begin, told by the words they cannot match without.
//!
//! Each need of a pattern, "one of these words 2 to 14 tokens on", is a set of words. The places where a
//! set's words stand are the bits of one integer. Those of a pattern's last need, shifted back by its
//! distances from the need before, tell which places of that one will do; so on to the first need, and from it
//! to the tokens at which the pattern may begin (bit-parallel filtering, Navarro & Raffinot 2002, chapter 4).
//! Of what is left, the parts that every match of a pattern has are looked for, which many patterns share; and
//! where those stand too the pattern is run.
//!
//! Nearly all of the time goes into waiting for memory, since the patterns are many and each is looked at
//! once in a while: what is asked together lies together, and what is asked most is least.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use super::layer::Layer;
use super::lists::Lists;
use super::matcher::{Input, Match, Matcher};
use super::needs::Need;
use super::part::{Part, Required};
use super::program::{Pattern, Program};
use crate::token::{Vocabulary, WordId};

/// Tokens whose places are looked at together.
const WINDOW: usize = u64::BITS as usize;

/// Starts that are computed together where a sentence is longer than a window: what stands up to as many
/// tokens on is seen from each.
const BLOCK: usize = WINDOW / 2;

/// The number of a set of words. There is room for so many; a set beyond them is not looked for.
type SetNumber = u16;

/// What stands everywhere: the set of a need that is not looked for.
const ANYTHING: SetNumber = SetNumber::MAX;

/// Patterns by the words they cannot match without. Those whose rarest need within reach is the same set of
/// words lie together; the place in this order is a pattern's entry.
#[derive(Debug)]
pub(crate) struct PatternIndex {
    /// Numbers of the sets in which a word stands, by word id: of rarest needs, which come first, and of others.
    rare_sets_of: Lists<SetNumber>,
    other_sets_of: Lists<SetNumber>,
    /// Number of sets.
    sets: usize,
    /// The numbers of patterns by the set of their rarest need. A last list holds those of which no need is sure
    /// to stand in the window of a start.
    rarest_of: Lists<u32>,
    /// The sets of each entry's next needs within reach: they rule out most without a look at anything else.
    next: Vec<[SetNumber; NEXT]>,
    /// The needs of each entry in the order in which they stand in a match.
    chains: Lists<Link>,
    /// The parts of each entry that every match has.
    parts: Lists<PartLink>,
    /// The program of each entry.
    programs: Vec<Arc<Program>>,
    /// The signs of layers that patterns ask for.
    signs: Vec<(Layer, WordId)>,
}

/// Needs of an entry that are looked at before its chain.
const NEXT: usize = 3;

/// A need of a pattern, by its distance from the one before it. Distances longer than a window are as good as
/// one of its length.
#[derive(Clone, Copy, Debug)]
struct Link {
    set: SetNumber,
    near: u8,
    far: u8,
    /// Whether it may stand beyond the window of a start.
    beyond: bool,
}

/// A part that every match of a pattern has, by its distance from the start.
#[derive(Clone, Debug)]
struct PartLink {
    part: Arc<Part>,
    /// What it begins with.
    at: Link,
}

impl Link {
    fn new(set: SetNumber, (near, far): (usize, usize), reach: usize) -> Self {
        let cut = |distance: usize| distance.min(2 * WINDOW) as u8;
        Self { set, near: cut(near), far: cut(far), beyond: reach > BLOCK }
    }
}

/// Numbers that a set can have.
const SETS: usize = 1 << SetNumber::BITS;

/// Reusable memory for [`PatternIndex::starts`].
#[derive(Debug)]
pub(super) struct Places {
    /// Where the words of each set stand in the window. As many as there are numbers, so that no look at one has to
    /// ask whether it is there.
    of_set: Box<[u64; SETS]>,
    /// Where each word stands in it, and which do.
    of_word: Vec<u64>,
    words: Vec<WordId>,
    /// Sets of rarest needs whose words stand in it.
    seen: Vec<SetNumber>,
    /// Entries whose rarest needs stand in it.
    likely: Vec<u32>,
}

impl Default for Places {
    fn default() -> Self {
        let all = vec![0; SETS].try_into();
        let mut of_set: Box<[u64; SETS]> = all.unwrap_or_else(|_| unreachable!("it has that many"));
        of_set[usize::from(ANYTHING)] = u64::MAX;
        Self { of_set, of_word: Vec::new(), words: Vec::new(), seen: Vec::new(), likely: Vec::new() }
    }
}

impl Places {
    /// Notes that a word stands at a place.
    fn stands(&mut self, word: WordId, at: usize) {
        let Some(of_word) = self.of_word.get_mut(word.0 as usize) else { return };
        if *of_word == 0 {
            self.words.push(word);
        }
        *of_word |= 1 << at;
    }

    /// Makes room for the next window: so many sets are in use.
    fn forget(&mut self, sets: usize) {
        // A stretch at a time, since processors take long to begin with what is longer.
        const STRETCH: usize = 192;
        self.seen.clear();
        self.of_set[..sets].chunks_mut(STRETCH).for_each(|sets| sets.fill(0));
    }

    fn of(&self, set: SetNumber) -> u64 {
        self.of_set[usize::from(set)]
    }

    /// Where a link stands for each place from which it is told.
    fn reach(&self, reached: u64, link: Link) -> u64 {
        reach_back(reached & self.of(link.set), link.near.into(), link.far.into())
    }
}

thread_local! {
    /// The memory of a thread: as much as a short document does not pay for anew.
    static PLACES: RefCell<Option<Places>> = const { RefCell::new(None) };
}

/// A pattern as it is indexed.
struct Indexed<'a> {
    number: u32,
    pattern: &'a Pattern,
    next: [SetNumber; NEXT],
    chain: Vec<Link>,
    parts: Vec<PartLink>,
}

impl PatternIndex {
    /// Indexes patterns, whose numbers are their order here. One without needs is never tried.
    pub(crate) fn new<'a>(patterns: impl Iterator<Item = &'a Pattern>, vocabulary: &Vocabulary) -> Self {
        let patterns: Vec<_> =
            patterns.enumerate().filter(|(_, pattern)| !pattern.needs.is_empty()).collect();
        let within = |pattern: &'a Pattern| pattern.needs.iter().filter(|need| need.far <= BLOCK);
        let mut sets = Sets::default();
        for (_, pattern) in &patterns {
            within(pattern).next().map(|need| sets.number(&need.words));
        }
        let rarest = sets.0.len();
        let mut rarest_of: Vec<Vec<Indexed<'a>>> = Vec::new();
        rarest_of.resize_with(rarest + 1, Vec::new);
        for (number, pattern) in patterns {
            let mut near = within(pattern);
            let list = near.next().map_or(rarest, |need| usize::from(sets.number(&need.words)));
            let next = [(); NEXT].map(|()| near.next().map_or(ANYTHING, |need| sets.number(&need.words)));
            let (chain, parts) = (chain(pattern, &mut sets), parts(pattern, &mut sets));
            let indexed = Indexed { number: number as u32, pattern, next, chain, parts };
            rarest_of[list.min(rarest)].push(indexed);
        }
        let entries = || rarest_of.iter().flatten();
        let numbers = |list: &Vec<Indexed<'_>>| list.iter().map(|entry| entry.number).collect();
        let sign = |layer: Layer| (layer, vocabulary.lookup(layer.sign()));
        let signs = Layer::ALL.into_iter().map(sign).filter(|&(_, sign)| sign != WordId::NONE);
        let sets_made = sets.0.len();
        let (rare_sets_of, other_sets_of) = sets.by_word(rarest, vocabulary);
        Self {
            signs: signs.collect(),
            rare_sets_of,
            other_sets_of,
            sets: sets_made,
            next: entries().map(|entry| entry.next).collect(),
            chains: Lists::new(entries().map(|entry| entry.chain.clone()).collect()),
            parts: Lists::new(entries().map(|entry| entry.parts.clone()).collect()),
            programs: entries().map(|entry| entry.pattern.program.clone()).collect(),
            rarest_of: Lists::new(rarest_of.iter().map(numbers).collect()),
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
        let mut places = PLACES.take().unwrap_or_default();
        let range = (sentence.start, sentence.end);
        matcher.enter();
        self.starts(input, &sentence, matcher, &mut places, |matcher, entry, start| {
            if let Some(longest) = matcher.run(&self.programs[entry], input, range, start) {
                found(self.rarest_of.items[entry] as usize, longest);
            }
        });
        PLACES.set(Some(places));
    }

    /// Calls `visit` with the entry of a pattern and a token at which it may begin, each pair once. Every
    /// match that begins and ends in the range begins at a pair that is visited.
    fn starts(
        &self,
        input: Input<'_>,
        range: &Range<usize>,
        matcher: &mut Matcher,
        places: &mut Places,
        mut visit: impl FnMut(&mut Matcher, usize, usize),
    ) {
        let words = self.rare_sets_of.len().max(places.of_word.len());
        places.of_word.resize(words, 0);
        let mut likely = std::mem::take(&mut places.likely);
        let mut block = range.start;
        while block < range.end {
            let window = block..range.end.min(block + WINDOW);
            let all_seen = window.end == range.end;
            self.note(input, window.clone(), places);
            self.sift(places, &mut likely);
            for &entry in &likely {
                let entry = entry as usize;
                let mut starts = self.starts_of(entry, places, all_seen);
                if starts != 0 {
                    starts = self.with_parts(entry, starts, places, all_seen, |part, at| {
                        matcher.begins(part, input, (range.start, range.end), block + at)
                    });
                }
                while starts != 0 {
                    visit(matcher, entry, block + starts.trailing_zeros() as usize);
                    starts &= starts - 1;
                }
            }
            places.forget(self.sets);
            block = if all_seen { range.end } else { block + BLOCK };
        }
        places.likely = likely;
    }

    /// Notes where the words of sets stand in a window, and which sets of rarest needs do. Words that only other
    /// layers know have no place here.
    fn note(&self, input: Input<'_>, window: Range<usize>, places: &mut Places) {
        for (at, token) in
            input.tokens[window.clone()].iter().enumerate().filter(|(_, token)| token.word != WordId::NONE)
        {
            places.stands(token.word, at);
        }
        let layers = input.layers;
        let begin = layers.partition_point(|span| (span.first as usize) < window.start);
        for span in layers[begin..].iter().take_while(|span| (span.first as usize) < window.end) {
            for &(_, sign) in self.signs.iter().filter(|(layer, _)| span.is_of(*layer)) {
                places.stands(sign, span.first as usize - window.start);
            }
        }
        for word in places.words.drain(..) {
            let word = word.0 as usize;
            let stand = std::mem::take(&mut places.of_word[word]);
            for &set in self.rare_sets_of.get(word) {
                let of_set = &mut places.of_set[usize::from(set)];
                if *of_set == 0 {
                    places.seen.push(set);
                }
                *of_set |= stand;
            }
            for &set in self.other_sets_of.get(word) {
                places.of_set[usize::from(set)] |= stand;
            }
        }
    }

    /// Lists the entries whose rarest needs stand in the window.
    fn sift(&self, places: &Places, likely: &mut Vec<u32>) {
        likely.clear();
        let anywhere = self.rarest_of.len() - 1;
        for set in places.seen.iter().map(|&set| usize::from(set)).chain([anywhere]) {
            let entries = self.rarest_of.range(set);
            for (next, entry) in self.next[entries.clone()].iter().zip(entries) {
                if next.iter().all(|&set| places.of(set) != 0) {
                    likely.push(entry as u32);
                }
            }
        }
    }

    /// Where a pattern may begin among the first tokens of a window.
    fn starts_of(&self, entry: usize, places: &Places, all_seen: bool) -> u64 {
        // What is needed beyond the window may stand there.
        let sure = self.chains.get(entry).iter().rev().filter(|link| all_seen || !link.beyond);
        let starts = if all_seen { u64::MAX } else { (1 << BLOCK) - 1 };
        sure.fold(u64::MAX, |reached, link| places.reach(reached, *link)) & starts
    }

    /// Those of some starts from which every part of a pattern stands in reach; `stands` says whether one begins at
    /// a place.
    fn with_parts(
        &self,
        entry: usize,
        mut starts: u64,
        places: &Places,
        all_seen: bool,
        mut stands: impl FnMut(&Part, usize) -> bool,
    ) -> u64 {
        for PartLink { part, at } in self.parts.get(entry).iter().filter(|part| all_seen || !part.at.beyond) {
            let mut may = places.of(at.set) & reach_on(starts, at.near.into(), at.far.into());
            let mut stand = 0;
            while may != 0 {
                let place = may.trailing_zeros();
                stand |= u64::from(stands(part, place as usize)) << place;
                may &= may - 1;
            }
            starts &= reach_back(stand, at.near.into(), at.far.into());
            if starts == 0 {
                break;
            }
        }
        starts
    }
}

/// Sets of words by their numbers.
#[derive(Default)]
struct Sets(BTreeMap<Arc<[WordId]>, SetNumber>);

impl Sets {
    fn number(&mut self, words: &Arc<[WordId]>) -> SetNumber {
        let next = self.0.len().min(usize::from(ANYTHING)) as SetNumber;
        match self.0.get(words) {
            Some(number) => *number,
            None if next == ANYTHING => ANYTHING,
            None => *self.0.entry(words.clone()).or_insert(next),
        }
    }

    /// The sets in which each word stands, the first so many apart from the others.
    fn by_word(self, first: usize, vocabulary: &Vocabulary) -> (Lists<SetNumber>, Lists<SetNumber>) {
        let mut lists = [(); 2].map(|()| vec![Vec::new(); vocabulary.len() + 1]);
        for (words, set) in self.0 {
            for word in words.iter() {
                lists[usize::from(usize::from(set) >= first)][word.0 as usize].push(set);
            }
        }
        let [rare, others] = lists;
        (Lists::new(rare), Lists::new(others))
    }
}

/// The words that a pattern begins with, and its needs in the order in which they stand in a match: far ones
/// come last.
fn chain(pattern: &Pattern, sets: &mut Sets) -> Vec<Link> {
    let mut ordered: Vec<&Need> = pattern.needs.iter().collect();
    ordered.sort_by_key(|need| need.near);
    let told = |words: &[WordId]| ordered.first().is_some_and(|need| need.far == 0 && *need.words == *words);
    let first = pattern.first_words().filter(|words| !told(words));
    let first = first.map(|words| Link::new(sets.number(&words.into()), (0, 0), 0));
    let mut before: Option<&Need> = None;
    let link = |need| {
        let distance = before.replace(need).map_or((need.near, need.far), |before| before.to(need));
        Link::new(sets.number(&need.words), distance, need.far)
    };
    first.into_iter().chain(ordered.into_iter().map(link).collect::<Vec<_>>()).collect()
}

/// The parts that every match of a pattern has.
fn parts(pattern: &Pattern, sets: &mut Sets) -> Vec<PartLink> {
    let link = |Required { part, first, near, far }: &Required| PartLink {
        part: part.clone(),
        at: Link::new(sets.number(first), (*near, *far), *far),
    };
    pattern.parts.iter().map(link).collect()
}

/// The places from which one of `places` is `near` to `far` steps on.
fn reach_back(places: u64, near: u32, far: u32) -> u64 {
    spread(places, near, far, |places, by| places.checked_shr(by).unwrap_or(0))
}

/// The places that are `near` to `far` steps on from one of `places`.
fn reach_on(places: u64, near: u32, far: u32) -> u64 {
    spread(places, near, far, |places, by| places.checked_shl(by).unwrap_or(0))
}

fn spread(places: u64, near: u32, far: u32, shift: impl Fn(u64, u32) -> u64) -> u64 {
    let mut reached = shift(places, near);
    let (mut covered, all) = (1, far - near + 1);
    while covered < all && reached != 0 {
        let step = covered.min(all - covered);
        reached |= shift(reached, step);
        covered += step;
    }
    reached
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pattern::{Definitions, Input, LayerSpan, Matcher, compile};
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
                let stood = (near..=far).any(|d| d <= at && places >> (at - d) & 1 == 1);
                prop_assert_eq!(reach_on(places, near, far) >> at & 1 == 1, stood);
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
                "@FEDERAL ..3 a", "a (b|@LOCAL) ..5 @AGENCY (x)? d", "(@PERSON|the) ..2 c", "e ..70 @CITATION",
                "a ..3 @pair", "@pair ..60 (x|@pair)", "(@pair|@AGENCY) ..9 (the @pair|e)", "<x: @pair> d"];
            let mut definitions = Definitions::new();
            definitions.insert("pair", "(a b|b c|@LOCAL c)");
            let mut vocabulary = Vocabulary::default();
            let compiled: Vec<_> = patterns
                .iter()
                .map(|pattern| compile(pattern, &definitions, &mut vocabulary).unwrap())
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
            let mut matcher = Matcher::default();
            matcher.enter();
            index.starts(input, &range, &mut matcher, &mut Places::default(), |_, entry, start| {
                assert!(may.insert((index.rarest_of.items[entry] as usize, start)), "visited twice");
            });
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
