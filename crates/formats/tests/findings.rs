//! What is wrong with an import is named in the foreign file, all of it, with the unit that would be right.

mod common;

use common::inputs;
use goldrule_formats::{Export, Format, Piece, export, import};
use goldrule_schema::{AnnotationSet, Document, read_annotations};

const TEXT: &str = "😀 Troy police\r\ndo not ask. See SB 54.";

const GOLD: &str = r#"{ "schema_version": 1, "document": "note", "agencies": [
  { "id": "troy-pd", "name": "Troy Police Department", "kind": "police",
    "mentions": [ { "text": "Troy police", "form": "name" } ] } ],
  "stances": [ { "agency": "troy-pd", "topic": "status_inquiry", "position": "against", "attribution": "reported",
    "text": "Troy police\r\ndo not ask" } ],
  "citations": [ { "text": "SB 54", "kind": "bill" } ] }"#;

fn note() -> (Document, AnnotationSet) {
    let document = Document::new("note", TEXT);
    let set = read_annotations("note.json", GOLD, Some(&document)).accepted().expect("sound gold");
    (document, set)
}

fn shown(format: Format, files: &[(&str, &str)]) -> String {
    let (document, _) = note();
    let imported = import(format, &inputs(files), &|id| (id == "note").then_some(&document));
    assert!(imported.sets.is_empty());
    let source = files[0].1;
    let found: Vec<_> = imported.diagnostics.iter().map(|finding| finding.render(source, false)).collect();
    found.join("\n\n")
}

#[test]
fn each_export() {
    let (document, set) = note();
    for &format in Format::ALL.iter().filter(|format| format.is_out()) {
        let Export { files, .. } = export(format, &[Piece { document: &document, set: &set }]);
        let shown: Vec<_> = files
            .iter()
            .filter(|file| !matches!(file.name.as_str(), "labels.xml" | "annotation.conf" | "visual.conf"))
            .map(|file| format!("== {}\n{}", file.name, file.contents))
            .collect();
        insta::assert_snapshot!(format!("export_{}", format.name()), shown.join("\n"));
    }
}

#[test]
fn the_likely_unit_is_named() {
    let utf16 = "T1\tName 3 14\tTroy police\nT2\tStance 3 27\tTroy police\n";
    insta::assert_snapshot!("brat_in_utf16", shown(Format::Brat, &[("note.ann", utf16)]));
    let lone = "T1\tCitation 31 36\tSB 54\nA1\tKind T1 bil\n";
    insta::assert_snapshot!("brat_with_crlf_as_one", shown(Format::Brat, &[("note.ann", lone)]));
}

#[test]
fn all_at_once() {
    let line = r#"{"text": "x", "meta": {"document": "note"}, "spans": [
      {"start": 2, "end": 13, "label": "agency:cops:name"},
      {"start": 2, "end": 13, "label": "PERSON", "text": "Troy police"},
      {"start": 2, "end": 99, "label": "citation:bill", "text": "Troy police"},
      {"start": 2, "end": 13, "label": "stance:detainers:against:own", "text": "Troy police"}]}"#;
    let line = line.replace('\n', " ");
    insta::assert_snapshot!("prodigy_faults", shown(Format::Prodigy, &[("tasks.jsonl", &line)]));
}

#[test]
fn gaps_are_refused() {
    let gaps = "T1\tName 2 6;7 13\tTroy police\n";
    insta::assert_snapshot!("brat_gaps", shown(Format::Brat, &[("note.ann", gaps)]));
}

#[test]
fn webanno_is_read() {
    let tsv = "#FORMAT=WebAnno TSV 3.3\n#T_SP=webanno.custom.Agency|agency|form|kind|name\n#T_SP=webanno.custom.Citation|kind\n\n\n\
        #Text=😀 Troy police\n1-1\t0-2\t😀\t_\t_\t_\t_\t_\n1-2\t3-7\tTroy\ttroy-pd[1]\tname[1]\tpolice[1]\tTroy Police Department[1]\t_\n\
        1-3\t8-14\tpolice\ttroy-pd[1]\tname[1]\tpolice[1]\tTroy Police Department[1]\t_\n\n\
        #Text=do not ask. See SB 54.\n2-5\t32-34\tSB\t_\t_\t_\t_\tbill[2]\n2-6\t35-37\t54\t_\t_\t_\t_\tbill[2]\n";
    let (document, mut set) = note();
    set.stances.clear();
    let back = import(Format::WebAnno, &inputs(&[("note.tsv", tsv)]), &|_| Some(&document));
    assert_eq!(back.diagnostics, []);
    assert_eq!(back.sets, [set]);
}
