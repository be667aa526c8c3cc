//! Governors and attorneys general, whose names tell the state of a bill or an order.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::cursor::Cursor;
use crate::State;

/// First name, last name and state of those in office since laws on this subject were made.
const OFFICIALS: &str = "Kay Ivey al|Mike Dunleavy ak|Katie Hobbs az|Doug Ducey az|Jan Brewer az|Sarah Sanders ar|\
    Asa Hutchinson ar|Gavin Newsom ca|Jerry Brown ca|Jared Polis co|Ned Lamont ct|Dannel Malloy ct|John Carney de|\
    Ron DeSantis fl|Rick Scott fl|Brian Kemp ga|Nathan Deal ga|Josh Green hi|David Ige hi|Brad Little id|JB Pritzker il|\
    J.B. Pritzker il|Bruce Rauner il|Pat Quinn il|Mike Braun in|Eric Holcomb in|Kim Reynolds ia|Laura Kelly ks|\
    Andy Beshear ky|Matt Bevin ky|Jeff Landry la|John Bel Edwards la|Bobby Jindal la|Janet Mills me|Paul LePage me|\
    Wes Moore md|Larry Hogan md|Maura Healey ma|Charlie Baker ma|Deval Patrick ma|Gretchen Whitmer mi|Rick Snyder mi|\
    Tim Walz mn|Mark Dayton mn|Tate Reeves ms|Phil Bryant ms|Mike Kehoe mo|Mike Parson mo|Greg Gianforte mt|\
    Steve Bullock mt|Jim Pillen ne|Pete Ricketts ne|Joe Lombardo nv|Steve Sisolak nv|Brian Sandoval nv|\
    Kelly Ayotte nh|Chris Sununu nh|Mikie Sherrill nj|Phil Murphy nj|Chris Christie nj|Michelle Lujan Grisham nm|\
    Susana Martinez nm|Kathy Hochul ny|Andrew Cuomo ny|Josh Stein nc|Roy Cooper nc|Pat McCrory nc|Kelly Armstrong nd|\
    Doug Burgum nd|Mike DeWine oh|John Kasich oh|Kevin Stitt ok|Mary Fallin ok|Tina Kotek or|Kate Brown or|\
    Josh Shapiro pa|Tom Wolf pa|Dan McKee ri|Gina Raimondo ri|Henry McMaster sc|Nikki Haley sc|Larry Rhoden sd|\
    Kristi Noem sd|Bill Lee tn|Bill Haslam tn|Greg Abbott tx|Rick Perry tx|Spencer Cox ut|Gary Herbert ut|\
    Phil Scott vt|Abigail Spanberger va|Glenn Youngkin va|Ralph Northam va|Terry McAuliffe va|Bob Ferguson wa|\
    Jay Inslee wa|Patrick Morrisey wv|Jim Justice wv|Tony Evers wi|Scott Walker wi|Mark Gordon wy|Matt Mead wy|\
    Ken Paxton tx|Rob Bonta ca|Xavier Becerra ca|Letitia James ny|Kwame Raoul il|Dana Nessel mi|Keith Ellison mn|\
    Phil Weiser co|Matthew Platkin nj|Gurbir Grewal nj|William Tong ct|Peter Neronha ri|Kris Mayes az|\
    Jason Miyares va|James Uthmeier fl|Ashley Moody fl|Liz Murrill la|Todd Rokita in|Dave Yost oh|Andrew Bailey mo|\
    Brenna Bird ia|Mike Hilgers ne|Kris Kobach ks|Gentner Drummond ok|Jonathan Skrmetti tn|Austin Knudsen mt|\
    Kathy Jennings de|Josh Kaul wi|Charity Clark vt|John Formella nh|Aaron Frey me|Dan Rayfield or|Raúl Torrez nm";

/// Titles after which a last name is enough.
const TITLES: [&str; 4] = ["Gov.", "Governor", "governor", "Govs."];

struct Official {
    name: &'static str,
    last: &'static str,
    state: State,
}

static TABLE: LazyLock<Vec<Official>> = LazyLock::new(|| {
    let rows = OFFICIALS.split('|').filter_map(|row| {
        let (name, code) = row.rsplit_once(' ')?;
        // "Michelle Lujan Grisham" goes by two last names.
        let (_, last) = name.split_once(' ')?;
        Some(Official { name, last, state: State::from_code(code)? })
    });
    rows.collect()
});

/// Rows of the table by first name, since every capital of a text is looked up.
static BY_FIRST: LazyLock<FxHashMap<&str, Vec<&Official>>> = LazyLock::new(|| {
    let mut by_first: FxHashMap<&str, Vec<&Official>> = FxHashMap::default();
    for one in TABLE.iter() {
        by_first.entry(one.name.split(' ').next().unwrap_or("")).or_default().push(one);
    }
    by_first
});

/// The state of the official named right at `at`, by the full name or by title and last name.
pub(super) fn state_at(text: &str, at: usize) -> Option<State> {
    let cursor = Cursor::new(text, at);
    let begins = |rest: &str, name: &str| {
        rest.strip_prefix(name).is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
    };
    let mut titled = cursor;
    let title = TITLES.iter().any(|title| titled.eat(title)) && titled.spaces();
    if title {
        let rest = titled.rest();
        let found = TABLE.iter().find(|one| begins(rest, one.name) || begins(rest, one.last));
        return found.map(|one| one.state);
    }
    let rest = cursor.rest();
    let first = &rest[..memchr::memchr(b' ', rest.as_bytes())?];
    BY_FIRST.get(first)?.iter().find(|one| begins(rest, one.name)).map(|one| one.state)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_or_the_full_name_tells_the_state() {
        let state = |text| state_at(text, 0).map(State::code);
        assert_eq!(state("Gov. Ron DeSantis signed"), Some("fl"));
        assert_eq!(state("Governor Hochul's order"), Some("ny"));
        assert_eq!(state("Gov. Lujan Grisham"), Some("nm"));
        assert_eq!(state("Greg Abbott said"), Some("tx"));
        assert_eq!(state("Abbott Avenue"), None);
        assert_eq!(state("Gov. Abbottson"), None);
    }
}
