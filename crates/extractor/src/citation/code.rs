//! Codes of the states, in their own and in Bluebook style.

use goldrule_schema::CitationKind;

use super::cursor::{Cursor, back_spaces, back_word};
use super::names::{state_ending, state_starting};
use super::section::list;
use super::{Authority, Found, Scope};
use crate::State;

/// How the sections of a code are numbered.
#[derive(Clone, Copy, PartialEq)]
enum Shape {
    /// `RCW 10.93.160`, `Iowa Code ch. 27A`.
    Plain,
    /// `M.G.L. c. 211, § 3`.
    Chapter,
    /// `5 ILCS 805/15`: the number before is a part of the section.
    Ilcs,
    /// `24 V.S.A. § 2366`: the number before is a title.
    Title,
}

use Shape::{Chapter, Ilcs, Plain, Title};

/// Codes by the words that name them; a state's longest form wins by the automaton.
const CODES: &[(&str, Shape, &[&str])] = &[
    ("al", Plain, &["Ala. Code", "Alabama Code", "Code of Alabama"]),
    ("ak", Plain, &["Alaska Stat.", "Alaska Statutes"]),
    (
        "az",
        Plain,
        &["A.R.S.", "ARS", "Ariz. Rev. Stat. Ann.", "Ariz. Rev. Stat.", "Arizona Revised Statutes"],
    ),
    ("ar", Plain, &["Ark. Code Ann.", "Arkansas Code Annotated", "Arkansas Code", "Ark. Code"]),
    (
        "co",
        Plain,
        &["C.R.S.", "CRS", "Colo. Rev. Stat. Ann.", "Colo. Rev. Stat.", "Colorado Revised Statutes"],
    ),
    ("ct", Plain, &["C.G.S.", "Conn. Gen. Stat. Ann.", "Conn. Gen. Stat.", "Connecticut General Statutes"]),
    ("de", Title, &["Del. C.", "Del. Code Ann. tit.", "Del. Code"]),
    ("fl", Plain, &["Fla. Stat. Ann.", "Fla. Stat.", "Florida Statutes", "Florida Statute", "F.S."]),
    ("ga", Plain, &["O.C.G.A.", "OCGA", "Ga. Code Ann.", "Ga. Code", "Georgia Code"]),
    (
        "hi",
        Plain,
        &["HRS", "Haw. Rev. Stat.", "H.R.S.", "Hawaii Revised Statutes", "Hawai‘i Revised Statutes"],
    ),
    ("id", Plain, &["Idaho Code Ann.", "Idaho Code"]),
    ("il", Ilcs, &["ILCS", "Ill. Comp. Stat. Ann.", "Ill. Comp. Stat.", "Illinois Compiled Statutes"]),
    ("in", Plain, &["Ind. Code Ann.", "Ind. Code", "Indiana Code", "I.C."]),
    ("ia", Plain, &["Iowa Code Ann.", "Iowa Code", "Code of Iowa"]),
    ("ks", Plain, &["K.S.A.", "Kan. Stat. Ann.", "Kan. Stat.", "Kansas Statutes"]),
    ("ky", Plain, &["KRS", "K.R.S.", "Ky. Rev. Stat. Ann.", "Ky. Rev. Stat.", "Kentucky Revised Statutes"]),
    (
        "la",
        Plain,
        &[
            "La. R.S.",
            "La. Rev. Stat. Ann.",
            "La. Rev. Stat.",
            "La. Stat. Ann.",
            "Louisiana Revised Statutes",
        ],
    ),
    ("me", Title, &["M.R.S.", "M.R.S.A.", "Me. Stat.", "Me. Rev. Stat."]),
    (
        "ma",
        Chapter,
        &[
            "M.G.L.",
            "M.G.L.A.",
            "G.L.",
            "MGL",
            "Mass. Gen. Laws Ann.",
            "Mass. Gen. Laws",
            "Massachusetts General Laws",
            "General Laws",
        ],
    ),
    ("mi", Plain, &["MCL", "M.C.L.", "Mich. Comp. Laws", "Mich. Comp. Laws Ann.", "Michigan Compiled Laws"]),
    ("mn", Plain, &["Minn. Stat.", "Minn. Stat. Ann.", "Minnesota Statutes"]),
    ("ms", Plain, &["Miss. Code Ann.", "Miss. Code", "Mississippi Code"]),
    (
        "mo",
        Plain,
        &["RSMo", "RSMO", "R.S.Mo.", "Mo. Rev. Stat.", "Mo. Ann. Stat.", "Missouri Revised Statutes"],
    ),
    ("mt", Plain, &["MCA", "Mont. Code Ann.", "Montana Code Annotated"]),
    ("ne", Plain, &["Neb. Rev. Stat.", "Nebraska Revised Statutes", "Nebraska Revised Statute"]),
    ("nv", Plain, &["NRS", "N.R.S.", "Nev. Rev. Stat.", "Nev. Rev. Stat. Ann.", "Nevada Revised Statutes"]),
    ("nh", Plain, &["RSA", "N.H. Rev. Stat. Ann.", "N.H. Rev. Stat."]),
    ("nj", Plain, &["N.J.S.A.", "NJSA", "N.J.S.", "N.J. Stat. Ann.", "N.J. Stat.", "N.J. Rev. Stat."]),
    ("nm", Plain, &["NMSA", "N.M.S.A.", "N.M. Stat. Ann.", "N.M. Stat."]),
    (
        "nc",
        Plain,
        &[
            "N.C.G.S.",
            "G.S.",
            "NCGS",
            "N.C. Gen. Stat. Ann.",
            "N.C. Gen. Stat.",
            "North Carolina General Statutes",
            "N.C. General Statutes",
        ],
    ),
    (
        "nd",
        Plain,
        &["N.D.C.C.", "NDCC", "N.D. Cent. Code Ann.", "N.D. Cent. Code", "North Dakota Century Code"],
    ),
    ("oh", Plain, &["R.C.", "O.R.C.", "ORC", "Ohio Rev. Code Ann.", "Ohio Rev. Code", "Ohio Revised Code"]),
    ("ok", Title, &["O.S.", "Okla. Stat.", "Okla. Stat. tit.", "Okla. Stat. Ann. tit."]),
    ("or", Plain, &["ORS", "O.R.S.", "Or. Rev. Stat. Ann.", "Or. Rev. Stat.", "Oregon Revised Statutes"]),
    ("pa", Title, &["Pa.C.S.", "Pa. C.S.", "Pa. Cons. Stat.", "P.S.", "Pa. Cons. Stat. Ann."]),
    (
        "ri",
        Plain,
        &["R.I. Gen. Laws Ann.", "R.I. Gen. Laws", "R.I.G.L.", "RIGL", "Rhode Island General Laws"],
    ),
    ("sc", Plain, &["S.C. Code Ann.", "S.C. Code", "South Carolina Code"]),
    ("sd", Plain, &["SDCL", "S.D.C.L.", "S.D. Codified Laws"]),
    ("tn", Plain, &["T.C.A.", "TCA", "Tenn. Code Ann.", "Tenn. Code", "Tennessee Code Annotated"]),
    ("ut", Plain, &["Utah Code Ann.", "Utah Code"]),
    ("vt", Title, &["V.S.A.", "VSA", "Vt. Stat. Ann. tit.", "Vt. Stat. Ann."]),
    ("va", Plain, &["Va. Code Ann.", "Va. Code", "Virginia Code", "Code of Virginia"]),
    (
        "wa",
        Plain,
        &["RCW", "R.C.W.", "Wash. Rev. Code Ann.", "Wash. Rev. Code", "Revised Code of Washington"],
    ),
    ("wv", Plain, &["W. Va. Code", "W.Va. Code", "West Virginia Code"]),
    ("wi", Plain, &["Wis. Stat.", "Wis. Stat. Ann.", "Wisconsin Statutes", "Wis. Stats."]),
    ("wy", Plain, &["W.S.", "Wyo. Stat. Ann.", "Wyo. Stat.", "Wyoming Statutes"]),
    ("dc", Plain, &["D.C. Code", "D.C. Official Code", "D.C. Code Ann."]),
    ("pr", Title, &["P.R. Laws Ann. tit.", "L.P.R.A."]),
    ("gu", Title, &["G.C.A.", "GCA"]),
];

/// Codes of one subject, which several states have: words and the part of the path.
const SUBJECTS: &[(&str, &str)] = &[
    ("Government Code", "gov"),
    ("Gov't Code Ann.", "gov"),
    ("Gov't Code", "gov"),
    ("Gov’t Code", "gov"),
    ("Gov. Code", "gov"),
    ("Govt. Code", "gov"),
    ("Penal Code", "pen"),
    ("Pen. Code", "pen"),
    ("Penal Code Ann.", "pen"),
    ("Civil Code", "civ"),
    ("Civ. Code", "civ"),
    ("Civil Procedure Code", "ccp"),
    ("Code of Civil Procedure", "ccp"),
    ("Code Civ. Proc.", "ccp"),
    ("Code of Criminal Procedure", "ccp"),
    ("Code Crim. Proc. Ann.", "ccp"),
    ("Code Crim. Proc.", "ccp"),
    ("Health and Safety Code", "hsc"),
    ("Health & Safety Code", "hsc"),
    ("Health & Saf. Code", "hsc"),
    ("Vehicle Code", "veh"),
    ("Veh. Code", "veh"),
    ("Labor Code", "lab"),
    ("Lab. Code", "lab"),
    ("Education Code", "edu"),
    ("Educ. Code", "edu"),
    ("Ed. Code", "edu"),
    ("Family Code", "fam"),
    ("Fam. Code", "fam"),
    ("Evidence Code", "evid"),
    ("Evid. Code", "evid"),
    ("Welfare and Institutions Code", "wic"),
    ("Welfare & Institutions Code", "wic"),
    ("Welf. & Inst. Code", "wic"),
    ("Business and Professions Code", "bpc"),
    ("Bus. & Prof. Code", "bpc"),
    ("Local Government Code", "loc"),
    ("Loc. Gov't Code Ann.", "loc"),
    ("Loc. Gov't Code", "loc"),
    ("Transportation Code", "transp"),
    ("Transp. Code", "transp"),
    ("Executive Law", "exc"),
    ("Exec. Law", "exc"),
    ("Correction Law", "cor"),
    ("Correct. Law", "cor"),
    ("Criminal Procedure Law", "cpl"),
    ("Crim. Proc. Law", "cpl"),
    ("Penal Law", "pen"),
    ("Civil Rights Law", "cvr"),
    ("Civ. Rights Law", "cvr"),
    ("Md. Code Ann., Crim. Proc.", "crim-proc"),
    ("Md. Code, Crim. Proc.", "crim-proc"),
    ("Criminal Procedure Article", "crim-proc"),
    ("Md. Code Ann., Corr. Servs.", "corr-servs"),
    ("Correctional Services Article", "corr-servs"),
];

/// Every literal that names a code.
pub(super) fn literals() -> impl Iterator<Item = String> {
    let codes = CODES.iter().flat_map(|(_, _, names)| names.iter().copied());
    codes.chain(SUBJECTS.iter().map(|(name, _)| *name)).map(str::to_owned)
}

fn row(name: &str) -> Option<(State, Shape)> {
    let row = CODES.iter().find(|(.., names)| names.iter().any(|n| n.eq_ignore_ascii_case(name)))?;
    Some((State::from_code(row.0)?, row.1))
}

fn subject(name: &str) -> Option<&'static str> {
    SUBJECTS.iter().find(|(n, _)| n.eq_ignore_ascii_case(name)).map(|(_, path)| *path)
}

/// The code named right at the cursor (after "Section 5 of the"): end, scope and base.
pub(super) fn named(cursor: Cursor<'_>) -> Option<(usize, Scope, String)> {
    let mut ahead = cursor;
    let state = state_starting(ahead.rest());
    let codes = CODES.iter().flat_map(|(code, shape, names)| names.iter().map(move |n| (*code, *shape, *n)));
    let longest = codes.filter(|(_, _, name)| {
        let mut ahead = ahead;
        ahead.eat_word(name)
    });
    if let Some((code, shape, name)) = longest.max_by_key(|(.., name)| name.len())
        && shape != Title
    {
        return Some((ahead.at + name.len(), Scope::State(State::from_code(code)), "/code".to_owned()));
    }
    if let Some((_, length)) = state {
        ahead.at += length;
        ahead.eat("'s");
        ahead.spaces();
    }
    let (name, path) = SUBJECTS
        .iter()
        .filter(|(name, _)| {
            let mut a = ahead;
            a.eat_word(name)
        })
        .max_by_key(|(name, _)| name.len())?;
    Some((ahead.at + name.len(), Scope::State(state.map(|(state, _)| state)), format!("/code/{path}")))
}

/// A code with its chapter or section after it, and for some a title before it.
pub(super) fn parse(text: &str, start: usize, end: usize, out: &mut Vec<Found>) {
    let name = &text[start..end];
    let (kind, rule) = (CitationKind::Statute, "statute.state_code");
    if let Some(path) = subject(name) {
        return by_subject(text, (start, end), path, out);
    }
    let Some((state, shape)) = row(name) else { return };
    let mut cursor = Cursor::new(text, end);
    let new = |section: String, subdivisions: String| {
        Authority::new(Scope::State(Some(state)), "/code").section(section, subdivisions)
    };
    match shape {
        Plain => plain(cursor, start, &new, out),
        Chapter => general_laws(cursor, start, &new, out),
        Ilcs => {
            let Some((from, title)) = title_number(text, start) else { return };
            cursor.spaces();
            cursor.section_mark();
            let Some(number) = cursor.section_number().filter(|n| n.contains('/')) else { return };
            let subdivisions = cursor.subdivisions();
            cursor.et_seq();
            let authority = new(format!("{title}/{number}"), subdivisions);
            out.push(Found { start: from, end: cursor.at, kind, rule, authority });
        }
        Title => {
            let inside = name.ends_with("tit.");
            let (from, title) = if inside {
                cursor.spaces();
                let Some(title) = cursor.number() else { return };
                cursor.eat(",");
                (start, title)
            } else {
                let Some(before) = title_number(text, start) else { return };
                before
            };
            cursor.spaces();
            let Some(plural) = cursor.section_mark() else { return };
            let Some(number) = cursor.section_number() else { return };
            let subdivisions = cursor.subdivisions();
            cursor.et_seq();
            let authority = Authority::new(Scope::State(Some(state)), format!("/code/t{title}"))
                .section(format!("s{number}"), subdivisions);
            list(cursor, plural, Found { start: from, end: cursor.at, kind, rule, authority }, out);
        }
    }
}

/// A title such as `24` or `17-A` right before.
fn title_number(text: &str, start: usize) -> Option<(usize, &str)> {
    let (at, word) = back_word(text, start)?;
    let word = word.trim_start_matches(['(', '[', '"', '“']);
    let fits = word.starts_with(|c: char| c.is_ascii_digit())
        && word.len() <= 5
        && word.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
    let from = back_spaces(text, start) - word.len();
    (fits && from >= at).then_some((from, word))
}

fn plain(
    mut cursor: Cursor<'_>,
    start: usize,
    new: &dyn Fn(String, String) -> Authority,
    out: &mut Vec<Found>,
) {
    let (kind, rule) = (CitationKind::Statute, "statute.state_code");
    let text = cursor.text;
    let name_end = cursor.at;
    cursor.eat(",");
    cursor.spaces();
    cursor.eat_any(&["Ann.", "Annotated"]);
    cursor.spaces();
    let mark = cursor.section_mark();
    let chapter = mark.is_none() && cursor.eat_any(&["ch.", "chapter", "c.", "chap."]);
    cursor.spaces();
    let named = &text[start..name_end];
    // Initials alone need a number that looks like a section of a code.
    let short = named.len() <= 5 && mark.is_none() && !chapter;
    let number = cursor.section_number().filter(|n| !short || n.contains(['.', '-', ':', '/']));
    if let Some(number) = number {
        let subdivisions = cursor.subdivisions();
        cursor.et_seq();
        let head = if chapter { "ch" } else { "s" };
        let authority = new(format!("{head}{number}"), subdivisions);
        let first = Found { start, end: with_year(cursor), kind, rule, authority };
        return list(cursor, mark == Some(true), first, out);
    }
    // "Ch. 42.56 RCW"
    if let Some((at, word)) = back_word(text, start)
        && let Some(number) = Cursor::new(text, at).section_number().filter(|n| *n == word)
        && let Some((from, mark)) = back_word(text, at)
        && ["ch.", "chapter"].iter().any(|m| mark.eq_ignore_ascii_case(m))
    {
        out.push(Found {
            start: from,
            end: name_end,
            kind,
            rule,
            authority: new(format!("ch{number}"), String::new()),
        });
    }
}

/// The end of a citation with the year of the code in brackets, where it follows.
fn with_year(mut cursor: Cursor<'_>) -> usize {
    let end = cursor.at;
    match cursor.year_bracket() {
        Some(content) if content.len() <= 16 => cursor.at,
        _ => end,
    }
}

/// "c. 211, § 3", "ch. 211 § 3", "chapter 211, section 3".
fn general_laws(
    mut cursor: Cursor<'_>,
    start: usize,
    new: &dyn Fn(String, String) -> Authority,
    out: &mut Vec<Found>,
) {
    cursor.eat(",");
    cursor.spaces();
    if !cursor.eat_any(&["ch.", "c.", "chapter", "chap.", "ch"]) {
        return;
    }
    cursor.spaces();
    let Some(chapter) = cursor.section_number() else { return };
    let mut authority = new(format!("ch{chapter}"), String::new());
    let mut ahead = cursor;
    ahead.eat(",");
    ahead.spaces();
    let plural = ahead.section_mark();
    if plural.is_some()
        && let Some(number) = ahead.section_number()
    {
        authority.base = format!("/code/ch{chapter}");
        authority = authority.section(format!("s{number}"), ahead.subdivisions());
        cursor = ahead;
    }
    let (kind, rule) = (CitationKind::Statute, "statute.state_code");
    list(cursor, plural == Some(true), Found { start, end: cursor.at, kind, rule, authority }, out);
}

/// "Cal. Gov. Code § 7284.6", "Government Code section 7284.6", "Tex. Code Crim. Proc. art. 2.251".
fn by_subject(text: &str, (start, end): (usize, usize), path: &str, out: &mut Vec<Found>) {
    let mut cursor = Cursor::new(text, end);
    cursor.eat(",");
    cursor.spaces();
    cursor.eat_any(&["Ann.", "Annotated"]);
    cursor.spaces();
    let mark = cursor.section_mark();
    if mark.is_none() {
        cursor.eat_any(&["art.", "article", "ch.", "chapter"]);
        cursor.spaces();
    }
    let Some(mut number) = cursor.section_number() else { return };
    let subdivisions = cursor.subdivisions();
    cursor.et_seq();
    if mark == Some(true) {
        // "§§ 7284-7284.12" begins at 7284.
        number = number.split('-').next().unwrap_or(number);
    }
    let before = text[..back_spaces(text, start)].trim_end_matches(',');
    let state = state_ending(before);
    let state_name = state
        .map(|(state, _)| state)
        .or_else(|| text[start..end].starts_with("Md.").then(|| State::from_code("md"))?);
    let authority = Authority::new(Scope::State(state_name), format!("/code/{path}"))
        .section(format!("s{number}"), subdivisions);
    let (kind, rule) = (CitationKind::Statute, "statute.subject_code");
    let from = state.map_or(start, |(_, at)| at);
    list(
        cursor,
        mark == Some(true),
        Found { start: from, end: with_year(cursor), kind, rule, authority },
        out,
    );
}
