//! Courts in brackets.

use super::Scope;
use super::cursor::Cursor;
use super::names::state_starting;
use super::table::{COURTS, Key};
use crate::State;

/// Months and the like that begin the date after a court: "(Colo. Dist. Ct. El Paso Cnty. Dec. 6, 2018)".
pub(super) const MONTHS: &[&str] = &[
    "Jan.",
    "Feb.",
    "Mar.",
    "Apr.",
    "May",
    "June",
    "July",
    "Aug.",
    "Sept.",
    "Oct.",
    "Nov.",
    "Dec.",
    "January",
    "February",
    "March",
    "April",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// Whose court a bracket with a year names; none where it gives a year alone.
pub(super) fn scope(bracket: &str) -> Option<Scope> {
    let mut key = Key::new();
    let mut known = None;
    for word in bracket.split_whitespace() {
        let date = word.starts_with(|c: char| c.is_ascii_digit()) && !word.contains("Cir") && word.len() >= 4;
        if date || MONTHS.contains(&word) || !key.push(word) {
            break;
        }
        known = COURTS.get(key.as_str()).and_then(|mut columns| columns.next()).or(known);
    }
    if key.as_str().is_empty() {
        return None;
    }
    if bracket.contains("Cir.") {
        return Some(Scope::Federal);
    }
    match known {
        Some("us") => Some(Scope::Federal),
        Some(code) => Some(Scope::State(State::from_code(code))),
        None => match state_starting(bracket) {
            // "N.D. Cal." is a district, not North Dakota.
            Some((state, length)) if state_starting(bracket[length..].trim_start()).is_none() => {
                Some(Scope::State(Some(state)))
            }
            Some(_) => Some(Scope::Federal),
            None => None,
        },
    }
}

/// A short bracket that names a court and no date: "(W.D.N.Y.)", "(4th Cir.)".
pub(super) fn bracket<'t>(cursor: &mut Cursor<'t>) -> Option<&'t str> {
    let mut ahead = *cursor;
    ahead.spaces();
    let inner = ahead.rest().strip_prefix('(')?;
    let end = inner.bytes().take(30).position(|b| matches!(b, b')' | b'('))?;
    let content = inner.get(..end).filter(|_| inner[end..].starts_with(')'))?;
    let mut key = Key::new();
    let known = key.push(content) && COURTS.get(key.as_str()).is_some();
    if !known || !content.contains('.') {
        return None;
    }
    ahead.at += end + 2;
    *cursor = ahead;
    Some(content)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn brackets_without_a_date_need_a_known_court() {
        let read = |text| bracket(&mut Cursor::new(text, 0));
        assert_eq!(read(" (W.D.N.Y.), which"), Some("W.D.N.Y."));
        assert_eq!(read("(4th Cir.)"), Some("4th Cir."));
        assert_eq!(read(" (the city)"), None);
        assert_eq!(read(" (ICE)"), None);
    }

    #[test]
    fn brackets_name_courts() {
        let state = |code| Some(Scope::State(State::from_code(code)));
        assert_eq!(scope("9th Cir. 2019"), Some(Scope::Federal));
        assert_eq!(scope("N.D. Cal. Apr. 24, 2025"), Some(Scope::Federal));
        assert_eq!(scope("S.D.N.Y. 2014"), Some(Scope::Federal));
        assert_eq!(scope("D. Mass. 2020"), Some(Scope::Federal));
        assert_eq!(scope("Tex. App. 2010"), state("tx"));
        assert_eq!(scope("Pa. Commw. Ct. 2014"), state("pa"));
        assert_eq!(scope("Colo. Dist. Ct. El Paso Cnty. Dec. 6, 2018"), state("co"));
        assert_eq!(scope("D.C. 2015"), state("dc"));
        assert_eq!(scope("2012"), None);
    }
}
