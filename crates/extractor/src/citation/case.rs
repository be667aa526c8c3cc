//! Judicial decisions by party names, with their report, docket or neutral citation.

use goldrule_schema::CitationKind;

use super::cursor::{Cursor, back_word};
use super::known::KNOWN;
use super::party::{defendant, plaintiff};
use super::volume::{self, Report};
use super::{Authority, Found, Scope, court, slug};

pub(super) const ANCHORS: &[&str] =
    &[" v. ", " vs. ", " v ", " vs ", " v.\u{a0}", "\u{a0}v. ", "\nv. ", " v.\n", "\u{a0}v.\u{a0}"];
pub(super) const IN_RE: &[&str] = &["In re", "Matter of", "Ex parte"];
pub(super) const DOCKET: &[&str] = &[
    "Case No.",
    "Docket No.",
    "Civil Action No.",
    "Civ. No.",
    "Cause No.",
    "Civil No.",
    "Case Nos.",
    "No.",
    "Case",
];

/// Parties whose suits are cited even where the "v" has no full stop or nothing follows.
const GOVERNMENTS: &[&str] = &[
    "United States",
    "U.S.",
    "State",
    "People",
    "Commonwealth",
    "City",
    "County",
    "State of",
    "Trump",
    "Biden",
    "DHS",
    "Department",
];

/// "Printz v. United States, 521 U.S. 898 (1997)" outward from the "v.".
pub(super) fn parse(text: &str, start: usize, end: usize, out: &mut Vec<Found>) {
    let Some(from) = plaintiff(text, start).map(|from| after_known(text, from, start)) else { return };
    let Some(to) = defendant(Cursor::new(text, end)) else { return };
    let plain = text[start..end].trim() == "v.";
    let (first, second) = (&text[from..start], &text[end..to.max(end)]);
    // "Hatfields v. McCoys", "Warriors v. Lakers": two plurals are teams unless reported.
    let plural = |party: &str| party.ends_with('s') && !party.contains([' ', '.']);
    let teams = plural(first) && plural(second);
    let public = |party: &str| {
        GOVERNMENTS.iter().any(|word| party.starts_with(word))
            || crate::State::from_name(party).is_some()
            || party.contains(" of ")
    };
    named_case(text, from, to, plain && !teams || public(first) || public(second), out);
}

/// "Printz and Murphy v. NCAA" are two cases, the first by one party's name.
fn after_known(text: &str, from: usize, to: usize) -> usize {
    let known =
        |name: &&&str| text[from..to].strip_prefix(**name).is_some_and(|rest| rest.starts_with(" and "));
    KNOWN.iter().find(known).map_or(from, |name| from + name.len() + " and ".len())
}

/// "In re Doe, 12 F.3d 34 (9th Cir. 2020)"; needs a report, "Matter of" being plain words too.
pub(super) fn in_re(text: &str, start: usize, end: usize, out: &mut Vec<Found>) {
    let mut cursor = Cursor::new(text, end);
    if !cursor.spaces() {
        return;
    }
    let Some(to) = defendant(cursor) else { return };
    named_case(text, start, to, &text[start..end] != "Matter of" || is_matter(text, start, end), out);
}

/// Whether "Matter of" begins the name of a decision: initials as the immigration courts print them follow, or
/// it has its capital inside a sentence.
fn is_matter(text: &str, start: usize, end: usize) -> bool {
    let name = Cursor::new(text, end).rest().trim_start();
    let initials = name.split([' ', ',', '.']).next().unwrap_or("");
    let hyphened = initials.len() >= 4
        && initials.ends_with('-')
        && initials.bytes().all(|b| b.is_ascii_uppercase() || b == b'-');
    let inside = back_word(text, start).is_some_and(|(_, word)| {
        word.bytes().all(|b| b.is_ascii_lowercase()) || ["In", "Under", "See", "Since"].contains(&word)
    });
    // "Matter of Fact", "Matter of Honor" and the like are decisions only where a report follows.
    let idiom = ["Fact", "Honor", "Time", "Law", "Principle", "Record", "Course", "Life"].contains(&initials);
    &text[start..end] == "Matter of" && (hyphened || inside && !idiom)
}

/// A name with what follows it; a name alone counts only where `alone` says so.
fn named_case(text: &str, from: usize, to: usize, alone: bool, out: &mut Vec<Found>) {
    let name = slug(&text[from..to]);
    // "Arizona v. U.S." is the same case.
    let name = name.strip_suffix("-v-us").map_or(name.clone(), |first| format!("{first}-v-united-states"));
    let name = name.strip_prefix("us-v-").map_or(name.clone(), |second| format!("united-states-v-{second}"));
    let name = format!("/case/{name}");
    let mut end = to;
    let mut authority = Authority::new(own_scope(&text[from..to]), name.clone());
    let mut rule = "case.name";
    let mut cursor = Cursor::new(text, to);
    cursor.eat_any_mark();
    let comma = cursor.eat(",");
    cursor.eat_any_mark();
    cursor.spaces();
    if let Some((to, found)) = after_name(cursor, &name, comma) {
        (end, authority, rule) = (to, found, "case.reported");
    } else if let Some((to, found)) = in_brackets(cursor).filter(|_| !comma) {
        (end, authority, rule) = (to, found, "case.reported");
    } else if !comma && let Some(content) = cursor.year_bracket().or_else(|| court::bracket(&mut cursor)) {
        end = cursor.at;
        authority.scope = court::scope(content).unwrap_or(authority.scope);
        // California puts the year first: "People v. Eulian (2016) 247 Cal.App.4th 1324".
        cursor.spaces();
        if let Some(report) = volume::at(cursor).filter(|r| !r.short && r.kind == CitationKind::Case) {
            (end, authority, rule) = (report.end, report.authority, "case.reported");
        }
    }
    if alone || rule == "case.reported" {
        out.push(Found { start: from, end, kind: CitationKind::Case, rule, authority });
    }
}

/// The report in brackets after a name, as New York's courts write it: "(567 US 387, 407-408 [2012])".
fn in_brackets(mut cursor: Cursor<'_>) -> Option<(usize, Authority)> {
    if !cursor.eat("(") {
        return None;
    }
    let report = volume::at(cursor).filter(|report| !report.short && report.kind == CitationKind::Case)?;
    let closed = cursor.text[report.end..].starts_with(')');
    closed.then_some((report.end + 1, report.authority))
}

/// Whose court a case is before, by its parties alone: a state's where the state prosecutes.
fn own_scope(name: &str) -> Scope {
    let (first, second) = name.split_once(" v. ").unwrap_or((name, ""));
    let states = ["State", "People", "Commonwealth"];
    let own = |party: &str| {
        states.contains(&party) || states.iter().any(|s| party.starts_with(&format!("{s} ex rel.")))
    };
    if own(first) || own(second) { Scope::State(None) } else { Scope::Federal }
}

/// Report, docket with WL number or court, or neutral citation after "Name v. Name, ".
fn after_name(cursor: Cursor<'_>, name: &str, comma: bool) -> Option<(usize, Authority)> {
    if let Some(report) = volume::at(cursor) {
        return (!report.short && report.kind == CitationKind::Case)
            .then_some((report.end, report.authority));
    }
    if !comma && !cursor.rest().starts_with("No") {
        return None;
    }
    // "Illinois v. Trump, 1:25-cv-12174": the number alone shows a docket.
    let bare = docket_number(&mut { cursor }).is_some_and(is_docket);
    let (end, content, database) = if bare { docket_from(cursor)? } else { docket_at(cursor)? };
    if let Some(report) = database {
        return Some((report.end, report.authority));
    }
    let scope = content.and_then(court::scope).unwrap_or(Scope::Federal);
    Some((end, Authority::new(scope, name)))
}

/// "No. 17-2991, 2018 WL 4268814, at *2 (7th Cir. Aug. 10, 2018)", "No. 18CV30549 (Colo. Dist. Ct. …)":
/// the end, the bracket, the database citation.
fn docket_at(mut cursor: Cursor<'_>) -> Option<(usize, Option<&str>, Option<Report>)> {
    let mark = DOCKET.iter().chain(&["Nos.", "Dkt. No.", "Civ. A. No."]).any(|mark| cursor.eat_word(mark));
    if !mark {
        return None;
    }
    cursor.spaces();
    docket_from(cursor)
}

/// As [`docket_at`], from the number on.
fn docket_from(mut cursor: Cursor<'_>) -> Option<(usize, Option<&str>, Option<Report>)> {
    let number = docket_number(&mut cursor)?;
    let mut ahead = cursor;
    while next_docket(&mut ahead) {
        if let Some(report) = volume::at(ahead).filter(|report| !report.short) {
            return Some((report.end, None, Some(report)));
        }
        let slip = ahead.eat("slip op.");
        let mut page = ahead;
        if slip && page.spaces() && page.eat_word("at") && page.spaces() && volume::page_after_at(&mut page) {
            ahead = page;
        }
        if !slip && docket_number(&mut ahead).is_none() {
            break;
        }
        cursor = ahead;
    }
    let content = cursor.year_bracket().or_else(|| court::bracket(&mut cursor));
    (content.is_some() || number.len() >= 4).then_some((cursor.at, content, None))
}

/// ", " before what follows a docket number, " & " and " and " before a second number.
fn next_docket(cursor: &mut Cursor<'_>) -> bool {
    let mut ahead = *cursor;
    let comma = ahead.eat(",");
    let mut space = ahead.spaces();
    let mut joint = ahead;
    if space && joint.eat_any(&["&", "and"]) && joint.spaces() && docket_number(&mut { joint }).is_some() {
        (ahead, space) = (joint, true);
    } else if !comma {
        return false;
    }
    *cursor = ahead;
    space
}

/// "1:25-cv-00123-ABC", "18CV30549", "23-456".
fn docket_number<'t>(cursor: &mut Cursor<'t>) -> Option<&'t str> {
    let from = *cursor;
    if let Some(number) = spaced_docket(cursor) {
        return Some(number);
    }
    let number = cursor.take_while(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | ':' | '–' | '.'));
    let trimmed = number.trim_end_matches(['.', ':', '-']);
    cursor.at -= number.len() - trimmed.len();
    if !trimmed.bytes().any(|b| b.is_ascii_digit()) || trimmed.len() < 3 {
        *cursor = from;
        return None;
    }
    Some(trimmed)
}

/// "25 C 1285", "23 CH 5432": the year, the sort of suit, the number.
fn spaced_docket<'t>(cursor: &mut Cursor<'t>) -> Option<&'t str> {
    let mut ahead = *cursor;
    let year = ahead.take_while(|c| c.is_ascii_digit());
    let sort = ahead.eat(" ").then(|| ahead.take_while(|c| c.is_ascii_uppercase()))?;
    let number = ahead.eat(" ").then(|| ahead.digits(7))??;
    let fits = matches!(year.len(), 2 | 4)
        && ["C", "CV", "CR", "CH", "MR", "L", "Civ"].contains(&sort)
        && number.len() >= 3;
    let read = cursor.text.get(cursor.at..ahead.at).filter(|_| fits);
    *cursor = if fits { ahead } else { *cursor };
    read
}

/// Numbers of federal courts that no word need introduce.
pub(super) const FEDERAL_DOCKET: &[&str] = &["-cv-", "-cr-", "-mc-"];

/// "1:25-cv-12456" by itself.
pub(super) fn bare_docket(text: &str, start: usize, _end: usize, out: &mut Vec<Found>) {
    let Some((from, word)) = back_word(text, start) else { return };
    let opened = word.len() - word.trim_start_matches(['(', '"', '“', '[']).len();
    let from = from + opened;
    let mut cursor = Cursor::new(text, from);
    let courthouse = |number: &str| {
        number.split_once(':').is_some_and(|(office, rest)| {
            office.len() == 1
                && office.bytes().all(|b| b.is_ascii_digit())
                && rest.as_bytes().get(2) == Some(&b'-')
        })
    };
    if from + word.len() - opened == start
        && docket_number(&mut cursor).is_some_and(|n| courthouse(n) && is_docket(n))
    {
        let authority = Authority::none();
        out.push(Found {
            start: from,
            end: cursor.at,
            kind: CitationKind::Case,
            rule: "case.docket",
            authority,
        });
    }
}

/// Whether a number has a court's letters in it: "1:25-cv-00123", "18CV30549".
fn is_docket(number: &str) -> bool {
    let lower = number.to_ascii_lowercase();
    let marks = ["-cv-", "-cr-", "-mc-", "-mj-", "-civ-", "cv", "cr"];
    let marked = marks.iter().any(|mark| {
        lower.find(mark).is_some_and(|at| {
            at > 0
                && lower.as_bytes()[at - 1].is_ascii_digit() | mark.starts_with('-')
                && lower[at + mark.len()..].starts_with(|c: char| c.is_ascii_digit() || c == '-')
        })
    });
    marked || lower.starts_with("cv-") || lower.starts_with("cr-")
}

/// A docket number without a case name before it: "Case No. 3:25-cv-01234".
pub(super) fn docket(text: &str, start: usize, end: usize, out: &mut Vec<Found>) {
    let mut number = Cursor::new(text, end);
    number.spaces();
    let Some(number) = docket_number(&mut number) else { return };
    let marked = is_docket(number);
    let Some((end, content, database)) = docket_at(Cursor::new(text, start)) else { return };
    let written = text[start..].split(' ').next().unwrap_or("");
    let petition = text[..start].trim_end_matches([' ', ',', '(']).rsplit(' ').next().unwrap_or("");
    let digits = number.bytes().filter(u8::is_ascii_digit).count();
    let court = text[start..].starts_with("Docket") && digits >= 4
        || written == "No."
            && number.len() >= 5
            && number.as_bytes()[2] == b'-'
            && ["petition", "appeal", "docket", "certiorari", "petitions", "appeals"].contains(&petition);
    // "No. 25-4312 in the Ninth Circuit"
    let here = text[end..].get(..70).unwrap_or(&text[end..]);
    let circuit = written == "No."
        && (!petition.starts_with(char::is_uppercase) || petition.ends_with('.'))
        && number.len() >= 6
        && number.as_bytes()[2] == b'-'
        && number.bytes().all(|b| b.is_ascii_digit() || b == b'-')
        && [" Circuit", " Cir.", " Court of Appeals"].iter().any(|court| here.contains(court));
    // "Cause No. 25-2-00944-34" of a state's trial court
    let long = written != "No." && digits >= 7 && number.matches('-').count() >= 2;
    let court = court || circuit || long && !text[start..].starts_with("Docket");
    if !marked && !court && content.is_none() && database.is_none() {
        return;
    }
    let (end, authority) = database.map_or((end, Authority::none()), |report| (report.end, report.authority));
    out.push(Found { start, end, kind: CitationKind::Case, rule: "case.docket", authority });
}
