//! Where a stretch of characters stands in a text, without reading the text each time.

use std::cmp::Ordering;

/// Characters by which places are sorted.
const GRAM: usize = 16;

/// A text with its places in the order of what stands there.
pub(super) struct Index {
    text: Vec<char>,
    sorted: Vec<u32>,
}

impl Index {
    pub(super) fn new(text: &str) -> Self {
        let text: Vec<char> = text.chars().collect();
        let mut sorted: Vec<u32> = (0..text.len() as u32).collect();
        sorted.sort_by(|&a, &b| gram(&text, a).cmp(gram(&text, b)));
        Self { text, sorted }
    }

    pub(super) fn text(&self) -> &[char] {
        &self.text
    }

    /// The places of a stretch, in text order.
    pub(super) fn places(&self, part: &[char]) -> Vec<usize> {
        let mut places: Vec<usize> = self.found(part).collect();
        places.sort_unstable();
        places
    }

    /// Whether a stretch stands within others.
    pub(super) fn holds(&self, within: &std::ops::Range<usize>, part: &[char]) -> bool {
        within.len() >= part.len()
            && self.found(part).any(|at| within.start <= at && at + part.len() <= within.end)
    }

    fn found<'s>(&'s self, part: &'s [char]) -> impl Iterator<Item = usize> + 's {
        let head = &part[..part.len().min(GRAM)];
        let side = |at: u32, equal_is_less: bool| {
            let gram = gram(&self.text, at);
            match gram[..gram.len().min(head.len())].cmp(head) {
                Ordering::Less => true,
                Ordering::Equal => equal_is_less,
                Ordering::Greater => false,
            }
        };
        let first = self.sorted.partition_point(|&at| side(at, false));
        let last = self.sorted.partition_point(|&at| side(at, true));
        let places = self.sorted[first..last].iter().map(|&at| at as usize);
        places.filter(|&at| self.text[at..].starts_with(part))
    }
}

fn gram(text: &[char], at: u32) -> &[char] {
    let at = at as usize;
    &text[at..text.len().min(at + GRAM)]
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn places_are_those_that_reading_finds(text in "[ab]{0,60}", part in "[ab]{1,20}") {
            let index = Index::new(&text);
            let part: Vec<char> = part.chars().collect();
            let windows = index.text().windows(part.len()).enumerate();
            let read: Vec<usize> = windows.filter(|(_, window)| *window == part).map(|(at, _)| at).collect();
            prop_assert_eq!(index.places(&part), read);
        }
    }
}
