//! Pairs of edits of one annotation set whose right merge is known, for the comparison of mergers.
//!
//! The set is taken apart into records that carry a number each, so that what two people do to it can be
//! applied to the base in turn: that is the right answer, and no merger was asked for it.

use std::collections::BTreeMap;

use goldrule_curation::{Record, RecordRef, records};
use goldrule_schema::{
    AnnotationSet, Attribution, CharSpan, Citation, CitationKind, Document, Form, Mention, Position, Stance,
    Status,
};

use crate::Rng;

/// What one person does to one record.
#[derive(Clone, Debug, PartialEq)]
enum Edit {
    Remove(usize),
    /// The second of a record's labels that stand for themselves: form, position, canonical, agency's name.
    Relabel(usize, u32),
    Move(usize, CharSpan),
    /// A new record, with the number of its agency.
    Add(usize, Record, Option<usize>),
    Rename(usize, String),
    Status(Status),
}

/// Two people's edits of one set, and what they should come to.
#[derive(Clone, Debug)]
pub struct EditedPair {
    /// The set both started from.
    pub base: AnnotationSet,
    /// What one made of it.
    pub ours: AnnotationSet,
    /// What the other made of it.
    pub theirs: AnnotationSet,
    /// The right merge; `None` where the edits contradict each other and a person has to decide.
    pub merged: Option<AnnotationSet>,
}

/// A set as numbered records.
#[derive(Clone)]
struct Model {
    set: AnnotationSet,
    records: BTreeMap<usize, Record>,
    agencies: BTreeMap<usize, goldrule_schema::Agency>,
    /// Number of the agency of each mention and stance.
    holders: BTreeMap<usize, usize>,
}

impl Model {
    fn new(set: &AnnotationSet) -> Self {
        let mut model = Self {
            set: AnnotationSet { agencies: vec![], stances: vec![], citations: vec![], ..set.clone() },
            records: BTreeMap::new(),
            agencies: BTreeMap::new(),
            holders: BTreeMap::new(),
        };
        let mut numbers: BTreeMap<&str, usize> = BTreeMap::new();
        for (number, record) in records(set).enumerate() {
            if let (RecordRef::Agency(agency), Record::Agency(head)) = (record, record.to_record()) {
                numbers.insert(&agency.id, number);
                model.agencies.insert(number, head);
            } else {
                if let Some(&holder) = record.agency().and_then(|id| numbers.get(id)) {
                    model.holders.insert(number, holder);
                }
                model.records.insert(number, record.to_record());
            }
        }
        model
    }

    fn build(&self) -> AnnotationSet {
        let mut set = self.set.clone();
        let mut places = BTreeMap::new();
        for (&number, agency) in &self.agencies {
            places.insert(number, set.agencies.len());
            set.agencies.push(agency.clone());
        }
        for (number, record) in &self.records {
            let place = self.holders.get(number).and_then(|holder| places.get(holder)).copied();
            match (record.clone(), place) {
                (Record::Mention { mention, .. }, Some(place)) => set.agencies[place].mentions.push(mention),
                (Record::Stance(mut stance), Some(place)) => {
                    stance.agency.clone_from(&set.agencies[place].id);
                    set.stances.push(stance);
                }
                (Record::Citation(citation), _) => set.citations.push(citation),
                _ => {}
            }
        }
        set.sort();
        set
    }

    /// Labels change from what they were in `base`, whatever was done to them since.
    fn apply(&mut self, edit: &Edit, document: &Document, base: &Self) {
        match edit {
            Edit::Remove(number) => drop(self.records.remove(number)),
            Edit::Relabel(number, word) => self.relabel(*number, *word, base),
            Edit::Move(number, span) => {
                let quote = document.quote(*span).map(str::to_owned);
                let place = match self.records.get_mut(number) {
                    Some(Record::Mention { mention, .. }) => (&mut mention.span, &mut mention.text),
                    Some(Record::Stance(stance)) => (&mut stance.span, &mut stance.text),
                    Some(Record::Citation(citation)) => (&mut citation.span, &mut citation.text),
                    _ => return,
                };
                (*place.0, *place.1) = (*span, quote);
            }
            Edit::Add(number, record, holder) => {
                self.holders.extend(holder.map(|holder| (*number, holder)));
                self.records.insert(*number, record.clone());
            }
            Edit::Rename(number, id) => {
                if let Some(agency) = self.agencies.get_mut(number) {
                    agency.id.clone_from(id);
                }
            }
            Edit::Status(status) => self.set.meta.status = Some(*status),
        }
    }

    /// Whether two edits of one record change different parts of it, so that both can be had.
    fn compatible(&self, mine: &Edit, yours: &Edit) -> bool {
        let stance = |number| matches!(self.records.get(number), Some(Record::Stance(_)));
        match (mine, yours) {
            (Edit::Relabel(..), Edit::Move(..) | Edit::Rename(..))
            | (Edit::Move(..) | Edit::Rename(..), Edit::Relabel(..)) => true,
            (Edit::Relabel(number, a), Edit::Relabel(_, b)) => stance(number) && a % 2 != b % 2,
            _ => false,
        }
    }

    fn relabel(&mut self, number: usize, word: u32, base: &Self) {
        fn next<T: Copy + PartialEq>(all: &[T], now: T, step: u32) -> T {
            let at = all.iter().position(|&known| known == now).unwrap_or(0);
            all[(at + 1 + step as usize % (all.len() - 1)) % all.len()]
        }
        if let (Some(agency), Some(old)) = (self.agencies.get_mut(&number), base.agencies.get(&number)) {
            agency.name = format!("{} {word}", old.name);
        }
        match (self.records.get_mut(&number), base.records.get(&number)) {
            (Some(Record::Mention { mention, .. }), Some(Record::Mention { mention: old, .. })) => {
                mention.form = next(Form::ALL, old.form, word);
            }
            (Some(Record::Stance(stance)), Some(Record::Stance(old))) if word.is_multiple_of(2) => {
                stance.position = next(Position::ALL, old.position, word);
            }
            (Some(Record::Stance(stance)), Some(Record::Stance(old))) => {
                stance.attribution = next(Attribution::ALL, old.attribution, word);
            }
            (Some(Record::Citation(citation)), _) => citation.canonical = Some(format!("/us/pl/104/{word}")),
            _ => {}
        }
    }
}

/// Makes edits that leave a set which reads without errors.
struct Editor<'a> {
    rng: &'a mut Rng,
    document: &'a Document,
    base: &'a Model,
    /// Places no new or moved record may touch.
    taken: Vec<(usize, CharSpan)>,
    next: usize,
}

impl Editor<'_> {
    fn edit(&mut self, number: usize) -> Option<Edit> {
        if let Some(agency) = self.base.agencies.get(&number) {
            let id = format!("{}-{}", agency.id, self.rng.below(90));
            return Some(match self.rng.below(2) {
                0 => Edit::Rename(number, id),
                _ => Edit::Relabel(number, self.rng.below(90)),
            });
        }
        match self.rng.below(10) {
            0..=2 => Some(Edit::Remove(number)),
            3..=5 => Some(Edit::Relabel(number, self.rng.below(90))),
            _ => self.boundary(number),
        }
    }

    /// A boundary a few characters further in or out.
    fn boundary(&mut self, number: usize) -> Option<Edit> {
        let record = self.base.records.get(&number)?.as_ref();
        let old = record.span()?;
        let shift = 1 + self.rng.below(4);
        let new = match self.rng.below(4) {
            0 => (old.start.saturating_sub(shift), old.end),
            1 => (old.start, old.end + shift),
            2 => (old.start + shift, old.end),
            _ => (old.start, old.end.saturating_sub(shift)),
        };
        if new.0 >= new.1 || new.1 > self.document.char_len() || new == (old.start, old.end) {
            return None;
        }
        let new = CharSpan::new(new.0, new.1);
        let blocks = |(owner, span): &(usize, CharSpan)| *owner != number && span.overlaps(new);
        if !matches!(record, RecordRef::Stance(_)) && self.taken.iter().any(blocks) {
            return None;
        }
        self.taken.push((number, new));
        Some(Edit::Move(number, new))
    }

    fn addition(&mut self) -> Option<Edit> {
        let length = 3 + self.rng.below(20);
        let start = self.rng.below(self.document.char_len().checked_sub(length)?);
        let span = CharSpan::new(start, start + length);
        if self.taken.iter().any(|(_, taken)| taken.overlaps(span)) {
            return None;
        }
        let text = self.document.quote(span).map(str::to_owned);
        let agencies: Vec<_> = self.base.agencies.iter().collect();
        let holder = (!agencies.is_empty()).then(|| *self.rng.pick(&agencies));
        let name = holder.map(|(_, agency)| agency.id.clone()).unwrap_or_default();
        let (id, rule, extra) = (None, None, goldrule_schema::Extra::default());
        let record = match self.rng.below(if holder.is_none() { 1 } else { 3 }) {
            0 => Record::Citation(Citation {
                id,
                span,
                text,
                kind: *self.rng.pick(CitationKind::ALL),
                canonical: None,
                rule,
                extra,
            }),
            1 => Record::Mention {
                agency: name,
                mention: Mention { id, span, text, form: *self.rng.pick(Form::ALL), rule, extra },
            },
            _ => Record::Stance(Stance {
                id,
                agency: name,
                topic: *self.rng.pick(goldrule_schema::Topic::ALL),
                position: *self.rng.pick(Position::ALL),
                attribution: Attribution::Own,
                span,
                text,
                rule,
                extra,
            }),
        };
        self.next += 1;
        self.taken.push((self.next, span));
        Some(Edit::Add(self.next, record, holder.map(|(&number, _)| number)))
    }
}

/// `edits` edits of each side; with `apart` no record is touched by both, else they choose freely from a few
/// records, so that some are.
pub fn edited_pair(
    set: &AnnotationSet,
    document: &Document,
    edits: u32,
    apart: bool,
    rng: &mut Rng,
) -> EditedPair {
    let base = Model::new(set);
    let mut numbers: Vec<usize> = base.agencies.keys().chain(base.records.keys()).copied().collect();
    for at in (1..numbers.len()).rev() {
        numbers.swap(at, rng.below(at as u32 + 1) as usize);
    }
    let few = numbers.len().min(edits as usize * 4);
    let half = numbers.len() / 2;
    let pools = if apart {
        [numbers[..half].to_vec(), numbers[half..].to_vec()]
    } else {
        [numbers[..few].to_vec(), numbers[..few].to_vec()]
    };
    let taken = base.records.iter().filter_map(|(&n, record)| Some((n, record.as_ref().span()?))).collect();
    let next = numbers.iter().max().map_or(0, |most| most + 1);
    let mut editor = Editor { rng, document, base: &base, taken, next };
    let [ours, theirs] = pools.map(|pool| {
        let mut made: BTreeMap<usize, Edit> = BTreeMap::new();
        for _ in 0..edits {
            let adds = pool.is_empty() || editor.rng.chance(25);
            let edit = if adds {
                editor.addition()
            } else {
                let number = *editor.rng.pick(&pool);
                editor.edit(number)
            };
            if let Some(edit) = edit {
                made.entry(key(&edit)).or_insert(edit);
            }
        }
        made
    });
    let mut ours: Vec<Edit> = ours.into_values().collect();
    if rng.chance(30) {
        ours.push(Edit::Status(Status::Done));
    }
    let theirs: Vec<Edit> = theirs.into_values().collect();
    let applied = |edits: &[&[Edit]]| {
        let mut model = base.clone();
        edits.iter().copied().flatten().for_each(|edit| model.apply(edit, document, &base));
        model.build()
    };
    let contradicts = |mine: &Edit, yours: &Edit| {
        let same_result =
            || applied(&[std::slice::from_ref(mine)]) == applied(&[std::slice::from_ref(yours)]);
        key(mine) == key(yours) && !base.compatible(mine, yours) && !same_result()
    };
    let contradict = ours.iter().any(|mine| theirs.iter().any(|yours| contradicts(mine, yours)));
    EditedPair {
        base: applied(&[]),
        ours: applied(&[&ours]),
        theirs: applied(&[&theirs]),
        merged: (!contradict).then(|| applied(&[&ours, &theirs])),
    }
}

/// The record an edit is about.
fn key(edit: &Edit) -> usize {
    match edit {
        Edit::Remove(n) | Edit::Relabel(n, _) | Edit::Move(n, _) | Edit::Add(n, ..) | Edit::Rename(n, _) => {
            *n
        }
        Edit::Status(_) => usize::MAX,
    }
}
