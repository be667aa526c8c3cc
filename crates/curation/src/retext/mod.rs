//! Carries records over to a corrected text.
//!
//! A record goes over by itself only where its quote is unchanged and there is no doubt which stretch of the
//! new text it is: it lies with some of its surroundings in a stretch that both texts have in common, no
//! deletion or insertion next to it could as well be meant to have taken or made this very stretch, and no
//! other place of either text looks the same. Everything else is [proposed](Fate::Proposed) to a person.

mod align;
mod index;

use std::fmt::{self, Write as _};
use std::ops::Range;

use goldrule_schema::{AnnotationSet, CharSpan, Document, sha256};
use serde::{Deserialize, Serialize};

use crate::describe::short;
use crate::identity::Layer;
use crate::record::{Record, records};
use align::Alignment;

/// Characters looked at on each side of a record to tell it from its likes.
const CONTEXT: usize = 32;
/// Characters of unchanged surroundings, both sides together, that a record needs.
const ANCHOR: usize = 12;

/// Why a record was not carried over by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Doubt {
    /// Its characters were changed.
    QuoteChanged,
    /// Its characters are there, and another stretch could be meant as well.
    Ambiguous,
    /// Everything around it was changed.
    Uprooted,
    /// Its stretch is gone; the quote stands in one other place.
    Elsewhere,
}

impl fmt::Display for Doubt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::QuoteChanged => "its text was changed",
            Self::Ambiguous => "the same text stands beside the change",
            Self::Uprooted => "all around it was changed",
            Self::Elsewhere => "its place is gone, and the same text stands elsewhere",
        })
    }
}

/// What became of a record.
#[derive(Clone, Debug, PartialEq)]
pub enum Fate {
    /// It has the offsets it had.
    Kept,
    /// It was carried over to these.
    Moved(CharSpan),
    /// A person has to look at this place.
    Proposed(CharSpan, Doubt),
    /// Its text is gone.
    Orphaned,
}

/// A gold file carried over to a new text.
#[derive(Clone, Debug, PartialEq)]
pub struct Retexted {
    /// What could be carried over without doubt, for the new text.
    pub set: AnnotationSet,
    /// Every mention, stance and citation as it was, and what became of it.
    pub fates: Vec<(Record, Fate)>,
}

/// A record that a person has to place, as the file of proposals holds it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Proposal {
    /// The record, with offsets of the old text.
    pub record: Record,
    /// The same with offsets and quote of the new text, where there is a likely place.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub candidate: Option<Record>,
    /// Why it was not carried over by itself; nothing where its text is gone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub doubt: Option<Doubt>,
}

/// Carries the records of `set`, which annotates `old`, over to `new`.
///
/// ```
/// use goldrule_curation::{Fate, retext};
/// use goldrule_schema::{CharSpan, Document, read_annotations};
///
/// let old = Document::new("note", "Offcers of the Troy Police Department do not ask.");
/// let new = Document::new("note", "Officers of the Troy Police Department do not ask.");
/// let source = r#"{ "schema_version": 1, "document": "note", "stances": [], "citations": [], "agencies": [
///   { "id": "troy-pd", "name": "Troy Police Department", "kind": "police", "mentions": [
///     { "text": "Troy Police Department", "form": "name" } ] } ] }"#;
/// let set = read_annotations("note.json", source, Some(&old)).accepted().unwrap();
///
/// let carried = retext(&set, &old, &new);
/// assert_eq!(carried.fates[0].1, Fate::Moved(CharSpan::new(16, 38)));
/// assert_eq!(carried.set.agencies[0].mentions[0].span, CharSpan::new(16, 38));
/// ```
pub fn retext(set: &AnnotationSet, old: &Document, new: &Document) -> Retexted {
    let alignment = Alignment::new(old.text(), new.text());
    let mut carried = set.clone();
    carried.meta.text_sha256 = Some(sha256(new.text().as_bytes()));
    let mut fates: Vec<(Record, Fate)> = records(set)
        .filter(|record| record.layer() != Layer::Agency)
        .map(|record| {
            let fate = alignment.fate(record.span().unwrap_or_default());
            (record.to_record(), fate)
        })
        .collect();
    // In the order in which `records` names them.
    let mut left = fates.iter().map(|(_, fate)| match fate {
        Fate::Kept => Some(None),
        Fate::Moved(span) => Some(Some(*span)),
        Fate::Proposed(..) | Fate::Orphaned => None,
    });
    let mut carry = |span: &mut CharSpan| match left.next().flatten() {
        Some(moved) => {
            *span = moved.unwrap_or(*span);
            true
        }
        None => false,
    };
    for agency in &mut carried.agencies {
        agency.mentions.retain_mut(|mention| carry(&mut mention.span));
    }
    carried.stances.retain_mut(|stance| carry(&mut stance.span));
    carried.citations.retain_mut(|citation| carry(&mut citation.span));
    carried.sort();
    fates.sort_by_key(|(record, _)| record.as_ref().span());
    Retexted { set: carried, fates }
}

impl Retexted {
    /// How many records were kept, moved, proposed and orphaned.
    pub fn counts(&self) -> [usize; 4] {
        let mut counts = [0; 4];
        for (_, fate) in &self.fates {
            counts[match fate {
                Fate::Kept => 0,
                Fate::Moved(_) => 1,
                Fate::Proposed(..) => 2,
                Fate::Orphaned => 3,
            }] += 1;
        }
        counts
    }

    /// What a person has to place, for a file. Quotes are left out where the set withholds them.
    pub fn proposals(&self, new: &Document) -> Vec<Proposal> {
        let proposal = |(record, fate): &(Record, Fate)| {
            let (candidate, doubt) = match fate {
                Fate::Kept | Fate::Moved(_) => return None,
                Fate::Proposed(span, doubt) => (Some(self.placed(record, *span, new)), Some(*doubt)),
                Fate::Orphaned => (None, None),
            };
            Some(Proposal { record: record.clone(), candidate, doubt })
        };
        self.fates.iter().filter_map(proposal).collect()
    }

    fn placed(&self, record: &Record, span: CharSpan, new: &Document) -> Record {
        let quote = new.quote(span).filter(|_| !self.set.meta.quotes_withheld).map(str::to_owned);
        let mut record = record.clone();
        match &mut record {
            Record::Agency(_) => {}
            Record::Mention { mention, .. } => (mention.span, mention.text) = (span, quote),
            Record::Stance(stance) => (stance.span, stance.text) = (span, quote),
            Record::Citation(citation) => (citation.span, citation.text) = (span, quote),
        }
        record
    }

    /// The result as people read it: what has to be looked at, and with `all` what was moved too.
    pub fn report(&self, new: &Document, all: bool) -> String {
        let mut out = String::new();
        for (record, fate) in &self.fates {
            let _ = match fate {
                Fate::Moved(span) if all => writeln!(out, "moved     {record}\n       to {span}"),
                Fate::Kept | Fate::Moved(_) => Ok(()),
                Fate::Proposed(span, doubt) => {
                    let quote = new.quote(*span).map(short).unwrap_or_default();
                    writeln!(out, "proposed  {record}\n       to {span} “{quote}”: {doubt}")
                }
                Fate::Orphaned => writeln!(out, "orphaned  {record}\n          its text is gone"),
            };
        }
        let [kept, moved, proposed, orphaned] = self.counts();
        let _ = writeln!(out, "{kept} kept, {moved} moved, {proposed} proposed, {orphaned} orphaned.");
        out
    }
}

impl Alignment {
    fn fate(&self, span: CharSpan) -> Fate {
        let old = span.range();
        if old.end > self.old.text().len() {
            return Fate::Orphaned;
        }
        let Some(at) = self.block_of(&old) else {
            let guess = self.guess(&old);
            return if guess.is_empty() {
                self.elsewhere(&old)
            } else {
                Fate::Proposed(chars(&guess), Doubt::QuoteChanged)
            };
        };
        let block = &self.blocks[at];
        let shift = |at: usize| block.new.start + (at - block.old.start);
        let new = shift(old.start)..shift(old.end);
        if let Some(doubt) = self.doubt(at, &old, &new) {
            return Fate::Proposed(chars(&new), doubt);
        }
        if new == old { Fate::Kept } else { Fate::Moved(chars(&new)) }
    }

    fn doubt(&self, at: usize, old: &Range<usize>, new: &Range<usize>) -> Option<Doubt> {
        let block = &self.blocks[at];
        if self.blocks.len() == 1
            && self.old.text().len() == self.new.text().len()
            && block.old.len() == self.old.text().len()
        {
            return None;
        }
        if self.is_unsure(old) {
            return Some(Doubt::Ambiguous);
        }
        let before = (old.start - block.old.start).min(CONTEXT);
        let after = (block.old.end - old.end).min(CONTEXT);
        let whole_edge = block.old.start == 0 && block.new.start == 0
            || block.old.end == self.old.text().len() && block.new.end == self.new.text().len();
        if before + after < ANCHOR && !whole_edge {
            return Some(Doubt::Uprooted);
        }
        let quote = &self.old.text()[old.clone()];
        let near = [old.start - block.old.start < CONTEXT, block.old.end - old.end < CONTEXT];
        for ((gone, came), near) in self.changes_around(at).into_iter().zip(near) {
            if near && (self.old.holds(&gone, quote) || self.new.holds(&came, quote)) {
                return Some(Doubt::Ambiguous);
            }
        }
        // With what stands before it, with what stands behind it, and with both it must have kept its rank
        // among the places that look the same: else one of them was made or lost.
        let kept = |before: usize, after: usize| {
            let window = &self.old.text()[old.start - before..old.end + after];
            let (places_old, places_new) = (self.old.places(window), self.new.places(window));
            let rank = |places: &[usize], start: usize| places.iter().position(|&place| place == start);
            places_old.len() == places_new.len()
                && rank(&places_old, old.start - before) == rank(&places_new, new.start - before)
        };
        let (left, right) = (before.min(ANCHOR), after.min(ANCHOR));
        let is_long = old.len() >= 2 * ANCHOR;
        let sides = [(left, 0, left > 0), (0, right, right > 0), (before, after, true), (0, 0, is_long)];
        let sure = sides.into_iter().all(|(before, after, told)| !told || kept(before, after));
        (!sure).then_some(Doubt::Ambiguous)
    }

    fn elsewhere(&self, old: &Range<usize>) -> Fate {
        match self.new.places(&self.old.text()[old.clone()]).as_slice() {
            [only] => Fate::Proposed(chars(&(*only..only + old.len())), Doubt::Elsewhere),
            _ => Fate::Orphaned,
        }
    }
}

fn chars(range: &Range<usize>) -> CharSpan {
    CharSpan::new(range.start as u32, range.end as u32)
}
