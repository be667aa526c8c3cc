//! Finds what is to be decided.

use std::collections::BTreeMap;

use goldrule_schema::{AnnotationSet, CharSpan};

use super::{Item, Kind, align};
use crate::change::collide;
use crate::decisions::{Source, Subject, Text};
use crate::identity::Layer;
use crate::record::{Record, RecordRef, head, records};

/// Two sets side by side.
struct Sides<'s> {
    gold: &'s AnnotationSet,
    other: &'s AnnotationSet,
    /// Gold's id for each agency of the other side.
    known: BTreeMap<String, &'s str>,
    /// The agency that gold would get for each that it does not have.
    new: BTreeMap<String, Record>,
    source: Source,
    text: &'s Text<'s>,
}

/// Where two sets differ; of suggestions, only what gold lacks.
pub(super) fn differences(
    gold: &AnnotationSet,
    other: &AnnotationSet,
    source: Source,
    text: &Text<'_>,
) -> Vec<Item> {
    let known = align::agencies(gold, other, source == Source::Comparison);
    let sides = Sides { gold, other, new: new_agencies(gold, other, &known), known, source, text };
    let mut items = Vec::new();
    for layer in [Layer::Mention, Layer::Stance, Layer::Citation] {
        items.extend(sides.layer(layer));
    }
    if source == Source::Comparison {
        items.extend(sides.agencies());
    } else {
        items.retain(|item| item.kind == Kind::OnlyThere && !sides.has_alike(item));
    }
    items
}

/// The agencies that gold lacks, under ids that are free in it.
fn new_agencies(
    gold: &AnnotationSet,
    other: &AnnotationSet,
    known: &BTreeMap<String, &str>,
) -> BTreeMap<String, Record> {
    let mut taken: Vec<String> = gold.agencies.iter().map(|agency| agency.id.clone()).collect();
    let mut new = BTreeMap::new();
    for agency in other.agencies.iter().filter(|agency| !known.contains_key(&agency.id)) {
        let numbered = (2..).map(|n: u32| format!("{}-{n}", agency.id));
        let mut ids = std::iter::once(agency.id.clone()).chain(numbered);
        let Some(id) = ids.find(|id| !taken.contains(id)) else { continue };
        taken.push(id.clone());
        let mut head = head(agency);
        (head.id, head.rule) = (id, None);
        new.insert(agency.id.clone(), Record::Agency(head));
    }
    new
}

impl<'s> Sides<'s> {
    /// The other side's record as gold would have it, and the agency that would come with it.
    fn translated(&self, record: RecordRef<'s>) -> (Record, Option<Record>) {
        let mut translated = record.to_record();
        let (mut new, mut id) = (None, None);
        if let Some(agency) = record.agency() {
            if let Some(known) = self.known.get(agency) {
                id = Some((*known).to_owned());
            } else if let Some(head) = self.new.get(agency) {
                id = head.as_ref().agency().map(str::to_owned);
                new = Some(head.clone());
            }
        }
        let id = id.unwrap_or_default();
        match &mut translated {
            Record::Agency(agency) => (agency.id, agency.rule) = (id, None),
            Record::Mention { agency, mention } => (*agency, mention.rule) = (id, None),
            Record::Stance(stance) => (stance.agency, stance.rule) = (id, None),
            Record::Citation(citation) => citation.rule = None,
        }
        (translated, new)
    }

    fn layer(&self, layer: Layer) -> Vec<Item> {
        let of_layer = |record: &RecordRef<'_>| record.layer() == layer;
        let mut here: Vec<RecordRef<'s>> = records(self.gold).filter(of_layer).collect();
        let theirs: Vec<RecordRef<'s>> = records(self.other).filter(of_layer).collect();
        let mut there: Vec<_> = theirs.into_iter().map(|record| (record, self.translated(record))).collect();
        let mut items = Vec::new();
        // The closest pairs first: a record of either side is in one pair at most.
        for is_pair in [same_record, same_place, moved] {
            there.retain(|(record, (translated, new))| {
                let other = translated.as_ref();
                let best = (0..here.len())
                    .filter(|&at| is_pair(here[at], other))
                    .max_by_key(|&at| (overlap(here[at], other), std::cmp::Reverse(at)));
                let Some(at) = best else { return true };
                let mine = here.remove(at);
                let kind = match (mine.span() == other.span(), mine.same_labels(other)) {
                    (true, true) => return false,
                    (true, false) => Kind::Label,
                    (false, _) => Kind::Boundary,
                };
                items.push(self.item(kind, Some(mine), Some((*record, translated, new))));
                false
            });
        }
        items.extend(here.into_iter().map(|record| self.item(Kind::OnlyHere, Some(record), None)));
        let rest = there.iter().map(|(record, (translated, new))| {
            self.item(Kind::OnlyThere, None, Some((*record, translated, new)))
        });
        items.extend(rest);
        items
    }

    /// Agencies that both sides have and call differently.
    fn agencies(&self) -> impl Iterator<Item = Item> {
        let of_layer = |record: &RecordRef<'_>| record.layer() == Layer::Agency;
        records(self.other).filter(of_layer).filter_map(|record| {
            let id = self.known.get(record.agency()?)?;
            let mine = RecordRef::Agency(self.gold.agency(id)?);
            let (mut translated, _) = self.translated(record);
            if let (Record::Agency(new), RecordRef::Agency(old)) = (&mut translated, mine) {
                new.extra.clone_from(&old.extra);
            }
            let differ = !mine.same_labels(record);
            differ.then(|| self.item(Kind::Label, Some(mine), Some((record, &translated, &None))))
        })
    }

    fn item(
        &self,
        kind: Kind,
        here: Option<RecordRef<'s>>,
        there: Option<(RecordRef<'s>, &Record, &Option<Record>)>,
    ) -> Item {
        let subject = match (there, here) {
            (Some((record, ..)), _) => Subject::new(record, self.other, self.text),
            (None, Some(record)) => Subject::new(record, self.gold, self.text),
            (None, None) => unreachable!("an item has a record"),
        };
        let place = |record: RecordRef<'_>, set: &AnnotationSet| {
            record.span().or_else(|| first_mention(record, set)).unwrap_or_default()
        };
        Item {
            source: self.source,
            kind,
            here: here.map(RecordRef::to_record),
            span: match (there, here) {
                (Some((record, ..)), _) => place(record, self.other),
                (None, here) => here.map_or_else(CharSpan::default, |record| place(record, self.gold)),
            },
            rule: there.and_then(|(record, ..)| record.rule().map(str::to_owned)),
            there: there.map(|(_, translated, _)| translated.clone()),
            new_agency: there.and_then(|(.., new)| new.clone()),
            skipped: false,
            unplaced: false,
            along: Vec::new(),
            subject,
        }
    }

    /// Whether gold has something that the suggestion is another version of, or that it would overlap.
    fn has_alike(&self, item: &Item) -> bool {
        let Some(there) = item.there.as_ref().map(Record::as_ref) else { return false };
        records(self.gold).any(|here| {
            let same_topic = match (here, there) {
                (RecordRef::Stance(a), RecordRef::Stance(b)) => {
                    (&a.agency, a.topic) == (&b.agency, b.topic) && a.span.overlaps(b.span)
                }
                _ => false,
            };
            same_topic || collide(here, there)
        })
    }
}

fn overlap(a: RecordRef<'_>, b: RecordRef<'_>) -> u32 {
    a.span().zip(b.span()).map_or(0, |(a, b)| a.overlap(b))
}

pub(super) fn first_mention(record: RecordRef<'_>, set: &AnnotationSet) -> Option<CharSpan> {
    let id = record.agency()?;
    let mentions = set.agency(id)?.mentions.iter().map(|mention| mention.span);
    mentions.chain(set.stances.iter().filter(|stance| stance.agency == id).map(|stance| stance.span)).min()
}

/// Known by the same content.
fn same_record(a: RecordRef<'_>, b: RecordRef<'_>) -> bool {
    use crate::identity::Key;
    a.span() == b.span() && Key::of_content(a) == Key::of_content(b)
}

/// At the same place; of stances, those with the same holder or the same topic.
fn same_place(a: RecordRef<'_>, b: RecordRef<'_>) -> bool {
    let related = match (a, b) {
        (RecordRef::Stance(a), RecordRef::Stance(b)) => a.agency == b.agency || a.topic == b.topic,
        _ => true,
    };
    a.span() == b.span() && related
}

/// At places that overlap; of stances, those with the same holder and topic.
fn moved(a: RecordRef<'_>, b: RecordRef<'_>) -> bool {
    let related = match (a, b) {
        (RecordRef::Stance(a), RecordRef::Stance(b)) => (&a.agency, a.topic) == (&b.agency, b.topic),
        _ => true,
    };
    overlap(a, b) > 0 && related
}
