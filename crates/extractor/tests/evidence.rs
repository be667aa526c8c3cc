//! Sentences and the part of each that states the position: without the reporting frame, the number of the
//! section or the town of the dateline.

#![allow(clippy::unwrap_used, reason = "a test may fail where it likes")]

use goldrule_extractor::Extractor;
use goldrule_schema::Document;

/// The sentence with its evidence in square brackets.
const CASES: &[&str] = &[
    "Ames Police Chief Ann Roe said [city officers do not take part in immigration raids].",
    "The Ames Police Department said Thursday [it would keep out of immigration raids].",
    "The Ames Police Department said last week [its jail does not honor detainers].",
    "The Ames Police Department said in a statement on Tuesday [officers will not ask about immigration status].",
    "Story County Sheriff Bo Reed told the Story County Board of Supervisors on Tuesday that [he has not decided \
     whether his office will join the 287(g) program].",
    "[A person is held for ICE only if there's a warrant from a judge], an Ames Police Department major said.",
    "The Ames Police Department has a new order. [Officers do not ask anyone about immigration status], the order says.",
    "RICHMOND -- [The Ames Police Department does not honor ICE detainers].",
    "KANSAS CITY, MO. -- [The Ames Police Department does not honor ICE detainers].",
    "[LAPD -- the Los Angeles Police Department -- does not honor ICE detainers].",
    "The Ames Police Department said Monday night [it would not honor ICE detainers].",
    "[The Ames Police Department announced plans to join the 287(g) program with ICE].",
    "428.2 [Ames Police Department members do not ask about immigration status].",
    "2014. [The Ames Police Department ends its 287(g) agreement].",
    "Ames Police Chief Ann Roe spoke of detainers. “[If ICE asks, I hold people for them],” Roe said.",
    "The Ames Police Department posted rules. [Officers will not stop anyone just because the person is suspected of \
     being undocumented, or to find out anyone's immigration status].",
    "The Story County Sheriff's Office spoke. [Its deputies hold people for ICE on nothing but a detainer].",
    "[The Ames Police Department said no to the 287(g) agreement with ICE].",
];

#[test]
fn evidence_is_cut_where_the_position_begins_and_ends() {
    let extractor = Extractor::new();
    for case in CASES {
        let text = case.replace(['[', ']'], "");
        let set = extractor.extract(&Document::new("case", text.as_str()));
        let found: Vec<_> = set.stances.iter().filter_map(|stance| stance.text.as_deref()).collect();
        let expected = case.split(['[', ']']).nth(1).unwrap();
        assert_eq!(found, [expected], "{text}");
    }
}
