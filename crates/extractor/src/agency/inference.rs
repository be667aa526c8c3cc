//! Infers a text's state from the counties and towns that it names, where it names no state often enough.

use std::sync::LazyLock;

use daachorse::{DoubleArrayAhoCorasick, DoubleArrayAhoCorasickBuilder, MatchKind};
use rustc_hash::FxHashSet;

use super::gazetteer::{Entry, Gazetteer, Sort, fold};
use super::lexicon::{DETERMINER, Lexicon, PREPOSITION};
use super::phrases::Phrases;
use super::votes::{LARGE, Votes, dominant};
use crate::State;
use crate::segment::Segmented;
use crate::token::Token;

/// Evidence from which a state is inferred, of two names at least: one alone may be an invented one's.
const ENOUGH: f64 = 0.95;

/// How many times the evidence of the next state the first one's must be.
const MARGIN: f64 = 1.5;

/// States from which a text that names them is about the country.
pub(super) const NATIONAL: usize = 4;

/// Regions that texts name instead of their state.
const REGIONS: &[(&str, &[&str])] = &[
    ("ak", &["Mat-Su", "Kenai Peninsula"]),
    ("al", &["Wiregrass"]),
    ("az", &["Rim Country"]),
    (
        "ca",
        &[
            "Bay Area",
            "Central Valley",
            "Inland Empire",
            "Central Coast",
            "East Bay",
            "Wine Country",
            "Silicon Valley",
        ],
    ),
    ("co", &["Western Slope", "Front Range", "San Luis Valley"]),
    ("ct", &["Naugatuck Valley", "Quiet Corner"]),
    ("fl", &["Treasure Coast", "Space Coast", "Tampa Bay", "Big Bend"]),
    ("hi", &["Big Island"]),
    ("id", &["Treasure Valley", "Magic Valley"]),
    ("il", &["Metro East", "Chicagoland", "Collar Counties"]),
    ("ky", &["Bluegrass"]),
    ("la", &["Acadiana", "Northshore"]),
    ("ma", &["Cape Cod", "Berkshires", "Merrimack Valley"]),
    ("md", &["Southern Maryland", "Eastern Shore"]),
    ("mi", &["Upper Peninsula", "Lower Peninsula"]),
    ("mn", &["Iron Range", "Twin Cities"]),
    ("mo", &["Bootheel"]),
    ("nc", &["Outer Banks", "Research Triangle"]),
    ("nj", &["South Jersey", "North Jersey", "Central Jersey", "Jersey Shore", "Pine Barrens"]),
    (
        "ny",
        &["Long Island", "Hudson Valley", "Finger Lakes", "Mohawk Valley", "Southern Tier", "North Country"],
    ),
    ("or", &["Willamette Valley", "Columbia Gorge", "Rogue Valley"]),
    ("pa", &["Lehigh Valley", "Poconos", "Main Line"]),
    ("sc", &["Lowcountry"]),
    ("tx", &["Rio Grande Valley", "Hill Country", "Permian Basin"]),
    ("ut", &["Wasatch Front"]),
    (
        "va",
        &["Hampton Roads", "Northern Virginia", "Shenandoah Valley", "Tidewater", "Southside", "Piedmont"],
    ),
    ("vt", &["Northeast Kingdom"]),
    ("wa", &["Puget Sound", "Palouse", "Yakima Valley"]),
    ("wi", &["Fox Cities", "Fox Valley", "Driftless", "Northwoods"]),
];

/// Offices and bodies that only these states have under this name.
const INSTITUTIONS: &[(&str, &[&str])] = &[
    ("House of Delegates", &["va", "md", "wv"]),
    ("Commonwealth's Attorney", &["va", "ky"]),
    ("Commonwealth’s Attorney", &["va", "ky"]),
    ("commonwealth's attorney", &["va", "ky"]),
    ("commonwealth’s attorney", &["va", "ky"]),
    ("Township Committee", &["nj"]),
    ("freeholder", &["nj"]),
    ("Freeholder", &["nj"]),
    ("First Selectman", &["ct"]),
    ("first selectman", &["ct"]),
    ("First Selectwoman", &["ct"]),
    ("first selectwoman", &["ct"]),
    ("Commissioners Court", &["tx"]),
    ("commissioners court", &["tx"]),
    ("Fiscal Court", &["ky"]),
    ("Quorum Court", &["ar"]),
    ("Police Jury", &["la"]),
    ("Parish Council", &["la"]),
    ("General Court", &["ma", "nh"]),
    ("Borough Council", &["pa", "nj"]),
    ("borough council", &["pa", "nj"]),
    ("Select Board", &["ma", "nh", "me", "vt"]),
];

/// Capitals, which texts name for their state's government: "in Trenton".
const CAPITALS: &[(&str, &str)] = &[
    ("albany", "ny"),
    ("annapolis", "md"),
    ("augusta", "me"),
    ("austin", "tx"),
    ("baton rouge", "la"),
    ("bismarck", "nd"),
    ("boise", "id"),
    ("boston", "ma"),
    ("carson city", "nv"),
    ("cheyenne", "wy"),
    ("concord", "nh"),
    ("denver", "co"),
    ("des moines", "ia"),
    ("dover", "de"),
    ("frankfort", "ky"),
    ("harrisburg", "pa"),
    ("hartford", "ct"),
    ("helena", "mt"),
    ("honolulu", "hi"),
    ("indianapolis", "in"),
    ("jackson", "ms"),
    ("jefferson city", "mo"),
    ("juneau", "ak"),
    ("lansing", "mi"),
    ("lincoln", "ne"),
    ("little rock", "ar"),
    ("madison", "wi"),
    ("montgomery", "al"),
    ("montpelier", "vt"),
    ("nashville", "tn"),
    ("oklahoma city", "ok"),
    ("olympia", "wa"),
    ("phoenix", "az"),
    ("pierre", "sd"),
    ("providence", "ri"),
    ("raleigh", "nc"),
    ("richmond", "va"),
    ("sacramento", "ca"),
    ("salem", "or"),
    ("salt lake city", "ut"),
    ("santa fe", "nm"),
    ("st paul", "mn"),
    ("tallahassee", "fl"),
    ("topeka", "ks"),
    ("trenton", "nj"),
];

/// Longest name of a place, in words.
const MOST_WORDS: usize = 3;

/// People from which a town vouches for the county of its name.
const SEAT: u32 = 10_000;

/// What a county says that one state alone has, with a town of its name.
const CERTAIN: f64 = 1.1;

/// Most names that are looked at.
const MOST_NAMES: usize = 400;

/// Adds the votes of counties and towns: each name once, the less the more states have it.
pub(super) fn infer(
    votes: &mut Votes,
    tables: (&Phrases<(State, u32)>, &Gazetteer, &Lexicon),
    segmented: &Segmented<'_>,
) {
    let mut evidence: Vec<(State, f64, u32)> = Vec::new();
    for name in names(tables, segmented) {
        for (state, weight) in name {
            match evidence.iter_mut().find(|(known, ..)| *known == state) {
                Some((_, sum, names)) => {
                    *sum += weight;
                    *names += 1;
                }
                None => evidence.push((state, weight, if weight > 1.0 { 2 } else { 1 })),
            }
        }
    }
    for (state, weight) in said_otherwise(segmented.text) {
        match evidence.iter_mut().find(|(known, ..)| *known == state) {
            Some((_, sum, names)) => {
                *sum += weight;
                *names += settles(weight);
            }
            None => evidence.push((state, weight, settles(weight))),
        }
    }
    let of = |state: State| {
        evidence.iter().find(|(known, ..)| *known == state).map_or((0.0, 0), |&(_, sum, names)| (sum, names))
    };
    let own = |state: State| of(state).0;
    let named = votes.all().iter().map(|(state, _)| *state);
    let mut all: Vec<State> = evidence.iter().map(|(state, ..)| *state).chain(named).collect();
    all.sort_unstable();
    all.dedup();
    let mut ranked: Vec<(f64, State)> =
        all.into_iter().map(|state| (own(state) + f64::from(votes.sum(state)) / 2.0, state)).collect();
    ranked.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    let Some(&(first, state)) = ranked.first() else { return };
    let next = ranked.get(1).map_or(0.0, |(sum, _)| *sum);
    let names = of(state).1 + u32::from(votes.sum(state) > 0);
    if first >= ENOUGH && first >= next * MARGIN && own(state) > 0.0 && names > 1 {
        votes.add(state, if own(state) >= 2.0 { 4 } else { 2 }, None);
    }
}

/// What only one state has settles it without another name.
fn settles(weight: f64) -> u32 {
    if weight >= 1.0 { 2 } else { 1 }
}

/// What the numbers of bills begin with.
const BILLS: &[&str] = &["HB", "SB", "House Bill ", "Senate Bill "];

/// Whether what begins behind "HB" is numbered by year and number, as in Colorado: "HB 19-1124".
fn is_dated(number: &str) -> bool {
    let number = number.trim_start_matches([' ', '\u{a0}']).as_bytes();
    let digits = |range: std::ops::Range<usize>| {
        number.get(range).is_some_and(|digits| digits.iter().all(u8::is_ascii_digit))
    };
    digits(0..2) && number.get(2) == Some(&b'-') && digits(3..6)
}

/// An automaton of the regions, the institutions and the bills, numbered in this order.
static SAID: LazyLock<Option<DoubleArrayAhoCorasick<u32>>> = LazyLock::new(|| {
    let regions = REGIONS.iter().flat_map(|(_, names)| names.iter());
    let institutions = INSTITUTIONS.iter().map(|(name, _)| name);
    let patterns = regions.chain(institutions).chain(BILLS).zip(0_u32..);
    let builder = DoubleArrayAhoCorasickBuilder::new().match_kind(MatchKind::Standard);
    builder.build_with_values(patterns).ok()
});

/// What regions and institutions say for states, in the order of the tables.
fn said_otherwise(text: &str) -> Vec<(State, f64)> {
    let regions: usize = REGIONS.iter().map(|(_, names)| names.len()).sum();
    let named = regions + INSTITUTIONS.len();
    let mut stands = vec![false; named];
    let mut dated = false;
    for hit in SAID.iter().flat_map(|said| said.find_overlapping_iter(text)) {
        match stands.get_mut(hit.value() as usize) {
            Some(stands) => *stands = true,
            None => dated |= is_dated(&text[hit.end()..]),
        }
    }
    let mut said = Vec::new();
    if dated {
        said.extend(State::from_code("co").map(|state| (state, 1.0)));
    }
    let mut from = 0;
    for (code, names) in REGIONS {
        let of_region = &stands[from..from + names.len()];
        from += names.len();
        if of_region.contains(&true) {
            said.extend(State::from_code(code).map(|state| (state, 1.0)));
        }
    }
    for ((_, codes), _) in INSTITUTIONS.iter().zip(&stands[from..]).filter(|(_, stands)| **stands) {
        let share = 1.0 / f64::from(u32::try_from(codes.len()).unwrap_or(u32::MAX));
        said.extend(codes.iter().filter_map(|code| State::from_code(code)).map(|state| (state, share)));
    }
    said
}

/// What each name of a county or town says for states.
fn names(
    (states, gazetteer, lexicon): (&Phrases<(State, u32)>, &Gazetteer, &Lexicon),
    segmented: &Segmented<'_>,
) -> Vec<Vec<(State, f64)>> {
    let tokens = &segmented.tokens;
    let mut known: FxHashSet<String> = FxHashSet::default();
    let mut found = Vec::new();
    for sentence in &segmented.sentences {
        let range = sentence.range();
        let mut at = range.start;
        while at < range.end && found.len() < MOST_NAMES {
            let token = tokens[at];
            if !token.is_capital() || states.at(tokens, at, range.end).is_some() {
                at += 1;
                continue;
            }
            if lexicon.is(token, DETERMINER | PREPOSITION) {
                at += 1;
                continue;
            }
            let run = run_of(segmented, at, range.end);
            let said = (1..=MOST_WORDS.min(run)).rev().find_map(|count| {
                let end = at + count;
                let county = county_word(segmented, end);
                // A name within a longer run of capitals is a person's or a body's.
                let whole = count == run || county || is_head(segmented, end);
                if !whole {
                    return None;
                }
                let name = fold(&segmented.text[token.start as usize..tokens[end - 1].end as usize]);
                let capital = CAPITALS.iter().find(|(capital, _)| !county && *capital == name);
                let capital = capital.and_then(|(_, code)| State::from_code(code));
                let said = match capital {
                    Some(state) => vec![(state, 0.75)],
                    None => weigh(gazetteer.entries(&name), county),
                };
                (!said.is_empty()).then_some((end, name, said))
            });
            at = match said {
                Some((end, name, said)) => {
                    if known.insert(name) {
                        found.push(said);
                    }
                    end
                }
                None => at + run.max(1),
            };
        }
    }
    found
}

/// The capitalised words that follow each other from a token, possessives among them.
fn run_of(segmented: &Segmented<'_>, at: usize, limit: usize) -> usize {
    let part = |token: &Token| {
        token.is_capital() || matches!(token.text(segmented.text), "'s" | "’s") && is_joined(segmented, token)
    };
    segmented.tokens[at..limit].iter().take(8).take_while(|token| part(token)).count()
}

/// Whether a possessive is followed by "County": "Queen Anne's County".
fn is_joined(segmented: &Segmented<'_>, possessive: &Token) -> bool {
    segmented.text[possessive.end as usize..].trim_start().starts_with("County")
}

fn county_word(segmented: &Segmented<'_>, at: usize) -> bool {
    segmented.tokens.get(at).is_some_and(|token| {
        ["county", "parish", "counties"].iter().any(|word| token.is(segmented.text, word))
    })
}

fn is_head(segmented: &Segmented<'_>, at: usize) -> bool {
    const HEADS: &[&str] = &["Police", "PD", "City", "Town", "Mayor", "Sheriff", "Common"];
    segmented.tokens.get(at).is_some_and(|token| HEADS.contains(&token.text(segmented.text)))
}

/// What a name says for states: one for a county that one state alone has, less where more have it; one
/// for a place that everybody knows, half the share of its namesakes' people for any other.
fn weigh(entries: &[Entry], county: bool) -> Vec<(State, f64)> {
    let fits = |entry: &&Entry| match entry.sort {
        Sort::County(_) => county,
        Sort::Place(_) => !county,
        Sort::Independent => false,
    };
    let fitting: Vec<Entry> = entries.iter().filter(fits).copied().collect();
    if county {
        let share = 1.0 / f64::from(u32::try_from(fitting.len()).unwrap_or(u32::MAX));
        // A county that one state alone has, with a town of its name, is no invented one.
        let seat =
            |state| entries.iter().any(|e| e.state == state && matches!(e.sort, Sort::Place(p) if p > SEAT));
        let certain = |state| fitting.len() == 1 && seat(state);
        let weight = |entry: &Entry| if certain(entry.state) { CERTAIN } else { share };
        return fitting.iter().map(|entry| (entry.state, weight(entry))).collect();
    }
    if let Some(state) = dominant(&fitting) {
        return vec![(state, 1.0)];
    }
    let people = |entry: &Entry| match entry.sort {
        Sort::Place(population) => f64::from(population.clamp(100, LARGE)),
        Sort::County(_) | Sort::Independent => 0.0,
    };
    let all: f64 = fitting.iter().map(people).sum();
    fitting.iter().map(|entry| (entry.state, people(entry) / all / 2.0)).filter(|(_, w)| *w > 0.05).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(text: &str) -> Vec<(&'static str, f64)> {
        said_otherwise(text).into_iter().map(|(state, weight)| (state.code(), weight)).collect()
    }

    #[test]
    fn regions_and_institutions_speak_for_their_states() {
        assert!(SAID.is_some(), "no name stands twice");
        assert_eq!(said("On the Front Range, near the Western Slope."), [("co", 1.0)]);
        assert_eq!(said("The commissioners court met; so did the East Bay."), [("ca", 1.0), ("tx", 1.0)]);
        assert_eq!(said("The General Court"), [("ma", 0.5), ("nh", 0.5)]);
        assert_eq!(said("a wiregrass field"), []);
    }

    #[test]
    fn a_bill_numbered_by_its_year_is_of_colorado() {
        for text in ["HB 19-1124", "Senate Bill 21-131", "SB\u{a0}25-276"] {
            assert_eq!(said(text), [("co", 1.0)], "{text}");
        }
        assert_eq!(said("HB 1124, SB 4 and House Bill 19-1"), []);
    }
}
