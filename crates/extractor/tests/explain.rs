//! Explanations of sentences that match and of those that do not.

#![allow(clippy::unwrap_used, reason = "a test may fail where it likes")]

use std::sync::LazyLock;

use goldrule_extractor::Extractor;
use goldrule_schema::{Attribution, Document, Position};
use proptest::prelude::*;

static EXTRACTOR: LazyLock<Extractor> = LazyLock::new(Extractor::new);

const CONDITIONAL: &str = "ELKO, Nev. — The Elko County Sheriff's Office runs the jail.\n\n\
    “We will not share release dates with ICE unless there is a warrant signed by a judge,” \
    Elko County Sheriff Ada Brandt said.\n";

fn explain(text: &str, at: Option<&str>) -> goldrule_extractor::explain::Explanation {
    let document = Document::new("elko", text);
    let at = at.map(|quote| document.char_span_of(quote).unwrap().start);
    EXTRACTOR.explain(&document, at)
}

#[test]
fn a_negated_quoted_conditional_position_shows_its_whole_derivation() {
    let explanation = explain(CONDITIONAL, Some("We will"));
    let [sentence] = explanation.sentences.as_slice() else { panic!("{explanation}") };
    let [stance] = sentence.stances.as_slice() else { panic!("{explanation}") };
    assert_eq!(stance.position, Position::Conditional, "{explanation}");
    assert_eq!((stance.holder.sieve, stance.attribution), ("speaker", Attribution::Own));
    let effects: Vec<_> = stance.operators.iter().map(|operator| operator.effect).collect();
    assert!(effects.contains(&"turns the position round") && effects.contains(&"makes it conditional"));
    assert!(stance.rule.file.as_deref().unwrap().ends_with("information.toml") && stance.rule.line > Some(1));
    insta::assert_snapshot!(explanation.to_string());
}

/// What explains a card counts cues by their words, what weighs it by their numbers: the two agree.
#[test]
fn what_cards_add_up_to_is_how_likely_they_hold_it() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../corpus/unseen-genres");
    let mut texts: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    texts.sort();
    let first = |sum: &str| sum.split([' ', ':']).nth(1).unwrap().parse::<f64>().unwrap();
    let weigh = EXTRACTOR.rules().weigh.as_ref().unwrap();
    let (mut by_cards, mut by_patterns) = (0, 0);
    for path in texts.iter().take(8) {
        let document = Document::new("text", std::fs::read_to_string(path).unwrap());
        let explanation = EXTRACTOR.explain(&document, None);
        for stance in explanation.sentences.iter().flat_map(|sentence| &sentence.stances) {
            let Some(weighed) = &stance.weighed else { continue };
            let power = |points: f64| (points / weigh.scale).exp();
            let of_topic = 1.0 / (1.0 + power(-first(&weighed.topic)));
            let best = first(&weighed.positions[0]);
            let all: f64 = weighed.positions.iter().map(|sum| power(first(sum) - best)).sum();
            let percent = (of_topic / all * 100.0).round();
            assert!((percent - f64::from(weighed.percent)).abs() < 0.5, "{}: {weighed}", path.display());
            // Two operators, or two topics of a sentence, leave the pattern its position.
            let leads = weighed.positions[0].starts_with(stance.position.as_str());
            let kept = weighed.stated == Some(stance.position);
            assert!(weighed.percent >= weighed.least && (leads || kept), "{}: {weighed}", path.display());
            *if weighed.stated.is_some() { &mut by_patterns } else { &mut by_cards } += 1;
        }
    }
    assert!(by_cards >= 2 && by_patterns >= 20, "{by_cards} {by_patterns}");
}

#[test]
fn a_sentence_without_a_match_names_the_nearest_rule_and_what_failed() {
    let text = "Elko police interview anybody regarding which embassy their parents and immigration lawyers visited.";
    let explanation = explain(text, Some("interview"));
    let near = &explanation.sentences[0].nearest[0];
    assert!(near.rule.id.starts_with("stance.status."), "{explanation}");
    let source = EXTRACTOR.rules().line(near.rule.file.as_deref().unwrap(), near.line);
    assert!(
        source
            .chars()
            .skip(near.column as usize - 1)
            .collect::<String>()
            .starts_with(&near.element.chars().take(1).collect::<String>()),
        "{source}"
    );
    insta::assert_snapshot!(explanation.to_string());
}

#[test]
fn matches_that_state_nothing_say_why() {
    let because = |text: &str| {
        let explanation = explain(text, None);
        let all = explanation.sentences.iter().flat_map(|sentence| &sentence.silent);
        all.map(|silent| silent.because.clone()).collect::<Vec<_>>().join("\n")
    };
    assert!(because("Do Elko police ask about immigration status?").contains("a question"));
    assert!(
        because("Elko police used to ask about immigration status.").contains("“used to” (context.drop)")
    );
    assert!(
        because("Nobody here asks about immigration status.").contains("every sieve for the holder abstains")
    );
}

#[test]
fn mentions_say_how_they_joined_their_agency() {
    let text = "The Elko Police Department (EPD) met. EPD and the department said nothing of immigration.";
    let explanation = explain(text, None);
    let mentions: Vec<_> = explanation.sentences.iter().flat_map(|sentence| &sentence.mentions).collect();
    let joined: Vec<_> =
        mentions.iter().map(|mention| (mention.place.text.as_str(), mention.joined)).collect();
    assert_eq!(joined[0].0, "Elko Police Department");
    assert!(joined[1].1.contains("acronym") && joined[3].1.contains("last spoke of"), "{joined:?}");
}

#[test]
fn machines_read_the_same() {
    let json = serde_json::to_value(explain(CONDITIONAL, Some("We will"))).unwrap();
    let stance = &json["sentences"][0]["stances"][0];
    assert_eq!(stance["position"], "conditional");
    assert_eq!(stance["core"]["start"], 75);
    for key in ["evidence", "topic", "rule", "base", "operators", "scope", "holder", "attributed"] {
        assert!(!stance[key].is_null(), "{key}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// No panic on any text, and every record that is extracted is explained.
    #[test]
    fn every_record_is_explained(text in r"((Elko police|The sheriff|ICE|deputies|SB 54|won't|will not|ask about|immigration status|hold|detainers|unless|a warrant|“|”|said|\.|,|é|👮) ?){0,40}") {
        let document = Document::new("d", text.clone());
        let explanation = EXTRACTOR.explain(&document, None);
        let set = EXTRACTOR.extract(&document);
        let sentences = &explanation.sentences;
        let mentions = sentences.iter().map(|sentence| sentence.mentions.len()).sum::<usize>();
        prop_assert_eq!(mentions, set.mentions().count());
        let citations = sentences.iter().map(|sentence| sentence.citations.len()).sum::<usize>();
        prop_assert_eq!(citations, set.citations.len());
        for stance in &set.stances {
            let explained = sentences.iter().flat_map(|sentence| &sentence.stances);
            let mut same = explained.filter(|view| view.evidence.start == stance.span.start && view.holder.agency == stance.agency);
            prop_assert!(same.any(|view| view.topic == stance.topic && view.position == stance.position));
        }
        prop_assert!(!explanation.to_string().is_empty());
        for at in [0, document.char_len() / 2, document.char_len(), u32::MAX] {
            prop_assert!(EXTRACTOR.explain(&document, Some(at)).sentences.len() <= 1);
        }
    }
}
