//! The agencies of short texts, each cause in lines of its own: lists of places, possessives, whose state.

#![allow(clippy::unwrap_used)]

use std::fmt::Write as _;

use goldrule_extractor::Extractor;
use goldrule_schema::{AgencyKind, Document};

/// Texts with their agencies but federal ones ("name | kind | division | mentions", semicolons between), or "-" where
/// there are none. A line `# …` names the cause that those under it share.
const CASES: &str = include_str!("data/names.txt");

fn agencies(extractor: &Extractor, text: &str) -> String {
    let set = extractor.extract(&Document::new("case", text));
    let local = set.agencies.iter().filter(|agency| agency.kind != AgencyKind::Federal);
    let lines = local.map(|agency| {
        let division = agency.jurisdiction.as_deref().unwrap_or("-");
        let division = division.trim_start_matches("ocd-division/country:us/");
        let mentions: Vec<_> = agency.mentions.iter().filter_map(|mention| mention.text.as_deref()).collect();
        format!("{} | {} | {division} | {}", agency.name, agency.kind.as_str(), mentions.join(", "))
    });
    let lines: Vec<_> = lines.collect();
    if lines.is_empty() { "-".to_owned() } else { lines.join(" ; ") }
}

#[test]
fn every_text_has_its_agencies() {
    let extractor = Extractor::new();
    let mut wrong = String::new();
    let cases: Vec<_> = CASES.lines().filter_map(|line| line.split_once(" => ")).collect();
    assert!(cases.len() >= 30, "only {} texts", cases.len());
    for (text, wanted) in cases {
        let found = agencies(&extractor, &text.replace("\\n", "\n"));
        if found != wanted {
            writeln!(wrong, "{text}\n  wanted {wanted}\n  found  {found}").unwrap();
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");
}

/// A headline may be one word that a rule looks behind.
#[test]
fn a_noun_alone_is_a_text() {
    let extractor = Extractor::new();
    let nouns = [
        "Jail",
        "Prison",
        "City",
        "County",
        "Police",
        "Council",
        "Sheriff",
        "Departments of",
        "“Our office",
        ", Police",
        "Committee",
        "(WV) Police",
    ];
    for noun in nouns {
        for text in [noun.to_owned(), format!("News. {noun}"), format!("ICE came.\n\n{noun}")] {
            extractor.extract(&Document::new("case", text));
        }
    }
}
