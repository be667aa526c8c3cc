//! What must hold of every figure, whatever the two sets contain.

mod common;

use std::collections::BTreeMap;

use common::{disguised, mention, sound_set, wild_set, without_repeats, without_shared_spans};
use goldrule_schema::{AnnotationSet, Form};
use goldrule_scorer::{
    Accuracy, Counts, DocumentScore, Duplicates, ErrorClass, Ledger, Measure, Outcome, RecordRow, Score,
    Slot, Slots, counts_by_label, score_document, score_document_with,
};
use proptest::prelude::*;

fn score(gold: &AnnotationSet, pred: &AnnotationSet) -> DocumentScore {
    score_document("d", gold, pred)
}

fn assert_not_raised(before: &DocumentScore, after: &DocumentScore) -> Result<(), TestCaseError> {
    for measure in Measure::ALL {
        if let (Some(before), Some(after)) = (before.measure(measure).f1(), after.measure(measure).f1()) {
            prop_assert!(after <= before + 1e-12, "{measure}: {before} to {after}");
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1000))]

    #[test]
    fn a_set_matches_itself_in_any_disguise(set in sound_set(), seed: u64) {
        let score = score(&set, &disguised(set.clone(), seed));
        for measure in Measure::ALL {
            let counts = score.measure(measure);
            prop_assert_eq!(counts.f1(), (counts.gold > 0).then_some(1.0), "{}", measure);
        }
        for accuracy in Accuracy::ALL {
            let judged = score.accuracy(accuracy);
            prop_assert_eq!(judged.right, judged.n, "{}", accuracy);
        }
    }

    #[test]
    fn exchanging_the_sides_exchanges_precision_and_recall(gold in wild_set(), pred in wild_set()) {
        let (there, back) = (score(&gold, &pred), score(&pred, &gold));
        for measure in Measure::ALL {
            let (a, b) = (there.measure(measure), back.measure(measure));
            prop_assert_eq!((a.precision(), a.recall(), a.f1()), (b.recall(), b.precision(), b.f1()), "{}", measure);
        }
        for accuracy in [Accuracy::Form, Accuracy::Kind, Accuracy::Jurisdiction, Accuracy::Attribution] {
            prop_assert_eq!(there.accuracy(accuracy), back.accuracy(accuracy), "{}", accuracy);
        }
    }

    #[test]
    fn order_and_ids_change_nothing(gold in wild_set(), pred in wild_set(), a: u64, b: u64) {
        let plain = score(&gold, &pred);
        prop_assert_eq!(plain, score(&disguised(gold, a), &disguised(pred, b)));
    }

    #[test]
    fn figures_keep_within_their_bounds(gold in wild_set(), pred in wild_set()) {
        let score = score(&gold, &pred);
        for measure in Measure::ALL {
            let counts = score.measure(measure);
            for figure in [counts.precision(), counts.recall(), counts.f1()].into_iter().flatten() {
                prop_assert!((0.0..=1.0).contains(&figure), "{measure}: {figure}");
            }
        }
        let tp = |measure| score.measure(measure).tp();
        prop_assert!(tp(Measure::MentionStrict) <= tp(Measure::MentionOverlap));
        prop_assert!(tp(Measure::MentionB3) <= tp(Measure::MentionStrict));
        prop_assert!(tp(Measure::CitationStrict) <= tp(Measure::CitationOverlap));
        prop_assert!(tp(Measure::CitationStrictKind) <= tp(Measure::CitationStrict));
        prop_assert!(tp(Measure::EntityKindJurisdiction) <= tp(Measure::EntityFound));
        prop_assert!(tp(Measure::StanceEvidenceTuple) <= tp(Measure::StanceEvidence));
    }

    #[test]
    fn every_figure_is_a_sum_over_the_ledger(gold in wild_set(), pred in wild_set()) {
        let ledger = Ledger::new("d", &gold, &pred);
        prop_assert_eq!(ledger.score(), score(&gold, &pred));
        let mentions = |set: &AnnotationSet| set.mentions().count();
        for (measure, g, p) in [
            (Measure::MentionStrict, mentions(&gold), mentions(&pred)),
            (Measure::MentionOverlap, mentions(&gold), mentions(&pred)),
            (Measure::MentionB3, mentions(&gold), mentions(&pred)),
            (Measure::EntityFound, gold.agencies.len(), pred.agencies.len()),
            (Measure::EntityKindJurisdiction, gold.agencies.len(), pred.agencies.len()),
            (Measure::StanceEvidence, gold.stances.len(), pred.stances.len()),
            (Measure::StanceEvidenceTuple, gold.stances.len(), pred.stances.len()),
            (Measure::CitationStrict, gold.citations.len(), pred.citations.len()),
            (Measure::CitationStrictKind, gold.citations.len(), pred.citations.len()),
            (Measure::CitationOverlap, gold.citations.len(), pred.citations.len()),
        ] {
            let rows = || ledger.rows.iter().filter(move |row| row.layer == measure);
            let distinct = |pick: &dyn Fn(&goldrule_scorer::Row) -> Option<goldrule_scorer::RecordIndex>| {
                let mut all: Vec<_> = rows().filter_map(pick).collect();
                let rows = all.len();
                all.sort_unstable();
                all.dedup();
                (rows, all.len())
            };
            let in_gold = distinct(&|row| {
                (row.outcome != Outcome::Spurious).then(|| row.gold.as_ref().unwrap().index)
            });
            let in_pred = distinct(&|row| {
                (row.outcome != Outcome::Missed).then(|| row.pred.as_ref().unwrap().index)
            });
            prop_assert_eq!((in_gold, in_pred), ((g, g), (p, p)), "{}", measure);
        }
        for row in &ledger.rows {
            prop_assert!(row.outcome == Outcome::Matched || row.error.is_some());
        }
    }

    #[test]
    fn saying_it_twice_raises_nothing(gold in wild_set(), pred in wild_set(), at: prop::sample::Index) {
        let gold = without_repeats(gold);
        let before = score(&gold, &pred);
        let mut with_mention = pred.clone();
        if !pred.agencies.is_empty() {
            let agency = &mut with_mention.agencies[at.index(pred.agencies.len())];
            if !agency.mentions.is_empty() {
                agency.mentions.push(agency.mentions[at.index(agency.mentions.len())].clone());
            }
        }
        assert_not_raised(&before, &score(&gold, &with_mention))?;
        let mut with_stance = pred.clone();
        if !pred.stances.is_empty() {
            with_stance.stances.push(pred.stances[at.index(pred.stances.len())].clone());
        }
        assert_not_raised(&before, &score(&gold, &with_stance))?;
        let mut with_citation = pred.clone();
        if !pred.citations.is_empty() {
            with_citation.citations.push(pred.citations[at.index(pred.citations.len())].clone());
        }
        assert_not_raised(&before, &score(&gold, &with_citation))?;
    }

    #[test]
    fn a_second_agency_just_like_the_first_raises_nothing(
        gold in sound_set(),
        pred in sound_set(),
        at: prop::sample::Index,
    ) {
        let gold = without_shared_spans(gold);
        let before = score(&gold, &pred);
        let mut pred = pred;
        if !pred.agencies.is_empty() {
            let mut copy = pred.agencies[at.index(pred.agencies.len())].clone();
            let stances: Vec<_> = pred.stances.iter().filter(|s| s.agency == copy.id).cloned().collect();
            copy.id = "agency-99".to_owned();
            pred.agencies.push(copy);
            let after = score(&gold, &pred);
            for measure in [Measure::EntityFound, Measure::MentionStrict, Measure::MentionOverlap, Measure::StanceTuple] {
                prop_assert!(after.measure(measure).f1() <= before.measure(measure).f1(), "{}", measure);
            }
            pred.stances.extend(stances.into_iter().map(|mut s| { s.agency = "agency-99".to_owned(); s }));
            let after = score(&gold, &pred).measure(Measure::StanceTuple).f1();
            prop_assert!(after <= before.measure(Measure::StanceTuple).f1());
        }
    }

    #[test]
    fn one_more_right_mention_lowers_no_recall(gold in sound_set(), pred in sound_set(), at: prop::sample::Index) {
        let (gold, pred) = (without_shared_spans(gold), without_shared_spans(pred));
        let known: Vec<_> = pred.mentions().map(|(_, m)| m.span).collect();
        let missing = gold.mentions().map(|(_, m)| m.span).find(|span| !known.contains(span));
        if let (Some(span), false) = (missing, pred.agencies.is_empty()) {
            let before = score(&gold, &pred);
            let mut more = pred.clone();
            let agency = at.index(more.agencies.len());
            more.agencies[agency].mentions.push(mention(span, Form::Name));
            let after = score(&gold, &more);
            for measure in [Measure::MentionStrict, Measure::MentionOverlap, Measure::MentionB3] {
                let (before, after) = (before.measure(measure).recall(), after.measure(measure).recall());
                prop_assert!(after >= before, "{measure}: {before:?} to {after:?}");
            }
        }
    }

    #[test]
    fn one_more_right_citation_lowers_no_recall(gold in sound_set(), pred in sound_set(), at: prop::sample::Index) {
        let (gold, pred) = (without_repeats(gold), without_repeats(pred));
        let known: Vec<_> = pred.citations.iter().map(|c| c.span).collect();
        let missing: Vec<_> = gold.citations.iter().filter(|c| !known.contains(&c.span)).collect();
        if !missing.is_empty() {
            let mut more = pred.clone();
            more.citations.push(missing[at.index(missing.len())].clone());
            let (before, after) = (score(&gold, &pred), score(&gold, &more));
            for measure in [Measure::CitationStrict, Measure::CitationStrictKind, Measure::CitationOverlap] {
                let (before, after) = (before.measure(measure).recall(), after.measure(measure).recall());
                prop_assert!(after >= before, "{measure}: {before:?} to {after:?}");
            }
        }
    }

    #[test]
    fn every_policy_for_repeats_is_order_free_and_bounded(
        gold in wild_set(),
        pred in wild_set(),
        policy in prop::sample::select(Duplicates::ALL.to_vec()),
        seed: u64,
    ) {
        let plain = score_document_with("d", &gold, &pred, policy);
        let (a, b) = (disguised(gold.clone(), seed), disguised(pred.clone(), seed / 3));
        prop_assert_eq!(&plain, &score_document_with("d", &a, &b, policy));
        let ledger = Ledger::with("d", &gold, &pred, policy);
        prop_assert_eq!(&ledger.score(), &plain);
        ledger.records(); // asserts that the rows add up
        let back = score_document_with("d", &pred, &gold, policy);
        for measure in Measure::ALL {
            let (a, b) = (plain.measure(measure), back.measure(measure));
            prop_assert_eq!((a.precision(), a.recall()), (b.recall(), b.precision()), "{}", measure);
            prop_assert!(a.f1().is_none_or(|f1| (0.0..=1.0).contains(&f1)));
        }
    }

    #[test]
    fn without_repeats_all_policies_but_keep_agree(gold in wild_set(), pred in wild_set()) {
        let (gold, pred) = (without_repeats(gold), without_repeats(pred));
        let dropped = score_document_with("d", &gold, &pred, Duplicates::Drop);
        prop_assert_eq!(dropped, score(&gold, &pred));
    }

    #[test]
    fn labels_add_up_to_their_measure(gold in wild_set(), pred in wild_set()) {
        let rows = Ledger::new("d", &gold, &pred).records();
        let labels = counts_by_label(&rows);
        let score = score(&gold, &pred);
        for measure in Measure::ALL {
            let mut sum = Counts::default();
            labels.get(&measure).into_iter().flat_map(|parts| parts.values()).for_each(|part| sum += *part);
            prop_assert_eq!(sum, score.measure(measure), "{}", measure);
        }
    }

    #[test]
    fn slots_and_positions_count_every_stance_once(gold in wild_set(), pred in wild_set()) {
        let ledger = Ledger::new("d", &gold, &pred);
        let slots = Slots::new(&gold, &pred, &ledger);
        let score = score(&gold, &pred);
        for slot in [Slot::StanceHolder, Slot::StanceTopic, Slot::StancePosition, Slot::StanceAttribution] {
            let counts = slots.of(slot).end_to_end;
            prop_assert_eq!((counts.gold, counts.pred), (gold.stances.len() as u64, pred.stances.len() as u64));
            prop_assert!(counts.tp() <= score.measure(Measure::StanceEvidence).tp());
        }
        for (topic, confusion) in &slots.positions {
            let of = |set: &AnnotationSet| set.stances.iter().filter(|s| s.topic == *topic).count() as u64;
            let cells: u64 = confusion.cells.iter().flatten().sum();
            let all = |list: &[u64]| list.iter().sum::<u64>();
            prop_assert_eq!(cells + all(&confusion.other_topic) + all(&confusion.missed), of(&gold));
            prop_assert_eq!(cells + all(&confusion.spurious), of(&pred));
        }
        let back = Slots::new(&pred, &gold, &Ledger::new("d", &pred, &gold));
        for slot in Slot::ALL {
            let (a, b) = (slots.of(slot).end_to_end, back.of(slot).end_to_end);
            prop_assert_eq!((a.gold, a.pred), (b.pred, b.gold), "{}", slot);
            prop_assert_eq!((a.recall(), a.precision()), (b.precision(), b.recall()), "{}", slot);
        }
    }

    #[test]
    fn every_record_has_exactly_one_row(gold in wild_set(), pred in wild_set()) {
        // That the figures are sums over the rows is asserted where the rows are made.
        let rows = Ledger::new("d", &gold, &pred).records();
        for (set, side) in [
            (&gold, rows.iter().filter_map(|row| row.gold.as_ref()).collect::<Vec<_>>()),
            (&pred, rows.iter().filter_map(|row| row.pred.as_ref()).collect()),
        ] {
            let mut indices: Vec<_> = side.iter().map(|record| record.index).collect();
            indices.sort_unstable();
            indices.dedup();
            let records = set.mentions().count() + set.agencies.len() + set.stances.len() + set.citations.len();
            prop_assert_eq!((indices.len(), side.len()), (records, records));
        }
        for row in &rows {
            prop_assert_eq!(row.error == Some(ErrorClass::Missed), row.pred.is_none() && row.error != Some(ErrorClass::Duplicate));
            prop_assert_eq!(row.error == Some(ErrorClass::Spurious), row.gold.is_none() && row.error != Some(ErrorClass::Duplicate));
        }
    }

    #[test]
    fn every_partition_of_the_ledger_adds_up(gold in wild_set(), pred in wild_set()) {
        let rows = Ledger::new("d", &gold, &pred).records();
        let score = score(&gold, &pred);
        let keys: [&dyn Fn(&RecordRow) -> String; 3] = [
            &|row| format!("{:?}", row.error),
            &|row| row.sort.to_string(),
            &|row| row.gold.as_ref().or(row.pred.as_ref()).map(|record| record.label.to_string()).unwrap_or_default(),
        ];
        for key in keys {
            let mut parts: BTreeMap<(String, Measure), (u64, u64, f64)> = BTreeMap::new();
            for row in &rows {
                for (measure, counts) in &row.counts {
                    let part = parts.entry((key(row), *measure)).or_default();
                    *part = (part.0 + counts.gold, part.1 + counts.pred, part.2 + counts.tp());
                }
            }
            for measure in Measure::ALL {
                let of = parts.iter().filter(|(key, _)| key.1 == measure).map(|(_, part)| part);
                let sum = of.fold((0, 0, 0.0), |sum, part| (sum.0 + part.0, sum.1 + part.1, sum.2 + part.2));
                let counts = score.measure(measure);
                prop_assert_eq!((sum.0, sum.1), (counts.gold, counts.pred), "{}", measure);
                prop_assert!((sum.2 - counts.tp()).abs() < 1e-9, "{}", measure);
            }
        }
    }

    #[test]
    fn documents_add_up(sets in prop::collection::vec((wild_set(), wild_set()), 0..4)) {
        let scores: Vec<DocumentScore> = sets.iter().map(|(g, p)| score(g, p)).collect();
        let (sum, back) = (Score::sum(&scores), Score::sum(scores.iter().rev()));
        prop_assert_eq!(sum, back);
        for measure in Measure::ALL {
            prop_assert_eq!(sum.measure(measure).gold, scores.iter().map(|s| s.measure(measure).gold).sum::<u64>());
            prop_assert_eq!(sum.measure(measure).pred, scores.iter().map(|s| s.measure(measure).pred).sum::<u64>());
        }
    }
}
