//! Checks of annotations against the guidelines: what can be read and is yet no good gold.
//!
//! They stand here, and not with the other checks of files in the schema, because they need the extractor's
//! sentences and its grammar of canonical ids.

mod explain;
mod fix;
mod spans;

use std::collections::BTreeMap;

use goldrule_extractor::citation::CanonicalId;
use goldrule_extractor::segment::Segmented;
use goldrule_extractor::token::Vocabulary;
use goldrule_schema::{
    AnnotationSet, ByteSpan, CharSpan, Diagnostic, Document, Form, Place, RecordPlaces, Severity,
};

pub use explain::{codes, explain_code};
pub use fix::fix_annotations;

/// What findings about the records of one file are made of.
struct Findings<'a> {
    file: &'a str,
    set: &'a AnnotationSet,
    places: &'a RecordPlaces,
    document: Option<&'a Document>,
    found: Vec<Diagnostic>,
}

/// Everything in a set that goes against the guidelines, as warnings. With `hints` also what may be
/// forgotten: a name annotated in one place and not in another.
pub(crate) fn findings(
    file: &str,
    set: &AnnotationSet,
    places: &RecordPlaces,
    document: Option<&Document>,
    hints: bool,
) -> Vec<Diagnostic> {
    let mut findings = Findings { file, set, places, document, found: Vec::new() };
    findings.mentions();
    findings.stances();
    findings.citations();
    if hints {
        findings.unmarked();
    }
    findings.found
}

impl Findings<'_> {
    fn warn(&mut self, code: &'static str, place: Option<&Place>, message: String, help: impl Into<String>) {
        self.found.push(Diagnostic {
            code,
            severity: Severity::Warning,
            message,
            help: help.into(),
            file: self.file.to_owned(),
            place: place.copied(),
        });
    }

    fn mentions(&mut self) {
        for (agency, places) in self.set.agencies.iter().zip(&self.places.mentions) {
            for (mention, place) in agency.mentions.iter().zip(places) {
                let Some(text) = spans::quote(mention.text.as_deref(), mention.span, self.document) else {
                    continue;
                };
                if let Some(word) = spans::leading_determiner(text) {
                    let help = "begin the mention behind it, or run with --fix";
                    let message = format!("the mention begins with {word:?}");
                    self.warn("leading-determiner", Some(place), message, help);
                }
                if spans::possessive(text).is_some() {
                    let help = "end the mention before it, or run with --fix";
                    let message = format!("the mention {text:?} ends in a possessive");
                    self.warn("trailing-possessive", Some(place), message, help);
                }
            }
        }
    }

    fn stances(&mut self) {
        let mentioned = |id: &str| self.set.agency(id).is_none_or(|agency| !agency.mentions.is_empty());
        let lonely: Vec<_> = self.set.stances.iter().map(|stance| !mentioned(&stance.agency)).collect();
        for ((stance, place), lonely) in self.set.stances.iter().zip(&self.places.stances).zip(lonely) {
            if lonely {
                let message = format!("`{}` holds a stance and is mentioned nowhere", stance.agency);
                let help = "mark a mention of it, if only its head's title";
                self.warn("holder-without-mention", Some(place), message, help);
            }
        }
        let Some(document) = self.document.filter(|_| !self.set.stances.is_empty()) else { return };
        let segmented = Segmented::new(document.text(), &Vocabulary::default());
        for (stance, place) in self.set.stances.iter().zip(&self.places.stances) {
            if let Some(end) = document.bytes(stance.span).and_then(|span| sentence_end(&segmented, span)) {
                let text = document.text();
                let before = text[..end].trim_end();
                let last: String =
                    before.chars().rev().take(24).collect::<Vec<_>>().into_iter().rev().collect();
                let message = format!("the evidence goes on behind the end of a sentence, {last:?}");
                let help = "keep to one sentence; a second one that states the position is a second stance";
                self.warn("evidence-crosses-sentence", Some(place), message, help);
            }
        }
    }

    fn citations(&mut self) {
        for (citation, place) in self.set.citations.iter().zip(&self.places.citations) {
            let text = spans::quote(citation.text.as_deref(), citation.span, self.document);
            if let Some(text) = text.filter(|text| spans::punctuation(text).is_some()) {
                let help = "end the citation before it, or run with --fix";
                let message = format!("the citation {text:?} ends in punctuation");
                self.warn("trailing-punctuation", Some(place), message, help);
            }
            if let Some(id) = &citation.canonical
                && let Err(error) = id.parse::<CanonicalId>()
            {
                let help = "write it as in the guidelines, section 3, or leave it out";
                self.warn("unparsed-canonical", Some(place), format!("`{id}`: {error}"), help);
            }
        }
    }

    /// Names and acronyms that stand unmarked elsewhere in the text.
    fn unmarked(&mut self) {
        let Some(document) = self.document else { return };
        let marked: Vec<CharSpan> = self
            .set
            .mentions()
            .map(|(_, mention)| mention.span)
            .chain(self.set.citations.iter().map(|citation| citation.span))
            .collect();
        let mut names: BTreeMap<&str, Place> = BTreeMap::new();
        for (agency, places) in self.set.agencies.iter().zip(&self.places.mentions) {
            for (mention, place) in agency.mentions.iter().zip(places) {
                let text = spans::quote(mention.text.as_deref(), mention.span, self.document);
                if let Some(text) = text.filter(|_| matches!(mention.form, Form::Name | Form::Acronym)) {
                    names.entry(text).or_insert(*place);
                }
            }
        }
        let hints: Vec<_> = names
            .into_iter()
            .filter_map(|(name, place)| {
                let open = spans::occurrences(document, name)
                    .into_iter()
                    .filter(|span| !marked.iter().any(|marked| marked.overlaps(*span)))
                    .map(|span| span.to_string())
                    .collect::<Vec<_>>();
                (!open.is_empty()).then(|| (name.to_owned(), place, open.join(", ")))
            })
            .collect();
        for (name, place, open) in hints {
            let message = format!("{name:?} is marked here and not at {open}");
            let help = "mark those too where they mean an agency";
            self.warn("unmarked-repeat", Some(&place), message, help);
        }
    }
}

/// Where a sentence ends within a span; the end of a quotation that the span reaches is none.
fn sentence_end(segmented: &Segmented<'_>, span: ByteSpan) -> Option<usize> {
    let first = segmented.token_at(span.start);
    let last = segmented.token_at(span.end.checked_sub(1)?);
    let (from, to) = (segmented.sentence_of(first), segmented.sentence_of(last));
    (from < to).then(|| segmented.span(segmented.sentences[from]).end as usize)
}
