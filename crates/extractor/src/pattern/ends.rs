//! Where parts end, as far as that has been found out.

use std::ops::Range;

use super::part::Part;

/// What has been found out in a sentence. Many patterns ask for the same parts at the same places, and for most of
/// them again and again.
#[derive(Debug, Default)]
pub(super) struct Ends {
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
    /// Where the search had to end.
    end: u32,
    first: u32,
    last: u32,
}

/// Places of the table.
const PLACES: usize = 1024;

impl Ends {
    /// Begins with a sentence: all that is known of others is forgotten.
    pub(super) fn enter(&mut self) {
        self.known.resize(PLACES, Known::default());
        self.round = self.round.wrapping_add(1);
        if self.round == 0 {
            self.known.fill(Known::default());
            self.round = 1;
        }
        self.all.clear();
    }

    /// Where a part ends that begins at a place and must end at or before another, if that is known.
    pub(super) fn get(&self, part: &Part, at: usize, end: usize) -> Option<Range<usize>> {
        let known = self.known[place(part, at)];
        let asked = (self.round, part.number, at as u32, end as u32);
        let same = (known.round, known.part, known.at, known.end) == asked;
        same.then_some(known.first as usize..known.last as usize)
    }

    /// Keeps where it ends.
    pub(super) fn put(&mut self, part: &Part, at: usize, end: usize, mut ends: Vec<u32>) -> Range<usize> {
        let first = self.all.len();
        self.all.append(&mut ends);
        self.spare.push(ends);
        self.known[place(part, at)] = Known {
            round: self.round,
            part: part.number,
            at: at as u32,
            end: end as u32,
            first: first as u32,
            last: self.all.len() as u32,
        };
        first..self.all.len()
    }
}

fn place(part: &Part, at: usize) -> usize {
    (part.number.wrapping_mul(0x9E37_79B1) as usize >> 8).wrapping_add(at.wrapping_mul(37)) % PLACES
}
