//! Queues of decisions: whatever is decided, gold stays sound and every decision can be taken back.

mod common;

use common::Choices;
use goldrule_curation::decisions::{Log, Source, Verdict};
use goldrule_curation::queue::{Choice, Item, Kind, Queue, edit};
use goldrule_curation::{Layer, Record, Refused};
use goldrule_schema::{AnnotationSet, Document, read_annotations, to_canonical_json};
use proptest::prelude::*;

fn queue(source: Source, gold: AnnotationSet, other: AnnotationSet, document: &Document) -> Queue<'_> {
    match source {
        Source::Suggestion => Queue::suggestions(document, gold, other, Log::default()),
        _ => Queue::comparison(document, gold, other, Log::default()),
    }
}

fn choice(item: &Item, queue: &Queue<'_>, c: &mut Choices<'_>) -> Choice {
    match c.below(6) {
        0..=1 => Choice::Accept,
        2..=3 => Choice::Reject,
        4 => Choice::Skip,
        _ => {
            let mut record = item.record().clone();
            let ids: Vec<_> = queue.gold().agencies.iter().map(|agency| agency.id.clone()).collect();
            for field in edit::fields(&record).to_vec() {
                if c.below(2) == 1 && (field != edit::Field::Agency || !ids.is_empty()) {
                    edit::cycle(&mut record, field, &ids);
                }
            }
            edit::shift(&mut record, edit::Edge::End, edit::Step::Word, c.below(2) == 1, queue.document());
            Choice::Edit(record)
        }
    }
}

fn numbers() -> impl Strategy<Value = Vec<u32>> {
    prop::collection::vec(0u32..1000, 0..120)
}

fn sources() -> impl Strategy<Value = Source> {
    prop_oneof![Just(Source::Suggestion), Just(Source::Comparison)]
}

proptest! {
    #[test]
    fn every_decision_leaves_a_sound_set_and_can_be_taken_back(
        base in numbers(), edits in numbers(), choices in numbers(), source in sources(),
    ) {
        let document = common::document();
        let gold = common::set(&base);
        let mut queue = queue(source, gold.clone(), common::edited(&gold, &edits), &document);
        let mut c = Choices::new(&choices);
        let mut states = vec![to_canonical_json(queue.gold())];
        while c.left() {
            let items = queue.items();
            prop_assert_eq!(&items, &queue.items(), "the order is settled");
            if items.is_empty() {
                break;
            }
            let item = &items[c.below(items.len())];
            let choice = choice(item, &queue, &mut c);
            let before = to_canonical_json(queue.gold());
            if queue.decide(item, choice).is_ok() {
                states.push(to_canonical_json(queue.gold()));
            } else {
                prop_assert_eq!(&before, &to_canonical_json(queue.gold()));
            }
            prop_assert_eq!(common::faults(queue.gold()), vec![]);
        }
        states.pop();
        while let Some(state) = states.pop() {
            queue.undo().unwrap().unwrap();
            prop_assert_eq!(to_canonical_json(queue.gold()), state);
        }
        prop_assert!(queue.undo().is_none());
        prop_assert_eq!(queue.log().standing().len(), 0);
    }

    #[test]
    fn the_queue_runs_empty(
        base in numbers(), edits in numbers(), choices in numbers(), source in sources(),
    ) {
        let document = common::document();
        let gold = common::set(&base);
        let mut queue = queue(source, gold.clone(), common::edited(&gold, &edits), &document);
        let mut c = Choices::new(&choices);
        let mut left = 1000;
        while let Some(item) = queue.items().first().cloned() {
            left -= 1;
            prop_assert!(left > 0, "it goes on for ever with {:?}", item);
            let choice = match choice(&item, &queue, &mut c) {
                Choice::Skip => Choice::Reject,
                choice => choice,
            };
            if queue.decide(&item, choice).is_err() {
                // What has no place in gold can always be refused; what gold cannot lose, kept.
                let kept = queue.decide(&item, Choice::Reject).or_else(|_| queue.decide(&item, Choice::Accept));
                prop_assert!(kept.is_ok(), "{:?}", kept);
            }
        }
        prop_assert_eq!(common::faults(queue.gold()), vec![]);
    }

    #[test]
    fn taking_everything_of_the_other_annotator_leaves_no_difference(base in numbers(), edits in numbers()) {
        let document = common::document();
        let gold = common::set(&base);
        let other = common::edited(&gold, &edits);
        let mut queue = queue(Source::Comparison, gold, other.clone(), &document);
        while let Some(item) = queue.items().first().cloned() {
            let choice = if item.kind == Kind::OnlyHere { Choice::Reject } else { Choice::Accept };
            queue.decide(&item, choice).unwrap();
        }
        let places = |set: &AnnotationSet| {
            let mut places: Vec<_> = set.mentions().map(|(_, m)| (Layer::Mention, m.span)).collect();
            places.extend(set.stances.iter().map(|stance| (Layer::Stance, stance.span)));
            places.extend(set.citations.iter().map(|citation| (Layer::Citation, citation.span)));
            places.sort_unstable();
            places
        };
        prop_assert_eq!(places(queue.gold()), places(&other));
    }
}

const TEXT: &str = "Troy police never ask. Troy PD, the sheriff said, cited SB 54 and holds nobody.";

fn read(agencies: &str, stances: &str, citations: &str) -> AnnotationSet {
    let source = format!(
        r#"{{ "schema_version": 1, "document": "note",
          "agencies": [{agencies}], "stances": [{stances}], "citations": [{citations}] }}"#
    );
    read_annotations("note.json", &source, Some(&document())).accepted().expect("sound gold")
}

fn document() -> Document {
    Document::new("note", TEXT)
}

const GOLD_AGENCY: &str = r#"{ "id": "troy", "name": "Troy Police Department", "kind": "police",
  "mentions": [ { "text": "Troy police", "form": "name" } ] }"#;
const SUGGESTED_AGENCY: &str = r#"{ "id": "troy-pd", "name": "Troy PD", "kind": "police", "rule": "agency.name",
  "mentions": [ { "text": "Troy police", "form": "name", "rule": "agency.name" },
                { "text": "Troy PD", "form": "name", "rule": "agency.name" } ] }"#;
const SUGGESTED_STANCE: &str = r#"{ "agency": "troy-pd", "topic": "status_inquiry", "position": "against",
  "attribution": "reported", "text": "Troy police never ask", "rule": "stance.ask" }"#;

#[test]
fn suggestions_join_the_agency_that_shares_their_mentions() {
    let document = document();
    let suggested = read(SUGGESTED_AGENCY, SUGGESTED_STANCE, "");
    let mut queue = Queue::suggestions(&document, read(GOLD_AGENCY, "", ""), suggested, Log::default());
    let rules: Vec<_> = queue.items().iter().map(|item| item.rule.clone().unwrap()).collect();
    assert_eq!(rules, ["stance.ask", "agency.name"], "the mention that gold has is not suggested");
    while let Some(item) = queue.items().first() {
        queue.decide(item, Choice::Accept).expect("theirs fits");
    }
    let gold = queue.gold();
    assert_eq!((gold.agencies.len(), gold.agencies[0].mentions.len()), (1, 2));
    assert_eq!(gold.stances[0].agency, "troy");
    assert_eq!(gold.meta.assisted, Some(true));
    assert!(gold.stances[0].rule.is_none() && gold.agencies[0].mentions[1].rule.is_none());
}

#[test]
fn a_new_agency_comes_with_its_first_record_and_goes_with_it() {
    let document = document();
    let other_body = r#"{ "id": "troy-pd", "name": "Troy Sheriff", "kind": "sheriff",
      "mentions": [ { "text": "sheriff", "form": "nominal" } ] }"#;
    let gold = read(other_body, "", "");
    let mut queue =
        Queue::suggestions(&document, gold.clone(), read(SUGGESTED_AGENCY, "", ""), Log::default());
    let item = queue.items().swap_remove(0);
    queue.decide(&item, Choice::Accept).unwrap();
    let ids: Vec<_> = queue.gold().agencies.iter().map(|agency| agency.id.as_str()).collect();
    assert_eq!(ids, ["troy-pd-2", "troy-pd"], "an id that is taken is not given to another body");
    assert_eq!(queue.items().len(), 1, "the second mention joins it");
    assert!(queue.items()[0].new_agency.is_none());
    queue.undo().unwrap().unwrap();
    assert_eq!(*queue.gold(), gold);
}

#[test]
fn a_rejected_suggestion_does_not_come_back_under_another_rule() {
    let document = document();
    let suggested = read(SUGGESTED_AGENCY, SUGGESTED_STANCE, "");
    let mut queue = Queue::suggestions(&document, read(GOLD_AGENCY, "", ""), suggested, Log::default());
    let item = queue.items().swap_remove(0);
    queue.decide(&item, Choice::Reject).unwrap();
    let renamed = read(SUGGESTED_AGENCY, &SUGGESTED_STANCE.replace("stance.ask", "stance.new"), "");
    let again = Queue::suggestions(&document, queue.gold().clone(), renamed.clone(), queue.log().clone());
    assert_eq!(again.items().iter().map(Item::layer).collect::<Vec<_>>(), [Layer::Mention]);
    let mut undone = again;
    undone.undo().unwrap().unwrap();
    assert_eq!(undone.items().len(), 2);
}

#[test]
fn a_decision_that_gold_does_not_show_is_asked_again() {
    let document = document();
    let (gold, suggested) = (read(GOLD_AGENCY, "", ""), read(SUGGESTED_AGENCY, SUGGESTED_STANCE, ""));
    let mut queue = Queue::suggestions(&document, gold.clone(), suggested, Log::default());
    let before = queue.items();
    queue.decide(&before[0], Choice::Accept).unwrap();
    let log = queue.log().clone();
    queue.refresh(gold, log);
    assert_eq!(queue.items(), before);
    assert!(queue.last().is_none());
}

#[test]
fn what_was_put_off_comes_last_and_again() {
    let document = document();
    let suggested = read(SUGGESTED_AGENCY, SUGGESTED_STANCE, "");
    let mut queue = Queue::suggestions(&document, read(GOLD_AGENCY, "", ""), suggested, Log::default());
    let items = queue.items();
    queue.decide(&items[0], Choice::Skip).unwrap();
    let then = queue.items();
    assert_eq!(then.iter().map(|item| item.skipped).collect::<Vec<_>>(), [false, true]);
    assert_eq!(then[1].subject, items[0].subject);
    assert!(queue.gold().meta.assisted.is_none(), "nothing was accepted");
}

#[test]
fn annotators_differ_in_four_ways_and_over_agencies() {
    let document = document();
    let a = read(
        r#"{ "id": "troy", "name": "Troy Police Department", "kind": "police",
             "mentions": [ { "text": "Troy police", "form": "name" }, { "text": "Troy PD", "form": "acronym" } ] }"#,
        r#"{ "agency": "troy", "topic": "status_inquiry", "position": "against", "attribution": "reported",
             "text": "Troy police never ask" }"#,
        r#"{ "text": "SB 54", "kind": "bill" }"#,
    );
    let b = read(
        r#"{ "id": "troy-pd", "name": "Troy Police", "kind": "police",
             "mentions": [ { "text": "Troy police", "form": "name" }, { "text": "Troy PD", "form": "name" } ] },
           { "id": "so", "name": "Sheriff", "kind": "sheriff", "mentions": [ { "text": "sheriff", "form": "nominal" } ] }"#,
        r#"{ "agency": "troy-pd", "topic": "status_inquiry", "position": "against", "attribution": "reported",
             "text": "never ask" }"#,
        "",
    );
    let queue = Queue::comparison(&document, a, b, Log::default());
    let kinds: Vec<_> = queue.items().iter().map(|item| (item.layer(), item.kind)).collect();
    assert_eq!(
        kinds,
        [
            (Layer::Agency, Kind::Label),
            (Layer::Stance, Kind::Boundary),
            (Layer::Mention, Kind::Label),
            (Layer::Mention, Kind::OnlyThere),
            (Layer::Citation, Kind::OnlyHere),
        ]
    );
}

#[test]
fn an_edit_that_would_overlap_is_refused() {
    let document = document();
    let gold = read("", "", r#"{ "text": "SB 54", "kind": "bill" }"#);
    let suggested = read("", "", r#"{ "text": "holds", "kind": "policy" }"#);
    let mut queue = Queue::suggestions(&document, gold, suggested, Log::default());
    let item = queue.items().swap_remove(0);
    let mut record = item.record().clone();
    for _ in 0..2 {
        edit::shift(&mut record, edit::Edge::Start, edit::Step::Word, false, &document);
    }
    let refused = queue.decide(&item, Choice::Edit(record));
    assert!(matches!(refused, Err(Refused::Taken(_))), "{refused:?}");
    assert!(queue.log().decisions.is_empty());
}

#[test]
fn withheld_quotes_stay_out_of_gold_and_decisions() {
    let document = document();
    let mut gold = read(GOLD_AGENCY, "", "");
    gold.meta.quotes_withheld = true;
    gold.agencies[0].mentions[0].text = None;
    let suggested = read(SUGGESTED_AGENCY, SUGGESTED_STANCE, "");
    let mut queue = Queue::suggestions(&document, gold, suggested, Log::default());
    let (mut seen, verdicts) = (0, [Choice::Accept, Choice::Reject]);
    while let Some(item) = queue.items().first() {
        queue.decide(item, verdicts[seen % 2].clone()).unwrap();
        seen += 1;
    }
    assert_eq!(seen, 2);
    let written = serde_json::to_string(&queue.log().decisions).unwrap() + &to_canonical_json(queue.gold());
    assert!(!written.contains("\"text\"") && !written.contains("never"), "{written}");
}

#[test]
fn a_conflict_is_settled_by_either_version() {
    let document = document();
    let citation = |kind: &str| {
        let set = read("", "", &format!(r#"{{ "text": "SB 54", "kind": "{kind}" }}"#));
        (Record::Citation(set.citations[0].clone()), set)
    };
    let ((ours, gold), (theirs, _)) = (citation("bill"), citation("named_act"));
    let conflict = goldrule_curation::Conflict {
        layer: Layer::Citation,
        reason: goldrule_curation::Reason::EditedDifferently,
        fields: vec!["kind".into()],
        base: None,
        ours: Some(ours),
        theirs: Some(theirs.clone()),
        text_sha256: None,
        their_text_sha256: None,
    };
    for (choice, verdict) in [(Choice::Accept, Verdict::Accepted), (Choice::Reject, Verdict::Rejected)] {
        let mut queue = Queue::conflicts(&document, gold.clone(), vec![conflict.clone()], Log::default());
        let item = queue.items().swap_remove(0);
        assert_eq!(queue.decide(&item, choice).unwrap().decision, verdict);
        assert!(queue.items().is_empty());
        let taken = Record::Citation(queue.gold().citations[0].clone()) == theirs;
        assert_eq!(taken, verdict == Verdict::Accepted);
    }
}

/// A merge of three versions as a queue of what it left.
fn merged<'d>(document: &'d Document, [base, ours, theirs]: [&AnnotationSet; 3], log: Log) -> Queue<'d> {
    let merged = goldrule_curation::merge(base, ours, theirs);
    assert!(!merged.is_clean());
    Queue::conflicts(document, merged.set, merged.conflicts, log)
}

const STANCE: &str = r#"{ "agency": "troy", "topic": "status_inquiry", "position": "against",
    "attribution": "own", "text": "Troy police never ask" }"#;
const TROY: &str = r#"{ "id": "troy", "name": "Troy Police Department", "kind": "police", "mentions": [
    { "text": "Troy police", "form": "name" }, { "text": "Troy PD", "form": "acronym" } ] }"#;

#[test]
fn a_new_conflict_is_asked_whatever_was_decided_about_one_like_it() {
    let document = document();
    let attributed = |word: &str| read(TROY, &STANCE.replace("own", word), "");
    let [own, reported, expected] = ["own", "reported", "third_party"].map(attributed);
    let mut queue = merged(&document, [&own, &reported, &expected], Log::default());
    let item = queue.items().swap_remove(0);
    queue.decide(&item, Choice::Reject).unwrap();
    assert!(queue.items().is_empty());
    let log = queue.log().clone();
    // The same versions again are the same question; others are another.
    assert!(merged(&document, [&own, &reported, &expected], log.clone()).items().is_empty());
    assert_eq!(merged(&document, [&reported, &own, &expected], log).items().len(), 1);
}

#[test]
fn annotators_who_differ_in_the_attribution_are_asked_again_when_it_changes() {
    let document = document();
    let attributed = |word: &str| read(TROY, &STANCE.replace("own", word), "");
    let mut queue = Queue::comparison(&document, attributed("own"), attributed("reported"), Log::default());
    let item = queue.items().swap_remove(0);
    queue.decide(&item, Choice::Reject).unwrap();
    let log = queue.log().clone();
    let later = Queue::comparison(&document, attributed("own"), attributed("third_party"), log);
    assert_eq!(later.items().len(), 1);
}

#[test]
fn a_version_that_counts_another_text_is_put_where_its_quote_is_or_nowhere() {
    let old = document();
    let new = Document::new(old.id(), format!("Preface. {}", old.text()));
    let bill =
        |quote: &str, kind: &str| read("", "", &format!(r#"{{ "text": "{quote}", "kind": "{kind}" }}"#));
    let mut sets = [bill("SB 54", "bill"), bill("SB 54", "named_act"), bill("SB 54", "policy")];
    for set in &mut sets {
        set.meta.text_sha256 = Some(goldrule_schema::sha256(old.text().as_bytes()));
    }
    let conflicts = goldrule_curation::merge(&sets[0], &sets[1], &sets[2]).conflicts;
    let carried = goldrule_curation::retext(&sets[1], &old, &new).set;
    let mut queue = Queue::conflicts(&new, carried.clone(), conflicts.clone(), Log::default());
    let item = queue.items().swap_remove(0);
    queue.decide(&item, Choice::Accept).unwrap();
    let citations = &queue.gold().citations;
    assert_eq!(citations.len(), 1, "{citations:?}");
    assert_eq!(new.quote(citations[0].span), Some("SB 54"));

    let twice = Document::new(old.id(), format!("{} SB 54 again.", new.text()));
    let mut queue = Queue::conflicts(&twice, carried.clone(), conflicts, Log::default());
    let item = queue.items().swap_remove(0);
    assert!(item.unplaced);
    assert_eq!(queue.decide(&item, Choice::Accept).unwrap_err(), Refused::Unplaced);
    assert_eq!(queue.gold(), &carried);
    queue.decide(&item, Choice::Reject).unwrap();
}

/// Takes their version of everything, takes it back, and takes it again.
fn take_all(queue: &mut Queue<'_>) -> AnnotationSet {
    let before = queue.gold().clone();
    let items = queue.items();
    for item in &items {
        queue.decide(item, Choice::Accept).expect("theirs fits");
    }
    assert!(queue.items().is_empty());
    let after = queue.gold().clone();
    for _ in &items {
        queue.undo().expect("decided").expect("gold is as it was");
    }
    assert_eq!(to_canonical_json(queue.gold()), to_canonical_json(&before));
    after
}

#[test]
fn an_agency_and_what_hangs_on_it_are_exchanged_together() {
    let document = document();
    let named = |id: &str| {
        read(
            &TROY.replace("\"troy\"", &format!("\"{id}\"")),
            &STANCE.replace("\"troy\"", &format!("\"{id}\"")),
            "",
        )
    };
    let without = read(TROY, "", "");
    let empty = read("", "", "");
    let other = read(
        r#"{ "id": "troy", "name": "Troy Sheriff", "kind": "sheriff", "mentions": [ { "text": "sheriff", "form": "nominal" } ] }"#,
        "",
        "",
    );
    for [base, ours, theirs] in [
        // Removed here with all its mentions, spoken of there; and the other way round.
        [&without, &empty, &named("troy")],
        [&without, &named("troy"), &empty],
        // Two new names of one body.
        [&named("troy"), &named("troy-pd"), &named("tpd")],
        // Two bodies under one new id.
        [&empty, &named("troy"), &other],
        [&empty, &other, &named("troy")],
    ] {
        let mut queue = merged(&document, [base, ours, theirs], Log::default());
        assert_eq!(queue.items().len(), 1, "{:#?}", queue.items());
        assert_eq!(to_canonical_json(queue.gold()), to_canonical_json(ours));
        assert_eq!(to_canonical_json(&take_all(&mut queue)), to_canonical_json(theirs));
    }
}
