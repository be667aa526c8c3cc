//! Lists and ranges of sections: "§§ 1373 and 1644(a)", "ORS 181A.820 to 181A.829".

use super::cursor::{Cursor, FIRM_HYPHEN};
use super::{Authority, Found, MOST_ITEMS};

/// Whether numbers that follow a section are sections too.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Listed {
    /// After "§§" or "sections".
    Many,
    /// After "§": only what has a sign of its own.
    One,
    /// After no sign at all: only what a full stop or comma ends.
    Unmarked,
}

impl Listed {
    pub(super) fn of(mark: Option<bool>) -> Self {
        match mark {
            Some(true) => Self::Many,
            Some(false) => Self::One,
            None => Self::Unmarked,
        }
    }
}

/// The first section of "1373-1375" after "§§"; `plain` where numbers of the code have no hyphens.
pub(super) fn first_of_range(number: &str, plural: bool, plain: bool) -> &str {
    let Some((first, last)) = number.split_once(['-', FIRM_HYPHEN]) else { return number };
    // "181A.820-181A.829": the same chapter twice is a range without a plural sign too.
    let chapter = |part: &str| part.rsplit_once('.').map(|(chapter, _)| chapter.to_owned());
    if chapter(first).is_some() && chapter(first) == chapter(last) {
        return first;
    }
    if !plural {
        return number;
    }
    let value = |s: &str| {
        let digits = s.bytes().take_while(u8::is_ascii_digit).count();
        s.get(..digits).and_then(|d| d.parse::<u32>().ok())
    };
    let (Some(low), Some(high)) = (value(first), value(last)) else { return number };
    // "§§ 31-142 and 31-143" are sections of chapter 31.
    let chaptered = first.len() < 3 && last.len() > first.len();
    let lettered = |s: &str| s.bytes().any(|b| b.is_ascii_alphabetic());
    // "160A-205.2" is a section of North Carolina's chapter 160A.
    let chaptered = chaptered || lettered(first) && !lettered(last);
    let range = low <= high && !last.contains('-') && !chaptered && (plain || first.len() >= 3 && low > 99);
    if range { first } else { number }
}

/// Adds the first citation and then those that only add a number or a subdivision to it.
pub(super) fn list(mut cursor: Cursor<'_>, listed: Listed, mut first: Found, out: &mut Vec<Found>) {
    let (kind, rule) = (first.kind, first.rule);
    let mut last = first.authority.clone();
    if through(&mut cursor, listed) {
        first.end = cursor.at.max(first.end);
    }
    let bracketed = first.end > cursor.at;
    out.push(first);
    if bracketed {
        return;
    }
    for nth in 0..MOST_ITEMS {
        let Some((start, next, end)) = item(cursor, (listed, nth > 0), &last) else { return };
        let mut after = Cursor::new(cursor.text, end);
        through(&mut after, listed);
        out.push(Found { start, end: after.at, kind, rule, authority: next.clone() });
        last = next;
        cursor = after;
    }
}

/// ", 1644(a)", " and § 1644", ", (c)(3)" after `last`, which may be no first one: start, authority, end.
fn item(
    cursor: Cursor<'_>,
    (listed, later): (Listed, bool),
    last: &Authority,
) -> Option<(usize, Authority, usize)> {
    let mut ahead = cursor;
    let comma = ahead.eat(",") || ahead.eat(";");
    let space = ahead.spaces();
    let word = ahead.eat_any(&["and", "or", "&", "nor", "vs."]);
    if !(word || comma && space) {
        return None;
    }
    ahead.spaces();
    let start = ahead.at;
    if ahead.peek() == Some('(') {
        let path = ahead.subdivisions();
        let deeper = path.matches('/').count() > last.subdivisions.matches('/').count();
        if path.is_empty() || deeper || !ends_item(ahead) {
            return None;
        }
        let merged = merge(&last.subdivisions, &path);
        return Some((start, last.clone().section(last.section.clone(), merged), ahead.at));
    }
    let signed = ahead.eat("§");
    // "; §§ 908.101-.109, Fla. Stat." is a list of its own.
    if ahead.eat("§") && last.section.starts_with("ch") {
        return None;
    }
    ahead.spaces();
    if !signed && listed == Listed::One {
        return None;
    }
    let cut = listed == Listed::Many
        && last.section.starts_with('s')
        && last.section.contains('.')
        && ahead.eat(".");
    let number = ahead.section_number()?;
    let number = first_of_range(number, listed == Listed::Many, false);
    // "43.10.310 and .315"
    let whole = match last.section.rsplit_once('.') {
        Some((head, _)) if cut => format!("{}.{number}", head.strip_prefix('s').unwrap_or(head)),
        _ => number.to_owned(),
    };
    let number = whole.as_str();
    let subdivisions = ahead.subdivisions();
    ahead.et_seq();
    // "8 U.S.C. 1304, 1324 and 1326 brings": the last of a list is as long as those before it.
    let as_long = later && word && number.len() >= 4 && number.len() + 1 == last.section.len();
    let alike = word && written_alike(number, last) || as_long;
    if !ends_item(ahead) || listed == Listed::Unmarked && !signed && !alike && !ends_clause(ahead, number) {
        return None;
    }
    let head = if last.section.starts_with("ch") && !signed { "ch" } else { "s" };
    let section = match last.section.rsplit_once('/') {
        // "5 ILCS 805/15 and 805/20" keeps its chapter.
        Some(_) if !last.section.starts_with(['s', 'c', 'p']) => {
            let title = last.section.split('/').next().unwrap_or("");
            format!("{title}/{number}")
        }
        _ => format!("{head}{number}"),
    };
    Some((start, last.clone().section(section, subdivisions), ahead.at))
}

/// Whether a number is parted as the section before it: "42-4-14(c) and 36-80-23".
fn written_alike(number: &str, last: &Authority) -> bool {
    let parts = |s: &str| s.bytes().filter(|b| matches!(b, b'.' | b'-' | b':' | b'/')).count();
    parts(number) > 0 && parts(number) == parts(&last.section) && number.len() >= 6
}

/// "–1375", " through 1375", " to 1375": the rest of a range.
fn through(cursor: &mut Cursor<'_>, listed: Listed) -> bool {
    let mut ahead = *cursor;
    // "(a)–(c)", "(a) through (c)"
    let spaced = ahead.spaces();
    let joint =
        if spaced { ahead.eat("through ") || ahead.eat("to ") } else { ahead.eat("–") || ahead.eat("-") };
    if joint && ahead.peek() == Some('(') && !ahead.subdivisions().is_empty() {
        *cursor = ahead;
        return true;
    }
    let mut ahead = *cursor;
    let dash = ahead.eat("–") || ahead.eat("—") || ahead.rest().starts_with("-.") && ahead.eat("-");
    if !dash {
        ahead.spaces();
        if !ahead.eat_any(&["through", "to", "thru"]) {
            return false;
        }
        ahead.spaces();
    }
    let signed = ahead.eat("§");
    ahead.spaces();
    // "24-76.6-101 to -103" gives the last part alone.
    let cut = ahead.eat("-") || dash && ahead.eat(".");
    let Some(number) = ahead.section_number() else { return false };
    // Where no plural sign tells, the number itself must look like a section: "ORS 181A.820 to 181A.829".
    let alike = number.len() >= 4 && number.contains(['.', '-', ':']);
    if !(dash || signed || cut || listed == Listed::Many || alike) {
        return false;
    }
    ahead.subdivisions();
    *cursor = ahead;
    true
}

/// Whether no code follows whose title the number is, as in "§§ 1373 and 8 U.S.C.".
fn ends_item(mut cursor: Cursor<'_>) -> bool {
    cursor.spaces();
    !["U.S", "C.F", "USC", "CFR", "ILCS", "Ill.", "F.", "S. Ct", "Stat.", "Fed."]
        .iter()
        .any(|code| cursor.rest().starts_with(code))
}

/// Whether the clause ends after an unmarked number that looks like a section.
fn ends_clause(mut cursor: Cursor<'_>, number: &str) -> bool {
    if number.len() < 4 {
        return false;
    }
    if cursor.peek().is_none_or(|c| matches!(c, ',' | '.' | ';' | ')' | ':')) {
        return true;
    }
    cursor.spaces() && ["and ", "or ", "& "].iter().any(|word| cursor.rest().starts_with(word))
}

/// Puts `path` in the place of that level of `old` which is written alike: `/c/1/E` and `/3` give `/c/3`.
pub(super) fn merge(old: &str, path: &str) -> String {
    let sort = |part: &str| match part.bytes().next() {
        Some(b'0'..=b'9') => 0,
        Some(b'A'..=b'Z') => 1,
        _ => 2,
    };
    let first = path.split('/').nth(1).map(sort);
    let kept: Vec<&str> = old.split('/').skip(1).take_while(|part| Some(sort(part)) != first).collect();
    let head: String = kept.iter().flat_map(|part| ["/", part]).collect();
    head + path
}
