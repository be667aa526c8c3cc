//! Sets of words that are asked again and again whether a word is one of them.

use crate::token::WordId;

/// Rules out most words that a set does not have: a bit for each remainder of their ids.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Filter(u64);

impl Filter {
    /// What no token is ruled out by, and no end of the text either.
    pub(super) const ANY: Self = Self(u64::MAX);

    /// What every token is ruled out by.
    pub(super) const NONE: Self = Self(0);

    /// The filter of one word.
    pub(super) fn of(word: WordId) -> Self {
        Self(1 << (word.0 % u64::BITS))
    }

    /// What either lets through.
    pub(super) fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Whether a word may be one of the set's; where there is none, only [`Filter::ANY`] lets it be.
    pub(super) fn passes(self, word: Option<WordId>) -> bool {
        self == Self::ANY || word.is_some_and(|word| self.0 & Self::of(word).0 != 0)
    }
}

/// A set of words.
#[derive(Clone, Debug)]
pub(crate) struct WordSet {
    filter: Filter,
    /// The same of the ids without their last bits: what the two let through is seldom not in the set.
    second: Filter,
    /// A table with room for twice as many, a word at the place its id is spread to or, where that is taken,
    /// after it: mostly found at the first look, where halving would look at many places.
    slots: Box<[WordId]>,
}

impl WordSet {
    pub(crate) fn new(ids: Vec<WordId>) -> Self {
        let filter = ids.iter().fold(Filter(0), |filter, &word| filter.or(Filter::of(word)));
        let second = ids.iter().fold(Filter(0), |filter, &word| filter.or(Filter::of(upper(word))));
        let mut slots = vec![WordId::NONE; (2 * ids.len()).next_power_of_two()].into_boxed_slice();
        for word in ids {
            let at = place(&slots, word);
            slots[at] = word;
        }
        Self { filter, second, slots }
    }

    pub(super) fn filter(&self) -> Filter {
        self.filter
    }

    /// Whether a word is in it.
    pub(super) fn has(&self, word: WordId) -> bool {
        self.filter.passes(Some(word))
            && self.second.passes(Some(upper(word)))
            && word != WordId::NONE
            && self.slots[place(&self.slots, word)] == word
    }
}

/// Where a word stands in a table, or would.
fn place(slots: &[WordId], word: WordId) -> usize {
    let mask = slots.len() - 1;
    let mut at = (word.0.wrapping_mul(0x9E37_79B1) >> 16) as usize & mask;
    while slots[at] != word && slots[at] != WordId::NONE {
        at = (at + 1) & mask;
    }
    at
}

fn upper(word: WordId) -> WordId {
    WordId(word.0 / u64::BITS)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_set_has_its_words_and_no_other(ids in prop::collection::vec(1u32..500, 0..80), word in 0u32..500) {
            let set = WordSet::new(ids.iter().copied().map(WordId).collect());
            prop_assert_eq!(set.has(WordId(word)), ids.contains(&word));
            prop_assert!(!ids.contains(&word) || set.filter().passes(Some(WordId(word))));
        }
    }

    #[test]
    fn where_no_word_stands_only_a_filter_of_all_passes() {
        assert!(Filter::ANY.passes(None));
        assert!(!WordSet::new(vec![WordId(3)]).filter().passes(None));
    }
}
