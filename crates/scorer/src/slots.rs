//! Records slot by slot, over the pairs of the ledger.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::AddAssign;

use goldrule_schema::{AnnotationSet, Position, Topic};
use serde::Serialize;

use crate::counts::{Counts, Judged, WHOLE};
use crate::ledger::{Ledger, Outcome, RecordIndex, Row};
use crate::measure::Measure;
use crate::names::names;

names! {
    /// One thing that a record says.
    Slot, "slot" {
        /// Kind of an agency.
        AgencyKind = "agency.kind",
        /// Its jurisdiction: linking to a place.
        AgencyJurisdiction = "agency.jurisdiction",
        /// The agency whose stance it is.
        StanceHolder = "stance.holder",
        /// What it is about.
        StanceTopic = "stance.topic",
        /// Where the holder stands.
        StancePosition = "stance.position",
        /// Own words or a report.
        StanceAttribution = "stance.attribution",
        /// Kind of a citation.
        CitationKind = "citation.kind",
        /// Canonical id of a citation: linking to an authority.
        CitationCanonical = "citation.canonical",
        /// First part of the canonical id: whose law it is.
        CitationJurisdiction = "citation.jurisdiction",
        /// The canonical id up to the section.
        CitationSource = "citation.source",
        /// The section and what follows it.
        CitationSection = "citation.section",
    }
}

impl Slot {
    /// The measure that pairs the records: agencies that share a mention, stances and citations that overlap.
    pub const fn pairing(self) -> Measure {
        match self {
            Self::AgencyKind | Self::AgencyJurisdiction => Measure::EntityFound,
            Self::StanceHolder | Self::StanceTopic | Self::StancePosition | Self::StanceAttribution => {
                Measure::StanceEvidence
            }
            _ => Measure::CitationOverlap,
        }
    }
}

/// How right a slot is, from the text on and by itself.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct SlotScore {
    /// From the text on: all gold and predicted records that fill the slot, and those pairs that agree in it.
    pub end_to_end: Counts,
    /// Given the gold record: of the gold records that fill the slot and were found, those that are right.
    pub given_found: Judged,
}

impl AddAssign for SlotScore {
    fn add_assign(&mut self, other: Self) {
        self.end_to_end += other.end_to_end;
        self.given_found += other.given_found;
    }
}

const POSITIONS: usize = Position::ALL.len();

/// Positions of one topic: each gold stance is in a cell or in one of the lists behind it, each predicted one
/// in a cell or in `spurious`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Confusion {
    /// Pairs on the topic, by gold position and predicted one, in the order of [`Position::ALL`].
    pub cells: [[u64; POSITIONS]; POSITIONS],
    /// Gold stances whose partner is on another topic.
    pub other_topic: [u64; POSITIONS],
    /// Gold stances without a partner.
    pub missed: [u64; POSITIONS],
    /// Predicted stances without a partner on this topic.
    pub spurious: [u64; POSITIONS],
}

impl AddAssign for Confusion {
    fn add_assign(&mut self, other: Self) {
        let add = |sums: &mut [u64; POSITIONS], parts: [u64; POSITIONS]| {
            sums.iter_mut().zip(parts).for_each(|(sum, part)| *sum += part);
        };
        self.cells.iter_mut().zip(other.cells).for_each(|(sums, parts)| add(sums, parts));
        add(&mut self.other_topic, other.other_topic);
        add(&mut self.missed, other.missed);
        add(&mut self.spurious, other.spurious);
    }
}

/// Every slot, and the positions by topic. They add up over documents.
///
/// ```
/// use goldrule_schema::{AnnotationSet, CharSpan, Citation, CitationKind};
/// use goldrule_scorer::{Ledger, Slot, Slots};
///
/// let citation = |start, canonical: &str| Citation {
///     id: None,
///     span: CharSpan::new(start, start + 5),
///     text: None,
///     kind: CitationKind::Statute,
///     canonical: Some(canonical.to_owned()),
///     rule: None,
///     extra: Default::default(),
/// };
/// let (mut gold, mut pred) = (AnnotationSet::new("memo"), AnnotationSet::new("memo"));
/// gold.citations = vec![citation(0, "/us/usc/t8/s1373"), citation(20, "/us/usc/t8/s1644")];
/// pred.citations = vec![citation(0, "/us/usc/t8/s1374")];
///
/// let slots = Slots::new(&gold, &pred, &Ledger::new("memo", &gold, &pred));
/// assert_eq!(slots.of(Slot::CitationSource).end_to_end.recall(), Some(0.5));
/// assert_eq!(slots.of(Slot::CitationSource).given_found.value(), Some(1.0));
/// assert_eq!(slots.of(Slot::CitationSection).given_found.value(), Some(0.0));
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Slots {
    slots: BTreeMap<Slot, SlotScore>,
    /// Positions by the topic of the stance.
    pub positions: BTreeMap<Topic, Confusion>,
}

impl Slots {
    /// The slots of one document, read off its ledger.
    pub fn new(gold: &AnnotationSet, pred: &AnnotationSet, ledger: &Ledger) -> Self {
        let holders: BTreeSet<(usize, usize)> = ledger
            .rows
            .iter()
            .filter(|row| row.layer == Measure::EntityFound)
            .filter_map(|row| match judged(row) {
                (Some(RecordIndex::Entity(gold)), Some(RecordIndex::Entity(pred))) => Some((gold, pred)),
                _ => None,
            })
            .collect();
        let mut slots = Self::default();
        for slot in Slot::ALL {
            let score = slots.slots.entry(slot).or_default();
            for row in ledger.rows.iter().filter(|row| row.layer == slot.pairing()) {
                let (g, p) = judged(row);
                let ours = g.and_then(|index| value(slot, gold, index));
                let theirs = p.and_then(|index| value(slot, pred, index));
                let right = match (slot, &row.gold, &row.pred) {
                    (Slot::StanceHolder, Some(a), Some(b)) => {
                        a.agency.zip(b.agency).is_some_and(|pair| holders.contains(&pair))
                    }
                    _ => ours == theirs,
                };
                let right = right && g.is_some() && p.is_some();
                let credit = if right { WHOLE } else { 0 };
                if ours.is_some() {
                    score.end_to_end += Counts::of_gold(credit);
                }
                if theirs.is_some() {
                    score.end_to_end += Counts::of_pred(if ours.is_some() { credit } else { 0 });
                }
                if ours.is_some() && p.is_some() {
                    score.given_found += Judged { right: u64::from(right), n: 1 };
                }
            }
        }
        for row in ledger.rows.iter().filter(|row| row.layer == Measure::StanceEvidence) {
            slots.add_position(gold, pred, judged(row));
        }
        slots
    }

    /// The figures of a slot.
    pub fn of(&self, slot: Slot) -> SlotScore {
        self.slots.get(&slot).copied().unwrap_or_default()
    }

    fn add_position(
        &mut self,
        gold: &AnnotationSet,
        pred: &AnnotationSet,
        (g, p): (Option<RecordIndex>, Option<RecordIndex>),
    ) {
        let stance = |set: &AnnotationSet, index: Option<RecordIndex>| match index {
            Some(RecordIndex::Stance(at)) => {
                let stance = &set.stances[at];
                Some((stance.topic, stance.position as usize))
            }
            _ => None,
        };
        let (ours, theirs) = (stance(gold, g), stance(pred, p));
        if let (Some((topic, ours)), Some((other, theirs))) = (ours, theirs)
            && topic == other
        {
            self.positions.entry(topic).or_default().cells[ours][theirs] += 1;
            return;
        }
        if let Some((topic, position)) = ours {
            let confusion = self.positions.entry(topic).or_default();
            let list = if theirs.is_some() { &mut confusion.other_topic } else { &mut confusion.missed };
            list[position] += 1;
        }
        if let Some((topic, position)) = theirs {
            self.positions.entry(topic).or_default().spurious[position] += 1;
        }
    }
}

impl AddAssign<&Slots> for Slots {
    fn add_assign(&mut self, other: &Self) {
        for (slot, score) in &other.slots {
            *self.slots.entry(*slot).or_default() += *score;
        }
        for (topic, confusion) in &other.positions {
            *self.positions.entry(*topic).or_default() += *confusion;
        }
    }
}

/// The records that a row judges.
fn judged(row: &Row) -> (Option<RecordIndex>, Option<RecordIndex>) {
    let gold = row.gold.as_ref().filter(|_| row.outcome != Outcome::Spurious);
    let pred = row.pred.as_ref().filter(|_| row.outcome != Outcome::Missed);
    (gold.map(|record| record.index), pred.map(|record| record.index))
}

/// What a record says in a slot; `None` where it leaves it open.
fn value(slot: Slot, set: &AnnotationSet, index: RecordIndex) -> Option<&str> {
    match index {
        RecordIndex::Mention { .. } => None,
        RecordIndex::Entity(at) => match slot {
            Slot::AgencyKind => Some(set.agencies[at].kind.as_str()),
            _ => set.agencies[at].jurisdiction.as_deref(),
        },
        RecordIndex::Stance(at) => {
            let stance = &set.stances[at];
            Some(match slot {
                Slot::StanceHolder => &stance.agency,
                Slot::StanceTopic => stance.topic.as_str(),
                Slot::StancePosition => stance.position.as_str(),
                _ => stance.attribution.as_str(),
            })
        }
        RecordIndex::Citation(at) => {
            let citation = &set.citations[at];
            let canonical = citation.canonical.as_deref();
            match slot {
                Slot::CitationKind => Some(citation.kind.as_str()),
                Slot::CitationCanonical => canonical,
                Slot::CitationJurisdiction => canonical?.split('/').find(|part| !part.is_empty()),
                Slot::CitationSource => Some(at_section(canonical?).0),
                _ => Some(at_section(canonical?).1).filter(|section| !section.is_empty()),
            }
        }
    }
}

/// A canonical id before its section and from it on: `/us/usc/t8` and `/s1373/a`.
fn at_section(canonical: &str) -> (&str, &str) {
    let begins = |at: &usize| {
        let mut after = canonical[*at..].chars().skip(1);
        after.next() == Some('s') && after.next().is_some_and(|next| next.is_ascii_digit())
    };
    let at = canonical.match_indices('/').map(|(at, _)| at).find(begins).unwrap_or(canonical.len());
    canonical.split_at(at)
}
