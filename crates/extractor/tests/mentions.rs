//! Short texts and the agencies in them: name, kind, the end of the division id, and every mention.

#![allow(clippy::unwrap_used)]

use std::fmt::Write as _;

use goldrule_extractor::Extractor;
use goldrule_schema::{AgencyKind, AnnotationSet, Document};

/// One line for each agency but federal ones.
fn agencies(set: &AnnotationSet) -> String {
    let mut lines = String::new();
    for agency in set.agencies.iter().filter(|agency| agency.kind != AgencyKind::Federal) {
        let division = agency.jurisdiction.as_deref().map_or("-", |id| id.trim_start_matches(UNITED_STATES));
        let mentions: Vec<_> = agency.mentions.iter().filter_map(|mention| mention.text.as_deref()).collect();
        let kind = agency.kind.as_str();
        writeln!(lines, "{} | {kind} | {division} | {}", agency.name, mentions.join(", ")).unwrap();
    }
    lines
}

const UNITED_STATES: &str = "ocd-division/country:us/";

#[track_caller]
fn assert_agencies(text: &str, expected: &[&str]) {
    let found = agencies(&Extractor::new().extract(&Document::new("d", text)));
    let expected = expected.iter().fold(String::new(), |all, line| all + line + "\n");
    assert_eq!(found, expected, "{text}");
}

#[test]
fn a_noun_with_letters_in_brackets_defines_them() {
    assert_agencies(
        "CITY OF ASHGROVE, Colorado\n\nFROM: Department of Public Safety\n\nThe Department of Public Safety (DPS) sends \
         nobody on immigration raids. Callers reach DPS at all hours. Is City Council voting?",
        &[
            "City of Ashgrove | government | state:co/place:ashgrove | CITY OF ASHGROVE",
            "Ashgrove Department of Public Safety | police | state:co/place:ashgrove | Department of Public Safety, \
             Department of Public Safety, DPS, DPS",
            "Ashgrove City Council | government | state:co/place:ashgrove | City Council",
        ],
    );
}

#[test]
fn a_lodge_is_a_union_by_its_number() {
    assert_agencies(
        "FRATERNAL ORDER OF POLICE, LODGE 40\n\nThis lodge has no quarrel with immigrants. Lodge 40 voted in May.",
        &[
            "FRATERNAL ORDER OF POLICE, LODGE 40 | association | - | FRATERNAL ORDER OF POLICE, LODGE 40, lodge, Lodge 40",
        ],
    );
}

#[test]
fn tribal_bodies_are_of_no_state() {
    assert_agencies(
        "KLAMATH, Calif. — The Karuk Tribal Police Department does not help ICE, the Navajo Nation Council was told.",
        &[
            "Karuk Tribal Police Department | police | - | Karuk Tribal Police Department",
            "Navajo Nation Council | government | - | Navajo Nation Council",
        ],
    );
}

#[test]
fn a_university_keeps_its_name_and_its_police() {
    assert_agencies(
        "SALT LAKE CITY — The University of Utah Police do not help ICE. University Police wrote it.",
        &["University of Utah Police Department | police | - | University of Utah Police, University Police"],
    );
}

#[test]
fn associations_take_the_whole_name_of_their_place() {
    assert_agencies(
        "Belle Rêve, La. — The Belle Rêve Patrolmen's Association will not join raids by ICE. Belle Rêve is small. The \
         Badger State Sheriffs' Association is for it.",
        &[
            "Belle Rêve Patrolmen's Association | association | state:la/place:belle_rêve | Belle Rêve Patrolmen's \
             Association",
            "Badger State Sheriffs' Association | association | state:wi | Badger State Sheriffs' Association",
        ],
    );
}

#[test]
fn a_patrol_that_does_nothing_is_no_agency() {
    assert_agencies(
        "Durham, N.C. — One of our patrol SUVs stood by, and officers on patrol. Durham police do not help ICE. The \
         North Carolina State Highway Patrol came; the patrol does not ask.",
        &[
            "Durham Police Department | police | state:nc/place:durham | Durham police",
            "North Carolina State Highway Patrol | state_police | state:nc | North Carolina State Highway Patrol, patrol",
        ],
    );
}

#[test]
fn a_heading_that_a_named_holder_follows_is_no_mention() {
    assert_agencies(
        "What they told us about ICE in Virginia.\n\nBarlow County – Sheriff Tim Eason signed a 287(g) agreement.\n\n\
         Fairfax County, Va. – A hold gets nothing out of the Fairfax County Sheriff's Office.\n\n\
         Wren County – The sheriff's office would rather not join 287(g).",
        &[
            "Barlow County Sheriff's Office | sheriff | state:va/county:barlow | Sheriff",
            "Fairfax County Sheriff's Office | sheriff | state:va/county:fairfax | Fairfax County Sheriff's Office",
            "Wren County Sheriff's Office | sheriff | state:va/county:wren | sheriff's office",
        ],
    );
}

#[test]
fn a_place_that_adopts_what_the_next_sentence_tells_is_a_body() {
    assert_agencies(
        "Los Angeles passed an ordinance. It orders city departments not to share information with ICE. It also says city \
         resources cannot be used for immigration enforcement. Los Angeles is sunny.",
        &["City of Los Angeles | government | state:ca/place:los_angeles | Los Angeles"],
    );
}

#[test]
fn a_noun_that_acts_is_told_from_a_place_or_thing() {
    let mentions = |text: &str| -> Vec<String> {
        let set = Extractor::new().extract(&Document::new("d", text));
        let all = set.agencies.iter().flat_map(|agency| &agency.mentions).filter_map(|m| m.text.clone());
        all.collect()
    };
    let lead = "The Dane County Sheriff's Office in Wisconsin has a jail. ";
    for (rest, more) in [
        ("The county orders every jailer to ask.", Some("county")),
        ("It will obey, says the county, this year.", Some("county")),
        ("The county, by a resolution of May 3, 2024, forbids it.", Some("county")),
        ("Does the jail tell ICE?", Some("jail")),
        ("The jail is not mine.", None),
        ("The jail is a different matter.", None),
        ("She has no trouble with the county's deputies.", None),
        ("It has the force of a resolution.", None),
    ] {
        let found = mentions(&format!("{lead}{rest}"));
        let found =
            found.iter().filter(|text| !["Dane County Sheriff's Office", "ICE"].contains(&text.as_str()));
        assert_eq!(found.map(String::as_str).next(), more, "{rest}");
    }
}

#[test]
fn names_reach_as_far_as_their_words() {
    assert_agencies(
        "In Pennsylvania, the Lindley County Prison Board met. Three Buttes Tribal Police came, as did the Port of \
         Corliss Police. A Pennsylvania prison board would do well to ask. The tribe signed.",
        &[
            "Lindley County Prison Board | government | state:pa/county:lindley | Lindley County Prison Board",
            "Three Buttes Police Department | police | - | Three Buttes Tribal Police",
            "Port of Corliss Police Department | police | state:pa/place:port_of_corliss | Port of Corliss Police",
            "Three Buttes Tribe | government | - | tribe",
        ],
    );
}
