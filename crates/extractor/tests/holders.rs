//! Who holds a position, and who says so: each cause in the words of several writers.

#![allow(clippy::unwrap_used)]

use std::fmt::Write as _;

use goldrule_extractor::Extractor;
use goldrule_schema::Document;

/// Texts with the stance they state ("agency topic position attribution"), or "-" where they state none. A
/// line `# …` names the cause that those under it share.
const CASES: &str = include_str!("data/holders.txt");

#[test]
fn every_text_states_its_stance() {
    let extractor = Extractor::new();
    let (mut wrong, mut known) = (String::new(), 0);
    let cases: Vec<_> = CASES.lines().filter_map(|line| line.split_once(" => ")).collect();
    assert!(cases.len() >= 30, "only {} texts", cases.len());
    for (text, wanted) in cases {
        let set = extractor.extract(&Document::new("case", text.replace("\\n", "\n")));
        let found: Vec<String> = set
            .stances
            .iter()
            .map(|stance| {
                let words = [stance.topic.as_str(), stance.position.as_str(), stance.attribution.as_str()];
                format!("{} {}", stance.agency, words.join(" "))
            })
            .collect();
        let holds = if wanted == "-" { found.is_empty() } else { found.iter().any(|one| one == wanted) };
        known += usize::from(!holds && NOT_YET.contains(&text));
        if !holds && !NOT_YET.contains(&text) {
            writeln!(wrong, "{text}\n  wanted {wanted}\n  found  {found:?}").unwrap();
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");
    assert_eq!(known, NOT_YET.len(), "some hold by now: take them off the list");
}

/// What patterns read rightly and cards judge otherwise, by the words alone.
const NOT_YET: &[&str] = &[
    "The Dell Town Council approved the proposal. It would bar any town employee from asking about immigration status.",
    "Immigration officers must be let into local jails, the Justice Department said.",
];
