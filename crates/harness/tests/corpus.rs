//! The error chain, the rules' statistics and the accuracy page on the project's own corpus.

#![allow(clippy::unwrap_used, reason = "a test may fail where it likes")]

use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use goldrule_harness::{
    Cases, Chain, Extractor, GIVEN, Report, RuleStats, Settings, Show, accuracy_page, chains, chains_csv,
    chains_json, evaluate, open_texts, rule_stats,
};
use goldrule_scorer::{Duplicates, Measure};

static EXTRACTOR: LazyLock<Extractor> = LazyLock::new(Extractor::new);

fn cases() -> Cases {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let gold: PathBuf = root.join("annotations/gold");
    let (texts, _) = open_texts(Some(&root.join("corpus")), None, |_| true).unwrap();
    Cases::with_text(texts, &gold, None).unwrap()
}

fn f1(chain: &Chain, step: usize, measure: Measure) -> f64 {
    chain.steps[step].measure(measure).f1().unwrap()
}

#[test]
fn the_stages_that_are_given_score_one_and_the_losses_add_up() {
    let chains = chains(&EXTRACTOR, &cases().cases, || {});
    let names: Vec<_> = chains.iter().map(|chain| chain.group.as_str()).collect();
    assert_eq!(names, ["dev", "validation", "all"]);
    for chain in &chains {
        for step in [1, 2] {
            for measure in [Measure::CitationStrict, Measure::CitationStrictKind, Measure::CitationOverlap] {
                assert!((f1(chain, step, measure) - 1.0).abs() < 1e-12, "{measure} of {}", chain.group);
            }
        }
        let agencies = [
            Measure::MentionStrict,
            Measure::MentionOverlap,
            Measure::MentionB3,
            Measure::EntityFound,
            Measure::EntityKindJurisdiction,
        ];
        for measure in agencies {
            assert!((f1(chain, 2, measure) - 1.0).abs() < 1e-12, "{measure} of {}", chain.group);
        }
        for measure in Measure::ALL {
            let loss = chain.loss(measure).unwrap();
            let sum = loss.f1 + loss.citations + loss.agencies + loss.stances;
            assert!((sum - 1.0).abs() < 1e-9, "{measure}: {loss:?}");
        }
    }
    for chain in &chains {
        for measure in [Measure::StanceTuple, Measure::StanceEvidenceTuple] {
            let f1 = |step| chain.stances.f1(step, measure).unwrap();
            assert_eq!(Some(f1(0)), chain.steps[0].measure(measure).f1());
            assert_eq!(Some(f1(3)), chain.steps[2].measure(measure).f1());
            // Correcting what was found cannot make it worse.
            assert!((4..GIVEN.len()).all(|step| f1(step) >= f1(step - 1) - 1e-12), "{:?}", chain.stances);
            let lost: f64 = chain.stances.losses(measure).unwrap().iter().map(|(_, lost)| lost).sum();
            assert!((f1(0) + lost - 1.0).abs() < 1e-9, "{measure}");
        }
    }
    let json: serde_json::Value = serde_json::from_str(&chains_json(&chains)).unwrap();
    assert_eq!(json[0]["stances"]["steps"][2]["given"], "mentions");
    assert_eq!(json[0]["steps"][2]["score"]["measures"]["mention.strict"]["f1"], 1.0);
    assert_eq!(chains_csv(&chains).lines().count(), 1 + 3 * 6);
}

fn stats(reveal: bool) -> RuleStats {
    rule_stats(&EXTRACTOR, &cases().cases, reveal, || {})
}

#[test]
fn statistics_count_every_record_once_and_put_the_worst_rule_on_top() {
    let cases = cases();
    let open: Vec<_> =
        cases.cases.iter().filter(|case| case.split.as_deref() == Some("dev")).cloned().collect();
    let comparisons = evaluate(&EXTRACTOR, &open, Duplicates::CopyByCopy, || {});
    let stats = stats(false);
    assert_eq!((stats.documents, stats.left_out), (open.len(), cases.cases.len() - open.len()));
    let records: usize = stats.rules.iter().map(|stat| stat.records).sum();
    let pred = |measure| comparisons.iter().map(|c| c.score.measure(measure).pred).sum::<u64>();
    let layers = [Measure::MentionStrict, Measure::StanceEvidenceTuple, Measure::CitationStrictKind];
    assert_eq!(records as u64, layers.map(pred).iter().sum::<u64>());
    assert!(stats.rules.is_sorted_by(|a, b| a.wrong >= b.wrong));
    for rule in &EXTRACTOR.rules().rules {
        assert_eq!(stats.rules.iter().filter(|stat| stat.rule == *rule.id).count(), 1, "{}", rule.id);
    }
    for stat in stats.rules.iter().filter(|stat| stat.layer == "stance") {
        let lost: usize = stat.lost.iter().map(|(_, times)| times).sum();
        assert!(lost + stat.dropped + stat.unheld + stat.joined <= stat.matches, "{stat:?}");
        assert!(stat.records == 0 || stat.matches > 0, "{stat:?}");
    }
    assert_eq!(stats.to_csv().lines().count(), stats.rules.len() + 1);
}

#[test]
fn documents_for_measuring_are_left_out_unless_revealed() {
    assert!(stats(true).documents > stats(false).documents);
    assert!(stats(false).to_table(goldrule_harness::Style::Plain).contains("(--reveal counts them)"));
}

#[test]
fn the_accuracy_page_names_no_document() {
    let cases = cases();
    let comparisons = evaluate(&EXTRACTOR, &cases.cases, Duplicates::CopyByCopy, || {});
    let report = Report::new(&comparisons, &[], Vec::new(), Show::default(), &Settings::default());
    let page = accuracy_page(&report, &stats(false));
    for part in ["| stance.tuple |", "95% interval", "`stance.", "validation"] {
        assert!(page.contains(part), "{part} in {page}");
    }
    for case in &cases.cases {
        assert!(!page.contains(&case.gold.document), "{}", case.gold.document);
    }
}
