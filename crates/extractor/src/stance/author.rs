//! Whose text it is: who speaks in the first person, who issues it, who resolves in it.

use goldrule_schema::AgencyKind;

use super::nouns::Words;
use super::spans::focus_around;
use crate::agency::Agencies;
use crate::segment::Segmented;
use crate::token::Token;

/// The agency that a text in the first person speaks for: the one it names at its head, or its only one, or else
/// the force of the place in its title, or its only force.
pub(super) fn author(segmented: &Segmented<'_>, agencies: &Agencies, first_person: bool) -> Option<usize> {
    let local = |agency: &usize| agencies.agencies[*agency].kind != AgencyKind::Federal;
    // A letterhead names the force; a city or council beside it is its address.
    let force = |agency: &usize| local(agency) && agencies.agencies[*agency].kind != AgencyKind::Government;
    let heads = || {
        let settled = agencies.mentions.iter().filter(|mention| !mention.provisional);
        settled.take_while(|mention| mention.span.start < LETTERHEAD).map(|mention| mention.agency)
    };
    let head = heads().find(force).or_else(|| heads().find(local));
    let mut locals = (0..agencies.agencies.len()).filter(local);
    let only = locals.next().filter(|_| locals.next().is_none());
    let forces = || (0..agencies.agencies.len()).filter(|agency| force(agency)).take(MOST);
    let only_force = || {
        let mut forces = forces();
        forces.next().filter(|_| forces.next().is_none())
    };
    let title = segmented.text.lines().next().unwrap_or_default();
    let titled = || forces().find(|&agency| is_of(&agencies.agencies[agency].name, title));
    head.or(only).or_else(|| if first_person { titled().or_else(only_force) } else { None })
}

/// Whether an agency's name begins with a place that a title holds: "What Bridgeport Residents Ask".
fn is_of(name: &str, title: &str) -> bool {
    let place = ["Police", "County", "Sheriff", "Department"].iter().filter_map(|word| name.find(word)).min();
    let place = name[..place.unwrap_or(0)].trim();
    place.len() > 3 && title.contains(place)
}

/// The body that a text resolves for, and the byte from which it does.
pub(super) fn resolves(
    words: &Words,
    segmented: &Segmented<'_>,
    agencies: &Agencies,
) -> Option<(u32, usize)> {
    // "RESOLVED, that" or "RESOLVED by the council", not "CASE RESOLVED".
    let goes_on = |at: usize| {
        let next = segmented.tokens.get(at + 1).map_or("", |token| token.text(segmented.text));
        [",", "that", "by"].iter().any(|word| next.eq_ignore_ascii_case(word))
    };
    let resolves = |(at, token): &(usize, &Token)| words.resolves(**token) && goes_on(*at);
    let (_, token) = segmented.tokens.iter().enumerate().find(resolves)?;
    Some((token.start, resolving_body(agencies, token.start)?))
}

/// The body that resolves at a byte: the first council or board named, else a government around.
fn resolving_body(agencies: &Agencies, byte: u32) -> Option<usize> {
    const BODIES: &[&str] =
        &["council", "board", "commission", "legislature", "selectboard", "trustees", "supervisors"];
    let is_body = |agency: &usize| {
        let name = agencies.agencies[*agency].name.to_lowercase();
        BODIES.iter().any(|body| name.contains(body))
    };
    // "BE IT RESOLVED by the Council of the Borough": it says who does.
    let named = agencies.mentions.iter().skip_while(|mention| mention.span.start < byte);
    let named = named.take_while(|mention| mention.span.start < byte + 80).map(|mention| mention.agency);
    if let Some(body) = named.take(3).find(is_body) {
        return Some(body);
    }
    let before = agencies.mentions.iter().take_while(|mention| mention.span.start < byte + 60);
    let body = before.map(|mention| mention.agency).find(is_body);
    body.or_else(|| focus_around(agencies, byte + 60, &[AgencyKind::Government, AgencyKind::Association]))
}

/// Whether a text says "we" or "our" outside quotations in two sentences at least.
pub(super) fn says_we(words: &Words, segmented: &Segmented<'_>) -> bool {
    let first_person = |at: &usize| {
        let token = segmented.tokens[*at];
        words.is_first_person(token.word) && segmented.quotation_at(token.start).is_none()
    };
    let mut sentences =
        segmented.sentences.iter().filter(|sentence| sentence.range().any(|at| first_person(&at)));
    sentences.nth(1).is_some()
}

/// Whether a text says "our officers", "my deputies", "our department" or the like outside quotations.
pub(super) fn has_force(words: &Words, segmented: &Segmented<'_>) -> bool {
    const FORCE: &[&str] = &[
        "officers",
        "deputies",
        "detectives",
        "troopers",
        "department",
        "office",
        "jail",
        "dispatchers",
        "members",
        "patrol",
        "jailers",
        "sheriff",
        "police",
        "agency",
    ];
    let tokens = &segmented.tokens;
    let is_force = |at: usize| FORCE.iter().any(|word| tokens[at].is(segmented.text, word));
    (0..tokens.len()).any(|at| {
        words.owns(tokens[at].word)
            && (at + 1..tokens.len().min(at + 3)).any(is_force)
            && segmented.quotation_at(tokens[at].start).is_none()
    })
}

/// Whether the head of a text is that of something an agency issues: a first line such as "Custody Manual",
/// or "GENERAL ORDER 4.03" or "PRESS RELEASE" in one of the lines before the first sentence.
pub(super) fn is_issued(segmented: &Segmented<'_>) -> bool {
    let lines = segmented.text.lines().map(str::trim).filter(|line| !line.is_empty());
    let mut head =
        lines.take(HEADING).take_while(|line| line.len() < LINE && !line.ends_with('.')).enumerate();
    head.any(|(nth, line)| is_heading_of_issue(line, nth == 0))
}

/// Whether a text is a letter or a memorandum of the agency that its head names: above "Dear" or "To the", or
/// where "TO:" and "FROM:" stand among the lines of its head.
pub(super) fn is_letter(segmented: &Segmented<'_>, agencies: &Agencies, author: Option<usize>) -> bool {
    let lines = || segmented.text.lines().filter(|line| !line.trim().is_empty()).take(SALUTATION);
    let opens = |line: &str, word: &str| {
        line.trim().get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word))
    };
    let greets = |line: &&str| {
        let to_many = opens(line, "to the ") && line.trim().ends_with(':');
        let dear = opens(line, "dear ") && line.trim().ends_with([':', ',']);
        line.len() < GREETING && (dear || to_many) && !line.to_lowercase().contains("editor")
    };
    let memo = lines().any(|line| opens(line, "to:")) && lines().any(|line| opens(line, "from:"));
    let byte_of = |line: &str| line.as_ptr() as usize - segmented.text.as_ptr() as usize;
    let greeting = lines().find(greets).map(byte_of);
    let Some(first) = agencies.mentions.iter().find(|mention| !mention.provisional) else { return false };
    let head = greeting.unwrap_or(LETTERHEAD as usize).min(LETTERHEAD as usize);
    (memo || greeting.is_some()) && (first.span.start as usize) < head && author == Some(first.agency)
}

/// Whether a line heads an order or a release or, as the `first`, a manual.
fn is_heading_of_issue(line: &str, first: bool) -> bool {
    // A headline says "Police explain their policy"; a title has capitals throughout.
    let is_title = line.split_whitespace().all(|word| {
        let small = ["of", "and", "on", "the", "for", "in", "to"].contains(&word);
        small || !word.starts_with(char::is_lowercase)
    }) && !line.ends_with(['.', '?', '!']);
    let line = line.to_lowercase();
    let words: Vec<&str> = line
        .split(|c: char| !c.is_alphanumeric() && c != '.')
        .map(|word| word.trim_end_matches('.'))
        .filter(|word| !word.is_empty())
        .collect();
    let is = |at: usize, list: &[&str]| words.get(at).is_some_and(|word| list.contains(word));
    let numbered = |at: usize| {
        is(at, &["no", "number"])
            || words.get(at).is_some_and(|word| word.starts_with(|c: char| c.is_ascii_digit()))
    };
    let order = is(0, &["policy", "resolution", "ordinance", "directive", "order", "procedure"])
        && numbered(1)
        || is(0, &["general", "special", "executive", "department", "administrative", "operations"])
            && is(1, &["order", "directive", "policy"])
            && numbered(2);
    let release = is(0, &["press", "news", "media"]) && is(1, &["release", "statement"])
        || is(0, &["for"]) && is(1, &["immediate"]);
    let manual = is_title
        && words.len() <= 10
        && words
            .last()
            .is_some_and(|word| ["manual", "policy", "directive", "handbook", "orders"].contains(word));
    is_title && (order || release) || first && (order || release || manual)
}

/// Forces looked at: more are in no text that people write.
const MOST: usize = 100;

/// How far from its start a text names its author, in bytes.
const LETTERHEAD: u32 = 100;

/// How many lines the head of an order may have.
const HEADING: usize = 8;

/// A salutation has fewer bytes.
const GREETING: usize = 80;

/// How many lines may stand before a letter's salutation.
const SALUTATION: usize = 12;

/// A line of as many bytes is a paragraph and ends the head.
const LINE: usize = 200;
