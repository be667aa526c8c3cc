//! One queue of decisions about a gold file, whatever raises the question.
//!
//! A [`Queue`] sets gold beside suggestions it lacks, beside another annotator's set, or beside what a merge
//! could not settle, and lists what is to be decided as [`Item`]s in text order. A [`Choice`] changes gold
//! and gives the [`Decision`] to keep; nothing here touches a file (that is [`Session`]'s work), so that a
//! terminal and a page can ask the same questions.
//!
//! What is pending is worked out anew from gold, the other set and the decisions: there is no state to get
//! out of step. Gold wins: a decision counts while its change is in gold.
//!
//! ```
//! use goldrule_curation::decisions::Log;
//! use goldrule_curation::queue::{Choice, Queue};
//! use goldrule_schema::{AnnotationSet, Document, read_annotations};
//!
//! let document = Document::new("note", "Troy police cited SB 54 and HB 2.");
//! let source = r#"{ "schema_version": 1, "document": "note", "agencies": [], "stances": [], "citations": [
//!   { "text": "SB 54", "kind": "bill" }, { "text": "HB 2", "kind": "bill" } ] }"#;
//! let suggested = read_annotations("note.json", source, Some(&document)).accepted().unwrap();
//!
//! let mut queue = Queue::suggestions(&document, AnnotationSet::new("note"), suggested, Log::default());
//! let items = queue.items();
//! queue.decide(&items[0], Choice::Accept).unwrap();
//! queue.decide(&items[1], Choice::Reject).unwrap();
//! assert!(queue.items().is_empty());
//! assert_eq!(queue.gold().citations[0].text.as_deref(), Some("SB 54"));
//!
//! queue.undo().unwrap().unwrap();
//! assert_eq!(queue.items(), [items[1].clone()]);
//! ```

mod align;
mod clash;
mod differ;
pub mod edit;
mod keys;
mod resolve;
mod session;
mod start;
mod together;

use goldrule_schema::{AnnotationSet, CharSpan, Document};
use serde::Serialize;

use crate::Conflict;
use crate::change::Refused;
use crate::decisions::{Decision, Log, Source, Subject, Text, Verdict};
use crate::identity::Layer;
use crate::record::Record;

pub use session::{Session, Trouble};
pub use start::{adjudication, blank};

/// What an item asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Only the other side has the record: shall gold?
    OnlyThere,
    /// Only gold has the record: shall it keep it?
    OnlyHere,
    /// Both have the record, with different boundaries.
    Boundary,
    /// Both have the record at the same place, with different labels.
    Label,
    /// A merge could not settle it.
    Conflict,
}

/// One question.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Item {
    /// Where the question came from.
    pub source: Source,
    /// What it asks.
    pub kind: Kind,
    /// The record as gold has it.
    pub here: Option<Record>,
    /// The record as it would come into gold: its agency is gold's, or [`Item::new_agency`].
    pub there: Option<Record>,
    /// The agency that gold would get with the record.
    pub new_agency: Option<Record>,
    /// The rule that suggested it.
    pub rule: Option<String>,
    /// The place to show, in code points.
    pub span: CharSpan,
    /// Whether it was put off before.
    pub skipped: bool,
    /// Whether nobody can tell where the other side's record stands in this text: it counts another one.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub unplaced: bool,
    /// Where an agency is exchanged with everything that hangs on it: gold's records and the other side's.
    #[serde(skip)]
    pub along: Vec<(Option<Record>, Option<Record>)>,
    /// What a decision will be known by.
    #[serde(skip)]
    pub subject: Subject,
}

/// What to do about an item.
#[derive(Clone, Debug, PartialEq)]
pub enum Choice {
    /// The record is right: gold takes the other side's, or keeps what only gold has.
    Accept,
    /// The record is wrong: gold stays as it is, or drops what only gold has.
    Reject,
    /// Gold takes this record instead. Its agency is one of gold's or the item's new one.
    Edit(Record),
    /// Later.
    Skip,
}

/// Gold, what it is held against, and what was decided so far.
#[derive(Clone, Debug)]
pub struct Queue<'d> {
    text: Text<'d>,
    gold: AnnotationSet,
    other: AnnotationSet,
    conflicts: Vec<Conflict>,
    source: Source,
    log: Log,
}

impl<'d> Queue<'d> {
    /// Suggestions that gold lacks: records of `suggested` of which gold has nothing like at that place.
    pub fn suggestions(
        document: &'d Document,
        gold: AnnotationSet,
        suggested: AnnotationSet,
        log: Log,
    ) -> Self {
        Self::new(document, gold, suggested, Source::Suggestion, log)
    }

    /// Where gold and another annotator's set differ.
    pub fn comparison(document: &'d Document, gold: AnnotationSet, other: AnnotationSet, log: Log) -> Self {
        Self::new(document, gold, other, Source::Comparison, log)
    }

    /// What a merge into gold could not settle.
    pub fn conflicts(
        document: &'d Document,
        gold: AnnotationSet,
        conflicts: Vec<Conflict>,
        log: Log,
    ) -> Self {
        let none = AnnotationSet::new(document.id());
        Self { conflicts, ..Self::new(document, gold, none, Source::Conflict, log) }
    }

    fn new(
        document: &'d Document,
        gold: AnnotationSet,
        other: AnnotationSet,
        source: Source,
        log: Log,
    ) -> Self {
        Self { text: Text::new(document, &gold), gold, other, conflicts: Vec::new(), source, log }
    }

    /// The document under review.
    pub fn document(&self) -> &'d Document {
        self.text.document()
    }

    /// Gold as the decisions so far have made it.
    pub fn gold(&self) -> &AnnotationSet {
        &self.gold
    }

    /// What a merge could not settle, decided or not; empty where something else is asked.
    pub fn unmerged(&self) -> &[Conflict] {
        &self.conflicts
    }

    /// What gold is held against; empty for conflicts.
    pub fn other(&self) -> &AnnotationSet {
        &self.other
    }

    /// Where the questions come from.
    pub fn source(&self) -> Source {
        self.source
    }

    /// Every decision so far.
    pub fn log(&self) -> &Log {
        &self.log
    }

    /// Everything still to decide, in text order; what was put off comes last.
    pub fn items(&self) -> Vec<Item> {
        let mut items = match self.source {
            Source::Conflict => clash::items(&self.conflicts, &self.gold, &self.text),
            source => differ::differences(&self.gold, &self.other, source, &self.text),
        };
        let decided = self.log.standing();
        items.retain_mut(|item| match self.verdict(item, &decided) {
            Some(Verdict::Skipped) => {
                item.skipped = true;
                true
            }
            Some(_) => false,
            None => true,
        });
        let layer = |item: &Item| item.subject.record.as_ref().layer();
        items.sort_by_key(|item| (item.skipped, item.span, layer(item), item.kind));
        items
    }

    /// What was decided about an item, where that is still in effect.
    fn verdict(&self, item: &Item, decided: &[&Decision]) -> Option<Verdict> {
        let of_source = decided.iter().rev().filter(|decision| decision.source == self.source);
        let in_effect = |decision: &&&Decision| decision.change.is_in_effect(&self.gold);
        // What a decision put into gold is not asked about again.
        let put_there = |decision: &Decision| {
            item.kind == Kind::OnlyHere
                && item.here.as_ref().is_some_and(|here| decision.change.adds(here.as_ref()))
        };
        of_source
            .filter(|decision| decision.is_about(&item.subject, self.source) || put_there(decision))
            .find(in_effect)
            .map(|decision| decision.decision)
    }

    /// Decides an item: changes gold and adds to the decisions.
    ///
    /// # Errors
    /// Where the record that would come overlaps another; nothing is changed then.
    pub fn decide(&mut self, item: &Item, choice: Choice) -> Result<Decision, Refused> {
        let decision = self.decision(item, choice)?;
        self.take(&decision)?;
        Ok(decision)
    }

    /// The decision that a choice comes to; gold stays as it is.
    ///
    /// # Errors
    /// As [`Queue::decide`].
    pub fn decision(&self, item: &Item, choice: Choice) -> Result<Decision, Refused> {
        let verdict = match &choice {
            Choice::Accept => Verdict::Accepted,
            Choice::Reject => Verdict::Rejected,
            Choice::Edit(_) => Verdict::Edited,
            Choice::Skip => Verdict::Skipped,
        };
        let change = resolve::change(&self.gold, item, choice, &self.text)?;
        let subject = item.subject.clone();
        let mut decision =
            Decision { decision: verdict, source: self.source, subject, change, who: None, when: None };
        if self.text.is_withheld() {
            decision.withhold();
        }
        Ok(decision)
    }

    /// Makes a decision's change to gold and keeps the decision.
    ///
    /// # Errors
    /// Where gold changed so that the change cannot be made; nothing is changed then.
    pub fn take(&mut self, decision: &Decision) -> Result<(), Refused> {
        decision.change.apply(&mut self.gold)?;
        self.log.decisions.push(decision.clone());
        Ok(())
    }

    /// The decision that [`Queue::undo`] would take back: the last of this sort that is in effect.
    pub fn last(&self) -> Option<&Decision> {
        let standing = self.log.standing().into_iter().rev();
        standing
            .filter(|decision| decision.source == self.source)
            .find(|decision| decision.change.is_in_effect(&self.gold))
    }

    /// Takes the last decision back and returns it; none where there is nothing to take back.
    ///
    /// # Errors
    /// Where gold changed so that the record cannot come back; nothing is changed then.
    pub fn undo(&mut self) -> Option<Result<Decision, Refused>> {
        let decision = self.last()?.clone();
        Some(decision.change.revert(&mut self.gold).map(|()| {
            self.log.decisions.push(decision.undone());
            decision
        }))
    }

    /// Goes on with gold and decisions that were read anew.
    pub fn refresh(&mut self, gold: AnnotationSet, log: Log) {
        self.text = Text::new(self.text.document(), &gold);
        self.gold = gold;
        self.log = log;
    }
}

impl Item {
    /// The layer of its record.
    pub fn layer(&self) -> Layer {
        self.subject.record.as_ref().layer()
    }

    /// The record that the question is about: the other side's, else gold's.
    pub fn record(&self) -> &Record {
        self.there.as_ref().or(self.here.as_ref()).unwrap_or(&self.subject.record)
    }
}
