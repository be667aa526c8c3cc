//! Judicial decisions by party names, with their report, docket or neutral citation.

use goldrule_schema::CitationKind;

use super::cursor::{Cursor, back_spaces, before};
use super::names::state_ending;
use super::volume::{self, Report};
use super::{Authority, Found, Scope, court, slug};

pub(super) const ANCHORS: &[&str] =
    &[" v. ", " vs. ", " v ", " vs ", " v.\u{a0}", "\u{a0}v. ", "\nv. ", " v.\n", "\u{a0}v.\u{a0}"];
pub(super) const IN_RE: &[&str] = &["In re", "Matter of", "Ex parte"];
pub(super) const DOCKET: &[&str] =
    &["Case No.", "Docket No.", "Civil Action No.", "Civ. No.", "Cause No.", "Civil No.", "Case Nos.", "No."];

/// Small words inside party names.
const SMALL: &[&str] = &[
    "of", "the", "and", "&", "for", "ex", "rel.", "on", "behalf", "de", "la", "del", "von", "van", "et",
    "al.",
];

/// Abbreviations that may end in a full stop inside a party name.
const ABBREVIATED: &[&str] = &[
    "Cnty.", "Cty.", "Inc.", "Bd.", "Co.", "Corp.", "rel.", "Twp.", "Dist.", "St.", "Ass'n.", "Univ.",
    "Educ.", "al.", "Sch.", "Sec.", "Dept.", "Gov.", "Comm.", "Mun.", "Auth.", "Nat.", "Am.", "Sys.", "Ctr.",
    "Soc.", "Hosp.", "Jr.", "Sr.", "Ltd.", "Servs.", "Pub.", "Med.", "Sher.", "Att.", "Assoc.", "Bros.",
    "Mfg.", "Ins.", "Ry.", "R.R.", "Immigr.", "Enf't.", "Hum.", "Rts.", "Just.", "Comms.", "Org.", "Found.",
    "Fed.", "Mem.", "Reg.", "Metro.", "Ft.",
];

/// Words that stand before a party name without being of it.
const LEADING: &[&str] = &[
    "See",
    "In",
    "Cf.",
    "But",
    "Under",
    "Accord",
    "Also",
    "E.g.",
    "Compare",
    "Like",
    "After",
    "Since",
    "The",
    "Before",
    "And",
    "Citing",
    "Quoting",
    "Says",
    "Says",
    "Both",
    "While",
    "As",
    "If",
    "When",
    "Then",
    "On",
    "By",
    "For",
    "From",
    "Until",
    "Contra",
    "With",
    "Because",
    "That",
    "Per",
    "To",
    "At",
    "Of",
    "Even",
    "Where",
    "see",
    "cf.",
    "Although",
    "Unlike",
    "Following",
    "Is",
    "Was",
    "Did",
    "Does",
    "Rejecting",
    "Overruling",
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
    let Some(from) = plaintiff(text, start) else { return };
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

/// "In re Doe, 12 F.3d 34 (9th Cir. 2020)"; needs a report, "Matter of" being plain words too.
pub(super) fn in_re(text: &str, start: usize, end: usize, out: &mut Vec<Found>) {
    let mut cursor = Cursor::new(text, end);
    if !cursor.spaces() {
        return;
    }
    let Some(to) = defendant(cursor) else { return };
    named_case(text, start, to, &text[start..end] == "In re", out);
}

/// A name with what follows it; a name alone counts only where `alone` says so.
fn named_case(text: &str, from: usize, to: usize, alone: bool, out: &mut Vec<Found>) {
    let name = format!("/case/{}", slug(&text[from..to]));
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
    } else if !comma && let Some(content) = cursor.year_bracket() {
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
    let (end, content, database) = docket_at(cursor)?;
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
    let number = docket_number(&mut cursor)?;
    let mut ahead = cursor;
    while ahead.eat(",") && ahead.spaces() {
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
    let content = cursor.year_bracket();
    (content.is_some() || number.len() >= 4).then_some((cursor.at, content, None))
}

/// "1:25-cv-00123-ABC", "18CV30549", "23-456".
fn docket_number<'t>(cursor: &mut Cursor<'t>) -> Option<&'t str> {
    let from = *cursor;
    let number = cursor.take_while(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | ':' | '–' | '.'));
    let trimmed = number.trim_end_matches(['.', ':', '-']);
    cursor.at -= number.len() - trimmed.len();
    if !trimmed.bytes().any(|b| b.is_ascii_digit()) || trimmed.len() < 3 {
        *cursor = from;
        return None;
    }
    Some(trimmed)
}

/// A docket number without a case name before it: "Case No. 3:25-cv-01234".
pub(super) fn docket(text: &str, start: usize, end: usize, out: &mut Vec<Found>) {
    let mut number = Cursor::new(text, end);
    number.spaces();
    let Some(number) = docket_number(&mut number) else { return };
    let lower = number.to_ascii_lowercase();
    let marked = ["-cv-", "-cr-", "-mc-", "-mj-", "-civ-", "cv", "cr"].iter().any(|mark| {
        lower.find(mark).is_some_and(|at| {
            at > 0
                && lower.as_bytes()[at - 1].is_ascii_digit() | mark.starts_with('-')
                && lower[at + mark.len()..].starts_with(|c: char| c.is_ascii_digit() || c == '-')
        })
    });
    let marked = marked || lower.starts_with("cv-") || lower.starts_with("cr-");
    let Some((end, content, database)) = docket_at(Cursor::new(text, start)) else { return };
    let written = text[start..].split(' ').next().unwrap_or("");
    let petition = text[..start].trim_end_matches([' ', ',', '(']).rsplit(' ').next().unwrap_or("");
    let digits = number.bytes().filter(u8::is_ascii_digit).count();
    let court = text[start..].starts_with("Docket") && digits >= 4
        || written == "No."
            && number.len() >= 5
            && number.as_bytes()[2] == b'-'
            && ["petition", "appeal", "docket", "certiorari", "petitions", "appeals"].contains(&petition);
    if !marked && !court && content.is_none() && database.is_none() {
        return;
    }
    let (end, authority) = database.map_or((end, Authority::none()), |report| (report.end, report.authority));
    out.push(Found { start, end, kind: CitationKind::Case, rule: "case.docket", authority });
}

/// Where the party before the "v." begins.
fn plaintiff(text: &str, v: usize) -> Option<usize> {
    let (mut at, mut from) = (v, None);
    for count in 0..12 {
        let end = if count == 0 { at } else { back_spaces(text, at) };
        let word_start = text[..end]
            .char_indices()
            .rev()
            .take(30)
            .take_while(|(_, c)| !c.is_whitespace() && !matches!(c, '(' | '"' | '“' | '*' | '[' | '—' | '_'))
            .last()
            .map_or(end, |(i, _)| i);
        let word = &text[word_start..end];
        let bare = word.trim_end_matches(',');
        let upper = bare.starts_with(char::is_uppercase);
        let comma_ok =
            word.len() == bare.len() || count == 0 || text[end..].trim_start().starts_with(['I', 'L', 'e']);
        // "Miranda v. Arizona and Tennessee v. Garner": what goes before "and" is another case.
        if ["v.", "vs."].contains(&word) {
            let between = text[at..v].find(" and ").or_else(|| text[at..v].find(" or "));
            if let Some(and) = between {
                let rest = at + and + 1;
                from = text[rest..v].find(' ').map(|space| rest + space + 1);
            }
            break;
        }
        if word.is_empty() || !comma_ok || !upper && !SMALL.contains(&bare) || LEADING.contains(&bare) {
            break;
        }
        if count > 0 && bare.ends_with('.') && !abbreviation(bare)
            || bare.ends_with([':', ';', '?', '!', ')', '”', '"'])
        {
            break;
        }
        if upper {
            from = Some(word_start);
        }
        at = word_start;
        if before(text, word_start).is_some_and(|c| !c.is_whitespace()) {
            break;
        }
    }
    from
}

/// Where the party after the "v." ends.
fn defendant(mut cursor: Cursor<'_>) -> Option<usize> {
    let mut end = None;
    for _ in 0..12 {
        let from = cursor.at;
        let word =
            cursor.take_while(|c| c.is_alphanumeric() || matches!(c, '.' | '\'' | '’' | '-' | '&' | '‘'));
        let bare = word.trim_end_matches(['.', '\'', '’']);
        let upper = bare.starts_with(char::is_uppercase);
        if bare.is_empty() && word != "&" || !upper && !SMALL.contains(&word) && word != "&" {
            break;
        }
        let possessive = bare.strip_suffix("'s").or_else(|| bare.strip_suffix("’s"));
        if let Some(owner) = possessive {
            end = Some(from + owner.len());
            break;
        }
        let stop = word.ends_with('.') && !abbreviation(word);
        if upper {
            end = Some(from + if stop { bare.len() } else { word.len() });
        }
        let mut ahead = cursor;
        let incorporated =
            ahead.eat(",") && ahead.spaces() && ahead.eat_any(&["Inc.", "LLC", "Ltd.", "L.P.", "et al."]);
        if incorporated {
            cursor = ahead;
            end = Some(ahead.at);
            break;
        }
        // A line break ends a name only where no word goes on.
        if stop || !cursor.spaces() || another_case(cursor) {
            break;
        }
    }
    // "v. Garland." at the end of a sentence keeps no full stop.
    end.map(|end| if ends_sentence(cursor.text, end) { end - 1 } else { end })
}

/// Whether "and" begins the name of the next case: "Miranda v. Arizona and Tennessee v. Garner".
fn another_case(cursor: Cursor<'_>) -> bool {
    let rest = cursor.rest();
    let Some(next) = ["and ", "or "].iter().find_map(|word| rest.strip_prefix(word)) else { return false };
    let clause = next.split([',', ';', '(', ')', '\n']).next().unwrap_or("");
    let words = clause.split(' ').position(|word| word == "v." || word == "vs.");
    words.is_some_and(|count| (1..=6).contains(&count))
}

/// Whether the full stop before `end` closes a sentence rather than an abbreviation.
fn ends_sentence(text: &str, end: usize) -> bool {
    let head = &text[..end];
    head.ends_with('.') && !text[end..].trim_start_matches('*').starts_with(',') && {
        let word = head.rsplit(|c: char| c.is_whitespace()).next().unwrap_or("");
        word.len() > 4 && !ABBREVIATED.contains(&word)
    }
}

/// "Cnty.", "S.F.", initials and state abbreviations.
fn abbreviation(word: &str) -> bool {
    let word = word.trim_start_matches(['(', '“', '"']);
    let initials = word.split('.').all(|part| part.chars().count() <= 1);
    initials || ABBREVIATED.contains(&word) || state_ending(word).is_some()
}
