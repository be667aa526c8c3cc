//! Agencies of texts in sections: what a heading, a dateline or a bullet says of the bodies behind it.

#![allow(clippy::unwrap_used)]

use goldrule_extractor::Extractor;
use goldrule_schema::{AgencyKind, Document};

/// The mentions and the end of the division id of every agency but federal ones.
fn agencies(text: &str) -> Vec<String> {
    let set = Extractor::new().extract(&Document::new("d", text));
    let own = set.agencies.iter().filter(|agency| agency.kind != AgencyKind::Federal);
    own.map(|agency| {
        let division = agency.jurisdiction.as_deref().unwrap_or("-");
        let division = division.trim_start_matches("ocd-division/country:us/state:");
        let mentions: Vec<_> = agency.mentions.iter().filter_map(|mention| mention.text.as_deref()).collect();
        format!("{} | {division}", mentions.join(", "))
    })
    .collect()
}

#[test]
fn datelines_say_whose_a_noun_is() {
    assert_eq!(
        agencies(
            "BILOXI, Miss. — The City Council took no vote Monday on its police department's budget.\n\n\
             MOBILE, Ala. — The police department will not comment."
        ),
        [
            "City Council | ms/place:biloxi",
            "police department | ms/place:biloxi",
            "police department | al/place:mobile"
        ]
    );
}

#[test]
fn headings_run_in_speak_of_their_paragraph() {
    assert_eq!(
        agencies(
            "Aurora, Colo. The chief draws a line. Nothing is new, the department adds.\n\n\
             Pima County, Ariz. The sheriff's office will not help.\n\n\
             Utah County, Utah. The sheriff's office has signed."
        ),
        [
            "department | co/place:aurora",
            "sheriff's office | az/county:pima",
            "sheriff's office | ut/county:utah"
        ]
    );
}

#[test]
fn a_state_heads_what_is_below_it() {
    assert_eq!(
        agencies(
            "MAINE\n• The Portland Police Department has no rule.\n\nVERMONT\n• The Burlington Police Department lends \
             nobody."
        ),
        [
            "Portland Police Department | me/place:portland",
            "Burlington Police Department | vt/place:burlington"
        ]
    );
}

#[test]
fn a_county_named_in_the_paragraph_has_the_sheriff() {
    assert_eq!(
        agencies(
            "The Polk County Sheriff's Office in Iowa signed.\n\nDeputies in Story County learned of it in May. The \
             sheriff's office said afterward that it had not."
        ),
        ["Polk County Sheriff's Office | ia/county:polk", "sheriff's office | ia/county:story"]
    );
}
