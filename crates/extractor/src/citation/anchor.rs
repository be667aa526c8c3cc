//! The one pass that looks for literals; each hit goes to the parser of its family.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use daachorse::{DoubleArrayAhoCorasick, DoubleArrayAhoCorasickBuilder, MatchKind};

use super::cursor::before;
use super::{
    Found, act, ballot, bill, case, chaptered, code, codes, constitution, council, federal, immigration,
    known, letters, local, municipal, order, policy, secondary, section, session, short, spoken, subject,
    supra, title, treaty, tribal, volume,
};

/// Reads outward from a hit (text, start and end of the hit) and adds what it finds.
pub(super) type Parser = fn(&str, usize, usize, &mut Vec<Found>);

/// Families with their literals; the first family to claim a literal keeps it.
const FAMILIES: &[(&[&str], Parser)] = &[
    (federal::USC, federal::usc),
    (federal::CFR, federal::cfr),
    (federal::PUBLIC_LAW, federal::public_law),
    (order::EXECUTIVE_ORDER, order::executive_order),
    (order::GOVERNOR, order::governor),
    (order::CALIFORNIAN, order::californian),
    (order::PROCLAMATION, order::proclamation),
    (order::TITLED, order::titled),
    (immigration::DELEGATION, immigration::delegation),
    (spoken::DELEGATION, spoken::delegation),
    (immigration::INA, immigration::ina),
    (act::POPULAR, act::popular),
    (council::ANCHORS, council::parse),
    (bill::ANCHORS, bill::parse),
    (ballot::ANCHORS, ballot::parse),
    (act::ANCHORS, act::parse),
    (case::ANCHORS, case::parse),
    (case::IN_RE, case::in_re),
    (case::DOCKET, case::docket),
    (case::FEDERAL_DOCKET, case::bare_docket),
    (constitution::NUMBERED, constitution::numbered),
    (constitution::AMENDMENT, constitution::amendment),
    (constitution::CLAUSE, constitution::clause),
    (constitution::ABBREVIATED, constitution::abbreviated),
    (constitution::ARTICLE, constitution::article),
    (treaty::ANCHORS, treaty::named),
    (treaty::HEADS, treaty::named),
    (secondary::RESTATEMENT, secondary::restatement),
    (secondary::OPINIONS, secondary::opinion),
    (secondary::TEXAN, secondary::texan),
    (secondary::BOOKS, secondary::book),
    (secondary::RULES, secondary::court_rule),
    (secondary::BARE_RULES, secondary::bare_rule),
    (session::COLLECTIONS, session::collection),
    (session::NUMBERED, session::numbered),
    (session::DATED, session::dated),
    (chaptered::FLORIDIAN, chaptered::floridian),
    (chaptered::LAW, chaptered::law),
    (chaptered::CHAPTERED, chaptered::chaptered),
    (local::ORDINANCE, local::ordinance),
    (local::LOCAL_LAW, local::local_law),
    (local::MUNICIPAL_CODE, local::municipal_code),
    (municipal::INITIALS, municipal::initials),
    (municipal::ANCHORAGE, municipal::anchorage),
    (title::ANCHORS, title::parse),
    (policy::NAMED, policy::named),
    (policy::ANCHORS, policy::parse),
    (subject::INVERTED, subject::inverted),
    (subject::MARYLAND, subject::maryland),
    (subject::ANCHORS, subject::parse),
    (letters::ANCHORS, letters::parse),
    (section::SECTION, section::section),
    (section::CHAPTER, section::chapter),
    (short::ID, short::id),
    (known::KNOWN, known::parse),
    (supra::SUPRA, supra::parse),
    (tribal::ANCHORS, tribal::parse),
];

struct Anchors {
    automaton: DoubleArrayAhoCorasick<u32>,
    parsers: Vec<Parser>,
}

static ANCHORS: LazyLock<Option<Anchors>> = LazyLock::new(|| {
    let mut literals: BTreeMap<String, Parser> = BTreeMap::new();
    let groups =
        FAMILIES.iter().flat_map(|(group, parser)| group.iter().map(move |l| ((*l).to_owned(), *parser)));
    let codes = codes::literals().map(|l| (l, code::parse as Parser));
    for (literal, parser) in groups.chain(codes) {
        literals.entry(literal.to_uppercase()).or_insert(parser);
        literals.entry(literal).or_insert(parser);
    }
    let patterns = literals.keys().zip(0_u32..);
    let automaton = DoubleArrayAhoCorasickBuilder::new()
        .match_kind(MatchKind::LeftmostLongest)
        .build_with_values(patterns)
        .ok()?;
    Some(Anchors { automaton, parsers: literals.into_values().collect() })
});

/// Runs every parser at each of its literals.
pub(super) fn scan(text: &str, found: &mut Vec<Found>) {
    volume::scan(text, found);
    municipal::scan(text, found);
    let Some(anchors) = ANCHORS.as_ref() else { return };
    let mut read = |from: usize, hit: daachorse::Match<u32>| {
        let (start, end) = (from + hit.start(), from + hit.end());
        let alone = stands_alone(text, start, end);
        if let Some(parser) = anchors.parsers.get(hit.value() as usize).filter(|_| alone) {
            parser(text, start, end, found);
        }
        alone
    };
    for hit in anchors.automaton.leftmost_find_iter(text) {
        if read(0, hit) {
            continue;
        }
        // "JOINS 287(g)": the "S 2" that is no bill must not hide the section that it runs into.
        let from = text.ceil_char_boundary(hit.start() + 1);
        let to = text.ceil_char_boundary(text.len().min(hit.end() + LONGEST));
        let inner = anchors.automaton.leftmost_find_iter(&text[from..to]);
        for inner in inner.take_while(|inner| from + inner.start() < hit.end()) {
            read(from, inner);
        }
    }
}

/// No literal that another may hide is longer, in bytes.
const LONGEST: usize = 16;

/// Whether the hit is not the inside of a longer word; digits may follow, as in "HB1105".
fn stands_alone(text: &str, start: usize, end: usize) -> bool {
    let Some(hit) = text.get(start..end) else { return false };
    let head =
        hit.starts_with(char::is_alphanumeric) && before(text, start).is_some_and(char::is_alphanumeric);
    let rest = &text[end..];
    let plural = rest.strip_prefix(['s', 'S']).is_some_and(|rest| !rest.starts_with(char::is_alphanumeric));
    let tail = hit.ends_with(char::is_alphabetic) && rest.starts_with(char::is_alphabetic) && !plural;
    !head && !tail
}

#[cfg(test)]
mod tests {
    #[test]
    fn automaton_builds() {
        assert!(super::ANCHORS.is_some());
    }
}
