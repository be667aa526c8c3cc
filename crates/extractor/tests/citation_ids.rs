//! Canonical ids and fields: the grammar round-trips, and fields lie in their citations.

#![allow(clippy::unwrap_used, clippy::print_stdout)]

use goldrule_extractor::State;
use goldrule_extractor::citation::{CanonicalId, Family, FieldName, find_citations};
use proptest::prelude::*;

fn texts() -> Vec<String> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/citations/");
    let mut texts = Vec::new();
    for name in ["own.jsonl", "blind.jsonl"] {
        for line in std::fs::read_to_string(format!("{folder}{name}")).unwrap().lines() {
            let value: serde_json::Value = serde_json::from_str(line).unwrap();
            texts.push(value["text"].as_str().unwrap().to_owned());
        }
    }
    texts
}

#[test]
fn every_found_id_is_of_the_grammar() {
    for text in texts() {
        for citation in find_citations(&text) {
            let Some(canonical) = citation.canonical() else { continue };
            let id: CanonicalId = canonical.parse().unwrap_or_else(|e| panic!("{}: {e}", citation.quote));
            assert_eq!(id.to_string(), canonical);
        }
    }
}

#[test]
fn fields_lie_apart_in_their_citation() {
    let mut with_fields = 0;
    for text in texts() {
        for citation in find_citations(&text) {
            let mut end = citation.span.start;
            for field in citation.fields() {
                assert!(
                    field.span.start >= end && field.span.end <= citation.span.end,
                    "{citation:?} {field:?}"
                );
                assert_eq!(text.get(field.span.range()), Some(field.quote));
                end = field.span.end;
                with_fields += 1;
            }
        }
    }
    assert!(with_fields > 2000, "{with_fields}");
}

#[test]
fn every_citation_has_fields() {
    let mut without = Vec::new();
    for text in texts() {
        let alone = find_citations(&text)
            .filter(|citation| citation.fields().next().is_none() && !citation.rule.starts_with("short."));
        without.extend(alone.map(|citation| citation.quote.to_owned()));
    }
    assert!(without.is_empty(), "{without:?}");
}

/// The fields of the first citation of a text.
fn fields(text: &str) -> Vec<(FieldName, &str)> {
    find_citations(text).next().unwrap().fields().map(|field| (field.name, field.quote)).collect()
}

#[test]
fn fields_of_each_family() {
    use FieldName::{
        Chamber, Code, Court, Docket, Name, Number, Page, Pinpoint, Reporter, Section, Session, Subdivisions,
        Title, Volume, Year,
    };
    let usc = [(Title, "8"), (Code, "U.S.C."), (Section, "1373"), (Subdivisions, "(a)")];
    assert_eq!(fields("8 U.S.C. § 1373(a)"), usc);
    assert_eq!(
        fields("Section 1373 of Title 8 of the U.S. Code"),
        [(Section, "1373"), (Title, "8"), (Code, "U.S. Code")]
    );
    assert_eq!(fields("RCW 10.93.160(5)"), [(Code, "RCW"), (Section, "10.93.160"), (Subdivisions, "(5)")]);
    assert_eq!(fields("Tex. Gov't Code § 752.053"), [(Code, "Tex. Gov't Code"), (Section, "752.053")]);
    assert_eq!(fields("California's SB 54"), [(Chamber, "SB"), (Number, "54")]);
    let bill = [(Chamber, "H.R."), (Number, "29"), (Session, "119th Cong."), (Year, "2025")];
    assert_eq!(fields("H.R. 29, 119th Cong. (2025)"), bill);
    let case = [
        (Name, "Doe v. Noem"),
        (Docket, "25-cv-633"),
        (Volume, "2025"),
        (Reporter, "WL"),
        (Page, "1234567"),
        (Pinpoint, "at *2"),
        (Court, "D.D.C."),
        (Year, "2025"),
    ];
    let text = "Doe v. Noem, No. 25-cv-633, 2025 WL 1234567, at *2 (D.D.C. Mar. 3, 2025)";
    assert_eq!(fields(text), case);
    assert_eq!(fields("90 Fed. Reg. 8443"), [(Volume, "90"), (Reporter, "Fed. Reg."), (Page, "8443")]);
    assert_eq!(
        fields("5 ILCS 805/15(a)"),
        [(Title, "5"), (Code, "ILCS"), (Section, "805/15"), (Subdivisions, "(a)")]
    );
    assert_eq!(
        fields("Pub. L. No. 104-208, § 642(a)"),
        [(Number, "104-208"), (Section, "642"), (Subdivisions, "(a)")]
    );
    assert_eq!(
        fields("Fed. R. Civ. P. 23(b)(2)"),
        [(Code, "Fed. R. Civ. P."), (Section, "23"), (Subdivisions, "(b)(2)")]
    );
    assert_eq!(
        fields("Restatement (Second) of Torts § 35"),
        [(Name, "Restatement (Second) of Torts"), (Section, "35")]
    );
    let dated = [(Volume, "90"), (Reporter, "Fed. Reg."), (Page, "8443"), (Year, "2025")];
    assert_eq!(fields("90 Fed. Reg. 8443 (Jan. 29, 2025)"), dated);
    assert_eq!(fields("Executive Order 14159"), [(Number, "14159")]);
    assert_eq!(fields("Seattle Municipal Code § 4.18.015").len(), 2);
    assert_eq!(fields("General Order 4.03"), [(Number, "4.03")]);
    assert_eq!(fields("Ordinance No. 188441"), [(Number, "188441")]);
    assert_eq!(fields("Fourth Amendment"), [(Name, "Fourth Amendment")]);
    assert_eq!(fields("Laws of 2019, ch. 440, § 6"), [(Year, "2019"), (Section, "440"), (Section, "6")]);
    assert_eq!(fields("the Laken Riley Act"), [(Name, "Laken Riley Act")]);
}

#[test]
fn parentheticals_and_signals_stand_outside() {
    let text = "But see Printz v. United States, 521 U.S. 898 (1997) (Stevens, J., dissenting).";
    let case = find_citations(text).next().unwrap();
    assert_eq!(case.signal(text).map(|signal| signal.quote), Some("But see"));
    assert_eq!(case.parenthetical(text).map(|words| words.quote), Some("Stevens, J., dissenting"));
}

#[test]
fn what_is_no_id_is_refused_with_a_reason() {
    for wrong in
        ["", "us/usc/t8", "/us", "/us/usc", "/us/usc/", "/us-WA/code/s1", "/us-zz/code/s1", "/us/x y/code/1"]
    {
        let error = wrong.parse::<CanonicalId>().unwrap_err().to_string();
        assert!(error.contains(wrong) && error.contains("no canonical id"), "{error}");
    }
}

fn part() -> impl Strategy<Value = String> {
    "[a-zA-Z0-9][a-zA-Z0-9.:-]{0,8}"
}

proptest! {
    #[test]
    fn ids_round_trip(
        state in proptest::option::of(0..57_usize),
        place in proptest::option::of("[a-z]{3,8}(-[a-z0-9]{2,6})?"),
        family in 0..19_usize,
        parts in proptest::collection::vec(part(), 1..5),
    ) {
        let state = state.and_then(|index| State::all().nth(index));
        let family = Family::all().nth(family).unwrap();
        let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
        if let Ok(id) = CanonicalId::new(state, place.as_deref(), family, &parts) {
            prop_assert_eq!(id.to_string().parse::<CanonicalId>(), Ok(id));
        }
    }

    #[test]
    fn any_text_is_an_id_or_an_error(text in "(/us(-[a-z]{2})?)?(/[a-z0-9.-]{0,6}){0,5}") {
        if let Ok(id) = text.parse::<CanonicalId>() {
            prop_assert_eq!(id.to_string(), text);
        }
    }
}
