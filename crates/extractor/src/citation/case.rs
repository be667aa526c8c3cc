//! Judicial decisions by party names, with their report, docket or neutral citation.

use goldrule_schema::CitationKind;

use super::cursor::{Cursor, back_digits, back_spaces, before};
use super::names::{state_ending, state_starting};
use super::{Authority, Found, Scope, reporter, slug};
use crate::State;

pub(super) const ANCHORS: &[&str] = &[" v. ", " vs. ", " v.\u{a0}", "\u{a0}v. ", "\nv. ", " v.\n"];
pub(super) const IN_RE: &[&str] = &["In re", "Matter of", "Ex parte"];
pub(super) const NEUTRAL: &[&str] = &[
    "WL", "COA", "CO", "UT", "UT App", "WI", "WI App", "ND", "SD", "MT", "ME", "VT", "WY", "OK", "OK CR",
    "NMSC", "NMCA", "IL", "PA Super", "NCSC", "AZ", "ID", "NH", "CO App",
];

/// States of the courts whose neutral citations do not begin with the state's postal code.
const NEUTRAL_STATES: &[(&str, &str)] = &[("COA", "co"), ("NMSC", "nm"), ("NMCA", "nm"), ("NCSC", "nc")];

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

/// "Printz v. United States, 521 U.S. 898 (1997)" outward from the "v.".
pub(super) fn parse(text: &str, start: usize, end: usize, out: &mut Vec<Found>) {
    let Some(from) = plaintiff(text, start) else { return };
    let Some(to) = defendant(Cursor::new(text, end)) else { return };
    let spelled = text[start..end].contains("vs");
    named_case(text, from, to, !spelled, out);
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
    let mut authority = Authority::new(Scope::Federal, name.clone());
    let mut rule = "case.name";
    let mut cursor = Cursor::new(text, to);
    cursor.eat("*");
    if cursor.eat(",") {
        cursor.eat("*");
        cursor.spaces();
        let after = after_name(cursor, &name);
        if let Some((to, found)) = after {
            (end, authority, rule) = (to, found, "case.reported");
        }
    } else if let Some(content) = cursor.year_bracket() {
        end = cursor.at;
        authority.scope = court_scope(content);
    }
    if alone || rule == "case.reported" {
        out.push(Found { start: from, end, kind: CitationKind::Case, rule, authority });
    }
}

/// Report, docket with WL number or court, or neutral citation after "Name v. Name, ".
fn after_name(cursor: Cursor<'_>, name: &str) -> Option<(usize, Authority)> {
    if let Some(report) = reporter::at(cursor) {
        return (!report.short).then_some((report.end, report.authority));
    }
    if let Some(found) = neutral_at(cursor) {
        return Some(found);
    }
    docket(cursor, name)
}

/// "No. 17-2991, 2018 WL 4268814, at *2 (7th Cir. Aug. 10, 2018)", "No. 18CV30549 (Colo. Dist. Ct. …)".
fn docket(mut cursor: Cursor<'_>, name: &str) -> Option<(usize, Authority)> {
    if !cursor.eat_any(&["No.", "Nos.", "Case No.", "Civ. No.", "Docket No.", "Civil Action No."]) {
        return None;
    }
    cursor.spaces();
    let number = cursor.take_while(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | ':' | '–'));
    if !number.bytes().any(|b| b.is_ascii_digit()) {
        return None;
    }
    let mut ahead = cursor;
    if ahead.eat(",")
        && ahead.spaces()
        && let Some(found) = neutral_at(ahead)
    {
        return Some(found);
    }
    let scope = cursor.year_bracket().map_or(Scope::Federal, court_scope);
    Some((cursor.at, Authority::new(scope, name)))
}

/// A federal court unless the brackets begin with a state: "(Colo. Dist. Ct. 2018)".
fn court_scope(content: &str) -> Scope {
    if content.contains("Cir.") {
        return Scope::Federal;
    }
    match state_starting(content) {
        // "N.D. Cal." is a district, not North Dakota.
        Some((state, length)) if state_starting(content[length..].trim_start()).is_none() => {
            Scope::State(Some(state))
        }
        _ => Scope::Federal,
    }
}

/// "2024 COA 68", "2018 WL 4268814, at *2 (7th Cir. 2018)" at the cursor.
fn neutral_at(mut cursor: Cursor<'_>) -> Option<(usize, Authority)> {
    let year = cursor.digits(4).filter(|y| y.len() == 4 && (y.starts_with("19") || y.starts_with("20")))?;
    if !cursor.spaces() && !cursor.eat("-") {
        return None;
    }
    let rest = cursor.rest();
    let court = NEUTRAL.iter().filter(|court| rest.starts_with(**court)).max_by_key(|court| court.len())?;
    cursor.at += court.len();
    if !cursor.spaces() && !cursor.eat("-") {
        return None;
    }
    let number = cursor.digits(8)?;
    let mut ahead = cursor;
    if ahead.eat(",") && ahead.spaces() {
        let at = ahead.eat_word("at") && ahead.spaces();
        let mark = ahead.eat("*") || ahead.eat("¶");
        ahead.eat("¶");
        ahead.spaces();
        if (at || mark) && ahead.section_number().is_some() {
            cursor = ahead;
        }
    }
    cursor.year_bracket();
    let authority = if *court == "WL" {
        Authority::federal(format!("/case/wl/{year}/{number}"))
    } else {
        let code = NEUTRAL_STATES
            .iter()
            .find(|(c, _)| c == court)
            .map_or_else(|| court.get(..2), |(_, code)| Some(code));
        let court = slug(court).replace('-', "");
        Authority::new(
            Scope::State(code.and_then(State::from_code)),
            format!("/case/{court}/{year}/{number}"),
        )
    };
    Some((cursor.at, authority))
}

/// A neutral citation without a name before it.
pub(super) fn neutral(text: &str, start: usize, _end: usize, out: &mut Vec<Found>) {
    let Some((from, _)) = back_digits(text, text[..start].trim_end_matches('-').len(), 4) else { return };
    let Some((end, authority)) = neutral_at(Cursor::new(text, from)) else { return };
    out.push(Found { start: from, end, kind: CitationKind::Case, rule: "case.neutral", authority });
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
        if stop || !cursor.spaces() {
            break;
        }
    }
    // "v. Garland." at the end of a sentence keeps no full stop.
    end.map(|end| if ends_sentence(cursor.text, end) { end - 1 } else { end })
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
