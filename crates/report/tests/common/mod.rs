//! Documents to make a page of.

#![allow(clippy::unwrap_used, reason = "a test may fail where it likes")]
#![allow(dead_code, reason = "no test file uses all of it")]

use std::collections::BTreeMap;

use goldrule_harness::scorer::Duplicates;
use goldrule_harness::{Case, Comparison, Report, Settings, Show, compare};
use goldrule_report::{Reader, Scored, report_page};
use goldrule_schema::{
    Agency, AgencyKind, AnnotationSet, Attribution, CharSpan, Citation, CitationKind, Document, Form,
    Mention, Position, Stance, Topic,
};

/// Scored documents with what they were made from.
pub(crate) struct Made {
    pub(crate) comparisons: Vec<Comparison>,
    pub(crate) cases: Vec<Case>,
    pub(crate) report: Report,
}

impl Made {
    pub(crate) fn new(documents: Vec<(Case, AnnotationSet)>) -> Self {
        let (cases, preds): (Vec<_>, Vec<_>) = documents.into_iter().unzip();
        let comparisons = compare(&cases, preds, Duplicates::CopyByCopy, || {});
        let agreement: Vec<_> = comparisons.iter().map(|one| one.score.clone()).collect();
        let report = Report::new(&comparisons, &agreement, Vec::new(), Show::default(), &Settings::default());
        Self { comparisons, cases, report }
    }

    pub(crate) fn page(&self, reader: Reader) -> String {
        let Self { comparisons, cases, report } = self;
        report_page(&Scored { title: "goldrule score", report, comparisons, cases, chains: &[] }, reader)
    }
}

pub(crate) fn case(name: &str, text: &str, gold: AnnotationSet, split: Option<&str>) -> Case {
    Case {
        gold,
        split: split.map(str::to_owned),
        document: Some(Document::new(name, text)),
        attached: false,
        file: format!("{name}.txt").into(),
    }
}

/// The first place of a quote; the whole text where it is not in it.
fn span(document: &Document, quote: &str) -> CharSpan {
    document.char_span_of(quote).unwrap_or(document.char_span())
}

/// Gold and a prediction of it that is wrong in every layer.
pub(crate) fn sets(name: &str, text: &str, words: &str) -> (AnnotationSet, AnnotationSet) {
    let document = Document::new(name, text);
    let set = |wrong: bool| {
        let place = |quote: &str| span(&document, quote);
        let mention = Mention {
            id: None,
            span: place("Harbor police"),
            text: None,
            form: if wrong { Form::Nominal } else { Form::Name },
            rule: wrong.then(|| words.to_owned()),
            extra: BTreeMap::default(),
        };
        let agency = Agency {
            id: "harbor".to_owned(),
            name: words.to_owned(),
            kind: if wrong { AgencyKind::Sheriff } else { AgencyKind::Police },
            jurisdiction: Some(words.to_owned()),
            mentions: vec![mention],
            rule: None,
            extra: BTreeMap::default(),
        };
        let stance = Stance {
            id: None,
            agency: "harbor".to_owned(),
            topic: Topic::StatusInquiry,
            position: if wrong { Position::Favor } else { Position::Against },
            attribution: Attribution::Own,
            span: place("do not ask about status"),
            text: None,
            rule: wrong.then(|| "stance.ask".to_owned()),
            extra: BTreeMap::default(),
        };
        let citation = Citation {
            id: None,
            span: place("SB 54"),
            text: None,
            kind: CitationKind::Bill,
            canonical: Some(words.to_owned()),
            rule: wrong.then(|| "citation.bill".to_owned()),
            extra: BTreeMap::default(),
        };
        let citations = if wrong { Vec::new() } else { vec![citation] };
        AnnotationSet { agencies: vec![agency], stances: vec![stance], citations, ..AnnotationSet::new(name) }
    };
    (set(false), set(true))
}

pub(crate) const TEXT: &str = "Harbor police do not ask about status. 👮 The department follows SB 54.";

/// A document of `dev`, one of `validation` and one that is withheld.
pub(crate) fn small() -> Made {
    let document = |name: &str, split| {
        let (gold, pred) = sets(name, TEXT, "Harbor & Co. <PD>");
        (case(name, TEXT, gold, Some(split)), pred)
    };
    let (hidden, pred) = document("hidden", "dev");
    let hidden = Case { attached: true, ..hidden };
    Made::new(vec![document("harbor", "dev"), document("quiet", "validation"), (hidden, pred)])
}
