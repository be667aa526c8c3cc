//! Many short lists in one stretch of memory.

use std::ops::Range;

/// Lists by their numbers.
#[derive(Debug)]
pub(super) struct Lists<T> {
    ends: Vec<u32>,
    /// The items, those of a list together.
    pub(super) items: Vec<T>,
}

impl<T> Lists<T> {
    pub(super) fn new(lists: Vec<Vec<T>>) -> Self {
        let mut all = Self { ends: vec![0], items: Vec::new() };
        for list in lists {
            all.items.extend(list);
            all.ends.push(all.items.len() as u32);
        }
        all
    }

    /// Number of lists.
    pub(super) fn len(&self) -> usize {
        self.ends.len() - 1
    }

    /// Where a list stands among the items; nowhere where there is none of the number.
    pub(super) fn range(&self, nth: usize) -> Range<usize> {
        match self.ends.get(nth..nth.saturating_add(2)) {
            Some(&[start, end]) => start as usize..end as usize,
            _ => 0..0,
        }
    }

    pub(super) fn get(&self, nth: usize) -> &[T] {
        &self.items[self.range(nth)]
    }
}
