//! Every finding as people read it.

#![allow(clippy::unwrap_used, reason = "a test may fail where it likes")]

use std::collections::BTreeSet;
use std::path::Path;

use goldrule_schema::{CODES, Corpus, Diagnostic, Document, load_annotations, read_annotations};

/// Findings of these codes are made where files are written; the tests of the program show them.
const OF_WRITING: [&str; 3] = ["bad-id", "unwritable", "would-overwrite"];

/// A gold file with these lists.
fn file(agencies: &str, stances: &str, citations: &str) -> String {
    format!(
        "{{\n  \"schema_version\": 1,\n  \"document\": \"note\",\n  \"agencies\": [{agencies}],\n  \"stances\": [{stances}],\n  \"citations\": [{citations}]\n}}\n"
    )
}

const TEXT: &str = "Troy police 👮 don’t ask. Troy police and the Troy Police Department follow SB 54.";
const AGENCY: &str = r#"
    { "id": "troy-pd", "name": "Troy Police Department", "kind": "police", "mentions": [
      { "text": "Troy Police Department", "start": 45, "end": 67, "form": "name" } ] }"#;

/// Sources with the code that each is to show.
fn faulty() -> Vec<(&'static str, String)> {
    let mention = |fields: &str| {
        file(&AGENCY.replace(r#""text": "Troy Police Department", "start": 45, "end": 67"#, fields), "", "")
    };
    let citation = |fields: &str| file("", "", &format!("\n    {{ {fields} }}"));
    let stance = |agency: &str| {
        format!(
            r#"
    {{ "agency": "{agency}", "topic": "status_inquiry", "position": "against", "attribution": "reported", "start": 0, "end": 23 }}"#
        )
    };
    vec![
        ("ambiguous-quote", mention(r#""text": "Troy police""#)),
        (
            "bad-canonical",
            citation(r#""start": 75, "end": 80, "kind": "bill", "canonical": "us-ca/bill/sb/54""#),
        ),
        (
            "bad-jurisdiction",
            file(&AGENCY.replace(r#""kind""#, r#""jurisdiction": "country:us/state:mi", "kind""#), "", ""),
        ),
        ("bad-span", citation(r#""start": 80, "end": 75, "kind": "bill""#)),
        (
            "duplicate-id",
            file(
                &format!(
                    "{AGENCY},{}",
                    AGENCY
                        .replace("45, \"end\": 67", "25, \"end\": 36")
                        .replace("\"text\": \"Troy Police Department\", ", "")
                ),
                "",
                "",
            ),
        ),
        ("duplicate-key", citation(r#""start": 75, "end": 80, "kind": "bill", "kind": "statute""#)),
        ("duplicate-record", file(AGENCY, &format!("{},{}", stance("troy-pd"), stance("troy-pd")), "")),
        ("missing-key", citation(r#""start": 75, "end": 80"#)),
        (
            "overlap",
            file(
                "",
                "",
                r#"
    { "start": 75, "end": 80, "kind": "bill" },
    { "start": 78, "end": 80, "kind": "bill" }"#,
            ),
        ),
        ("past-end", citation(r#""start": 75, "end": 99, "kind": "bill""#)),
        ("quote-mismatch", citation(r#""text": "SB 54", "start": 70, "end": 75, "kind": "bill""#)),
        ("quote-not-found", citation(r#""text": "SB 55", "kind": "bill""#)),
        (
            "quotes-withheld",
            citation(r#""text": "SB 54", "start": 75, "end": 80, "kind": "bill""#)
                .replace("\"agencies\"", "\"meta\": { \"quotes\": \"withheld\" },\n  \"agencies\""),
        ),
        ("schema-version", file("", "", "").replace("\"schema_version\": 1", "\"schema_version\": 2")),
        ("syntax", file("", "", "").replace("\"stances\": [],", "\"stances\": [,")),
        ("unknown-agency", file(AGENCY, &stance("troy-police"), "")),
        (
            "unknown-key",
            citation(r#""start": 75, "end": 80, "kind": "bill", "canonnical": "/us-ca/bill/sb/54""#),
        ),
        ("unknown-word", citation(r#""start": 75, "end": 80, "kind": "statue""#)),
        ("wrong-document", file("", "", "").replace("\"note\"", "\"memo\"")),
        (
            "wrong-hash",
            file("", "", "")
                .replace("\"agencies\"", "\"meta\": { \"text_sha256\": \"00ff\" },\n  \"agencies\""),
        ),
        ("wrong-type", citation(r#""start": "75", "end": 80, "kind": "bill""#)),
    ]
}

fn shown(findings: &[Diagnostic], source: &str) -> String {
    findings.iter().map(|finding| finding.render(source, false)).collect::<Vec<_>>().join("\n\n")
}

/// A folder with these files.
fn folder(files: &[(&str, &[u8])]) -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    for (name, contents) in files {
        std::fs::write(dir.path().join(name), contents).unwrap();
    }
    dir
}

/// Findings about files as a whole, with the folder's name taken out.
fn whole() -> Vec<Diagnostic> {
    let manifest = b"document,sha256\nnote,00ff\n";
    let texts = folder(&[("manifest.csv", manifest), ("note.txt", b"Troy."), ("bad.txt", b"Troy \xff")]);
    let gold = folder(&[("memo.json", file("", "", "").replace("note", "memo").as_bytes())]);
    let empty = folder(&[]);
    let (corpus, mut findings) = Corpus::open(texts.path(), None).unwrap();
    findings.extend(goldrule_schema::read_text(&texts.path().join("bad.txt")).err());
    findings.extend(load_annotations(gold.path(), Some(&corpus)).unwrap().remove(0).diagnostics);
    findings.extend(Corpus::open(empty.path(), None).err().unwrap());
    findings.extend(load_annotations(empty.path(), None).err());
    findings.extend(Corpus::open(Path::new("no-such-folder"), None).err().unwrap());
    for finding in &mut findings {
        for dir in [&texts, &gold, &empty] {
            finding.file = finding.file.replace(&dir.path().display().to_string(), "folder");
        }
    }
    findings
}

#[test]
fn every_code_is_shown() {
    let document = Document::new("note", TEXT);
    let mut seen: BTreeSet<&str> = OF_WRITING.into();
    for (code, source) in faulty() {
        let findings = read_annotations("note.json", &source, Some(&document)).diagnostics;
        assert!(findings.iter().any(|finding| finding.code == code), "{code}: {findings:?}");
        seen.insert(code);
        insta::assert_snapshot!(code, shown(&findings, &source));
    }
    let source = file("", "", "\n    { \"text\": \"SB 54\", \"kind\": \"bill\" }");
    let findings = read_annotations("note.json", &source, None).diagnostics;
    insta::assert_snapshot!("no-text", shown(&findings, &source));
    seen.extend(findings.iter().map(|finding| finding.code));
    let findings = whole();
    insta::assert_snapshot!("whole-files", shown(&findings, ""));
    seen.extend(findings.iter().map(|finding| finding.code));
    let all: BTreeSet<&str> = CODES.iter().map(|(code, _)| *code).collect();
    assert_eq!(all.difference(&seen).collect::<Vec<_>>(), Vec::<&&str>::new());
}

#[test]
fn five_faults_are_reported_at_once() {
    let source = file(
        &AGENCY.replace("police\", \"men", "polcie\", \"men"),
        r#"
    { "agency": "nobody", "topic": "detainers", "position": "against", "attribution": "own", "start": 0, "end": 23 }"#,
        r#"
    { "text": "SB 54", "start": 75, "end": 181, "kind": "bill" },
    { "text": "SB 54", "start": 70, "end": 75, "kind": "bill", "kind": "bill" }"#,
    );
    let document = Document::new("note", TEXT);
    let findings = read_annotations("note.json", &source, Some(&document)).diagnostics;
    let codes: Vec<_> = findings.iter().map(|finding| finding.code).collect();
    assert_eq!(codes, ["unknown-word", "unknown-agency", "past-end", "quote-mismatch", "duplicate-key"]);
    assert!(findings.iter().all(|finding| finding.place.is_some() && !finding.help.is_empty()));
    insta::assert_snapshot!(shown(&findings, &source));
}

#[test]
fn offsets_of_another_unit_name_the_unit() {
    let help = |text: &str, quote: &str, start: usize, end: usize| {
        let source = file(
            "",
            "",
            &format!(r#"{{ "text": {quote:?}, "start": {start}, "end": {end}, "kind": "bill" }}"#),
        );
        let document = Document::new("note", text);
        let findings = read_annotations("note.json", &source, Some(&document)).diagnostics;
        assert!(matches!(findings[0].code, "quote-mismatch" | "past-end"), "{findings:?}");
        findings[0].help.clone()
    };
    let utf16 = |text: &str, quote: &str| {
        let before = &text[..text.find(quote).unwrap()];
        help(text, quote, before.encode_utf16().count(), before.encode_utf16().count() + quote.len())
    };
    assert_eq!(
        utf16("👮🏽 SB 54 said", "SB 54"),
        "the quote matches when counted as UTF-16; in code points it is 3..8"
    );
    assert_eq!(
        utf16("Chief 👮: follow SB 54", "SB 54"),
        "the quote matches when counted as UTF-16; in code points it is 16..21"
    );
    assert_eq!(
        help("l’été SB 54, no more", "SB 54", 10, 15),
        "the quote matches when counted as UTF-8 bytes; in code points it is 6..11"
    );
    assert_eq!(
        help("One.\r\nTwo.\r\nSB 54", "SB 54", 10, 15),
        "the quote matches when counted as one character for CRLF; in code points it is 12..17"
    );
    assert_eq!(
        help("\u{feff}See SB 54.", "SB 54", 4, 9),
        "the quote matches when counted as text without its byte-order mark; in code points it is 5..10"
    );
    assert_eq!(
        help("See SB 54.", "SB 54", 0, 5),
        "the quote stands at 4..9; run `goldrule fmt` or mend the offsets"
    );
}

#[test]
fn a_byte_order_mark_before_the_json_is_no_fault() {
    let source =
        format!("\u{feff}{}", file("", "", "\n    { \"start\": 9, \"end\": 3, \"kind\": \"bill\" }"));
    let findings = read_annotations("note.json", &source, None).diagnostics;
    assert_eq!(findings.len(), 1, "{findings:?}");
    let place = findings[0].place.unwrap();
    assert_eq!((place.line, place.column, &source[place.start..place.end]), (7, 5, "{"));
    findings[0].render(&source, false);
}

#[test]
fn what_other_json_readers_refuse_is_refused() {
    for (with, column) in [("no\0te", 16), ("no\tte", 16), (r"\ud83d", 19)] {
        let source = file("", "", "").replace("note", with);
        let findings = read_annotations("note.json", &source, None).diagnostics;
        let syntax: Vec<_> = findings.iter().filter(|finding| finding.code == "syntax").collect();
        assert_eq!(syntax.len(), 1, "{with:?}: {findings:?}");
        let place = syntax[0].place.unwrap();
        assert_eq!((place.line, place.column.abs_diff(column) <= 3), (3, true), "{with:?} {place:?}");
    }
}
