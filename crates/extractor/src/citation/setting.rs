//! States and places spoken of around a citation that leaves its jurisdiction open.
//!
//! Looks a bounded way around each such citation, so that a text without any costs nothing.

use std::sync::LazyLock;

use rustc_hash::{FxHashMap, FxHashSet};

use super::cursor::Cursor;
use super::{Citation, Scope, counties, officials, slug};
use crate::State;

/// Bytes looked at before a citation, and after it.
const BEFORE: usize = 300;
const AFTER: usize = 160;

/// People of the smallest place that counts; smaller ones share their names with too many words.
const SMALLEST: u32 = 5_000;

/// What the words around a citation say about whose law it is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Setting {
    pub(super) state: Option<State>,
    /// Whether the state stands in the sentence of the citation.
    pub(super) same_sentence: bool,
    pub(super) place: Option<(State, String)>,
    /// The place where it stands in the sentence, before the citation.
    pub(super) near_place: Option<(State, String)>,
    /// Whether Congress is spoken of, and no state.
    pub(super) federal: bool,
    /// Whether Congress is spoken of.
    pub(super) congress: bool,
}

/// Seats of legislatures that stand for their states.
const SEATS: &str = "Montgomery al|Juneau ak|Little Rock ar|Sacramento ca|Tallahassee fl|Boise id|Topeka ks|Frankfort ky|\
    Baton Rouge la|Augusta me|Annapolis md|Beacon Hill ma|Lansing mi|St. Paul mn|Jefferson City mo|Helena mt|Lincoln ne|\
    Carson City nv|Concord nh|Trenton nj|Santa Fe nm|Albany ny|Raleigh nc|Bismarck nd|Oklahoma City ok|Salem or|\
    Harrisburg pa|Pierre sd|Nashville tn|Austin tx|Salt Lake City ut|Montpelier vt|Olympia wa|Cheyenne wy|Honolulu hi|\
    Denver co|Hartford ct|Dover de|Atlanta ga|Springfield il|Indianapolis in|Des Moines ia|Phoenix az|Boston ma";

/// Words with a capital that begin sentences or name no place.
const COMMON: &str = "The In On At By For If It He She They We This That A An And But Or So As Police Sheriff Chief Mayor \
    Council City County Department Officers Senate House Assembly Bill Act Order Ordinance Policy Section Under See State \
    Gov Governor Law Court Republican Republicans Democrat Democrats Union Young Many March May Liberty Freedom Justice \
    General Special Resolution Directive Executive Code Lawmakers Federal Congress President Friday Per What When \
    Circular Training Orange Media Notice Independence";

static COMMON_WORDS: LazyLock<FxHashSet<&str>> = LazyLock::new(|| COMMON.split_ascii_whitespace().collect());

static NAMES: LazyLock<Vec<Vec<(&'static str, State)>>> = LazyLock::new(|| {
    let mut names: Vec<Vec<(&'static str, State)>> = vec![Vec::new(); 26];
    let seats = SEATS.split('|').filter_map(|seat| {
        let (name, code) = seat.rsplit_once(' ')?;
        Some((name, State::from_code(code)?))
    });
    let states = State::all().flat_map(|state| {
        std::iter::once(state.name())
            .chain(state.abbreviations().iter().copied())
            .map(move |name| (name, state))
    });
    for (name, state) in states.chain(seats) {
        if let Some(slot) = name.bytes().next().and_then(|b| names.get_mut(usize::from(b.wrapping_sub(b'A'))))
        {
            slot.push((name, state));
        }
    }
    for slot in &mut names {
        slot.sort_by_key(|(name, _)| std::cmp::Reverse(name.len()));
    }
    names
});

/// Looks around every citation whose jurisdiction is open.
pub(super) fn observe(text: &str, citations: &mut [Citation<'_>]) {
    let headings = headings(text);
    for citation in citations.iter_mut() {
        let open = match &citation.authority.scope {
            Scope::State(None) => true,
            Scope::Place(state, place) => state.is_none() || place.is_none(),
            _ => citation.rule == "bill.letter",
        };
        if open {
            let (start, end) = (citation.span.start as usize, citation.span.end as usize);
            let local = matches!(citation.authority.scope, Scope::Place(..));
            citation.setting = around(text, (start, end), local, &headings);
        }
    }
}

fn around(text: &str, (start, end): (usize, usize), local: bool, headings: &[(usize, State)]) -> Setting {
    let low = (start.saturating_sub(BEFORE)..=start).find(|at| text.is_char_boundary(*at)).unwrap_or(start);
    let high =
        (end..=(end + AFTER).min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(end);
    let (ahead, behind) = (&text[low..start], &text[end..high]);
    let ahead = ahead.rfind("\n\n").map_or(ahead, |at| &ahead[at..]);
    let behind = behind.find("\n\n").map_or(behind, |at| &behind[..at]);
    let from = start - ahead.len();
    let sentence = from + sentence_start(ahead);
    let stop = end + sentence_end(behind);
    let mut setting = Setting::default();
    let last = mentions(text, from, start).last();
    let next = || mentions(text, end, stop).next();
    // A heading governs its part of a text as much as a word of the sentence would.
    let headed = || heading(headings, start).map(|state| (sentence, state));
    if let Some((at, state)) = last.filter(|(at, _)| *at >= sentence).or_else(next).or_else(headed).or(last) {
        setting.state = Some(state);
        setting.same_sentence = at >= sentence;
    }
    let congress = |part: &str| {
        ["Congress", "House members", "U.S. House", "U.S. Senate", "H.R.", "Sen. "]
            .iter()
            .any(|w| part.contains(w))
    };
    setting.congress = congress(ahead) || congress(behind);
    setting.federal = setting.state.is_none() && setting.congress;
    if setting.state.is_none() && !setting.congress {
        let place = |from, to| places(text, from, to, None).filter(|(_, place)| state_of(place).is_some());
        let found = place(sentence, start).or_else(|| place(end, stop)).or_else(|| place(from, sentence));
        let county = |from, to| capitals(text, from, to).filter_map(|at| counties::state_at(text, at)).last();
        setting.state = found
            .map(|(state, _)| state)
            .or_else(|| county(sentence, start))
            .or_else(|| county(end, stop))
            .or_else(|| county(from, sentence));
    }
    if local {
        let wanted = setting.state;
        let found = |from, to| places(text, from, to, wanted);
        let named = text[start..end].contains(" of ")
            || BY_WORD.iter().any(|(word, ..)| text[start..end].starts_with(word));
        let own = if named { found(start, end) } else { None };
        let near = own.or_else(|| found(sentence, start));
        setting.near_place.clone_from(&near);
        setting.place = near.or_else(|| found(end, stop)).or_else(|| found(from, sentence));
    }
    setting
}

/// Where the last sentence of `part` begins.
fn sentence_start(part: &str) -> usize {
    let mut at = 0;
    for (i, _) in part.match_indices(['.', '?', '!']) {
        if boundary(part, i) {
            at = i + 1;
        }
    }
    at
}

fn sentence_end(part: &str) -> usize {
    part.match_indices(['.', '?', '!']).find(|(i, _)| boundary(part, *i)).map_or(part.len(), |(i, _)| i)
}

/// Whether a sentence ends at this mark: a space and a capital follow, and no abbreviation is before.
fn boundary(part: &str, at: usize) -> bool {
    let mut rest = part[at + 1..].trim_start_matches(['"', '”', '’', ')']).chars();
    let gap = rest.next().is_none_or(char::is_whitespace);
    let capital = rest.next().is_none_or(|c| c.is_uppercase() || matches!(c, '"' | '“'));
    let word = part[..at].rsplit([' ', '\n']).next().unwrap_or("");
    let short = word.len() <= 3 && word.starts_with(char::is_uppercase)
        || word.contains('.')
        || ["Gov", "Sen", "Rep", "Sgt", "Capt", "Conn", "Mass", "Calif", "Wash", "Tenn", "Mich", "Minn"]
            .contains(&word);
    gap && capital && !(short && part.as_bytes()[at] == b'.')
}

/// States named between two places of the text.
fn mentions(text: &str, from: usize, to: usize) -> impl DoubleEndedIterator<Item = (usize, State)> {
    let mut found = Vec::new();
    let mut skip = from;
    for at in capitals(text, from, to) {
        if at < skip {
            continue;
        }
        let slot = usize::from(text.as_bytes()[at].wrapping_sub(b'A'));
        let rest = &text[at..];
        let named = NAMES.get(slot).and_then(|names| {
            names.iter().find(|(name, _)| {
                rest.starts_with(name) && !rest[name.len()..].starts_with(char::is_alphanumeric)
            })
        });
        let Some((name, state)) = named else {
            found.extend(officials::state_at(text, at).map(|state| (at, state)));
            continue;
        };
        skip = at + name.len();
        // "Washington" after "in" is mostly the capital of the country.
        let capital = *name == "Washington"
            && (["in ", "In ", "to ", "from "].iter().any(|word| text[..at].ends_with(word))
                || rest[name.len()..].trim_start_matches([',', ' ']).starts_with("D.C"));
        let next = &rest[name.len()..];
        let street = next.starts_with(" Street") || next.starts_with(" Avenue");
        // "Delaware County" and "Kansas City" may be of any state, "Hawaii County" of its own alone.
        let other = next.starts_with(" County") && *name != "Hawaii"
            || next.starts_with(" City") && ["Kansas", "Michigan"].contains(name);
        if !capital && !street && !other {
            found.push((at, *state));
        }
    }
    found.into_iter()
}

/// How far back the heading of a part of a text may stand.
const HEADING: usize = 3000;

/// Lines that are the name of a state and nothing else, "NEW HAMPSHIRE", and where they end.
fn headings(text: &str) -> Vec<(usize, State)> {
    let mut at = 0;
    let lines = text.split_inclusive('\n').filter_map(|line| {
        at += line.len();
        let name = if line.len() <= 24 { line.trim_matches(|c: char| !c.is_alphabetic()) } else { "" };
        let state = State::all().find(|state| !name.is_empty() && state.name().eq_ignore_ascii_case(name))?;
        name.starts_with(char::is_uppercase).then_some((at, state))
    });
    lines.collect()
}

/// The state of the last heading before a citation.
fn heading(headings: &[(usize, State)], start: usize) -> Option<State> {
    let before = headings.partition_point(|(at, _)| *at <= start);
    let (at, state) = headings[..before].last()?;
    (start - at <= HEADING).then_some(*state)
}

/// Words that stand for one place alone.
const BY_WORD: &[(&str, &str, &str)] = &[
    ("Rikers", "ny", "new-york"),
    ("NYPD", "ny", "new-york"),
    ("LAPD", "ca", "los-angeles"),
    ("SFPD", "ca", "san-francisco"),
    ("NOPD", "la", "new-orleans"),
    ("LASD", "ca", "los-angeles-county"),
];

/// Where words with a capital begin.
fn capitals(text: &str, from: usize, to: usize) -> impl Iterator<Item = usize> {
    let bytes = text.as_bytes();
    (from..to).filter(move |at| {
        bytes[*at].is_ascii_uppercase()
            && (*at == 0 || !bytes[*at - 1].is_ascii_alphanumeric() && bytes[*at - 1] != b'.')
    })
}

/// The last place named between two places of the text, in the state where one of that name is.
fn places(text: &str, from: usize, to: usize, state: Option<State>) -> Option<(State, String)> {
    let mut found = None;
    let mut skip = from;
    for at in capitals(text, from, to) {
        if at < skip {
            continue;
        }
        let named = [
            "City of ",
            "Town of ",
            "Borough of ",
            "borough of ",
            "city of ",
            "town of ",
            "Village of ",
            "Township of ",
        ]
        .iter()
        .any(|head| text[..at].ends_with(head));
        if let Some((end, state, place)) = place_at(text, at, state, named) {
            skip = end;
            found = Some((state, place));
        }
    }
    found
}

/// A place of up to three words right at a capital.
fn place_at(text: &str, at: usize, state: Option<State>, named: bool) -> Option<(usize, State, String)> {
    let mut cursor = Cursor::new(text, at);
    let mut ends = Vec::new();
    for _ in 0..3 {
        let from = cursor.at;
        let word = cursor.take_while(|c| c.is_alphabetic() || matches!(c, '-' | '’' | '\''));
        let word = word.trim_end_matches("'s").trim_end_matches("’s").trim_end_matches(['\'', '’']);
        if !word.starts_with(char::is_uppercase) {
            break;
        }
        let end = from + word.len();
        ends.push(end);
        if ["St", "Ft", "Mt"].contains(&word) {
            cursor.eat(".");
        }
        if cursor.at != end && !["St", "Ft", "Mt"].contains(&word) || !cursor.eat(" ") {
            break;
        }
    }
    let first = text[at..].split([' ', ',', '.', '\'', '’']).next().unwrap_or("");
    let article = COMMON_WORDS.contains(first);
    for end in ends.iter().rev() {
        let name = &text[at..*end];
        let common = name == first && article;
        if let Some((_, code, place)) = BY_WORD.iter().find(|(word, ..)| *word == name) {
            return Some((*end, State::from_code(code)?, (*place).to_owned()));
        }
        let county = text[*end..].starts_with(" County");
        // "Mayor Brandon Johnson"
        let person = *end < text.len()
            && ["Mayor ", "Gov. ", "Governor ", "Chief ", "Sheriff ", "Judge ", "President "]
                .iter()
                .any(|t| text[..at].ends_with(t))
            && text[*end..].strip_prefix(' ').is_some_and(|rest| rest.starts_with(char::is_uppercase));
        if person || common || State::from_name(name).is_some() && name != "New York" && !county {
            continue;
        }
        let rows = rows(name);
        let fits = rows.iter().find(|(code, _)| state.is_some_and(|state| state.code() == *code));
        let largest = rows.iter().max_by_key(|(_, people)| *people);
        let row = fits.or(largest.filter(|_| !county));
        if county
            && !article
            && let Some(state) = state
        {
            return Some((*end, state, format!("{}-county", slug(name))));
        }
        if let Some((code, _)) = row {
            let place = place_slug(name);
            return Some((*end, State::from_code(code)?, place));
        }
        if named && let Some(state) = state {
            return Some((*end, state, slug(name)));
        }
    }
    None
}

/// The part of a path for a place; ids say New York, and St. Paul of Saint Paul.
pub(super) fn place_slug(name: &str) -> String {
    let saint = name.strip_prefix("Saint ").map(|rest| format!("St. {rest}"));
    match saint.filter(|name| !rows(name).is_empty()) {
        Some(saint) => slug(&saint),
        None if name == "New York City" => "new-york".to_owned(),
        None => slug(name),
    }
}

/// The state of a city by its slug, where one city of the name is far larger than all others.
pub(super) fn state_of(place: &str) -> Option<State> {
    let capital = |word: &str| {
        let mut letters = word.chars();
        letters.next().map(|c| c.to_uppercase().chain(letters).collect::<String>()).unwrap_or_default()
    };
    let words: Vec<String> = place.split('-').map(capital).collect();
    let name = words.join(" ");
    let name = name.strip_prefix("St ").map_or(name.clone(), |rest| format!("St. {rest}"));
    dominant(rows(&name))
}

/// The state whose place is five times as populous as any other of the name.
fn dominant(rows: &[(&'static str, u32)]) -> Option<State> {
    let (code, most) = rows.iter().max_by_key(|(_, people)| *people)?;
    let second = rows.iter().filter(|(other, _)| other != code).map(|(_, people)| *people).max().unwrap_or(0);
    (*most >= 20_000 && *most / 5 >= second).then(|| State::from_code(code)).flatten()
}

/// The rows of the place table with this name: state and people.
fn rows(name: &str) -> &'static [(&'static str, u32)] {
    static PLACES: LazyLock<FxHashMap<&str, Vec<(&str, u32)>>> = LazyLock::new(|| {
        let mut places: FxHashMap<&str, Vec<(&str, u32)>> = FxHashMap::default();
        for line in include_str!("../../data/places/places.tsv").lines() {
            let mut columns = line.split('\t');
            if let (Some(name), Some(code), Some(people)) = (columns.next(), columns.next(), columns.next())
                && let Ok(people) = people.parse()
                && people >= SMALLEST
            {
                places.entry(name).or_default().push((code, people));
            }
        }
        places
    });
    PLACES.get(name).map_or(&[], Vec::as_slice)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_state_and_place_count() {
        let text = "Texas passed one. In Idaho, Boise officers follow Policy 428 on that.";
        let at = text.find("Policy").unwrap();
        let setting = around(text, (at, at + 10), true, &[]);
        assert_eq!(setting.state, State::from_code("id"));
        assert!(setting.same_sentence);
        assert_eq!(setting.place.map(|(_, place)| place), Some("boise".to_owned()));
    }

    #[test]
    fn places_are_found_by_name() {
        assert!(rows("Aurora").len() > 2);
        assert!(rows("Larksmere").is_empty());
    }
}
