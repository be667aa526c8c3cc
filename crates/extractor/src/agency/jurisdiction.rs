//! Open Civic Data ids of agencies.

use super::gazetteer::{Entry, Gazetteer, Sort, division_slug, fold};
use super::heads::Body;
use super::place::Division;
use crate::State;

/// Forces that police a county though their name is a city's, and county offices of a city and county.
const EXCEPTIONS: &[(Body, &str, &str, &str)] = &[
    (Body::Police, "las vegas", "nv", "county:clark"),
    (Body::Police, "hawaii", "hi", "county:hawaii"),
    (Body::Police, "honolulu", "hi", "county:honolulu"),
    (Body::Police, "maui", "hi", "county:maui"),
    (Body::Police, "kauai", "hi", "county:kauai"),
    (Body::Police, "arlington", "va", "county:arlington"),
    (Body::Police, "los alamos", "nm", "county:los_alamos"),
    (Body::Police, "charlotte-mecklenburg", "nc", "county:mecklenburg"),
    (Body::Police, "savannah-chatham", "ga", "county:chatham"),
    (Body::Police, "metro nashville", "tn", "county:davidson"),
    (Body::Police, "louisville metro", "ky", "county:jefferson"),
    (Body::City, "honolulu", "hi", "county:honolulu"),
    (Body::Sheriff, "san francisco", "ca", "place:san_francisco"),
    (Body::Sheriff, "denver", "co", "place:denver"),
    (Body::Sheriff, "philadelphia", "pa", "place:philadelphia"),
    (Body::Sheriff, "baltimore city", "md", "place:baltimore"),
    (Body::Sheriff, "richmond", "va", "place:richmond"),
    (Body::Prosecutor, "philadelphia", "pa", "place:philadelphia"),
    (Body::Prosecutor, "san francisco", "ca", "place:san_francisco"),
    (Body::Prosecutor, "denver", "co", "place:denver"),
];

/// The division id of a body of a place in a state.
pub(super) fn division_id(
    gazetteer: &Gazetteer,
    body: Body,
    name: &str,
    division: Option<Division>,
    state: State,
) -> String {
    if body.is_statewide()
        || State::from_name(name).or_else(|| State::from_abbreviation(name)) == Some(state)
            && division.is_none()
            && is_state_body(body, name)
    {
        return state.division();
    }
    let folded = fold(name);
    let base = state.division();
    if state.code() == "dc" {
        return base;
    }
    let exception =
        EXCEPTIONS.iter().find(|(b, place, code, _)| *b == body && *place == folded && *code == state.code());
    if let Some((.., id)) = exception {
        return format!("{base}/{id}");
    }
    let as_county = gazetteer.entries(&folded).iter().find_map(|entry| match entry.sort {
        Sort::County(word) if entry.state == state => Some(word),
        _ => None,
    });
    let countywide = match division {
        Some(Division::County) => true,
        Some(Division::Place) => false,
        _ if body.is_countywide() => as_county.is_some() || !gazetteer.is_place(&folded),
        // "Suffolk police", "Miami-Dade police": no town of the state has the name.
        _ => as_county.is_some() && !gazetteer.entries(&folded).iter().any(|entry| is_town_of(entry, state)),
    };
    let slug = division_slug(name);
    if countywide {
        let word = as_county.unwrap_or(if state.code() == "la" { "parish" } else { "county" });
        format!("{base}/{word}:{slug}")
    } else {
        format!("{base}/place:{slug}")
    }
}

fn is_town_of(entry: &Entry, state: State) -> bool {
    entry.state == state && matches!(entry.sort, Sort::Place(_))
}

/// Whether a body named for a state is the state's: "Texas DPS" is, "Oklahoma County" is not.
fn is_state_body(body: Body, name: &str) -> bool {
    let city = matches!(body, Body::Police | Body::City | Body::Council) && name == "New York";
    !(city || body == Body::Police && name == "Hawaii")
}
