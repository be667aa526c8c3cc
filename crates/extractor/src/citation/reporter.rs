//! Volumes and pages of case reporters: "567 U.S. 387, 389 (2012)".

use goldrule_schema::CitationKind;

use super::cursor::{Cursor, back_digits};
use super::{Authority, Found, Scope};
use crate::State;

/// Reporters of the federal courts.
const FEDERAL: &[&str] = &[
    "U.S.",
    "U. S.",
    "S. Ct.",
    "S.Ct.",
    "L. Ed. 2d",
    "L.Ed.2d",
    "F.2d",
    "F.3d",
    "F.4th",
    "F. 2d",
    "F. 3d",
    "F. 4th",
    "F. Supp.",
    "F. Supp. 2d",
    "F. Supp. 3d",
    "F.Supp.",
    "F.Supp.2d",
    "F.Supp.3d",
    "F. App'x",
    "F. App’x",
    "Fed. App'x",
    "Fed. Appx.",
    "F.R.D.",
    "B.R.",
    "Fed. Cl.",
    "I. & N. Dec.",
    "I&N Dec.",
    "I. &amp; N. Dec.",
];

/// Reporters of several states; the brackets or the parallel report tell which.
const REGIONAL: &[&str] = &[
    "A.2d", "A.3d", "N.E.", "N.E.2d", "N.E.3d", "N.W.", "N.W.2d", "N.W.3d", "P.2d", "P.3d", "So. 2d",
    "So. 3d", "So.2d", "So.3d", "S.E.", "S.E.2d", "S.W.2d", "S.W.3d",
];

/// Official and private reporters of one state.
const STATES: &[(&str, &[&str])] = &[
    ("az", &["Ariz."]),
    (
        "ca",
        &[
            "Cal.",
            "Cal.2d",
            "Cal.3d",
            "Cal.4th",
            "Cal.5th",
            "Cal. 2d",
            "Cal. 3d",
            "Cal. 4th",
            "Cal. 5th",
            "Cal.App.2d",
            "Cal.App.3d",
            "Cal.App.4th",
            "Cal.App.5th",
            "Cal. App. 2d",
            "Cal. App. 3d",
            "Cal. App. 4th",
            "Cal. App. 5th",
            "Cal. Rptr.",
            "Cal. Rptr. 2d",
            "Cal. Rptr. 3d",
            "Cal.Rptr.3d",
        ],
    ),
    ("ct", &["Conn.", "Conn. App."]),
    ("ga", &["Ga.", "Ga. App."]),
    ("il", &["Ill. 2d", "Ill.2d", "Ill. App. 3d"]),
    ("ia", &["Iowa"]),
    ("ks", &["Kan."]),
    ("ma", &["Mass.", "Mass. App. Ct."]),
    ("md", &["Md.", "Md. App."]),
    ("mi", &["Mich.", "Mich. App."]),
    ("mt", &["Mont."]),
    ("nc", &["N.C.", "N.C. App."]),
    ("ne", &["Neb."]),
    ("nv", &["Nev."]),
    ("nj", &["N.J.", "N.J. Super."]),
    ("nm", &["N.M."]),
    ("ny", &["N.Y.", "N.Y.2d", "N.Y.3d", "A.D.2d", "A.D.3d", "Misc. 2d", "Misc. 3d", "N.Y.S.2d", "N.Y.S.3d"]),
    ("or", &["Or.", "Or. App."]),
    ("pa", &["Pa.", "Pa. Super."]),
    ("va", &["Va."]),
    ("wa", &["Wash.", "Wash. 2d", "Wash.2d", "Wn.2d", "Wn. App.", "Wn. App. 2d", "Wash. App."]),
    ("wi", &["Wis. 2d", "Wis.2d"]),
];

/// Every literal that names a reporter.
pub(super) fn literals() -> impl Iterator<Item = &'static str> {
    let states = STATES.iter().flat_map(|(_, names)| names.iter().copied());
    FEDERAL.iter().copied().chain(REGIONAL.iter().copied()).chain(states)
}

/// Whose reporter it is; `None` where several states share it.
fn scope(name: &str) -> Option<Scope> {
    if FEDERAL.contains(&name) {
        return Some(Scope::Federal);
    }
    if REGIONAL.contains(&name) {
        return Some(Scope::State(None));
    }
    let (code, _) = STATES.iter().find(|(_, names)| names.contains(&name))?;
    Some(Scope::State(State::from_code(code)))
}

/// A report and what belongs to it.
pub(super) struct Report {
    pub(super) end: usize,
    pub(super) authority: Authority,
    /// Whether it only points into a report given before: "567 U.S. at 400".
    pub(super) short: bool,
}

/// Reads a report that begins with its volume at the cursor.
pub(super) fn at(mut cursor: Cursor<'_>) -> Option<Report> {
    let volume = cursor.digits(4)?;
    cursor.spaces();
    let rest = cursor.rest();
    let name = literals().filter(|name| rest.starts_with(name)).max_by_key(|name| name.len())?;
    cursor.at += name.len();
    report(cursor, volume, name)
}

/// Reads on after the name of a reporter.
fn report(mut cursor: Cursor<'_>, volume: &str, name: &str) -> Option<Report> {
    // No reporter has reached its volume 1900; such a number is a year.
    if !cursor.spaces() || volume.len() > 3 && volume >= "1900" {
        return None;
    }
    let mut scope = scope(name)?;
    let slug: String = name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
    let slug = slug.replace("wn2d", "wash2d");
    if cursor.eat_word("at") {
        cursor.spaces();
        cursor.section_number()?;
        let authority = Authority::new(scope, format!("/case/{slug}/{volume}/"));
        return Some(Report { end: cursor.at, authority, short: true });
    }
    let page = cursor.digits(5)?;
    pinpoints(&mut cursor);
    if let Some(court) = cursor.year_bracket()
        && scope == Scope::State(None)
    {
        scope = Scope::State(super::names::state_starting(court).map(|(state, _)| state));
    }
    let authority = Authority::new(scope, format!("/case/{slug}/{volume}/{page}"));
    Some(Report { end: cursor.at, authority, short: false })
}

/// ", 640-45", ", 400 n.3", ", ¶ 12": pages inside the report, but not the volume of the next report.
fn pinpoints(cursor: &mut Cursor<'_>) {
    for _ in 0..4 {
        let mut ahead = *cursor;
        if !(ahead.eat(",") && ahead.spaces()) {
            return;
        }
        ahead.eat_word("at");
        ahead.spaces();
        ahead.eat("*");
        ahead.eat("¶");
        ahead.eat("¶");
        ahead.spaces();
        if ahead.section_number().is_none() {
            return;
        }
        if ahead.eat("–") {
            ahead.section_number();
        }
        let mut note = ahead;
        note.spaces();
        if note.eat("n.") || note.eat("& n.") {
            note.spaces();
            if note.section_number().is_some() {
                ahead = note;
            }
        }
        let mut next = ahead;
        next.spaces();
        if next.peek().is_some_and(char::is_alphabetic) {
            return;
        }
        *cursor = ahead;
    }
}

/// A report that stands without a case name, or parallel to another.
pub(super) fn parse(text: &str, start: usize, end: usize, out: &mut Vec<Found>) {
    let Some((from, volume)) = back_digits(text, start, 4) else { return };
    let Some(report) = report(Cursor::new(text, end), volume, &text[start..end]) else { return };
    let rule = if report.short { "case.short_report" } else { "case.report" };
    out.push(Found {
        start: from,
        end: report.end,
        kind: CitationKind::Case,
        rule,
        authority: report.authority,
    });
}
