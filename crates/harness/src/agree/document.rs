//! One document: every pair of annotators compared, and what adds up over documents.

use std::collections::BTreeMap;

use goldrule_schema::{AgencyKind, AnnotationSet, CitationKind, Form, Position, Topic};
use goldrule_scorer::{
    Codings, Continuum, DocumentScore, LabelledSpan, Ledger, Measure, RecordIndex, RecordRow, RecordSort,
};

use crate::agree::groups::{Link, groups};
use crate::agree::names::{DisagreementClass, Subject};
use crate::agree::read::Annotated;
use crate::agree::result::Disagreement;
use crate::mistake::{Quotes, Shown};

/// Layers whose spans are labels of characters, in the order of [`Subject::ALL`].
pub(crate) const LAYERS: [Subject; 3] = [Subject::Mention, Subject::Stance, Subject::Citation];

/// What no jurisdiction and no canonical id is called.
const NONE: &str = "(none)";

/// Disagreements of a class, and of records of one side only how many each annotator has.
pub(crate) type Classes = BTreeMap<(RecordSort, DisagreementClass), (u64, Vec<u64>)>;

/// Labelled spans of each annotator, `None` where one has not seen the document.
pub(crate) type Spans = Vec<Option<Vec<LabelledSpan>>>;

/// What a document adds; labels are the sets' own.
pub(crate) struct Compared<'a> {
    /// The score of each pair of annotators that both have it.
    pub(crate) pairs: Vec<Option<DocumentScore>>,
    pub(crate) continua: [Continuum; LAYERS.len()],
    pub(crate) spans: [Spans; LAYERS.len()],
    /// How far the text reaches, in code points.
    pub(crate) length: u32,
    pub(crate) codings: BTreeMap<Subject, Codings<&'a str>>,
    pub(crate) classes: Classes,
    pub(crate) disagreements: Vec<Disagreement>,
}

/// Pairs of annotators, in the order of reports.
pub(crate) fn pairs(annotators: usize) -> Vec<(usize, usize)> {
    (0..annotators).flat_map(|one| (one + 1..annotators).map(move |other| (one, other))).collect()
}

/// The labels of a layer, in the order of their numbers.
pub(crate) fn labels(layer: Subject) -> &'static [&'static str] {
    match layer {
        Subject::Mention | Subject::Form => Form::WORDS,
        Subject::Stance | Subject::Topic => Topic::WORDS,
        Subject::Citation | Subject::CitationKind => CitationKind::WORDS,
        Subject::Kind => AgencyKind::WORDS,
        Subject::Position => Position::WORDS,
        Subject::Attribution => goldrule_schema::Attribution::WORDS,
        Subject::Jurisdiction | Subject::Canonical => &[],
    }
}

impl<'a> Compared<'a> {
    /// Compares the sets of a document; `list` asks for the disagreements one by one.
    pub(crate) fn new(document: &'a Annotated<'_>, list: bool) -> Self {
        let sets: Vec<Option<&'a AnnotationSet>> = document.sets.iter().map(Option::as_ref).collect();
        let spans =
            LAYERS.map(|layer| sets.iter().map(|set| set.map(|set| spans(layer, set))).collect::<Spans>());
        let last = spans.iter().flatten().flatten().flatten().map(|unit| unit.span.end).max();
        let length = document.text().map_or(0, goldrule_schema::Document::char_len).max(last.unwrap_or(0));
        let continua = [0, 1, 2].map(|layer: usize| {
            let mut continuum = Continuum::new(sets.len());
            let of: Vec<Option<&[LabelledSpan]>> = spans[layer].iter().map(Option::as_deref).collect();
            continuum.add(&of, length);
            continuum
        });
        let mut compared = Self {
            pairs: Vec::new(),
            continua,
            spans,
            length,
            codings: BTreeMap::new(),
            classes: Classes::new(),
            disagreements: Vec::new(),
        };
        let mut links: BTreeMap<RecordSort, Vec<Link>> = BTreeMap::new();
        for pair in pairs(sets.len()) {
            let score = compared.compare(document, &sets, pair, list, &mut links);
            compared.pairs.push(score);
        }
        compared.codings = codings(&sets, links);
        let order = |d: &Disagreement| {
            let start = |shown: &Option<Shown>| shown.as_ref().and_then(|shown| shown.start);
            (start(&d.first_record).or(start(&d.second_record)), d.layer, d.first, d.second)
        };
        compared.disagreements.sort_by_key(order);
        compared
    }

    /// Compares a pair of annotators and keeps what they differ in and which records are the same.
    fn compare(
        &mut self,
        document: &Annotated<'_>,
        sets: &[Option<&AnnotationSet>],
        (first, second): (usize, usize),
        list: bool,
        links: &mut BTreeMap<RecordSort, Vec<Link>>,
    ) -> Option<DocumentScore> {
        let (one, other) = (sets[first]?, sets[second]?);
        let ledger = Ledger::new(&document.document, one, other);
        for row in ledger.records() {
            if let (Some(a), Some(b)) = (&row.gold, &row.pred) {
                let link = Link { one: (first, a.index), other: (second, b.index), spans: (a.span, b.span) };
                links.entry(row.sort).or_default().push(link);
            }
            let Some(error) = row.error else { continue };
            let class = DisagreementClass::from(error);
            let count = self.classes.entry((row.sort, class)).or_insert_with(|| (0, vec![0; sets.len()]));
            count.0 += 1;
            match (&row.gold, &row.pred) {
                (Some(_), None) => count.1[first] += 1,
                (None, Some(_)) => count.1[second] += 1,
                _ => {}
            }
            if list {
                self.disagreements.push(listed(document, &row, class, (first, second), (one, other)));
            }
        }
        Some(ledger.score())
    }

    /// Disagreements over all pairs of annotators.
    pub(crate) fn disagreed(&self) -> u64 {
        self.classes.values().map(|count| count.0).sum()
    }

    /// Mean F1 of the pairs that have any.
    pub(crate) fn mean_f1(&self, measure: Measure) -> Option<f64> {
        mean(self.pairs.iter().flatten().filter_map(|score| score.measure(measure).f1()))
    }
}

/// `None` of nothing.
pub(crate) fn mean(values: impl Iterator<Item = f64>) -> Option<f64> {
    let (sum, n) = values.fold((0.0, 0_u32), |(sum, n), value| (sum + value, n + 1));
    (n > 0).then(|| sum / f64::from(n))
}

fn spans(layer: Subject, set: &AnnotationSet) -> Vec<LabelledSpan> {
    match layer {
        Subject::Mention => set
            .mentions()
            .map(|(_, mention)| LabelledSpan { span: mention.span, label: mention.form as u32 })
            .collect(),
        Subject::Stance => set
            .stances
            .iter()
            .map(|stance| LabelledSpan { span: stance.span, label: stance.topic as u32 })
            .collect(),
        _ => set
            .citations
            .iter()
            .map(|citation| LabelledSpan { span: citation.span, label: citation.kind as u32 })
            .collect(),
    }
}

/// The labels of records that belong together.
fn codings<'a>(
    sets: &[Option<&'a AnnotationSet>],
    links: BTreeMap<RecordSort, Vec<Link>>,
) -> BTreeMap<Subject, Codings<&'a str>> {
    let mut codings: BTreeMap<Subject, Codings<&'a str>> = BTreeMap::new();
    for (sort, links) in links {
        let groups = groups(sets.len(), links);
        for subject in Subject::ALL.into_iter().filter(|s| !s.is_of_characters() && s.sort() == sort) {
            let codings = codings.entry(subject).or_insert_with(|| Codings::new(sets.len()));
            for group in &groups {
                let mut pattern = Vec::with_capacity(sets.len());
                for (set, index) in sets.iter().zip(group) {
                    pattern.push(set.zip(*index).map(|(set, index)| label(subject, set, index)));
                }
                codings.add(pattern, 1);
            }
        }
    }
    codings
}

fn label(subject: Subject, set: &AnnotationSet, index: RecordIndex) -> &str {
    match index {
        RecordIndex::Mention { agency, mention } => set.agencies[agency].mentions[mention].form.as_str(),
        RecordIndex::Entity(at) if subject == Subject::Kind => set.agencies[at].kind.as_str(),
        RecordIndex::Entity(at) => set.agencies[at].jurisdiction.as_deref().unwrap_or(NONE),
        RecordIndex::Stance(at) => match subject {
            Subject::Topic => set.stances[at].topic.as_str(),
            Subject::Position => set.stances[at].position.as_str(),
            _ => set.stances[at].attribution.as_str(),
        },
        RecordIndex::Citation(at) if subject == Subject::CitationKind => set.citations[at].kind.as_str(),
        RecordIndex::Citation(at) => set.citations[at].canonical.as_deref().unwrap_or(NONE),
    }
}

fn listed(
    document: &Annotated<'_>,
    row: &RecordRow,
    class: DisagreementClass,
    (first, second): (usize, usize),
    (one, other): (&AnnotationSet, &AnnotationSet),
) -> Disagreement {
    let quotes = Quotes { document: document.text(), withheld: document.is_withheld() };
    let shown = |set: &AnnotationSet, record: &Option<goldrule_scorer::Record>| {
        let record = record.as_ref()?;
        let mut shown = quotes.shown(set, record);
        // What they may differ in and the label does not say.
        let more = match record.index {
            RecordIndex::Stance(at) => Some(set.stances[at].attribution.as_str()),
            RecordIndex::Citation(at) => Some(set.citations[at].canonical.as_deref().unwrap_or(NONE)),
            RecordIndex::Mention { agency, .. } => Some(set.agencies[agency].id.as_str()),
            RecordIndex::Entity(_) => None,
        };
        if let Some(more) = more {
            shown.label = format!("{} {more}", shown.label);
        }
        Some(shown)
    };
    let differ = |subject: &Subject| match (&row.gold, &row.pred) {
        (Some(a), Some(b)) => label(*subject, one, a.index) != label(*subject, other, b.index),
        _ => false,
    };
    let asked = Subject::ALL.into_iter().filter(|s| !s.is_of_characters() && s.sort() == row.sort);
    let (first_record, second_record) = (shown(one, &row.gold), shown(other, &row.pred));
    let start = first_record.as_ref().or(second_record.as_ref()).and_then(|record| record.start);
    let place = document.text().zip(start).and_then(|(text, start)| text.line_column(start));
    Disagreement {
        document: document.document.clone(),
        file: document.place(),
        line: place.map(|place| place.line),
        column: place.map(|place| place.column),
        layer: row.sort,
        class,
        differ: asked.filter(differ).collect(),
        first,
        second,
        first_record,
        second_record,
    }
}
