//! Matters before the councils of cities and counties: "Bill No. 250044", "Int. 158", "Council File 23-1234".

use goldrule_schema::CitationKind;

use super::bill::{self, near};
use super::cursor::Cursor;
use super::{Authority, Found, Scope};
use crate::State;

/// How councils number what is before them, with the part of the path.
const SORTS: &[(&str, &str)] = &[
    ("Council Bill", "cb"),
    ("council bill", "cb"),
    ("CB", "cb"),
    ("C.B.", "cb"),
    ("Board Bill", "bb"),
    ("Expedited Bill", ""),
    ("Int.", "int"),
    ("Int", "int"),
    ("Intro.", "int"),
    ("Intro", "int"),
    ("Introduction", "int"),
    ("Council File", "cf"),
    ("Council file", "cf"),
    ("council file", "cf"),
    ("CF", "cf"),
    ("C.F.", "cf"),
    ("Legislative File", "file"),
    ("File", "file"),
    ("Legistar File", "file"),
    ("BL20", "bl"),
    ("RS20", "rs"),
    ("Bill", ""),
];

pub(super) const ANCHORS: &[&str] = literals!(SORTS);

/// Words of councils.
const COUNCIL: &[&str] = &[
    "ouncil",
    "upervisors",
    "lder",
    "rdinance",
    "City Hall",
    "city hall",
    "ommissioners",
    "Philadelphia",
    "New York",
    "Los Angeles",
    "Mayor",
    "mayor",
    "sponsor",
    "legislation",
    "ommittee",
    "first reading",
    "second reading",
    "Municipal Code",
];

/// Reads the number after the word, where it is written as that sort of matter is.
pub(super) fn parse(text: &str, start: usize, end: usize, out: &mut Vec<Found>) {
    let written = &text[start..end];
    let Some((_, sort)) = SORTS.iter().find(|(name, _)| *name == written) else { return };
    let dated = written.ends_with("20");
    let mut cursor = Cursor::new(text, if dated { end - "20".len() } else { end });
    let joined = !dated && cursor.eat("-");
    // "CB61-2020" of Howard County
    let glued = written == "CB" && cursor.peek().is_some_and(|c| c.is_ascii_digit());
    if !(joined || dated || glued || cursor.spaces()) {
        return;
    }
    let marked = cursor.number_mark();
    cursor.spaces();
    let number = cursor.section_number().map(str::to_owned);
    // "CB-51", where the text calls it "Council Bill 51"
    let called = joined
        && written == "CB"
        && number.as_deref().is_some_and(|n| bill::around(text, start, &[&format!("ouncil Bill {n}")]));
    let radio = written == "CB" && near(text, start, cursor.at, &["radio", "trucker"]);
    let fits = number.as_deref().is_some_and(|n| {
        (numbered(written, sort, n, marked, joined)
            || called
            || glued && n.contains("-20")
            || county(text, start, written, n))
            && (written.len() > 8
                || dated
                || called
                || *sort == "cb" && n.len() == 7 && n.contains('-')
                || near(text, start, cursor.at, COUNCIL))
    });
    let Some(number) = number.filter(|_| fits && !radio) else {
        if written == "Bill" {
            bill::parse(text, start, end, out);
        }
        return;
    };
    let base = if sort.is_empty() { "/bill".to_owned() } else { format!("/bill/{sort}") };
    // What only New York City and Nashville call so needs no place said.
    let scope = match *sort {
        "int" => Scope::Place(State::from_code("ny"), Some("new-york".to_owned())),
        "bl" | "rs" => Scope::Place(State::from_code("tn"), Some("nashville".to_owned())),
        _ => Scope::Place(None, None),
    };
    let (kind, base) = match *sort {
        "rs" => (CitationKind::Ordinance, "/resolution".to_owned()),
        _ => (CitationKind::Bill, base),
    };
    let authority = Authority::new(scope, format!("{base}/{}", number.to_ascii_lowercase()));
    out.push(Found { start, end: cursor.at, kind, rule: "bill.council", authority });
}

/// "Bill 35-25" of a county council, "Bill 51" of Honolulu's.
fn county(text: &str, start: usize, written: &str, number: &str) -> bool {
    let digits = |part: &str, most: usize| {
        (1..=most).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit())
    };
    let dated = number.split_once('-').is_some_and(|(n, year)| digits(n, 2) && digits(year, 2));
    let end = start + written.len() + number.len();
    written == "Bill"
        && (dated && near(text, start, end.min(text.len()), &["ounty", "ouncil"])
            || digits(number, 3) && near(text, start, end.min(text.len()), &["Honolulu", "Maui", "Kauai"]))
}

/// Whether a number is one of its sort: six digits with the year first, or the year and a number.
fn numbered(written: &str, sort: &str, number: &str, marked: bool, joined: bool) -> bool {
    let head = number.split('-').next().unwrap_or(number);
    let digits = head.bytes().all(|b| b.is_ascii_digit());
    let dashed = number.contains('-');
    let whole = number.len() == 6 && digits && !dashed;
    let year = |part: &str| matches!(part.len(), 2 | 4) && part.starts_with('2') && digits;
    let session = dashed && year(head) && number.len() >= head.len() + 4;
    match sort {
        "int" => {
            let tail = number.split_once('-').map_or("", |(_, tail)| tail);
            let letter = tail.len() == 1 || tail.is_empty() || tail.len() == 4;
            digits
                && head.len() <= 4
                && (marked || head.len() >= 3 && number != "101")
                && letter
                && (marked || written.starts_with("Int"))
                && (written != "Int" || marked || tail.len() == 4)
        }
        "cb" if written.len() <= 4 => session || whole || joined && number.contains("-20"),
        "cb" => session || whole || digits && head.len() <= 6,
        "bb" => digits && head.len() <= 4,
        "cf" => session,
        "file" => session || marked && digits && (5..=7).contains(&number.len()),
        "bl" | "rs" => dashed && digits && head.len() == 4,
        _ => whole || written == "Expedited Bill" || dashed && head.len() == 4 && year(head),
    }
}
