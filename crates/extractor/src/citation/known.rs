//! Well-known decisions named by one party: "Monell liability", "a Terry stop", "under Printz".

use goldrule_schema::CitationKind;

use super::cursor::{back_spaces, back_word};
use super::{Authority, Found, Scope};

/// How much beside the name must show a decision.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Needs {
    /// Nothing: hardly anybody else is called so.
    Name,
    /// Words that speak of decisions.
    Mark,
    /// A noun that goes with it: many people are called so.
    Noun(&'static [&'static str]),
}

/// Name, state or none for a federal court, slug, what must show it.
const CASES: &[(&str, &str, &str, Needs)] = &[
    ("Lunn", "ma", "lunn-v-commonwealth", Needs::Mark),
    ("Galarza", "", "galarza-v-szalczyk", Needs::Mark),
    ("Miranda-Olivares", "", "miranda-olivares-v-clackamas-county", Needs::Name),
    ("Printz", "", "printz-v-united-states", Needs::Name),
    ("Monell", "", "monell-v-department-of-social-services", Needs::Name),
    ("Bivens", "", "bivens-v-six-unknown-named-agents", Needs::Name),
    ("Zadvydas", "", "zadvydas-v-davis", Needs::Name),
    ("Accardi", "", "united-states-ex-rel-accardi-v-shaughnessy", Needs::Mark),
    ("Terry", "", "terry-v-ohio", Needs::Noun(&[" stop", " stops", " frisk", " frisks", " pat-down"])),
    (
        "Garrity",
        "",
        "garrity-v-new-jersey",
        Needs::Noun(&[" protections", " rights", " warning", " warnings", " immunity"]),
    ),
    ("Murphy", "", "murphy-v-ncaa", Needs::Noun(&[])),
    ("Pullman", "", "railroad-commission-of-texas-v-pullman-co", Needs::Noun(&[" abstention"])),
    ("Younger", "", "younger-v-harris", Needs::Noun(&[" abstention"])),
];

/// Volumes of reports with the first page of the decision in them that texts on this subject point into.
const REPORTS: &[(&str, &str)] = &[
    ("/case/us/505/", "144"),
    ("/case/us/521/", "898"),
    ("/case/us/567/", "387"),
    ("/case/us/584/", "453"),
    ("/case/sct/138/", "1461"),
    ("/case/f3d/745/", "634"),
    ("/case/f3d/793/", "208"),
    ("/case/f3d/888/", "272"),
    ("/case/f3d/890/", "164"),
    ("/case/f3d/921/", "865"),
    ("/case/f4th/8/", "176"),
    ("/case/f4th/44/", "581"),
];

/// The decision that a pinpoint into a well-known report means where no citation spells it out.
pub(super) fn report(base: &str) -> Option<Authority> {
    let (volume, page) = REPORTS.iter().find(|(volume, _)| *volume == base)?;
    Some(Authority::federal(format!("{volume}{page}")))
}

pub(super) const KNOWN: &[&str] = literals!(CASES);

/// A leading decision by the name of one party.
pub(super) fn parse(text: &str, start: usize, end: usize, out: &mut Vec<Found>) {
    let name = &text[start..end];
    let Some((_, code, slug, needs)) = CASES.iter().find(|(known, ..)| *known == name) else { return };
    let joined = text[end..].starts_with('-') || text[..start].ends_with('-');
    let shown = match needs {
        Needs::Name => marked_as_case(text, start, end) || !of_longer_name(text, start, end),
        Needs::Mark => marked_as_case(text, start, end),
        Needs::Noun(nouns) => {
            beside(text, start, end) || with_noun(text, start, end, nouns) || italic(text, start, end)
        }
    };
    if joined || !shown {
        return;
    }
    let scope = if code.is_empty() { Scope::Federal } else { Scope::State(crate::State::from_code(code)) };
    let authority = Authority::new(scope, format!("/case/{slug}"));
    out.push(Found { start, end, kind: CitationKind::Case, rule: "short.known_case", authority });
}

/// Whether another decision of the same line stands beside it: "Printz and Murphy".
fn beside(text: &str, start: usize, end: usize) -> bool {
    let head = text[..start].trim_end_matches(['*', '_']);
    let rest = text[end..].trim_start_matches(['*', '_']);
    ["Printz and ", "Printz or ", "Printz, "].iter().any(|other| head.ends_with(other))
        || [" and Printz", " and *Printz", ", Printz"].iter().any(|other| rest.starts_with(other))
}

fn italic(text: &str, start: usize, end: usize) -> bool {
    ["*", "_"].iter().any(|mark| text[..start].ends_with(mark) && text[end..].starts_with(mark))
}

/// Whether the noun follows, and the name neither begins a sentence nor goes with another.
fn with_noun(text: &str, start: usize, end: usize, nouns: &[&str]) -> bool {
    let noun = nouns.iter().any(|noun| {
        let rest = text[end..].strip_prefix(noun);
        rest.is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
    });
    let lower = |word: &str| word.trim_start_matches(['(', '"', '“']).starts_with(char::is_lowercase);
    noun && back_word(text, start).is_some_and(|(_, word)| lower(word) && word != "named")
}

/// Whether a name or a title stands beside it: "Chief Monell", "Monell Harris".
pub(super) fn of_longer_name(text: &str, start: usize, end: usize) -> bool {
    let upper = |c: char| c.is_uppercase();
    let next = text[end..].strip_prefix(' ').is_some_and(|rest| rest.starts_with(upper));
    let line = &text[..back_spaces(text, start)];
    let before = back_word(text, start).is_some_and(|(at, word)| {
        let led =
            ["Under", "After", "Since", "In", "See", "But", "And", "Like", "Unlike", "No", "The", "A", "If"];
        let begins = led.contains(&word) || at + word.len() != line.len();
        // "Washington. Printz is", but "Capt. Printz is"
        let closed = word.len() > 6 && word.ends_with(['.', '?', '!', '”', '"']);
        word.starts_with(upper) && !word.ends_with([',', ';', ':']) && !begins && !closed
    });
    let said =
        [" said", " told", ", who", " added", " wrote", " was ", ", 1", ", 2", ", 3", ", 4", ", 5", ", 6"];
    next || before || said.iter().any(|word| text[end..].starts_with(word))
}

/// Whether the words around a name say that it is a decision.
pub(super) fn marked_as_case(text: &str, start: usize, end: usize) -> bool {
    const NOUNS: &[&str] = &[
        "'s holding",
        "’s holding",
        "'s reasoning",
        "’s reasoning",
        "'s logic",
        "’s logic",
        "'s rule ",
        "’s rule ",
        " controls",
        " holds",
        " teaches",
        " decision",
        " ruling",
        " court ",
        " opinion",
        " case",
        " holding",
        " held ",
    ];
    /// Nouns and verbs of decisions, whole words.
    const WORDS: &[&str] = &[
        " is binding",
        " binds",
        " governs",
        " applies",
        " remains good law",
        " is good law",
        " made clear",
        " forecloses",
        " is distinguishable",
        " and its progeny",
        " progeny",
        " line of cases",
        " standard",
        " framework",
        " liability",
        " doctrine",
        " claim",
        " panel",
        " majority",
        " plaintiffs",
        " factors",
        " test",
        " exception",
        " settles",
        " settled the matter",
        " settled the question",
        " settled that",
        " had no occasion",
    ];
    let (head, rest) = (&text[..start], &text[end..]);
    let court = [", the Court", ", the Supreme Court", ", the court", ", the justices"]
        .iter()
        .any(|court| rest.starts_with(court))
        && head.trim_end().ends_with("In");
    if court {
        return true;
    }
    // A heading or a sentence of one word: "5. Nash. Reversed."
    let line = head.trim_end_matches(' ');
    let alone = rest.starts_with(". ") && (line.ends_with(['.', '\n']) || line.is_empty());
    let last = back_word(text, start).map_or("", |(_, word)| word);
    let led = [
        "under",
        "Under",
        "since",
        "Since",
        "citing",
        "Citing",
        "following",
        "Following",
        "applying",
        "distinguishing",
        "extending",
        "overruling",
    ]
    .contains(&last);
    let year = rest
        .strip_prefix(", ")
        .and_then(|r| r.get(..4))
        .is_some_and(|y| y.bytes().all(|b| b.is_ascii_digit()));
    let noun = WORDS
        .iter()
        .any(|word| rest.strip_prefix(word).is_some_and(|rest| !rest.starts_with(char::is_alphanumeric)));
    noun || italic(text, start, end)
        || year
        || alone
        || led
        || NOUNS.iter().any(|noun| rest.starts_with(noun))
}
