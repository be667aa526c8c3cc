//! What the forms of a word share: "detain" of detains, detained and detaining.
//!
//! A light stemmer, endings off and nothing else (compare Harman, *How Effective Is Suffixing?*, 1991): a Snowball
//! stemmer told the sentences of annotated pages apart no better and takes an allocation a word.

use rustc_hash::FxHashMap;

use crate::token::{Folded, Vocabulary, WordId};

const ENDINGS: &[&[u8]] = &[b"ing", b"ed", b"es", b"s"];
/// Fewest letters of a stem.
const LEAST: usize = 3;

/// A stem, in lower case with straight apostrophes.
#[derive(Clone, Copy, Debug)]
struct Stem(Folded);

impl Stem {
    /// That of a word of a text; none of a very long one.
    fn of(word: &str) -> Option<Self> {
        let mut stem = Self(Folded::new(word)?);
        while stem.shorten() {}
        Some(stem)
    }

    fn as_bytes(&self) -> &[u8] {
        self.0.as_bytes()
    }

    /// Takes what stands at the end off; whether anything did.
    fn shorten(&mut self) -> bool {
        let before = (self.0.length, self.as_bytes().last().copied());
        let of_word = |ending: &&&[u8]| {
            let Some(stem) = self.as_bytes().strip_suffix(**ending) else { return false };
            // "Process", "status" and "this" are no plurals.
            let plural = **ending != b"s" || !matches!(stem.last(), Some(b's' | b'u' | b'i'));
            stem.len() >= LEAST && plural
        };
        if let Some(ending) = ENDINGS.iter().find(of_word) {
            self.0.length -= ending.len();
        }
        if self.0.length > LEAST && self.as_bytes().ends_with(b"e") {
            self.0.length -= 1;
        }
        if let [.., a, b] = *self.as_bytes()
            && self.0.length > LEAST
            && a == b
            && !matches!(b, b's' | b'l')
        {
            self.0.length -= 1;
        }
        if self.0.length > LEAST && self.as_bytes().ends_with(b"i") {
            self.0.bytes[self.0.length - 1] = b'y';
        }
        before != (self.0.length, self.as_bytes().last().copied())
    }
}

/// The stem that the forms of a word share ("hous" of house, houses, housed, housing); none of a word of more than 32
/// bytes.
///
/// ```
/// use goldrule_extractor::stem_of;
///
/// assert_eq!(stem_of("notifies"), stem_of("notified"));
/// assert_ne!(stem_of("policy"), stem_of("police"));
/// ```
pub fn stem_of(word: &str) -> Option<String> {
    Some(String::from_utf8_lossy(Stem::of(word)?.as_bytes()).into_owned())
}

/// Number of a stem that cards give points for, among [`Stems`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct StemId(u32);

impl StemId {
    /// Its place in a list of what belongs to each stem.
    pub(super) fn place(self) -> usize {
        self.0 as usize
    }
}

/// The stems that cards give points for.
#[derive(Debug, Default)]
pub(super) struct Stems {
    ids: FxHashMap<Box<[u8]>, StemId>,
    /// Those of the words of a vocabulary, by the word's id.
    of_words: Vec<Option<StemId>>,
}

impl Stems {
    /// The number of the stem of a word, given one where it has none yet; none of a very long word.
    pub(super) fn intern(&mut self, word: &str) -> Option<StemId> {
        Some(self.intern_bytes(Stem::of(word)?.as_bytes()))
    }

    /// The number of what is no word of a text.
    pub(super) fn intern_bytes(&mut self, bytes: &[u8]) -> StemId {
        if let Some(id) = self.ids.get(bytes) {
            return *id;
        }
        let next = StemId(self.ids.len() as u32);
        self.ids.insert(bytes.into(), next);
        next
    }

    /// Looks the words of a vocabulary up once and for all, after the last stem.
    pub(super) fn look_up(&mut self, vocabulary: &Vocabulary) {
        self.of_words = vec![None; vocabulary.len() + 1];
        for (word, id) in vocabulary.words() {
            self.of_words[id.0 as usize] = self.find(word);
        }
    }

    fn find(&self, word: &str) -> Option<StemId> {
        self.ids.get(Stem::of(word)?.as_bytes()).copied()
    }

    /// The stem of a word by its id or, where the vocabulary did not know it, by its text.
    pub(super) fn of<'t>(&self, word: WordId, text: impl FnOnce() -> &'t str) -> Option<StemId> {
        match self.of_words.get(word.0 as usize) {
            Some(&stem) if word != WordId::NONE => stem,
            _ => self.find(text()),
        }
    }

    pub(super) fn len(&self) -> usize {
        self.ids.len()
    }
}

#[cfg(test)]
mod tests {
    use super::stem_of;

    fn stem(word: &str) -> String {
        stem_of(word).unwrap()
    }

    #[test]
    fn forms_of_a_word_share_their_stem() {
        for forms in [
            &["detain", "detains", "detained", "detaining"][..],
            &["policy", "policies", "Policies"],
            &["notify", "notifies", "notified", "notifying"],
            &["share", "shares", "sharing", "shared"],
            &["stop", "stopped", "stopping"],
            &["agency", "agencies"],
            &["process", "processes", "processed"],
            &["won't", "won’t"],
        ] {
            let stems: Vec<_> = forms.iter().map(|form| stem(form)).collect();
            assert!(stems.iter().all(|one| *one == stems[0]), "{stems:?}");
        }
    }

    #[test]
    fn short_words_and_words_that_look_like_plurals_stay() {
        for word in ["is", "this", "status", "sing", "red", "'s", "."] {
            assert_eq!(stem(word), word);
        }
        assert!(stem_of(&"long".repeat(9)).is_none());
    }

    #[test]
    fn a_stem_is_its_own() {
        for word in
            ["enforcement", "speeding", "united", "agreed", "agreements", "beds", "business", "policies"]
        {
            assert_eq!(stem(&stem(word)), stem(word));
        }
    }
}
