//! Mending leaves a file as it was or valid.

#![allow(clippy::unwrap_used, reason = "a test may fail where it likes")]

use goldrule_harness::fix_annotations;
use goldrule_schema::{Document, read_annotations};
use proptest::prelude::*;

/// Text of words that the fixes are about, with characters of more than one byte among them.
fn text() -> impl Strategy<Value = String> {
    let word = prop::sample::select(vec![
        "the",
        "The",
        "this",
        "police",
        "Ærø’s",
        "SPD's",
        "SB",
        "54,",
        "54.",
        "§ 1373;",
        "👮🏽",
        "a",
        "'s",
        ",",
        ".",
        "their",
        "\n",
        "(2012).",
    ]);
    prop::collection::vec(word, 1..30).prop_map(|words| words.join(" "))
}

/// A file with a mention or citation at each place, some of them overlapping or with a quote that is wrong.
fn source(text: &str, places: &[(usize, usize, bool, bool)]) -> String {
    let chars: Vec<char> = text.chars().collect();
    let (mut mentions, mut citations) = (Vec::new(), Vec::new());
    for &(start, length, is_mention, quoted) in places {
        let start = start % chars.len();
        let end = (start + 1 + length).min(chars.len());
        let quote: String = chars[start..end].iter().collect();
        let quote = if quoted { format!(r#""text": {}, "#, serde_json::json!(quote)) } else { String::new() };
        if is_mention {
            mentions.push(format!(r#"{{ {quote}"start": {start}, "end": {end}, "form": "name" }}"#));
        } else {
            citations.push(format!(r#"{{ {quote}"start": {start}, "end": {end}, "kind": "bill" }}"#));
        }
    }
    format!(
        r#"{{ "schema_version": 1, "document": "n", "stances": [], "citations": [ {} ], "agencies": [
  {{ "id": "t", "name": "T", "kind": "police", "mentions": [ {} ] }} ] }}"#,
        citations.join(", "),
        mentions.join(", ")
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn a_file_is_left_alone_or_mended_for_good(
        text in text(),
        places in prop::collection::vec((0usize..90, 0usize..12, any::<bool>(), any::<bool>()), 0..5),
        cut in prop::option::of(any::<prop::sample::Index>()),
        at_hand in any::<bool>(),
    ) {
        let document = Document::new("n", text.clone());
        let mut source = source(&text, &places);
        if let Some(cut) = cut {
            source.truncate(source.floor_char_boundary(cut.index(source.len())));
        }
        let document = at_hand.then_some(&document);
        let before = read_annotations("n.json", &source, document).accepted();
        let Some((json, trimmed)) = fix_annotations("n.json", &source, document) else { return Ok(()) };
        prop_assert!(trimmed > 0);
        let before = before.expect("a file with errors is left alone");
        let after = read_annotations("n.json", &json, document).accepted().expect("it is valid");
        prop_assert_eq!(fix_annotations("n.json", &json, document), None, "once is enough");
        // Nothing is lost and nothing grows.
        prop_assert_eq!(after.mentions().count(), before.mentions().count());
        prop_assert_eq!(after.citations.len(), before.citations.len());
        for (old, new) in before.citations.iter().zip(&after.citations) {
            prop_assert!(old.span.contains(new.span) || before.citations.len() > 1);
        }
    }
}
