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
        &[
            "University of Utah Police Department | police | state:ut | University of Utah Police, University Police",
        ],
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
fn the_head_of_a_state_that_nothing_names_stands_for_it() {
    assert_agencies(
        "Gov. Dana Reyes signed a bill that bars sheriffs from honoring ICE detainers.",
        &["Office of the Governor | government | - | Gov."],
    );
    assert_agencies(
        "The Governor, Ellen Strand, ordered troopers to stay out of immigration raids.",
        &["Office of the Governor | government | - | Governor"],
    );
    assert_agencies(
        "Attorney General Kim Vale told sheriffs that they may not honor ICE detainers.",
        &["Attorney General's Office | prosecutor | - | Attorney General"],
    );
    assert_agencies(
        "The Attorney General of Wyomont opposes 287(g) agreements.",
        &["Wyomont Attorney General's Office | prosecutor | - | Attorney General of Wyomont"],
    );
    assert_agencies(
        "MADISON, Wis. — Gov. Dana Reyes signed a bill that bars sheriffs from honoring ICE detainers.",
        &["State of Wisconsin | government | state:wi | Gov."],
    );
}

#[test]
fn a_place_with_its_officers_stands_for_their_force() {
    assert_agencies(
        "Tulsa officers do not ask about immigration status.",
        &["Tulsa Police Department | police | state:ok/place:tulsa | Tulsa"],
    );
    assert_agencies(
        "Patrol officers in Dryden Falls do not ask about immigration status.",
        &["Dryden Falls Police Department | police | - | Dryden Falls"],
    );
    assert_agencies(
        "Oregon state troopers will not take part in immigration raids.",
        &["Oregon State Police | state_police | state:or | Oregon"],
    );
    assert_agencies(
        "Kern County sheriff's deputies will not take part in immigration raids.",
        &["Kern County Sheriff's Office | sheriff | state:ca/county:kern | Kern County sheriff"],
    );
    // Where the text names the force, the place is none of its names; and some officers are of no one force.
    assert_agencies(
        "The Tulsa Police Department has a rule. Tulsa officers do not ask about immigration status.",
        &["Tulsa Police Department | police | state:ok/place:tulsa | Tulsa Police Department"],
    );
    assert_agencies("Oregon officers do not ask about immigration status.", &[]);
    assert_agencies("Law enforcement officers in Dane County do not ask about immigration status.", &[]);
}

#[test]
fn guilds_and_federations_speak_for_their_members() {
    assert_agencies(
        "The Deputy Sheriffs' Guild of Kern County opposes honoring ICE detainers.",
        &[
            "Deputy Sheriffs' Guild of Kern County | association | state:ca/county:kern | Deputy Sheriffs' Guild of \
           Kern County",
        ],
    );
    assert_agencies(
        "The Seattle Police Officers Guild opposes the 287(g) program.",
        &[
            "Seattle Police Officers Guild | association | state:wa/place:seattle | Seattle Police Officers Guild",
        ],
    );
    assert_agencies(
        "The Police Chiefs Federation of Maine opposes it, and the Union of Correctional Officers backs it.",
        &[
            "Police Chiefs Federation of Maine | association | state:me | Police Chiefs Federation of Maine",
            "Union of Correctional Officers | association | state:me | Union of Correctional Officers",
        ],
    );
}

#[test]
fn a_special_force_is_not_its_citys() {
    assert_agencies(
        "Denver library police answer to the library, and Denver police to the mayor.",
        &[
            "Denver library police | police | state:co/place:denver | Denver library police",
            "Denver Police Department | police | state:co/place:denver | Denver police",
        ],
    );
    assert_agencies(
        "The Port of Oakland Police Department and East Bay Park District police watch the water in California.",
        &[
            "Port of Oakland Police Department | police | - | Port of Oakland Police Department",
            "East Bay Park District police | police | - | East Bay Park District police",
        ],
    );
    assert_agencies("Agents watch every port of entry and the port of Oakland.", &[]);
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
            "Port of Corliss Police | police | - | Port of Corliss Police",
            "Three Buttes Tribe | government | - | tribe",
        ],
    );
}

#[test]
fn offices_and_unions_without_a_place_are_their_countys() {
    assert_agencies(
        "GRANT COUNTY, Wisconsin\n\nThe Grant County Sheriff's Office signed. The medical examiner's office will move. \
         The state's sheriffs association objected, the deputies' union filed suit, and the Finance Committee met. Her \
         group told a finance committee so.",
        &[
            "Grant County Sheriff's Office | sheriff | state:wi/county:grant | Grant County Sheriff's Office",
            "medical examiner's office | other | state:wi/county:grant | medical examiner's office",
            "Sheriffs' Association | association | state:wi | sheriffs association, group",
            "Grant County Police Officers' Association | association | state:wi/county:grant | deputies' union",
            "Grant County Commission | government | state:wi/county:grant | Finance Committee",
        ],
    );
}

#[test]
fn letters_for_a_sort_of_body_are_nouns() {
    assert_agencies(
        "TULLAHOMA, Tenn. — The Coffee County Sheriff's Office signed in Tennessee. A major from the county SO says the \
         SO is in, and AG thinks so too. I'll call the TBI. SO MANY left.",
        &[
            "Coffee County Sheriff's Office | sheriff | state:tn/county:coffee | Coffee County Sheriff's Office, SO, SO",
            "Tennessee Attorney General's Office | prosecutor | state:tn | AG",
            "Tennessee Bureau of Investigation | state_police | state:tn | TBI",
        ],
    );
}

#[test]
fn a_commission_of_a_city_is_its_city_commission() {
    assert_agencies(
        "Grand Rapids commission passes a rule\n\nThe Grand Rapids City Commission in Michigan met..",
        &[
            "Grand Rapids City Commission | government | state:mi/place:grand_rapids | Grand Rapids commission, Grand Rapids City Commission",
        ],
    );
}

#[test]
fn places_behind_their_forces_are_those_forces() {
    assert_agencies(
        "Two new sheriffs, in Gwinnett and Cobb, walk out of the 287(g) program in Georgia.",
        &[
            "Gwinnett County Sheriff's Office | sheriff | state:ga/county:gwinnett | Gwinnett",
            "Cobb County Sheriff's Office | sheriff | state:ga/county:cobb | Cobb",
        ],
    );
    assert_agencies(
        "In Nevada, police in Reno and Sparks do not help ICE. Sheriffs in Texas and Florida honor ICE detainers.",
        &[
            "Reno Police Department | police | state:nv/place:reno | Reno",
            "Sparks Police Department | police | state:nv/place:sparks | Sparks",
        ],
    );
}

#[test]
fn a_city_division_and_hall_are_told_from_things() {
    assert_agencies(
        "CITY OF MARLOW FALLS, Ohio\n\nReport of the Chief of Police. The Division lends no desks. No member of the \
         Division of Police may ask.\n\nWe met at city hall. City's in.\n\nCity hall\n\nIt rained.",
        &[
            "City of Marlow Falls | government | state:oh/place:marlow_falls | CITY OF MARLOW FALLS, City",
            "Marlow Falls Police Department | police | state:oh/place:marlow_falls | Division, Division of Police",
        ],
    );
    assert_agencies(
        "In Pennsylvania, the U.S. Attorney's Office for the Middle District wants three years.",
        &[],
    );
}

#[test]
fn other_offices_are_not_the_police() {
    let lead =
        "DANE COUNTY, Wisconsin\n\nThe Dane County Sheriff's Office met the Madison Police Department. ";
    for (rest, expected) in [
        ("The county clerk's office will not share names.", "county clerk's office"),
        ("The public defender's office objected.", "public defender's office"),
        ("The parks department won't ask.", "parks department"),
        ("The district attorney's office won't ask.", "district attorney's office"),
        ("Homeland says it will not wait.", "Homeland"),
        ("Deputies called Immigration.", "Immigration"),
        ("Immigration is a hard subject.", ""),
        ("We will ask for Immigration reform.", ""),
    ] {
        let set = Extractor::new().extract(&Document::new("d", format!("{lead}{rest}")));
        let mentions = set.agencies.iter().flat_map(|agency| &agency.mentions);
        let mut behind = mentions
            .filter(|m| m.span.start as usize >= lead.chars().count())
            .filter_map(|m| m.text.as_deref());
        let last = behind.next_back();
        assert_eq!(last.unwrap_or_default(), expected, "{rest}");
    }
}

#[test]
fn a_lodge_is_of_the_town_around_it() {
    assert_agencies(
        "CITY OF MARLOW FALLS, Ohio\n\nLetter, Fraternal Order of Police, Lodge 188, asking that no vote be taken.",
        &[
            "City of Marlow Falls | government | state:oh/place:marlow_falls | CITY OF MARLOW FALLS",
            "Fraternal Order of Police, Lodge 188 | association | state:oh/place:marlow_falls | Fraternal Order of Police, \
             Lodge 188",
        ],
    );
}

#[test]
fn a_dateline_with_its_state_outweighs_a_larger_city() {
    assert_agencies(
        "PORTLAND, Maine (AP) — Portland police keep their cameras to themselves. The Portland City Council voted.",
        &[
            "Portland Police Department | police | state:me/place:portland | Portland police",
            "Portland City Council | government | state:me/place:portland | Portland City Council",
        ],
    );
    assert_agencies(
        "PORTLAND — Portland police keep their cameras to themselves.",
        &["Portland Police Department | police | state:or/place:portland | Portland police"],
    );
    assert_agencies(
        "AUBURN, Maine (AP) — Auburn police hold nobody for ICE.",
        &["Auburn Police Department | police | state:me/place:auburn | Auburn police"],
    );
}

#[test]
fn a_superintendent_of_a_state_police_names_it() {
    assert_agencies(
        "TRENTON, N.J. — New Jersey State Police Superintendent Ann Cole said troopers ask nobody about immigration \
         status. State Police Superintendent Cole wrote to them in May.",
        &["New Jersey State Police | state_police | state:nj | New Jersey State Police, State Police"],
    );
}

#[test]
fn verbs_of_headlines_and_labels_of_items_are_no_places() {
    assert_agencies(
        "Iowa Attorney General Sues Sheriff for Not Complying with ICE\n\nThe suit names Story County Sheriff Bo Reed.",
        &[
            "Iowa Attorney General's Office | prosecutor | state:ia | Iowa Attorney General",
            "Story County Sheriff's Office | sheriff | state:ia/county:story | Story County Sheriff",
        ],
    );
    assert_agencies(
        "From the Ames Police Department in Iowa\n\n• Parent Notification: We call parents.\n\
         • Record Privacy: We do not share immigration status with ICE.",
        &["Ames Police Department | police | state:ia/place:ames | Ames Police Department"],
    );
}

#[test]
fn a_board_or_council_is_named_with_what_it_is_of() {
    assert_agencies(
        "GILLETTE, Wyo. — The Board of Weston County Commissioners met. The City Council for the City of Gillette did not.",
        &[
            "Board of Weston County Commissioners | government | state:wy/county:weston | Board of Weston County Commissioners",
            "City Council for the City of Gillette | government | state:wy/place:gillette | City Council for the City of Gillette",
        ],
    );
}

#[test]
fn sheriffs_of_a_list_behind_a_dash_are_those_of_its_counties() {
    assert_agencies(
        "Three sheriff’s departments in Wyoming — Campbell, Laramie and Natrona — have 287(g) agreements with ICE. He \
         talked to a sheriff in Casper.",
        &[
            "Campbell County Sheriff's Office | sheriff | state:wy/county:campbell | Campbell",
            "Laramie County Sheriff's Office | sheriff | state:wy/county:laramie | Laramie",
            "Natrona County Sheriff's Office | sheriff | state:wy/county:natrona | Natrona",
        ],
    );
}

#[test]
fn what_a_dash_opens_is_a_list_of_forces_only_behind_one() {
    assert_agencies(
        "Three city departments — Parks, Planning and Finance — do not ask about immigration status.",
        &[],
    );
    assert_agencies(
        "The police chiefs — Ann Roe, Bo Reed and Cy Lee — do not ask about immigration status.",
        &[],
    );
    assert_agencies(
        "The boroughs of Swissvale and Bellevue will not cooperate with ICE.",
        &[
            "City of Swissvale | government | state:pa/place:swissvale | Swissvale",
            "City of Bellevue | government | - | Bellevue",
        ],
    );
}

#[test]
fn an_office_left_or_sought_is_no_mention() {
    assert_agencies(
        "Bo Arp, the former Maricopa County sheriff, spoke to candidates in the primary for Pima County sheriff. The \
         Maricopa County Sheriff's Office in Arizona does not honor ICE detainers.",
        &[
            "Maricopa County Sheriff's Office | sheriff | state:az/county:maricopa | Maricopa County Sheriff's Office",
        ],
    );
    assert_agencies(
        "PHOENIX, Ariz. — Since then Pima County Sheriff Bo Reed has refused detainers. A campaign spokesman for Pima \
         County Sheriff Bo Reed agreed. New Police Chief Ann Roe does not honor ICE detainers.",
        &[
            "Pima County Sheriff's Office | sheriff | state:az/county:pima | Pima County Sheriff, Pima County Sheriff",
            "Phoenix Police Department | police | state:az/place:phoenix | Police Chief",
        ],
    );
}
