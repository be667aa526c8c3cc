//! Where parts end, as far as that has been found out.

use std::ops::Range;

use super::part::Part;

/// What has been found out in a sentence. Many patterns ask for the same parts at the same places, and for most of
/// them again and again.
#[derive(Debug, Default)]
pub(super) struct Ends {
    /// The sentence it holds for; none where nothing is to be kept.
    sentence: Option<(usize, usize)>,
    /// Number of the sentence, from 1: what is known of an older one counts for nothing.
    round: u32,
    /// A table by part and place; one that comes to the place of another takes it.
    known: Vec<Known>,
    /// The ends, those of each known one together.
    pub(super) all: Vec<u32>,
    /// Lists that are in nobody's use.
    pub(super) spare: Vec<Vec<u32>>,
}

#[derive(Clone, Copy, Debug, Default)]
struct Known {
    round: u32,
    part: u32,
    at: u32,
    first: u32,
    last: u32,
}

/// Places of the table.
const PLACES: usize = 1024;

impl Ends {
    /// Begins with a sentence: all that is known of others is forgotten.
    pub(super) fn enter(&mut self, sentence: Option<(usize, usize)>) {
        self.known.resize(PLACES, Known::default());
        self.sentence = sentence;
        self.round = self.round.wrapping_add(1);
        if self.round == 0 {
            self.known.fill(Known::default());
            self.round = 1;
        }
        self.all.clear();
    }

    /// Where a part ends that begins at a place, if that is known.
    pub(super) fn get(&self, part: &Part, sentence: (usize, usize), at: usize) -> Option<Range<usize>> {
        if self.sentence != Some(sentence) {
            return None;
        }
        let known = self.known[place(part, at)];
        let same = known.round == self.round && known.part == part.number && known.at == at as u32;
        same.then_some(known.first as usize..known.last as usize)
    }

    /// Keeps where it ends.
    pub(super) fn put(
        &mut self,
        part: &Part,
        sentence: (usize, usize),
        at: usize,
        mut ends: Vec<u32>,
    ) -> Range<usize> {
        if self.sentence.is_none() {
            self.all.clear();
        }
        let first = self.all.len();
        self.all.append(&mut ends);
        self.spare.push(ends);
        if self.sentence == Some(sentence) {
            let (first, last) = (first as u32, self.all.len() as u32);
            self.known[place(part, at)] =
                Known { round: self.round, part: part.number, at: at as u32, first, last };
        }
        first..self.all.len()
    }
}

fn place(part: &Part, at: usize) -> usize {
    (part.number.wrapping_mul(0x9E37_79B1) as usize >> 8).wrapping_add(at.wrapping_mul(37)) % PLACES
}
