//! The citation grammar on snippets: what it must find with which ids, and what it must leave alone.

#![allow(clippy::unwrap_used, clippy::print_stdout)]

use goldrule_extractor::State;
use goldrule_extractor::citation::{CanonicalId, Context, find, find_citations, resolve, state_evidence};
use proptest::prelude::*;

/// A text and its citations as `quote => canonical`, `-` for none, in a Washington document of the
/// place Port Ansgar.
const SNIPPETS: &[(&str, &[&str])] = &[
    ("a 287(g) agreement", &["287(g) => /us/act/immigration-and-nationality-act/s287/g"]),
    (
        "under Section 287(g) of the Immigration and Nationality Act, deputies",
        &[
            "Section 287(g) of the Immigration and Nationality Act => /us/act/immigration-and-nationality-act/s287/g",
        ],
    ),
    ("UNDER SECTION 287(g)", &["SECTION 287(g) => /us/act/immigration-and-nationality-act/s287/g"]),
    ("signed the 287 program papers", &["287 => /us/act/immigration-and-nationality-act/s287/g"]),
    ("INA § 236(c) applies", &["INA § 236(c) => /us/act/immigration-and-nationality-act/s236/c"]),
    ("SB 54 limits", &["SB 54 => /us-wa/bill/sb/54"]),
    ("California's SB 54 limits", &["SB 54 => /us-ca/bill/sb/54"]),
    ("Texas Senate Bill 4 requires", &["Senate Bill 4 => /us-tx/bill/sb/4"]),
    ("Texas' SB 4; SB 4 is law", &["SB 4 => /us-tx/bill/sb/4", "SB 4 => /us-tx/bill/sb/4"]),
    ("Colorado House Bill 19-1124", &["House Bill 19-1124 => /us-co/bill/hb/19-1124"]),
    ("New Mexico's Immigrant Safety Act bars", &["Immigrant Safety Act => /us-nm/act/immigrant-safety-act"]),
    ("New York's Protect Our Courts Act", &["Protect Our Courts Act => /us-ny/act/protect-our-courts-act"]),
    (
        "the Freedom of Information Act (FOIA). FOIA requests",
        &[
            "Freedom of Information Act => /us/act/freedom-of-information-act",
            "FOIA => /us/act/freedom-of-information-act",
            "FOIA => /us/act/freedom-of-information-act",
        ],
    ),
    ("Cal. Gov't Code §§ 7284-7284.12", &["Cal. Gov't Code §§ 7284-7284.12 => /us-ca/code/gov/s7284"]),
    (
        "Denver Revised Municipal Code § 28-250",
        &["Denver Revised Municipal Code § 28-250 => /us-co/denver/code/s28-250"],
    ),
    ("House Bill No. 318 passed", &["House Bill No. 318 => /us-wa/bill/hb/318"]),
    ("H.B. 1105, as amended", &["H.B. 1105 => /us-wa/bill/hb/1105"]),
    ("AB 4 and AB 1352", &["AB 4 => /us-wa/bill/ab/4", "AB 1352 => /us-wa/bill/ab/1352"]),
    ("Senate Bills 4 and 8 passed", &["Senate Bills 4 => /us-wa/bill/sb/4", "8 => /us-wa/bill/sb/8"]),
    ("H.R. 29 passed the House", &["H.R. 29 => /us/bill/hr/29"]),
    ("Iowa Senate File 481 bars", &["Senate File 481 => /us-ia/bill/sf/481"]),
    ("the California Values Act.", &["California Values Act => /us-ca/act/california-values-act"]),
    ("the Values Act forbids", &["Values Act => /us-ca/act/california-values-act"]),
    (
        "Under the Keep Washington Working Act, police",
        &["Keep Washington Working Act => /us-wa/act/keep-washington-working-act"],
    ),
    ("the Laken Riley Act mandates", &["Laken Riley Act => /us/act/laken-riley-act"]),
    (
        "The Illinois TRUST Act bars it. The TRUST Act is old.",
        &[
            "Illinois TRUST Act => /us-il/act/illinois-trust-act",
            "TRUST Act => /us-il/act/illinois-trust-act",
        ],
    ),
    (
        "In Senate Bill 54, the California Values Act, the state",
        &["Senate Bill 54 => /us-ca/bill/sb/54", "California Values Act => /us-ca/act/california-values-act"],
    ),
    (
        "Section 5 of the Public Records Act governs",
        &["Section 5 of the Public Records Act => /us-wa/act/public-records-act/s5"],
    ),
    ("8 U.S.C. § 1373(a)", &["8 U.S.C. § 1373(a) => /us/usc/t8/s1373/a"]),
    ("8 USC 1373 says", &["8 USC 1373 => /us/usc/t8/s1373"]),
    ("8 U.S.C. §§ 1373 and 1644.", &["8 U.S.C. §§ 1373 => /us/usc/t8/s1373", "1644 => /us/usc/t8/s1644"]),
    (
        "8 U.S.C. § 1226(c)(1)(E), (c)(3); it",
        &["8 U.S.C. § 1226(c)(1)(E) => /us/usc/t8/s1226/c/1/E", "(c)(3) => /us/usc/t8/s1226/c/3"],
    ),
    ("34 U.S.C. § 10151 et seq. (Byrne)", &["34 U.S.C. § 10151 et seq. => /us/usc/t34/s10151"]),
    (
        "Title 8, United States Code, Section 1373 bars",
        &["Title 8, United States Code, Section 1373 => /us/usc/t8/s1373"],
    ),
    (
        "Section 1373 of Title 8 of the U.S. Code",
        &["Section 1373 of Title 8 of the U.S. Code => /us/usc/t8/s1373"],
    ),
    ("that Section 1373 allows", &["Section 1373 => /us/usc/t8/s1373"]),
    ("a § 1357(g) agreement", &["§ 1357(g) => /us/usc/t8/s1357/g"]),
    ("8 C.F.R. § 287.7(d) asks", &["8 C.F.R. § 287.7(d) => /us/cfr/t8/s287.7/d"]),
    ("8 CFR 287.7.", &["8 CFR 287.7 => /us/cfr/t8/s287.7"]),
    ("90 Fed. Reg. 8443 (Jan. 29, 2025)", &["90 Fed. Reg. 8443 (Jan. 29, 2025) => /us/fr/90/8443"]),
    (
        "Pub. L. No. 104-208, 110 Stat. 3009 (1996)",
        &["Pub. L. No. 104-208 => /us/pl/104/208", "110 Stat. 3009 (1996) => /us/stat/110/3009"],
    ),
    ("Executive Order 14159 of January", &["Executive Order 14159 => /us/eo/14159"]),
    ("Texas Executive Order GA-54 directs", &["Executive Order GA-54 => /us-tx/eo/ga-54"]),
    (
        "Arizona v. United States, 567 U.S. 387, 389 (2012).",
        &["Arizona v. United States, 567 U.S. 387, 389 (2012) => /us/case/us/567/387"],
    ),
    ("since Printz v. United States, that", &["Printz v. United States => /us/case/printz-v-united-states"]),
    (
        "See City & Cnty. of S.F. v. Garland, 42 F.4th 1078 (9th Cir. 2022).",
        &["City & Cnty. of S.F. v. Garland, 42 F.4th 1078 (9th Cir. 2022) => /us/case/f4th/42/1078"],
    ),
    (
        "Lunn v. Commonwealth, 477 Mass. 517, 78 N.E.3d 1143 (2017), held",
        &[
            "Lunn v. Commonwealth, 477 Mass. 517 => /us-ma/case/mass/477/517",
            "78 N.E.3d 1143 (2017) => /us-ma/case/ne3d/78/1143",
        ],
    ),
    (
        "United States v. California, 921 F.3d 865 (9th Cir. 2019), cert. denied, 141 S. Ct. 124 (2020)",
        &[
            "United States v. California, 921 F.3d 865 (9th Cir. 2019) => /us/case/f3d/921/865",
            "141 S. Ct. 124 (2020) => /us/case/sct/141/124",
        ],
    ),
    ("Nash v. Mikesell, 2024 COA 68.", &["Nash v. Mikesell, 2024 COA 68 => /us-co/case/coa/2024/68"]),
    (
        "People ex rel. Wells v. DeMarco, 168 A.D.3d 31 (N.Y. App. Div. 2018)",
        &["People ex rel. Wells v. DeMarco, 168 A.D.3d 31 (N.Y. App. Div. 2018) => /us-ny/case/ad3d/168/31"],
    ),
    (
        "Doe v. Roe, No. 25-cv-01350 (N.D. Cal. Apr. 24, 2025)",
        &["Doe v. Roe, No. 25-cv-01350 (N.D. Cal. Apr. 24, 2025) => /us/case/doe-v-roe"],
    ),
    (
        "Galarza v. Szalczyk, 745 F.3d 634 (3d Cir. 2014). Galarza, 745 F.3d at 640. Id. at 641.",
        &[
            "Galarza v. Szalczyk, 745 F.3d 634 (3d Cir. 2014) => /us/case/f3d/745/634",
            "Galarza, 745 F.3d at 640 => /us/case/f3d/745/634",
            "Id. at 641 => /us/case/f3d/745/634",
        ],
    ),
    ("the Fourth Amendment bars", &["Fourth Amendment => /us/const/amendment/4"]),
    (
        "Fourth and Fourteenth Amendments",
        &["Fourth => /us/const/amendment/4", "Fourteenth Amendments => /us/const/amendment/14"],
    ),
    (
        "the 10th Amendment and the Supremacy Clause",
        &["10th Amendment => /us/const/amendment/10", "Supremacy Clause => /us/const/clause/supremacy"],
    ),
    ("U.S. Const. amend. IV", &["U.S. Const. amend. IV => /us/const/amendment/4"]),
    ("Cal. Const. art. I, § 13", &["Cal. Const. art. I, § 13 => /us-ca/const/article/1/s13"]),
    (
        "Article I, Section 7 of the Washington Constitution",
        &["Article I, Section 7 of the Washington Constitution => /us-wa/const/article/1/s7"],
    ),
    ("RCW 10.93.160(5) bars", &["RCW 10.93.160(5) => /us-wa/code/s10.93.160/5"]),
    ("Ch. 42.56 RCW", &["Ch. 42.56 RCW => /us-wa/code/ch42.56"]),
    ("ORS 181A.820", &["ORS 181A.820 => /us-or/code/s181A.820"]),
    ("A.R.S. § 11-1051(B)", &["A.R.S. § 11-1051(B) => /us-az/code/s11-1051/B"]),
    ("O.C.G.A. § 42-4-14", &["O.C.G.A. § 42-4-14 => /us-ga/code/s42-4-14"]),
    ("5 ILCS 805/15(a)", &["5 ILCS 805/15(a) => /us-il/code/5/805/15/a"]),
    ("Mass. Gen. Laws ch. 211, § 3", &["Mass. Gen. Laws ch. 211, § 3 => /us-ma/code/ch211/s3"]),
    ("Iowa Code chapter 27A", &["Iowa Code chapter 27A => /us-ia/code/ch27A"]),
    (
        "Chapter 27A of the Iowa Code; section 27A.8 says",
        &["Chapter 27A of the Iowa Code => /us-ia/code/ch27A", "section 27A.8 => /us-ia/code/s27A.8"],
    ),
    ("Cal. Gov. Code § 7284.6", &["Cal. Gov. Code § 7284.6 => /us-ca/code/gov/s7284.6"]),
    (
        "California Government Code section 7284.6",
        &["California Government Code section 7284.6 => /us-ca/code/gov/s7284.6"],
    ),
    ("Tex. Gov't Code § 752.053", &["Tex. Gov't Code § 752.053 => /us-tx/code/gov/s752.053"]),
    ("Tex. Code Crim. Proc. art. 2.251", &["Tex. Code Crim. Proc. art. 2.251 => /us-tx/code/ccp/s2.251"]),
    (
        "Section 752.053 of the Texas Government Code",
        &["Section 752.053 of the Texas Government Code => /us-tx/code/gov/s752.053"],
    ),
    ("section 908.103, Florida Statutes.", &["section 908.103, Florida Statutes => /us-fl/code/s908.103"]),
    ("N.C. Gen. Stat. § 162-62", &["N.C. Gen. Stat. § 162-62 => /us-nc/code/s162-62"]),
    ("24 V.S.A. § 2366", &["24 V.S.A. § 2366 => /us-vt/code/t24/s2366"]),
    ("Minn. Stat. § 629.34", &["Minn. Stat. § 629.34 => /us-mn/code/s629.34"]),
    ("Laws of 2019, ch. 440, § 6", &["Laws of 2019, ch. 440, § 6 => /us-wa/laws/2019/ch440/s6"]),
    ("Cal. Stats. 2017, ch. 495", &["Cal. Stats. 2017, ch. 495 => /us-ca/laws/2017/ch495"]),
    ("Ordinance No. 188441", &["Ordinance No. 188441 => /us-wa/port-ansgar/ordinance/188441"]),
    (
        "Port Ansgar Mun. Code 2.84.030(B)",
        &["Port Ansgar Mun. Code 2.84.030(B) => /us-wa/port-ansgar/code/s2.84.030/B"],
    ),
    ("Chi., Ill., Mun. Code ch. 2-173", &["Chi., Ill., Mun. Code ch. 2-173 => /us-il/chicago/code/ch2-173"]),
    ("General Order 3.07 says", &["General Order 3.07 => /us-wa/port-ansgar/policy/3.07"]),
    ("PAPD Policy Manual § 428.6", &["PAPD Policy Manual § 428.6 => /us-wa/port-ansgar/policy/428.6"]),
    ("Policy 428 says", &["Policy 428 => /us-wa/port-ansgar/policy/428"]),
    (
        "Special Order S06-14-03. S06-14-03, § II.",
        &[
            "Special Order S06-14-03 => /us-wa/port-ansgar/policy/s06-14-03",
            "S06-14-03, § II => /us-wa/port-ansgar/policy/s06-14-03",
        ],
    ),
    ("Attorney General Directive 2018-6", &["Attorney General Directive 2018-6 => /us-wa/policy/2018-6"]),
    ("Resolution No. 2025-17", &["Resolution No. 2025-17 => /us-wa/port-ansgar/resolution/2025-17"]),
    (
        "Article 36 of the Vienna Convention on Consular Relations",
        &[
            "Article 36 of the Vienna Convention on Consular Relations => /us/treaty/vienna-convention-on-consular-relations/article/36",
        ],
    ),
    ("123 Harv. L. Rev. 456 (2010)", &["123 Harv. L. Rev. 456 (2010) => -"]),
];

/// Words that look like citations and are none.
const TRAPS: &[&str] = &[
    "Moore, 34, was arrested.",
    "Driver, of Sonoma, Cal. 12 miles away",
    "The Act passed.",
    "the act of signing",
    "Act II opens with a storm.",
    "a tough balancing act",
    "His Third Act was a podcast.",
    "The 2019 Act changed that.",
    "We will act now, said Mass. officials.",
    "the Constitution protects us",
    "the law and the bill",
    "this policy is 12 pages long",
    "Executive orders are not laws.",
    "a sanctuary law",
    "Call 287-4400 for help.",
    "The bus, route 287, was late.",
    "Room 1373 is closed.",
    "U.S. 101 was blocked.",
    "the U.S. Marshals took 12 people",
    "2 cars, U.S. officials said",
    "Section 8 housing is full.",
    "section 4 of this order",
    "Chapter 7 bankruptcy",
    "the 4th of July",
    "first amendment to the plan",
    "Santa Clause is coming",
    "Article 5 of our bylaws",
    "In 2019 Mass. 3 towns joined.",
    "Cowboys vs. Eagles",
    "an officer (a), (b) and (c)",
    "¶ 4 of the Directive",
    "Subsection (h) is silent.",
    "HB pencils, 12 of them",
    "AB negative blood",
    "S. 12th Street and S. Main",
    "a $287 fine",
    "Show your id. He did.",
    "Form I-200 and Form I-205",
    "Resolution of the dispute took 12 days",
    "Policy 2025 planning",
    "general order was restored",
    "the New York Police Department has 36,000 officers",
    "WL 2 and L 3",
    "The Order of 5 knights",
];

fn lines(text: &str) -> Vec<String> {
    let mut citations = find(text);
    let wa = State::from_code("wa");
    let place = |_| Some((wa?, "port-ansgar".to_owned()));
    resolve(&mut citations, &Context { state: wa, place_at: &place });
    let line = |c: &goldrule_extractor::citation::Citation<'_>| {
        format!("{} => {}", c.quote, c.canonical().unwrap_or_else(|| "-".to_owned()))
    };
    citations.iter().map(line).collect()
}

#[test]
fn snippets() {
    let wrong: Vec<String> = SNIPPETS
        .iter()
        .filter(|(text, expected)| lines(text) != *expected)
        .map(|(text, _)| format!("{text}\n    {:?}", lines(text)))
        .collect();
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), SNIPPETS.len(), wrong.join("\n"));
}

#[test]
fn traps() {
    let wrong: Vec<_> =
        TRAPS.iter().filter(|text| !find(text).is_empty()).map(|text| (text, lines(text))).collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn place_of_a_code_comes_from_its_name_before_the_document() {
    let mut citations = find("Chi., Ill., Mun. Code ch. 2-173");
    resolve(&mut citations, &Context { state: State::from_code("wa"), place_at: &|_| None });
    assert_eq!(citations[0].canonical().as_deref(), Some("/us-il/chicago/code/ch2-173"));
}

#[test]
fn codes_vote_for_their_state() {
    let found = find("RCW 10.93.160 and RCW 43.17.420, unlike ORS 181A.820 or 8 U.S.C. § 1373");
    let votes: Vec<_> = state_evidence(&found).into_iter().map(|(state, n)| (state.code(), n)).collect();
    assert_eq!(votes, [("wa", 2), ("or", 1)]);
    assert_eq!(
        find_citations("RCW 10.93.160 and SB 5497").nth(1).and_then(|c| c.canonical()).as_deref(),
        Some("/us-wa/bill/sb/5497")
    );
}

/// Words of the snippets, the traps and the committed sets, and characters that sit badly between them.
fn pieces() -> impl Strategy<Value = String> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/citations/");
    let read = |name: &str| std::fs::read_to_string(format!("{folder}{name}")).unwrap();
    let sets = [read("own.jsonl"), read("blind.jsonl"), read("blind-traps.jsonl")].concat();
    let texts = sets.lines().map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap());
    let texts = texts.map(|value| value["text"].as_str().unwrap().to_owned());
    let words = SNIPPETS.iter().map(|(text, _)| *text).chain(TRAPS.iter().copied()).map(str::to_owned);
    let parts: Vec<String> = words
        .chain(texts)
        .flat_map(|text| text.split_inclusive([' ', '(', '.']).map(str::to_owned).collect::<Vec<_>>())
        .chain(
            ["é", "’", "\u{a0}", "§", "\n", "(", "—", "*", " v. ", "Id. ", "–", "ʻ", "𝒜"].map(str::to_owned),
        )
        .collect();
    proptest::collection::vec(prop_oneof![3 => proptest::sample::select(parts), 1 => "\\PC{0,6}"], 0..40)
        .prop_map(|parts| parts.concat())
}

proptest! {
    #[test]
    fn spans_are_ordered_apart_and_quoted(text in pieces()) {
        let found: Vec<_> = find_citations(&text).collect();
        let mut end = 0;
        for citation in &found {
            prop_assert!(citation.span.start >= end && !citation.span.is_empty());
            prop_assert_eq!(text.get(citation.span.range()), Some(citation.quote));
            prop_assert_eq!(citation.quote.trim(), citation.quote);
            if let Some(canonical) = citation.canonical() {
                prop_assert!(canonical.parse::<CanonicalId>().is_ok(), "{}", canonical);
            }
            end = citation.span.end;
            for field in citation.fields() {
                prop_assert_eq!(text.get(field.span.range()), Some(field.quote));
            }
            citation.signal(&text);
            citation.parenthetical(&text);
        }
        prop_assert_eq!(found, find_citations(&text).collect::<Vec<_>>());
    }
}

#[test]
fn ordinary_prose_cites_nothing() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../benches/data/off-topic.txt");
    let text = std::fs::read_to_string(path).unwrap();
    let found: Vec<_> = find_citations(&text).map(|c| format!("{} ({})", c.quote, c.rule)).collect();
    assert!(found.is_empty(), "{found:#?}");
}
