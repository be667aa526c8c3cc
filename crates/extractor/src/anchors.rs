//! One multi-literal pass over the bytes of a document: no anchor, no work.

use daachorse::{DoubleArrayAhoCorasick, DoubleArrayAhoCorasickBuilder, MatchKind};

/// Literals without which a text has no agency and no citation.
const NAMING: &[&str] = &[
    "police",
    "sheriff",
    "department",
    "dept",
    "county",
    "parish",
    "borough",
    "city",
    "town",
    "village",
    "council",
    "board",
    "commission",
    "office",
    "bureau",
    "patrol",
    "trooper",
    "attorney",
    "prosecutor",
    "agency",
    "agencies",
    "governor",
    "mayor",
    "legislature",
    "senate",
    "assembly",
    "association",
    "union",
    "constable",
    "marshal",
    "district",
    "jail",
    "prison",
    "corrections",
    "state",
    "homeland",
    "justice",
    "immigration",
    "customs",
    "border",
    "authority",
    "tribal",
    "nation",
    "§",
    "act",
    "amendment",
    "constitution",
    "clause",
    "bill",
    "resolution",
    "ordinance",
    "order",
    "policy",
    "directive",
    "code",
    "stat.",
    "statute",
    "section",
    "chapter",
    "title",
    " v. ",
    " vs. ",
    "u.s.c",
    "usc",
    "c.f.r",
    "cfr",
    "fed.",
    "f.2d",
    "f.3d",
    "f.4th",
    "f. supp",
    "s. ct",
    "cal.",
    "n.e.",
    "n.w.",
    "s.e.",
    "s.w.",
    "so. ",
    "a.2d",
    "a.3d",
    "p.2d",
    "p.3d",
    "287",
    "art.",
    "id.",
    "treaty",
    "convention",
    "article",
];

/// Acronyms, matched in capitals only.
const ACRONYMS: &[&str] = &[
    "PD", "ICE", "DHS", "DOJ", "CBP", "ERO", "HSI", "FBI", "SB ", "HB ", "AB ", "S.B.", "H.B.", "H.R.",
    "A.B.", "SO ",
];

/// Literals without which a text states no position on immigration enforcement.
const TOPICAL: &[&str] = &[
    "immigra",
    "deport",
    "detainer",
    "undocumented",
    "287(g)",
    "287g",
    "sanctuary",
    "citizen",
    "documented",
    "migrant",
    "homeland",
    "border",
    "federal",
    "status",
    "alien",
    "legally",
    "lawfully",
    "unlawful presence",
    "i-247",
    "i-200",
    "customs",
    "green card",
    "nationality",
    "birthplace",
    "foreign-born",
    "foreign national",
    "country of birth",
    "1357(g)",
    "warrant service officer",
    "lawful presence",
    "legal residen",
    "here illegally",
    "visa",
    "passport",
    "asylum",
    "refugee",
    "in the country illegal",
];

/// What an anchor pass found.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Hits {
    /// Some layer has work to do.
    pub(crate) any: bool,
    /// The stance layer has.
    pub(crate) topical: bool,
}

/// The automaton of all anchors.
pub(crate) struct Anchors {
    automaton: DoubleArrayAhoCorasick<u32>,
}

impl std::fmt::Debug for Anchors {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Anchors").field("states", &self.automaton.num_states()).finish()
    }
}

impl Anchors {
    pub(crate) fn new() -> Self {
        let mut patterns: Vec<(String, u32)> = Vec::new();
        let mut add = |word: &str, value: u32| {
            let capital = word[..1].to_uppercase() + &word[1..];
            for spelling in [word.to_owned(), capital, word.to_uppercase()] {
                if patterns.iter().all(|(known, _)| *known != spelling) {
                    patterns.push((spelling, value));
                }
            }
        };
        for word in TOPICAL {
            add(word, 1);
        }
        // The longest literal wins: a name that begins as a topical one does would hide it.
        let hides = |word: &str| TOPICAL.iter().any(|topical| word.starts_with(topical));
        for word in NAMING.iter().filter(|word| word.is_ascii() && !hides(word)) {
            add(word, 0);
        }
        for word in ACRONYMS.iter().chain(NAMING.iter().filter(|word| !word.is_ascii())) {
            patterns.push((
                (*word).to_owned(),
                u32::from(matches!(*word, "ICE" | "DHS" | "HSI" | "CBP" | "ERO")),
            ));
        }
        let automaton = DoubleArrayAhoCorasickBuilder::new()
            .match_kind(MatchKind::LeftmostLongest)
            .build_with_values(patterns)
            .unwrap_or_else(|error| panic!("the anchors are distinct and not empty: {error}"));
        Self { automaton }
    }

    /// Passes over a text until nothing more can be learnt.
    pub(crate) fn scan(&self, text: &str) -> Hits {
        let mut hits = Hits::default();
        for found in self.automaton.leftmost_find_iter(text) {
            hits.any = true;
            if found.value() == 1 {
                hits.topical = true;
                break;
            }
        }
        hits
    }

    /// Number of anchors in a text, all of them looked for: the cost of the pass alone.
    pub(crate) fn count(&self, text: &str) -> usize {
        self.automaton.leftmost_find_iter(text).count()
    }
}
