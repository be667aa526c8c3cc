use std::fs;

use goldrule_schema::{Document, read_annotations};

use super::*;
use crate::{Record, records};

const TEXT: &str = "Troy police never ask. The department cited SB 54 on Monday.";

fn set() -> AnnotationSet {
    let source = r#"{ "schema_version": 1, "document": "note",
      "agencies": [ { "id": "troy-pd", "name": "Troy Police Department", "kind": "police", "mentions": [
        { "start": 0, "end": 11, "form": "name" }, { "start": 27, "end": 37, "form": "nominal" } ] } ],
      "stances": [ { "agency": "troy-pd", "topic": "status_inquiry", "position": "against",
        "attribution": "reported", "start": 0, "end": 21, "rule": "stance.ask" } ],
      "citations": [ { "start": 44, "end": 49, "kind": "bill" } ] }"#;
    read_annotations("note.json", source, Some(&Document::new("note", TEXT))).accepted().unwrap()
}

fn decision(nth: usize, verdict: Verdict) -> Decision {
    let (document, set) = (Document::new("note", TEXT), set());
    let record = records(&set).nth(nth).unwrap();
    let subject = Subject::new(record, &set, &Text::new(&document, &set));
    let (change, source) = (Change::default(), Source::Suggestion);
    Decision { decision: verdict, source, subject, change, who: Some("ann".into()), when: Some(now()) }
}

fn file() -> (tempfile::TempDir, PathBuf) {
    let dir = tempfile::tempdir().unwrap();
    let path = sidecar(&dir.path().join("note.json"));
    (dir, path)
}

#[test]
fn decisions_are_read_back_in_order() {
    let (_dir, path) = file();
    let written: Vec<_> =
        (1..5).zip([Verdict::Rejected, Verdict::Skipped, Verdict::Accepted, Verdict::Edited]).collect();
    let written: Vec<_> = written.into_iter().map(|(nth, verdict)| decision(nth, verdict)).collect();
    for decision in &written {
        append(&path, decision).unwrap();
    }
    assert_eq!(Log::read(&path).unwrap(), Log { decisions: written, faults: Vec::new() });
}

#[test]
fn a_line_is_readable_and_holds_the_quote_and_its_surroundings() {
    let mut decision = decision(3, Verdict::Rejected);
    decision.when = None;
    insta::assert_snapshot!(decision.to_line().unwrap());
}

#[test]
fn no_sidecar_is_no_decisions() {
    let (_dir, path) = file();
    assert_eq!(Log::read(&path).unwrap(), Log::default());
}

#[test]
fn undoing_takes_back_the_last_decision_on_the_subject() {
    let (rejected, accepted) = (decision(3, Verdict::Rejected), decision(4, Verdict::Accepted));
    let undone = rejected.undone();
    let again =
        Log { decisions: vec![rejected.clone(), rejected.clone(), accepted.clone(), undone], faults: vec![] };
    assert_eq!(again.standing(), [&rejected, &accepted]);
}

#[test]
fn a_line_cut_off_at_any_byte_costs_that_line_alone() {
    let (_dir, path) = file();
    let (first, second, third) =
        (decision(1, Verdict::Rejected), decision(3, Verdict::Rejected), decision(4, Verdict::Accepted));
    append(&path, &first).unwrap();
    let whole = fs::read(&path).unwrap();
    let line = second.to_line().unwrap();
    for cut in 1..line.len() {
        fs::write(&path, [&whole, &line.as_bytes()[..cut]].concat()).unwrap();
        let complete = cut == line.len() - 1;
        let log = Log::read(&path).unwrap();
        assert_eq!(log.decisions.len(), 1 + usize::from(complete), "cut at {cut}");
        assert_eq!(
            log.faults.iter().filter(|fault| fault.torn && fault.line == 2).count(),
            usize::from(!complete)
        );
        append(&path, &third).unwrap();
        let mut wanted = vec![first.clone(), second.clone(), third.clone()];
        if !complete {
            wanted.remove(1);
        }
        assert_eq!(Log::read(&path).unwrap(), Log { decisions: wanted, faults: Vec::new() }, "cut at {cut}");
    }
}

#[test]
fn marks_of_a_git_conflict_are_reported_and_lose_nothing() {
    let (ours, theirs) = (decision(1, Verdict::Rejected), decision(3, Verdict::Accepted));
    let source = format!(
        "<<<<<<< ours\n{}=======\n{}>>>>>>> theirs\n",
        ours.to_line().unwrap(),
        theirs.to_line().unwrap()
    );
    let log = Log::parse(source.as_bytes());
    assert_eq!(log.decisions, [ours, theirs]);
    assert_eq!(log.faults.iter().map(|fault| fault.line).collect::<Vec<_>>(), [1, 3, 5]);
}

#[test]
fn a_rejection_outlives_ids_rules_and_attribution() {
    let rejected = decision(3, Verdict::Rejected);
    let log = Log { decisions: vec![rejected], faults: Vec::new() };
    let mut later = set();
    later.agencies[0].id = "troy-police-2".into();
    later.stances[0].agency = "troy-police-2".into();
    later.stances[0].rule = Some("stance.renamed".into());
    later.stances[0].attribution = goldrule_schema::Attribution::Own;
    let document = Document::new("note", TEXT);
    let subject =
        |set: &AnnotationSet| Subject::new(records(set).nth(3).unwrap(), set, &Text::new(&document, set));
    assert!(log.is_rejected(&subject(&later), &AnnotationSet::new("note")));
    later.stances[0].position = goldrule_schema::Position::Favor;
    assert!(!log.is_rejected(&subject(&later), &AnnotationSet::new("note")));
}

#[test]
fn withheld_documents_leave_no_quote_in_the_sidecar() {
    let (document, mut set) = (Document::new("note", TEXT), set());
    set.meta.quotes_withheld = true;
    let subject = Subject::new(records(&set).nth(3).unwrap(), &set, &Text::new(&document, &set));
    let mut decision = decision(3, Verdict::Accepted);
    decision.change.added = vec![records(&self::set()).nth(3).unwrap().to_record()];
    let Record::Stance(stance) = &mut decision.change.added[0] else { panic!("a stance") };
    stance.text = Some("Troy police never ask".into());
    decision.subject = subject;
    decision.withhold();
    let line = decision.to_line().unwrap();
    for quote in ["never", "Troy police", "cited"] {
        assert!(!line.contains(quote), "{quote} in {line}");
    }
    assert!(serde_json::from_str::<Decision>(&line).unwrap().subject.is_same(&decision.subject));
}
