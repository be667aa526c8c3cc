//! Compares two annotation sets of a document, gold and predicted, and says how well they agree.
//!
//! The scorer knows nothing of rules, of texts or of files: it sees two
//! [`AnnotationSet`](goldrule_schema::AnnotationSet)s. Agreement between two annotators is the same
//! comparison with one of them in the place of gold.
//!
//! # What a figure is
//!
//! [`score_document`] gives the [`Counts`] of every [`Measure`]: gold records, predicted records and
//! matched ones, from which precision, recall and F1 follow. Counts add up, so [`Score::sum`] is the
//! micro-average of a corpus. Each [`Accuracy`] is a question asked of matched records only.
//! [`bootstrap_f1`] says how far an F1 would move had other documents been drawn. [`Ledger`] keeps what
//! the counts were made of: for each layer the row that matched a record, missed it or found it
//! spurious, with the [class of its error](ErrorClass); [`Ledger::records`] gives the same record by
//! record. Both run the same comparison, and the figures are sums over the rows. [`counts_by_label`] sums
//! the rows by form, kind or topic, for an [`Average`] over labels; [`Slots`] says what of a stance, an agency
//! or a citation is right, from the text on and where it was found, and which positions are taken for which.
//!
//! What is not particular to annotation sets stands by itself: [`score_spans`] scores labelled spans
//! under every [`Scheme`], [`score_clusters`] partitions under every [`CorefMetric`]; [`bootstrap`],
//! [`randomisation_test`] and [`holm`] take any counts that add up; [`Codings`], [`Continuum`] and [`gamma()`] say
//! how far several annotators agree beyond chance.
//!
//! # Conventions
//!
//! - *One to one.* A record is matched with at most one of the other side. The matching is optimal, not
//!   greedy: it has the most equal spans of equal label; of those matchings that do, the most equal spans;
//!   then the most pairs of equal label and their greatest overlap; then the most pairs and their greatest
//!   overlap. Crowds of more than 65 536 overlapping pairs with more than [`MAX_DEPTH`] spans over one
//!   character, which no sensible annotation holds, are matched from left to right instead.
//! - *Order-free.* Neither the order of records nor the ids of agencies change a figure, and exchanging
//!   the two sides exchanges precision and recall. What the criteria leave open is settled by the
//!   content of the records.
//! - *Overlap* is at least one shared code point, or equality. *Strict* is equality of spans; labels are
//!   judged apart, except where a measure's name says otherwise.
//! - *Agencies* are aligned so that the total number of equal mention spans is greatest. A predicted
//!   holder is the gold agency it is aligned with; an agency that is not aligned is nobody.
//! - *B-cubed* (Bagga and Baldwin 1998) runs over strictly matched mentions; a mention without partner
//!   counts with 0 for its own side.
//! - *Repeats.* Copy *k* of a record is matched only with copy *k* of the other side, unless [`Duplicates`]
//!   says otherwise. So a record that stands twice on one side is spurious or missed the second time, and
//!   saying a thing twice never raises a score. The other conventions that have to be chosen are [`Policies`].
//! - *Empty sides.* A ratio with nothing below the line is `None`. F1 is `None` only where both sides are
//!   empty, and 0 where one is.
//!
//! # How it runs
//!
//! Both sides are laid out by content; spans of either are swept together in text order, which leaves
//! small clusters of overlapping ones. Nearly all are a single pair or equal on both sides; the others go
//! to a Hungarian method with weights compared entry by entry. The cost is that of sorting.
//!
//! ```
//! use goldrule_schema::{Agency, AgencyKind, AnnotationSet, CharSpan, Form, Mention};
//! use goldrule_scorer::{Accuracy, Measure, score_document};
//!
//! let mention = |start, end, form| Mention {
//!     id: None,
//!     span: CharSpan::new(start, end),
//!     text: None,
//!     form,
//!     rule: None,
//!     extra: Default::default(),
//! };
//! let agency = |id: &str, mentions: Vec<Mention>| Agency {
//!     id: id.to_owned(),
//!     name: "Port Alder Police Department".to_owned(),
//!     kind: AgencyKind::Police,
//!     jurisdiction: None,
//!     mentions,
//!     rule: None,
//!     extra: Default::default(),
//! };
//!
//! let mut gold = AnnotationSet::new("bulletin");
//! gold.agencies = vec![agency("pd", vec![mention(0, 17, Form::Name), mention(40, 50, Form::Nominal)])];
//! let mut pred = AnnotationSet::new("bulletin");
//! pred.agencies = vec![agency("a1", vec![mention(0, 17, Form::Title), mention(36, 50, Form::Nominal)])];
//!
//! let score = score_document("bulletin", &gold, &pred);
//! assert_eq!(score.measure(Measure::MentionStrict).recall(), Some(0.5));
//! assert_eq!(score.measure(Measure::MentionOverlap).recall(), Some(1.0));
//! assert_eq!(score.measure(Measure::EntityFound).f1(), Some(1.0));
//! assert_eq!(score.accuracy(Accuracy::Form).value(), Some(0.0));
//! ```

mod agreement;
mod b_cubed;
mod compare;
mod content;
mod coreference;
mod counts;
mod entities;
mod errors;
mod hungarian;
mod labels;
mod ledger;
mod matching;
mod measure;
mod names;
mod policy;
mod random;
mod records;
mod score;
mod slots;
mod spans;
mod stances;
mod sweep;
mod uncertainty;

pub use agreement::{
    BestAlignment, Codings, Coefficient, Continuum, Dissimilarity, Gamma, GammaPlan, LabelSet,
    MAX_CONTINUUM_LABELS, Text, WhyUndefined, best_alignment, gamma,
};
pub use coreference::{Blanc, CorefMetric, Coreference, score_clusters, score_coreference};
pub use counts::{Counts, Judged};
pub use errors::ErrorClass;
pub use labels::counts_by_label;
pub use ledger::{Judgement, Ledger, Outcome, Record, RecordIndex, Row};
pub use measure::{Accuracy, Measure};
pub use names::UnknownName;
pub use policy::{Duplicates, EmptyDocuments, Policies, Singletons, Undefined};
pub use random::SplitMix64;
pub use records::{RecordRow, RecordSort};
pub use score::{DocumentScore, Score, score_document, score_document_with};
pub use slots::{Confusion, Slot, SlotScore, Slots};
pub use spans::{
    Average, Averaging, Categories, LabelledSpan, MAX_LABELS, Nervaluate, Scheme, SpanOptions, SpanRow,
    SpanScore, align_spans, nervaluate, score_corpus, score_spans, seqeval, token_spans,
};
pub use sweep::MAX_DEPTH;
pub use uncertainty::{
    Additive, Bootstrap, Caution, FEW_DOCUMENTS, Interval, LITTLE_SUPPORT, Method, Paired, Randomisation,
    Statistic, bootstrap, bootstrap_all, bootstrap_f1, holm, randomisation_test, resamples,
};
