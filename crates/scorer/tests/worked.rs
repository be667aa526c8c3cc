//! Figures worked out by hand.

// Numerators of whole matches are exact.
#![allow(clippy::float_cmp)]

mod common;

use common::{agency, citation, mention, stance, with_agencies};
use goldrule_schema::{
    AgencyKind, AnnotationSet, Attribution, CharSpan, CitationKind, Form, Position, Topic,
};
use goldrule_scorer::{
    Accuracy, DocumentScore, Duplicates, ErrorClass as E, Ledger, Measure, Outcome as O, RecordSort, Slot,
    SlotScore, Slots, bootstrap_f1, score_document, score_document_with,
};

fn score(gold: &AnnotationSet, pred: &AnnotationSet) -> DocumentScore {
    score_document("d", gold, pred)
}

#[track_caller]
fn assert_close(figure: Option<f64>, expected: f64) {
    assert!(figure.is_some_and(|f| (f - expected).abs() < 1e-12), "{figure:?} is not {expected}");
}

/// Twelve mentions of three agencies, as in the figures of Bagga and Baldwin (1998).
fn truth() -> AnnotationSet {
    with_agencies(&[agency("a", &[1, 2, 3, 4, 5]), agency("b", &[6, 7]), agency("c", &[8, 9, 10, 11, 12])])
}

#[test]
fn b_cubed_of_bagga_and_baldwin_first_response() {
    let response = with_agencies(&[agency("a", &[1, 2, 3, 4, 5]), agency("b", &[6, 7, 8, 9, 10, 11, 12])]);
    let b3 = score(&truth(), &response).measure(Measure::MentionB3);
    // 5 mentions at 1, 2 at 2/7, 5 at 5/7, over 12
    assert_close(b3.precision(), 16.0 / 21.0);
    assert_eq!(b3.recall(), Some(1.0));
}

#[test]
fn b_cubed_of_bagga_and_baldwin_second_response() {
    let response = with_agencies(&[agency("a", &[1, 2, 3, 4, 5, 8, 9, 10, 11, 12]), agency("b", &[6, 7])]);
    let b3 = score(&truth(), &response).measure(Measure::MentionB3);
    // 10 mentions at 5/10, 2 at 1, over 12
    assert_close(b3.precision(), 7.0 / 12.0);
    assert_eq!(b3.recall(), Some(1.0));
}

#[test]
fn b_cubed_counts_missed_and_spurious_mentions() {
    let gold = with_agencies(&[agency("a", &[1, 2, 3])]);
    let pred = with_agencies(&[agency("a", &[1, 2]), agency("b", &[8, 9])]);
    let b3 = score(&gold, &pred).measure(Measure::MentionB3);
    // gold: 1 and 2 at 2/3, 3 missed; predicted: 1 and 2 at 2/2, two spurious
    assert_close(b3.recall(), 4.0 / 9.0);
    assert_close(b3.precision(), 2.0 / 4.0);
    assert_close(Some(b3.tp()), 4.0 / 3.0);
    assert_close(Some(b3.tp_pred()), 2.0);
}

#[test]
fn agencies_are_aligned_by_the_greatest_total() {
    // a–x share three spans, a–y two, b–x two: three alone is less than two and two.
    let gold = with_agencies(&[agency("a", &[1, 2, 3, 4, 5]), agency("b", &[6, 7])]);
    let pred = with_agencies(&[agency("x", &[1, 2, 3, 6, 7]), agency("y", &[4, 5])]);
    assert_eq!(score(&gold, &pred).measure(Measure::EntityFound).tp(), 2.0);
}

#[test]
fn an_agency_without_a_shared_span_is_not_found() {
    let gold = with_agencies(&[agency("a", &[1])]);
    let mut pred = with_agencies(&[agency("a", &[5])]);
    assert_eq!(score(&gold, &pred).measure(Measure::EntityFound).f1(), Some(0.0));
    pred.agencies[0].mentions.push(mention(CharSpan::new(0, 2), Form::Name));
    assert_eq!(score(&gold, &pred).measure(Measure::MentionOverlap).tp(), 1.0);
    assert_eq!(score(&gold, &pred).measure(Measure::EntityFound).f1(), Some(0.0));
}

#[test]
fn kind_and_jurisdiction_are_judged_on_aligned_agencies() {
    let gold = with_agencies(&[agency("a", &[1]), agency("b", &[2]), agency("c", &[3])]);
    let mut pred = gold.clone();
    pred.agencies[0].kind = AgencyKind::Sheriff;
    pred.agencies[1].jurisdiction = Some("ocd-division/country:us".to_owned());
    let score = score(&gold, &pred);
    assert_eq!(score.measure(Measure::EntityFound).tp(), 3.0);
    assert_eq!(score.measure(Measure::EntityKindJurisdiction).tp(), 1.0);
    assert_close(score.accuracy(Accuracy::Kind).value(), 2.0 / 3.0);
    assert_close(score.accuracy(Accuracy::Jurisdiction).value(), 2.0 / 3.0);
}

#[test]
fn tuples_are_a_set_and_holders_go_by_alignment() {
    let text = |at: u32| CharSpan::new(at, at + 10);
    let mut gold = with_agencies(&[agency("a", &[1]), agency("b", &[2])]);
    gold.stances = vec![
        stance("a", Topic::Detainers, Position::Against, text(100)),
        stance("a", Topic::Detainers, Position::Against, text(200)),
        stance("b", Topic::Detainers, Position::Against, text(300)),
    ];
    // "b" here is gold's "a", and "z" is nobody gold knows.
    let mut pred = with_agencies(&[agency("b", &[1]), agency("z", &[9])]);
    pred.stances = vec![
        stance("b", Topic::Detainers, Position::Against, text(105)),
        stance("z", Topic::Detainers, Position::Against, text(300)),
    ];
    let score = score(&gold, &pred);
    let tuple = score.measure(Measure::StanceTuple);
    assert_eq!((tuple.tp(), tuple.gold, tuple.pred), (1.0, 2, 2));
    let evidence = score.measure(Measure::StanceEvidence);
    assert_eq!((evidence.tp(), evidence.gold, evidence.pred), (2.0, 3, 2));
    assert_eq!(score.measure(Measure::StanceEvidenceTuple).tp(), 1.0);
    assert_eq!(
        (score.accuracy(Accuracy::Attribution).right, score.accuracy(Accuracy::Attribution).n),
        (1, 1)
    );
}

#[test]
fn a_holder_that_names_no_agency_never_matches() {
    let mut set = AnnotationSet::new("d");
    set.stances = vec![stance("nobody", Topic::Detainers, Position::Favor, CharSpan::new(0, 5))];
    let score = score(&set, &set);
    assert_eq!(score.measure(Measure::StanceTuple).f1(), Some(0.0));
    assert_eq!(score.measure(Measure::StanceEvidence).f1(), Some(1.0));
    assert_eq!(score.measure(Measure::StanceEvidenceTuple).f1(), Some(0.0));
}

#[test]
fn canonical_is_judged_where_gold_has_one() {
    let at = |start| CharSpan::new(start, start + 5);
    let (mut gold, mut pred) = (AnnotationSet::new("d"), AnnotationSet::new("d"));
    let bill = CitationKind::Bill;
    gold.citations = vec![
        citation(at(0), bill, Some("/a")),
        citation(at(10), bill, Some("/b")),
        citation(at(20), bill, None),
    ];
    pred.citations = vec![
        citation(at(0), bill, Some("/a")),
        citation(at(10), bill, None),
        citation(at(20), bill, Some("/c")),
    ];
    let judged = score(&gold, &pred).accuracy(Accuracy::Canonical);
    assert_eq!((judged.right, judged.n), (1, 2));
}

#[test]
fn two_kinds_at_one_span_are_each_matched_with_their_own() {
    let at = CharSpan::new(0, 5);
    let (mut gold, mut pred) = (AnnotationSet::new("d"), AnnotationSet::new("d"));
    gold.citations = vec![citation(at, CitationKind::Bill, None)];
    pred.citations = vec![citation(at, CitationKind::Statute, None), citation(at, CitationKind::Bill, None)];
    let score = score(&gold, &pred);
    assert_eq!(score.measure(Measure::CitationStrictKind).recall(), Some(1.0));
    assert_eq!(score.measure(Measure::CitationStrictKind).precision(), Some(0.5));
}

/// The error classes of a layer, missed then spurious.
fn errors(gold: &AnnotationSet, pred: &AnnotationSet, layer: Measure) -> Vec<(O, E)> {
    let ledger = Ledger::new("d", gold, pred);
    ledger.rows.iter().filter(|r| r.layer == layer).filter_map(|r| Some((r.outcome, r.error?))).collect()
}

#[test]
fn errors_say_what_is_wrong_with_a_stance() {
    let evidence = CharSpan::new(50, 60);
    let set = |holder: &str, topic, position| {
        let mut set = with_agencies(&[agency("a", &[1]), agency("b", &[2])]);
        set.stances = vec![stance(holder, topic, position, evidence)];
        set
    };
    let gold = set("a", Topic::Detainers, Position::Against);
    for (pred, error) in [
        (set("b", Topic::Detainers, Position::Against), E::WrongHolder),
        (set("a", Topic::Delegation, Position::Against), E::WrongTopic),
        (set("a", Topic::Detainers, Position::Conditional), E::WrongPosition),
    ] {
        for layer in [Measure::StanceTuple, Measure::StanceEvidenceTuple] {
            let expected = [(O::Missed, error), (O::Spurious, error)];
            assert_eq!(errors(&gold, &pred, layer), expected, "{layer}");
        }
    }
}

#[test]
fn errors_tell_boundaries_copies_and_labels_apart() {
    let (mut gold, mut pred) = (AnnotationSet::new("d"), AnnotationSet::new("d"));
    let bill = |start, end| citation(CharSpan::new(start, end), CitationKind::Bill, None);
    gold.citations = vec![bill(0, 5), bill(10, 15), bill(20, 25), bill(30, 35)];
    pred.citations = vec![bill(0, 5), bill(0, 5), bill(10, 17), bill(40, 45)];
    pred.citations.push(citation(CharSpan::new(30, 35), CitationKind::Statute, None));
    let spans = [(O::Missed, E::Boundary), (O::Missed, E::Missed)];
    let rest = [(O::Spurious, E::Duplicate), (O::Spurious, E::Boundary)];
    let strict = errors(&gold, &pred, Measure::CitationStrict);
    assert!(strict.starts_with(&spans), "{strict:?}");
    assert_eq!(strict.len(), 5);
    assert!(rest.iter().all(|row| strict.contains(row)) && strict.contains(&(O::Spurious, E::Spurious)));
    let kinds = errors(&gold, &pred, Measure::CitationStrictKind);
    assert_eq!(kinds.iter().filter(|row| row.1 == E::Label).count(), 2);
}

/// Each class as a record row shows it.
#[test]
fn record_rows_name_the_gravest_fault() {
    let evidence = CharSpan::new(50, 60);
    let base = || {
        let mut set = with_agencies(&[agency("a", &[1, 3, 5]), agency("b", &[2])]);
        set.stances = vec![stance("a", Topic::Detainers, Position::Against, evidence)];
        set.citations = vec![citation(CharSpan::new(80, 90), CitationKind::Bill, None)];
        set
    };
    let gold = base();
    let class = |pred: &AnnotationSet, sort| {
        let rows = Ledger::new("d", &gold, pred).records();
        let classes: Vec<E> = rows.iter().filter(|r| r.sort == sort).filter_map(|r| r.error).collect();
        classes
    };
    assert!(RecordSort::ALL.iter().all(|&sort| class(&gold, sort).is_empty()));

    let mut pred = base();
    pred.agencies[0].mentions[0].form = Form::Title;
    assert_eq!(class(&pred, RecordSort::Mention), [E::Label]);
    pred.agencies[0].mentions[0].span = CharSpan::new(0, 2);
    assert_eq!(class(&pred, RecordSort::Mention), [E::BoundaryLabel]);
    pred.agencies[0].mentions[0].form = Form::Name;
    assert_eq!(class(&pred, RecordSort::Mention), [E::Boundary]);

    let mut pred = base();
    let moved = pred.agencies[0].mentions.remove(2);
    pred.agencies[1].mentions.push(moved);
    assert_eq!(class(&pred, RecordSort::Mention), [E::WrongEntity]);
    pred.agencies[1].kind = AgencyKind::Sheriff;
    assert_eq!(class(&pred, RecordSort::Agency), [E::Label]);

    for (holder, topic, position, error) in [
        ("b", Topic::Detainers, Position::Against, E::WrongHolder),
        ("a", Topic::Delegation, Position::Against, E::WrongTopic),
        ("a", Topic::Detainers, Position::Conditional, E::WrongPosition),
    ] {
        let mut pred = base();
        pred.stances = vec![stance(holder, topic, position, CharSpan::new(55, 65))];
        assert_eq!(class(&pred, RecordSort::Stance), [error]);
    }
    let mut pred = base();
    pred.stances[0].attribution = Attribution::Reported;
    assert_eq!(class(&pred, RecordSort::Stance), [E::Label]);

    let mut pred = base();
    pred.citations.push(pred.citations[0].clone());
    pred.citations.push(citation(CharSpan::new(95, 99), CitationKind::Bill, None));
    let mut classes = class(&pred, RecordSort::Citation);
    classes.sort_unstable();
    assert_eq!(classes, [E::Spurious, E::Duplicate]);
}

#[test]
fn bootstrap_brackets_the_figure_and_repeats_itself() {
    let gold = with_agencies(&[agency("a", &[1, 2, 3, 4])]);
    let found = |n: usize| score(&gold, &with_agencies(&[agency("a", &[1, 2, 3, 4][..n])]));
    let scores: Vec<DocumentScore> = (0..40).map(|i| found(i % 5)).collect();
    let measure = Measure::MentionStrict;
    let f1 = goldrule_scorer::Score::sum(&scores).measure(measure).f1().expect("there are mentions");
    let (low, high) = bootstrap_f1(&scores, measure, 500, 1).expect("there are mentions");
    assert!(low < f1 && f1 < high && high - low < 0.5, "{low} {f1} {high}");
    assert_eq!(bootstrap_f1(&scores, measure, 500, 1), Some((low, high)));
    assert_ne!(bootstrap_f1(&scores, measure, 500, 2), Some((low, high)));
    let alike: Vec<DocumentScore> = (0..5).map(|_| found(4)).collect();
    assert_eq!(bootstrap_f1(&alike, measure, 100, 3), Some((1.0, 1.0)));
    assert_eq!(bootstrap_f1(&[], measure, 100, 3), None);
    assert_eq!(bootstrap_f1(&alike, measure, 0, 3), None);
}

#[test]
fn json_has_every_figure_under_its_name() {
    let mut gold = with_agencies(&[agency("a", &[1, 2, 3])]);
    gold.stances = vec![stance("a", Topic::Detainers, Position::Against, CharSpan::new(10, 30))];
    let mut pred = with_agencies(&[agency("x", &[1, 2]), agency("y", &[9])]);
    pred.stances = vec![stance("x", Topic::Detainers, Position::Against, CharSpan::new(20, 25))];
    pred.stances[0].attribution = Attribution::Reported;
    insta::assert_snapshot!(
        serde_json::to_string_pretty(&score(&gold, &pred)).expect("scores are plain data")
    );
}

#[test]
fn a_ledger_row_names_its_records_and_rule() {
    let gold = with_agencies(&[agency("a", &[1])]);
    let mut pred = AnnotationSet::new("d");
    let wider = mention(CharSpan::new(1, 4), Form::Acronym);
    pred.agencies = vec![agency("x", &[])];
    pred.agencies[0].mentions = vec![goldrule_schema::Mention { rule: Some("agency.name".into()), ..wider }];
    let ledger = Ledger::new("d", &gold, &pred);
    let rows: Vec<_> = ledger.rows.iter().filter(|r| r.layer == Measure::MentionStrict).collect();
    insta::assert_snapshot!(serde_json::to_string_pretty(&rows).expect("rows are plain data"));
}

/// Worked by hand: of four gold stances one is right, one has another position, one another topic and
/// position, one is missed; a fifth prediction is made up.
#[test]
fn slots_and_positions_of_stances() {
    let at = |n: u32| CharSpan::new(10 * n, 10 * n + 5);
    let (favor, against) = (Position::Favor, Position::Against);
    let (detainers, delegation) = (Topic::Detainers, Topic::Delegation);
    let set = |rows: &[(Topic, Position, u32)]| {
        let mut set = with_agencies(&[agency("a", &[1])]);
        set.stances = rows.iter().map(|&(topic, position, n)| stance("a", topic, position, at(n))).collect();
        set
    };
    let gold = set(&[
        (detainers, against, 1),
        (detainers, against, 2),
        (detainers, favor, 3),
        (delegation, favor, 4),
    ]);
    let pred = set(&[
        (detainers, against, 1),
        (detainers, favor, 2),
        (delegation, against, 3),
        (delegation, favor, 6),
    ]);
    let slots = Slots::new(&gold, &pred, &Ledger::new("d", &gold, &pred));
    let figures = |slot| {
        let SlotScore { end_to_end, given_found } = slots.of(slot);
        (end_to_end.tp(), end_to_end.gold, end_to_end.pred, given_found.right, given_found.n)
    };
    assert_eq!(figures(Slot::StanceHolder), (3.0, 4, 4, 3, 3));
    assert_eq!(figures(Slot::StanceTopic), (2.0, 4, 4, 2, 3));
    assert_eq!(figures(Slot::StancePosition), (1.0, 4, 4, 1, 3));
    assert_eq!(figures(Slot::StanceAttribution), (3.0, 4, 4, 3, 3));
    // In the order favor, against, conditional, noncommittal.
    let of = slots.positions[&detainers];
    assert_eq!(of.cells, [[0; 4], [1, 1, 0, 0], [0; 4], [0; 4]]);
    assert_eq!((of.other_topic, of.missed, of.spurious), ([1, 0, 0, 0], [0; 4], [0; 4]));
    let of = slots.positions[&delegation];
    assert_eq!(of.cells, [[0; 4]; 4]);
    assert_eq!((of.other_topic, of.missed, of.spurious), ([0; 4], [1, 0, 0, 0], [1, 1, 0, 0]));
}

/// `/us/usc/t8/s1373/a` is of `us`, from `/us/usc/t8`, section `/s1373/a`; a bill has no section.
#[test]
fn slots_of_citations_and_places() {
    let at = |n: u32| CharSpan::new(10 * n, 10 * n + 5);
    let (mut gold, mut pred) = (with_agencies(&[agency("a", &[1])]), with_agencies(&[agency("a", &[1])]));
    let statute = CitationKind::Statute;
    gold.citations = vec![
        citation(at(1), statute, Some("/us/usc/t8/s1373/a")),
        citation(at(2), CitationKind::Bill, Some("/us-ca/bill/sb/54")),
        citation(at(3), statute, None),
    ];
    pred.citations = vec![
        citation(at(1), statute, Some("/us/usc/t8/s1373")),
        citation(at(2), statute, Some("/us-ca/bill/sb/54")),
        citation(at(3), statute, Some("/us/usc/t8/s1644")),
    ];
    gold.agencies[0].jurisdiction = Some("us/ca".to_owned());
    let slots = Slots::new(&gold, &pred, &Ledger::new("d", &gold, &pred));
    let figures = |slot| {
        let SlotScore { end_to_end, given_found } = slots.of(slot);
        (end_to_end.tp(), end_to_end.gold, end_to_end.pred, given_found.right, given_found.n)
    };
    assert_eq!(figures(Slot::CitationKind), (2.0, 3, 3, 2, 3));
    assert_eq!(figures(Slot::CitationCanonical), (1.0, 2, 3, 1, 2));
    assert_eq!(figures(Slot::CitationJurisdiction), (2.0, 2, 3, 2, 2));
    assert_eq!(figures(Slot::CitationSource), (2.0, 2, 3, 2, 2));
    assert_eq!(figures(Slot::CitationSection), (0.0, 1, 2, 0, 1));
    assert_eq!(figures(Slot::AgencyJurisdiction), (0.0, 1, 0, 0, 1));
    assert_eq!(figures(Slot::AgencyKind), (1.0, 1, 1, 1, 1));
}

/// A mention that stands twice against one that stands once, under each policy.
#[test]
fn policies_for_repeats() {
    let gold = with_agencies(&[agency("a", &[1])]);
    let mut pred = gold.clone();
    pred.agencies[0].mentions.push(mention(CharSpan::new(1, 2), Form::Name));
    let counts = |gold: &AnnotationSet, policy| {
        let counts = score_document_with("d", gold, &pred, policy).measure(Measure::MentionStrict);
        (counts.tp(), counts.gold, counts.pred)
    };
    assert_eq!(counts(&gold, Duplicates::CopyByCopy), (1.0, 1, 2));
    assert_eq!(counts(&gold, Duplicates::Drop), (1.0, 1, 1));
    assert_eq!(counts(&gold, Duplicates::Keep), (1.0, 1, 2));
    assert_eq!(counts(&pred, Duplicates::Keep), (2.0, 2, 2));
}
