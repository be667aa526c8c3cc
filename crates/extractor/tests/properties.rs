//! What holds of the extractor whatever the text.

#![allow(clippy::unwrap_used, reason = "a test may fail where it likes")]

use goldrule_extractor::segment::Segmented;
use goldrule_extractor::token::Vocabulary;
use goldrule_extractor::{Extractor, Stage};
use goldrule_schema::{AnnotationSet, CharSpan, Document};
use proptest::prelude::*;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

static EXTRACTOR: LazyLock<Extractor> = LazyLock::new(Extractor::new);

/// Words and marks that the rules look for, so that random texts reach deep into them.
const PIECES: &[&str] = &[
    "The",
    "Stockton",
    "Police",
    "Department",
    "police",
    "Ada",
    "County",
    "Sheriff",
    "'s",
    "’s",
    "Office",
    "(",
    ")",
    "ICE",
    "DHS",
    "said",
    "it",
    "will",
    "not",
    "won’t",
    "ask",
    "about",
    "immigration",
    "status",
    "enforce",
    "laws",
    "honor",
    "detainers",
    "unless",
    "a",
    "judicial",
    "warrant",
    "“",
    "”",
    "\"",
    ",",
    ".",
    "?",
    ";",
    "287(g)",
    "agreement",
    "8 U.S.C. § 1373",
    "SB 54",
    "Senate Bill",
    "v.",
    "United States",
    "Fla.",
    "—",
    "\n",
    "\n\n",
    "• ",
    "\r\n",
    "\u{feff}",
    "\0",
    "👮🏽",
    "é",
    "e\u{301}",
    "شرطة",
    "\u{a0}",
    "city",
    "department",
    "and",
    "deputies",
    "share",
    "information",
    "with",
    "agents",
    "no longer",
    "City Council",
    "of",
    "Attorney General",
    "Act",
    "Order",
    "No.",
    "12-3",
];

fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries.flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] }).collect()
}

/// The lines of the shipped texts and of the rules, whose examples are in English.
static LINES: LazyLock<Vec<String>> = LazyLock::new(|| {
    let folder = |name: &str| files(&Path::new(env!("CARGO_MANIFEST_DIR")).join(name));
    let mut texts = [folder("../../corpus"), folder("rules")].concat();
    texts.retain(|path| path.extension().is_some_and(|kind| kind == "txt" || kind == "toml"));
    texts.sort();
    let lines = texts.iter().map(|path| std::fs::read_to_string(path).unwrap());
    lines.flat_map(|text| text.lines().map(str::to_owned).collect::<Vec<_>>()).collect()
});

/// A part of a shipped line, whole words of it: what English has and random pieces never make, and what stands at the
/// edge of a text there that stood within.
fn cuttings() -> impl Strategy<Value = String> {
    (any::<prop::sample::Index>(), any::<prop::sample::Index>(), any::<prop::sample::Index>()).prop_map(
        |(line, first, last)| {
            let words: Vec<_> = line.get(&LINES).split_inclusive(' ').collect();
            let (first, last) = (first.index(words.len() + 1), last.index(words.len() + 1));
            words[first.min(last)..first.max(last)].concat()
        },
    )
}

/// A word of a shipped line, as it stands there, with a capital or in capitals.
fn words() -> impl Strategy<Value = String> {
    (any::<prop::sample::Index>(), any::<prop::sample::Index>(), 0..6).prop_map(|(line, word, case)| {
        let words: Vec<_> = line.get(&LINES).split_whitespace().collect();
        let word = if words.is_empty() { "" } else { word.get(&words) };
        let mut letters = word.chars();
        match case {
            0 | 1 => letters.next().map(char::to_uppercase).into_iter().flatten().chain(letters).collect(),
            2 => word.to_uppercase(),
            _ => word.to_owned(),
        }
    })
}

fn texts() -> impl Strategy<Value = String> {
    prop_oneof![
        prop::collection::vec(words(), 1..40).prop_map(|words| words.join(" ")),
        prop::collection::vec((cuttings(), prop::sample::select(&["", " ", "\n", "\n\n"][..])), 1..8)
            .prop_map(|parts| parts.into_iter().map(|(cutting, end)| cutting + end).collect::<String>()),
        r"(\PC|[a-zA-Z.,'’“” \r\n]){0,300}",
        prop::collection::vec(
            (prop::sample::select(PIECES), prop::sample::select(&["", " ", " ", " "][..])),
            0..90
        )
        .prop_map(|parts| parts
            .into_iter()
            .map(|(piece, space)| format!("{piece}{space}"))
            .collect::<Vec<_>>()
            .concat()),
    ]
}

fn spans(set: &AnnotationSet) -> Vec<(CharSpan, Option<&str>)> {
    let mentions = set.mentions().map(|(_, mention)| (mention.span, mention.text.as_deref()));
    let stances = set.stances.iter().map(|stance| (stance.span, stance.text.as_deref()));
    let citations = set.citations.iter().map(|citation| (citation.span, citation.text.as_deref()));
    mentions.chain(stances).chain(citations).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn every_record_stands_in_the_text(text in texts()) {
        let document = Document::new("d", text);
        let set = EXTRACTOR.extract(&document);
        for (span, quote) in spans(&set) {
            prop_assert!(!span.is_empty());
            prop_assert_eq!(document.quote(span), quote);
        }
        for stance in &set.stances {
            prop_assert!(set.agency(&stance.agency).is_some());
        }
        let mut ids: Vec<_> = set.agencies.iter().map(|agency| &agency.id).collect();
        ids.sort();
        ids.dedup();
        prop_assert_eq!(ids.len(), set.agencies.len());
    }

    #[test]
    fn the_same_text_gives_the_same_records(text in texts()) {
        let document = Document::new("d", text);
        prop_assert_eq!(EXTRACTOR.extract(&document), EXTRACTOR.extract(&document));
    }

    #[test]
    fn mentions_and_citations_do_not_overlap_their_like(text in texts()) {
        let set = EXTRACTOR.extract(&Document::new("d", text));
        let mut mentions: Vec<_> = set.mentions().map(|(_, mention)| mention.span).collect();
        mentions.sort();
        prop_assert!(mentions.windows(2).all(|pair| !pair[0].overlaps(pair[1])));
        let citations: Vec<_> = set.citations.iter().map(|citation| citation.span).collect();
        prop_assert!(citations.windows(2).all(|pair| !pair[0].overlaps(pair[1])));
    }

    #[test]
    fn given_stages_come_through_unchanged(text in texts()) {
        let document = Document::new("d", text);
        let set = EXTRACTOR.extract(&document);
        let again = EXTRACTOR.run_from(Stage::Stances, &document, &set);
        prop_assert_eq!(&set.citations, &again.citations);
        let spans = |set: &AnnotationSet| set.mentions().map(|(agency, m)| (agency.id.clone(), m.span)).collect::<Vec<_>>();
        prop_assert_eq!(spans(&EXTRACTOR.extract(&document)), spans(&again));
    }

    #[test]
    fn sentences_part_the_tokens(text in texts()) {
        let segmented = Segmented::new(&text, &Vocabulary::default());
        let mut next = 0;
        for sentence in &segmented.sentences {
            prop_assert_eq!(sentence.first, next);
            prop_assert!(sentence.first < sentence.last);
            next = sentence.last;
        }
        prop_assert_eq!(next as usize, segmented.tokens.len());
        prop_assert!(segmented.quotations.windows(2).all(|pair| pair[0].end <= pair[1].start));
    }
}

#[test]
fn a_line_of_many_megabytes_takes_linear_time() {
    let sentence =
        "The Ada County Sheriff's Office will not honor ICE detainers under SB 54, the sheriff said. ";
    let time = |copies: usize| {
        let document = Document::new("d", sentence.repeat(copies));
        let begin = std::time::Instant::now();
        let set = EXTRACTOR.extract(&document);
        assert!(!set.agencies.is_empty());
        begin.elapsed().as_secs_f64()
    };
    time(200);
    let (short, long) = (time(1500), time(6000));
    assert!(long < short * 9.0 + 0.2, "four times the text took {:.1} times as long", long / short);
}
