//! Bills and resolutions of legislatures, by chamber and number.

use goldrule_schema::CitationKind;

use super::cursor::Cursor;
use super::names::state_before;
use super::{Authority, Found, MOST_ITEMS, Scope};

/// Ways of writing the chamber and the sort of measure, with the part of the path they give.
const CHAMBERS: &[(&str, &str)] = &[
    ("Senate Bill", "sb"),
    ("House Bill", "hb"),
    ("Assembly Bill", "ab"),
    ("Legislative Bill", "lb"),
    ("Legislative Document", "ld"),
    ("House File", "hf"),
    ("Senate File", "sf"),
    ("House Joint Resolution", "hjr"),
    ("Senate Joint Resolution", "sjr"),
    ("House Concurrent Resolution", "hcr"),
    ("Senate Concurrent Resolution", "scr"),
    ("House Resolution", "hr"),
    ("Senate Resolution", "sr"),
    ("S.B.", "sb"),
    ("H.B.", "hb"),
    ("A.B.", "ab"),
    ("L.B.", "lb"),
    ("L.D.", "ld"),
    ("H.F.", "hf"),
    ("S.F.", "sf"),
    ("H.R.", "hr"),
    ("H. R.", "hr"),
    ("S.R.", "sr"),
    ("H.J.R.", "hjr"),
    ("S.J.R.", "sjr"),
    ("SB", "sb"),
    ("HB", "hb"),
    ("AB", "ab"),
    ("LB", "lb"),
    ("LD", "ld"),
    ("HF", "hf"),
    ("SF", "sf"),
    ("HR", "hr"),
    ("HJR", "hjr"),
    ("SJR", "sjr"),
    ("HCR", "hcr"),
    ("SCR", "scr"),
    ("SSB", "sb"),
    ("ESSB", "sb"),
    ("SHB", "hb"),
    ("EHB", "hb"),
    ("S.", "s"),
];

pub(super) const ANCHORS: &[&str] = &{
    let mut literals = [""; CHAMBERS.len()];
    let mut i = 0;
    while i < literals.len() {
        literals[i] = CHAMBERS[i].0;
        i += 1;
    }
    literals
};

/// "SB 54", "House Bill No. 1105", "H.R. 29", "Senate Bills 4 and 8".
pub(super) fn parse(text: &str, start: usize, end: usize, out: &mut Vec<Found>) {
    let written = &text[start..end];
    let Some((_, chamber)) = CHAMBERS.iter().find(|(literal, _)| literal.eq_ignore_ascii_case(written))
    else {
        return;
    };
    let mut cursor = Cursor::new(text, end);
    let plural = written.len() > 4 && cursor.eat("s");
    let joined = !cursor.spaces();
    let hyphen = joined && cursor.eat("-");
    if cursor.eat_any(&["No.", "Nos.", "Number", "#"]) {
        cursor.spaces();
    }
    let Some(number) = number(&mut cursor) else { return };
    // "S. 12th" and "S. 5 Main" are streets, "HR25" a player's shirt.
    if *chamber == "s" && (joined || number.len() < 2 || !congress(text, start))
        || number.starts_with('0') && !hyphen
    {
        return;
    }
    let scope = match (*chamber, state_before(text, start)) {
        ("s", _) | ("hr", None) if *chamber == "s" || !written.eq_ignore_ascii_case("House Resolution") => {
            Scope::Federal
        }
        (_, state) => Scope::State(state),
    };
    let (kind, rule) = (CitationKind::Bill, "bill.number");
    let mut push = |start, end, number: &str| {
        let authority = Authority::new(scope.clone(), format!("/bill/{chamber}/{number}"));
        out.push(Found { start, end, kind, rule, authority });
    };
    push(start, cursor.at, number);
    for _ in 0..if plural { MOST_ITEMS } else { 0 } {
        cursor.eat(",");
        cursor.spaces();
        cursor.eat_any(&["and", "or", "&"]);
        cursor.spaces();
        let from = cursor.at;
        let Some(number) = cursor.digits(5) else { break };
        push(from, cursor.at, number);
    }
}

/// A number, with the session's year before it in states that count so: "19-1124".
fn number<'t>(cursor: &mut Cursor<'t>) -> Option<&'t str> {
    let from = cursor.at;
    let first = cursor.digits(5)?;
    let mut ahead = *cursor;
    if first.len() == 2 && ahead.eat("-") && ahead.digits(4).is_some_and(|n| n.len() >= 3) {
        *cursor = ahead;
    }
    cursor.text.get(from..cursor.at)
}

/// Whether a Senate bill of Congress may stand here: not after a name or an initial.
fn congress(text: &str, start: usize) -> bool {
    let before = text[..start].trim_end_matches(' ');
    let last = before.rsplit(' ').next().unwrap_or("");
    !last.starts_with(char::is_uppercase) && !last.ends_with(|c: char| c.is_ascii_digit() || c == '.')
}
