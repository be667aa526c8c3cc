//! Which characters of a corrected text are which of the old one, and where that is not certain.

use std::ops::Range;

use similar::{Algorithm, DiffOp, capture_diff_slices};

use super::index::Index;

/// A stretch that the texts have in common, in code points.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Block {
    pub(super) old: Range<usize>,
    pub(super) new: Range<usize>,
}

/// Two texts laid beside each other.
pub(super) struct Alignment {
    pub(super) old: Index,
    pub(super) new: Index,
    /// What they have in common, in order; between two blocks lies a change.
    pub(super) blocks: Vec<Block>,
    /// Stretches of the old text that a change next to them might just as well have left or taken: where of
    /// two equal words one was deleted, nobody can say which.
    unsure: Vec<Range<usize>>,
}

impl Alignment {
    pub(super) fn new(old: &str, new: &str) -> Self {
        let (old_tokens, new_tokens) = (tokens(old), tokens(new));
        let starts = |tokens: &[&str]| {
            let mut at = 0;
            let ends = tokens.iter().map(|token| {
                at += token.chars().count();
                at
            });
            std::iter::once(0).chain(ends.collect::<Vec<_>>()).collect::<Vec<usize>>()
        };
        let (old_starts, new_starts) = (starts(&old_tokens), starts(&new_tokens));
        let blocks = capture_diff_slices(Algorithm::Patience, &old_tokens, &new_tokens)
            .into_iter()
            .filter_map(|op| match op {
                DiffOp::Equal { old_index, new_index, len } => Some(Block {
                    old: old_starts[old_index]..old_starts[old_index + len],
                    new: new_starts[new_index]..new_starts[new_index + len],
                }),
                _ => None,
            });
        let blocks = blocks.collect();
        let mut alignment = Self { old: Index::new(old), new: Index::new(new), blocks, unsure: Vec::new() };
        alignment.find_unsure();
        alignment
    }

    /// A pure deletion or insertion may slide along equal characters on either side.
    fn find_unsure(&mut self) {
        let (old_end, new_end) = (self.old.text().len(), self.new.text().len());
        let edge = Block { old: 0..0, new: 0..0 };
        let last = Block { old: old_end..old_end, new: new_end..new_end };
        let all: Vec<&Block> = std::iter::once(&edge).chain(&self.blocks).chain([&last]).collect();
        let mut unsure = Vec::new();
        for pair in all.windows(2) {
            let (gone, came) = (pair[0].old.end..pair[1].old.start, pair[0].new.end..pair[1].new.start);
            if !gone.is_empty() {
                let (left, right) = slide(self.old.text(), &gone);
                unsure.push(gone.start - left..gone.end + right);
            }
            if !came.is_empty() {
                let (left, right) = slide(self.new.text(), &came);
                unsure.push(gone.start.saturating_sub(left)..(gone.end + right).min(old_end));
            }
        }
        self.unsure = unsure;
    }

    pub(super) fn is_unsure(&self, span: &Range<usize>) -> bool {
        self.unsure.iter().any(|zone| zone.start < span.end && span.start < zone.end)
    }

    /// The block that holds the whole span.
    pub(super) fn block_of(&self, span: &Range<usize>) -> Option<usize> {
        let at = self.blocks.partition_point(|block| block.old.end < span.end);
        let block = self.blocks.get(at)?;
        (block.old.start <= span.start && span.end <= block.old.end).then_some(at)
    }

    /// What was changed before a block, and after it: the old and the new characters.
    pub(super) fn changes_around(&self, at: usize) -> [(Range<usize>, Range<usize>); 2] {
        let block = &self.blocks[at];
        let before = at.checked_sub(1).map(|at| &self.blocks[at]);
        let after = self.blocks.get(at + 1);
        let (old_start, new_start) = before.map_or((0, 0), |block| (block.old.end, block.new.end));
        let (old_end, new_end) = after.map_or((self.old.text().len(), self.new.text().len()), |block| {
            (block.old.start, block.new.start)
        });
        [
            (old_start..block.old.start, new_start..block.new.start),
            (block.old.end..old_end, block.new.end..new_end),
        ]
    }

    /// Where a changed span most likely stands now: an end within a change goes to the change's edge.
    pub(super) fn guess(&self, span: &Range<usize>) -> Range<usize> {
        let map = |at: usize, is_start: bool| {
            let next = self
                .blocks
                .partition_point(|block| if is_start { block.old.end <= at } else { block.old.end < at });
            let inside = self
                .blocks
                .get(next)
                .filter(|block| if is_start { block.old.start <= at } else { block.old.start < at });
            if let Some(block) = inside {
                return block.new.start + (at - block.old.start);
            }
            if is_start {
                next.checked_sub(1).map_or(0, |before| self.blocks[before].new.end)
            } else {
                self.blocks.get(next).map_or(self.new.text().len(), |after| after.new.start)
            }
        };
        let (start, end) = (map(span.start, true), map(span.end, false));
        start..end.max(start)
    }
}

/// How far a stretch can be shifted to the left and to the right with the text around it staying the same.
fn slide(text: &[char], stretch: &Range<usize>) -> (usize, usize) {
    let (start, end) = (stretch.start, stretch.end);
    let left = (1..=start).take_while(|back| text[start - back] == text[end - back]).count();
    let right = (0..text.len() - end).take_while(|ahead| text[start + ahead] == text[end + ahead]).count();
    (left, right)
}

/// Words, numbers, runs of white space, and single other characters.
fn tokens(text: &str) -> Vec<&str> {
    let class = |c: char| match c {
        c if c.is_alphanumeric() => 1,
        c if c.is_whitespace() => 2,
        _ => 0,
    };
    let mut tokens = Vec::new();
    let mut start = 0;
    let mut before = None;
    for (at, c) in text.char_indices() {
        if before.is_some_and(|before| before == 0 || before != class(c)) {
            tokens.push(&text[start..at]);
            start = at;
        }
        before = Some(class(c));
    }
    if start < text.len() {
        tokens.push(&text[start..]);
    }
    tokens
}
