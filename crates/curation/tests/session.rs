//! Decisions on the disk: nothing is lost, whoever else writes and whenever it ends.
#![allow(clippy::unwrap_used, reason = "helpers of tests")]

use std::fs;
use std::path::PathBuf;

use goldrule_curation::decisions::{Log, sidecar};
use goldrule_curation::queue::{Choice, Queue, Session, Trouble};
use goldrule_schema::{AnnotationSet, Document, Status, read_annotations};

const TEXT: &str = "They cite SB 1, SB 2, SB 3 and SB 4.";
const EMPTY: &str = r#"{"schema_version":1,"document":"note","agencies":[],"stances":[],"citations":[]}"#;

fn document() -> Document {
    Document::new("note", TEXT)
}

fn bills(numbers: &[u32]) -> AnnotationSet {
    let citations: Vec<_> =
        numbers.iter().map(|n| format!(r#"{{ "text": "SB {n}", "kind": "bill" }}"#)).collect();
    let source = EMPTY.replace(r#""citations":[]"#, &format!(r#""citations":[{}]"#, citations.join(",")));
    read_annotations("note.json", &source, Some(&document())).accepted().unwrap()
}

struct Place(tempfile::TempDir);

impl Place {
    fn new() -> Self {
        let place = Self(tempfile::tempdir().unwrap());
        fs::write(place.gold(), EMPTY).unwrap();
        place
    }

    fn gold(&self) -> PathBuf {
        self.0.path().join("note.json")
    }

    fn read(&self) -> AnnotationSet {
        let source = fs::read_to_string(self.gold()).unwrap();
        read_annotations("note.json", &source, Some(&document())).accepted().unwrap()
    }

    fn quotes(&self) -> Vec<String> {
        self.read().citations.into_iter().filter_map(|citation| citation.text).collect()
    }

    fn session<'d>(&self, document: &'d Document) -> Session<'d> {
        let log = Log::read(&sidecar(&self.gold())).unwrap();
        let queue = Queue::suggestions(document, self.read(), bills(&[1, 2, 3, 4]), log);
        Session::new(queue, &self.gold(), fs::read(self.gold()).unwrap())
    }
}

fn decide(session: &mut Session<'_>, choice: Choice) {
    let item = session.queue().items().swap_remove(0);
    session.decide(&item, choice).unwrap();
}

#[test]
fn each_decision_is_on_the_disk_at_once_and_the_next_session_goes_on() {
    let (place, document) = (Place::new(), document());
    let mut session = place.session(&document);
    decide(&mut session, Choice::Reject);
    assert_eq!(fs::read_to_string(place.gold()).unwrap(), EMPTY, "a rejection leaves gold alone");
    decide(&mut session, Choice::Accept);
    assert_eq!(place.quotes(), ["SB 2"]);
    let mut next = place.session(&document);
    assert_eq!(next.queue().items().len(), 2);
    next.undo().unwrap().unwrap();
    assert!(place.quotes().is_empty());
    next.undo().unwrap().unwrap();
    assert_eq!(place.session(&document).queue().items().len(), 4);
    assert!(next.undo().unwrap().is_none());
}

#[test]
fn two_sessions_on_one_file_lose_nothing() {
    let (place, document) = (Place::new(), document());
    let (mut a, mut b) = (place.session(&document), place.session(&document));
    let last = b.queue().items().pop().unwrap();
    decide(&mut a, Choice::Accept);
    b.decide(&last, Choice::Accept).unwrap();
    decide(&mut a, Choice::Reject);
    assert_eq!(place.quotes(), ["SB 1", "SB 4"]);
    assert_eq!(Log::read(&sidecar(&place.gold())).unwrap().decisions.len(), 3);
    assert_eq!(place.session(&document).queue().items().len(), 1);
}

#[test]
fn a_file_that_was_changed_and_broken_meanwhile_is_left_alone() {
    let (place, document) = (Place::new(), document());
    let mut session = place.session(&document);
    fs::write(place.gold(), "{ broken").unwrap();
    let item = session.queue().items().swap_remove(0);
    assert!(matches!(session.decide(&item, Choice::Accept), Err(Trouble::Broken(_))));
    assert_eq!(fs::read_to_string(place.gold()).unwrap(), "{ broken");
    assert!(!sidecar(&place.gold()).exists());
}

#[test]
fn a_decision_cut_off_before_gold_was_written_is_asked_again() {
    let (place, document) = (Place::new(), document());
    let mut session = place.session(&document);
    let wanted = session.queue().items();
    decide(&mut session, Choice::Accept);
    // The sidecar comes first: this is what a kill between the two writes leaves.
    fs::write(place.gold(), EMPTY).unwrap();
    assert_eq!(place.session(&document).queue().items(), wanted);
}

#[test]
fn adjudication_is_a_draft_until_all_is_decided() {
    let (place, document) = (Place::new(), document());
    let queue = Queue::comparison(&document, place.read(), bills(&[1, 2]), Log::default());
    let mut session = Session::new(queue, &place.gold(), fs::read(place.gold()).unwrap()).settling_status();
    decide(&mut session, Choice::Accept);
    assert_eq!(place.read().meta.status, Some(Status::Draft));
    decide(&mut session, Choice::Reject);
    assert_eq!(place.read().meta.status, Some(Status::Adjudicated));
    session.undo().unwrap().unwrap();
    assert_eq!(place.read().meta.status, Some(Status::Draft));
    assert!(place.read().meta.assisted.is_none());
}
