//! Each export of one small document, and what importers say of faults.

#![allow(clippy::unwrap_used, reason = "a test may fail where it likes")]

use std::fmt::Write as _;

use goldrule_formats::{Direction, FORMATS, InFile, Item, Unit, by_name};
use goldrule_schema::{AnnotationSet, Document, read_annotations};

const TEXT: &str = "👮🏽 Café PD\r\ndoes not ask.\r\nPolice Department follows SB 54.";

fn small() -> (Document, AnnotationSet) {
    let document = Document::new("note", TEXT);
    let source = r#"{ "schema_version": 1, "document": "note", "meta": { "status": "done", "annotators": ["a"] },
      "agencies": [ { "id": "cafe-pd", "name": "Café Police Department", "kind": "police",
        "jurisdiction": "ocd-division/country:us/state:ca/place:cafe",
        "mentions": [ { "text": "Café PD", "form": "name", "id": "m1" },
                      { "text": "Police Department", "form": "nominal" } ] } ],
      "stances": [ { "agency": "cafe-pd", "topic": "status_inquiry", "position": "against", "attribution": "reported",
        "text": "Café PD\r\ndoes not ask" } ],
      "citations": [ { "text": "SB 54", "kind": "bill", "canonical": "/us-ca/bill/sb/54", "rule": "cite.bill" } ] }"#;
    let set = read_annotations("note.json", source, Some(&document)).accepted().unwrap();
    (document, set)
}

#[test]
fn exports_look_like_this() {
    let (document, set) = small();
    for format in FORMATS.iter().filter(|format| format.direction() != Direction::Import) {
        let files = format.export(&[Item { document: &document, set: &set }]);
        let mut shown = String::new();
        for file in files.iter().filter(|file| !file.setup) {
            let _ = writeln!(shown, "--- {}\n{}", file.name, file.contents.replace('\r', "␍"));
        }
        insta::assert_snapshot!(format!("export_{}", format.name()), shown);
    }
}

fn findings(name: &str, file: &str, source: &str, text: &str) -> String {
    let document = Document::new("note", text);
    let files = [InFile { name: file.into(), source: source.into() }];
    let import = by_name(name).unwrap().import(&files, &|_| Some(&document), None);
    import.diagnostics.iter().map(|finding| finding.render(source, false) + "\n\n").collect()
}

#[test]
fn a_wrong_unit_is_named() {
    let label = "A1\tKind T1 police\nA2\tForm T1 name\n";
    let brat = |offsets: &str| {
        findings("brat", "note.ann", &format!("T1\tAgency {offsets}\tPolice Department\n{label}"), TEXT)
    };
    assert!(brat("27 44").is_empty(), "{}", brat("27 44"));
    assert!(brat("29 46").contains("matches when counted as UTF-16"), "{}", brat("29 46"));
    assert!(brat("34 51").contains("matches when counted as bytes"), "{}", brat("34 51"));
    assert!(brat("25 42").contains("one character for CRLF"), "{}", brat("25 42"));
    insta::assert_snapshot!(brat("29 46"));
}

#[test]
fn a_unit_can_be_given() {
    let (document, set) = small();
    let format = by_name("label-studio").unwrap();
    let file = format.export(&[Item { document: &document, set: &set }]).remove(0);
    let old = file.contents.replace("\"start\": 27", "\"start\": 29").replace("\"end\": 44", "\"end\": 46");
    let old = old.replace("\"start\": 3,", "\"start\": 5,").replace("\"end\": 10", "\"end\": 12");
    let old = old
        .replace("\"end\": 24", "\"end\": 26")
        .replace("\"start\": 53", "\"start\": 55")
        .replace("\"end\": 58", "\"end\": 60");
    let files = [InFile { name: file.name, source: old }];
    let texts = |_: &str| Some(&document);
    assert!(format.import(&files, &texts, None).documents.is_empty());
    let import = format.import(&files, &texts, Some(Unit::Utf16));
    assert_eq!(import.documents.first().map(|(_, set)| set), Some(&set), "{:?}", import.diagnostics);
}

#[test]
fn tsv_of_inception_is_read() {
    let text = "👮 Troy PD does not ask.";
    let tsv = "#FORMAT=WebAnno TSV 3.3\n#T_SP=webanno.custom.Agency|agency|form|kind\n\
        #T_SP=webanno.custom.Stance|agency|topic|position|attribution\n#T_RL=webanno.custom.X|BT_Y\n\n\n\
        #Text=👮 Troy PD does not ask.\n1-1\t0-2\t👮\t_\t_\t_\t_\t_\t_\t_\t\n\
        1-2\t3-7\tTroy\ttroy-pd[1]\tname[1]\tpolice[1]\ttroy-pd[2]|troy-pd[3]\tstatus\\_inquiry[2]|enforcement[3]\tagainst[2]|against[3]\town[2]|own[3]\t\n\
        1-3\t8-10\tPD\ttroy-pd[1]\tname[1]\tpolice[1]\ttroy-pd[2]\tstatus\\_inquiry[2]\tagainst[2]\town[2]\t\n";
    let document = Document::new("note", text);
    let files = [InFile { name: "note.tsv".into(), source: tsv.into() }];
    let import = by_name("webanno-tsv").unwrap().import(&files, &|_| Some(&document), None);
    let (_, set) = import.documents.first().unwrap_or_else(|| panic!("{:?}", import.diagnostics));
    assert_eq!(set.agencies[0].mentions[0].text.as_deref(), Some("Troy PD"));
    assert_eq!(set.stances.len(), 2);
    assert_eq!(import.diagnostics.iter().map(|finding| finding.code).collect::<Vec<_>>(), ["left-out"]);
    let wrong = tsv.replace("3-7", "2-6").replace("8-10", "7-9");
    assert!(findings("webanno-tsv", "note.tsv", &wrong, text).contains("code points"));
}

#[test]
fn gaps_are_kept() {
    let source = "T1\tAgency 0 4;9 11\tTroy PD\nA1\tKind T1 police\nA2\tForm T1 name\nE1\tX:T1\n";
    let document = Document::new("note", "Troy the PD");
    let texts = |_: &str| Some(&document);
    let files = [InFile { name: "note.ann".into(), source: source.into() }];
    let brat = by_name("brat").unwrap();
    let import = brat.import(&files, &texts, None);
    let (document, set) = &import.documents[0];
    assert_eq!(set.agencies[0].mentions[0].extra["fragments"].to_string(), "[[0,4],[9,11]]");
    let again = brat.export(&[Item { document, set }]);
    assert!(again[1].contents.starts_with("T1\tAgency 0 4;9 11\tTroy PD\n"));
    insta::assert_snapshot!(import.diagnostics[0].render(source, false));
}

#[test]
fn a_wrong_unit_is_named_without_quotes() {
    let text = "👮 ICE. Ask ICE.";
    let entities = |first: &str, last: &str| {
        let entity = |span: &str, id| {
            let (start, end) = span.split_once(' ').unwrap();
            format!(r#"{{"id":{id},"label":"agency/police/name","start_offset":{start},"end_offset":{end}}}"#)
        };
        format!(
            r#"{{"document":"note","text":"{text}","entities":[{},{}]}}"#,
            entity(first, 1),
            entity(last, 2)
        )
    };
    let right = entities("2 5", "11 14");
    assert!(
        findings("doccano", "a.jsonl", &right, text).is_empty(),
        "{}",
        findings("doccano", "a.jsonl", &right, text)
    );
    let wrong = findings("doccano", "a.jsonl", &entities("3 6", "12 15"), text);
    assert!(wrong.contains("--unit utf-16"), "{wrong}");
    insta::assert_snapshot!(wrong);
    let bytes = findings("doccano", "a.jsonl", &entities("5 8", "14 17"), text);
    assert!(bytes.contains("--unit bytes"), "{bytes}");
    // A word that is cut on purpose is cut in every unit.
    assert!(findings("doccano", "a.jsonl", &entities("3 5", "11 14"), text).is_empty());
}

#[test]
fn the_tokens_of_prodigy_are_compared() {
    let text = "👮 ICE can. Ask ICE.";
    let line = |tokens: &str| {
        format!(
            r#"{{"text":"{text}","meta":{{"document":"note"}},"tokens":[{tokens}],"spans":[{{"start":2,"end":5,"label":"agency/police/name"}}]}}"#
        )
    };
    let token = |start, end, text: &str| format!(r#"{{"text":"{text}","start":{start},"end":{end}}}"#);
    let right = [token(0, 1, "👮"), token(2, 5, "ICE")].join(",");
    assert!(findings("prodigy", "a.jsonl", &line(&right), text).is_empty());
    let wrong = [token(0, 2, "👮"), token(3, 6, "ICE")].join(",");
    let found = findings("prodigy", "a.jsonl", &line(&wrong), text);
    assert!(found.contains("matches when counted as UTF-16"), "{found}");
    let bare = line("").replace("\"start\":2,\"end\":5", "\"start\":3,\"end\":6");
    assert!(findings("prodigy", "a.jsonl", &bare, text).contains("--unit utf-16"));
}

/// The tables of the small document, each changed as a spreadsheet may save it.
fn tables(change: impl Fn(&str) -> String) -> goldrule_formats::Import {
    let (document, set) = small();
    let csv = by_name("csv").unwrap();
    let files = csv.export(&[Item { document: &document, set: &set }]);
    let files: Vec<_> =
        files.into_iter().map(|file| InFile { name: file.name, source: change(&file.contents) }).collect();
    csv.import(&files, &|id| (id == "note").then_some(&document), None)
}

fn parted_by(contents: &str, delimiter: u8) -> String {
    let mut writer = csv::WriterBuilder::new().delimiter(delimiter).from_writer(Vec::new());
    for record in csv::ReaderBuilder::new().has_headers(false).from_reader(contents.as_bytes()).records() {
        writer.write_record(&record.unwrap()).unwrap();
    }
    String::from_utf8(writer.into_inner().unwrap()).unwrap()
}

#[test]
fn tables_are_read_as_spreadsheets_save_them() {
    let (_, set) = small();
    let back = |change: &dyn Fn(&str) -> String| {
        let import = tables(change);
        assert!(import.diagnostics.is_empty(), "{:?}", import.diagnostics);
        import.documents.into_iter().next().map(|(_, set)| set)
    };
    assert_eq!(back(&|table| format!("\u{feff}{}", parted_by(table, b';'))), Some(set.clone()));
    assert_eq!(back(&|table| parted_by(table, b'\t')), Some(set.clone()));
    assert_eq!(back(&|table| format!("\u{feff}sep=;\r\n{}", parted_by(table, b';'))), Some(set.clone()));
    let nothing = |table: &str| ",".repeat(table.lines().next().unwrap_or_default().matches(',').count());
    assert_eq!(back(&|table| format!("{table}{}\n", nothing(table))), Some(set));
}

#[test]
fn tables_that_would_lose_cells_are_refused() {
    let refused = |from: &str, to: &str, why: &str| {
        let import = tables(|table| table.replace(from, to));
        let said: Vec<_> = import.diagnostics.iter().map(|finding| finding.message.as_str()).collect();
        assert!(import.documents.is_empty(), "{said:?}");
        assert!(said.iter().any(|message| message.contains(why)), "{said:?}");
    };
    refused("cite.bill,", "\"cite.bill,", "not closed");
    refused("start,end,text,kind", "start,end,text,kind,kind", "two columns");
    let import = tables(|table| {
        let twice = table.starts_with("document,head").then(|| table.lines().last().unwrap_or_default());
        format!("{table}{}", twice.map(|row| format!("{row}\n")).unwrap_or_default())
    });
    assert!(import.documents.is_empty() && import.diagnostics[0].message.contains("two rows"));
}

#[test]
fn relations_that_are_not_ours_join_nothing() {
    let text = "Troy PD and Ohio PD.";
    let line = |kind: &str| {
        let entity = |id, start, end| {
            format!(r#"{{"id":{id},"label":"agency/police/name","start_offset":{start},"end_offset":{end}}}"#)
        };
        let entities = [entity(1, 0, 7), entity(2, 12, 19)].join(",");
        format!(
            r#"{{"document":"note","text":"{text}","entities":[{entities}],"relations":[{{"id":1,"from_id":1,"to_id":2,"type":"{kind}"}}]}}"#
        )
    };
    let doccano = by_name("doccano").unwrap();
    let read =
        |kind| doccano.import(&[InFile { name: "a.jsonl".into(), source: line(kind) }], &|_| None, None);
    assert_eq!(read("same_agency").documents[0].1.agencies.len(), 1);
    let other = read("part_of");
    assert_eq!(other.documents[0].1.agencies.len(), 2);
    assert_eq!(other.diagnostics[0].code, "left-out");
    assert!(read("holder").documents.is_empty());
}

#[test]
fn a_relation_drawn_anew_is_not_overruled_silently() {
    let (document, set) = small();
    let prodigy = by_name("prodigy").unwrap();
    let line = prodigy.export(&[Item { document: &document, set: &set }]).remove(0).contents;
    // The annotator keeps the relation; the mention now names another agency.
    let span = line.find("\"label\":\"agency").unwrap();
    let (head, tail) = line.split_at(line[..span].rfind('{').unwrap());
    let line = head.to_owned() + &tail.replacen("\"agency\":\"cafe-pd\"", "\"agency\":\"other\"", 1);
    let said = findings("prodigy", "a.jsonl", &line, TEXT);
    assert!(said.contains("name different agencies"), "{said}");
}

#[test]
fn selectors_that_disagree_are_refused() {
    let text = "ICE asked. ICE left.";
    let page = |selectors: &str| {
        format!(
            r#"{{"type":"AnnotationPage","items":[{{"id":"a","body":{{"value":"agency/police/name"}},"target":{{"selector":[{selectors}]}}}}]}}"#
        )
    };
    let position = |start, end| format!(r#"{{"type":"TextPositionSelector","start":{start},"end":{end}}}"#);
    let quote = r#"{"type":"TextQuoteSelector","exact":"ICE","prefix":"asked. ","suffix":" left"}"#;
    let said = |selectors: &[String]| findings("w3c", "note.jsonld", &page(&selectors.join(",")), text);
    assert!(said(&[position(11, 14), quote.into()]).is_empty());
    assert!(said(&[position(0, 3), quote.into()]).contains("disagreement"));
    assert!(said(&[position(0, 3), position(11, 14)]).contains("disagreement"));
    assert!(said(&[position(11, 14), quote.into(), quote.replace("ICE", "asked")]).contains("disagreement"));
}

#[test]
fn keys_that_stand_twice_are_refused() {
    let said =
        findings("doccano", "a.jsonl", r#"{"document":"note","text":"a","entities":[],"entities":[]}"#, "a");
    assert!(said.contains("duplicate-key"), "{said}");
    assert!(findings("label-studio", "a.json", r#"{"tasks":[]}"#, "a").contains("no list of tasks"));
    let said =
        findings("prodigy", "a.jsonl", r#"{"text":"a","meta":{"document":"note"},"spans":{"start":0}}"#, "a");
    assert!(said.contains("`spans` is no list"), "{said}");
    let said = findings(
        "prodigy",
        "a.jsonl",
        r#"{"text":"a","meta":{"document":"note"},"accept":["x"],"_x":1}"#,
        "a",
    );
    assert!(said.contains("left-out") && said.contains("`accept`") && !said.contains("`_x`"), "{said}");
}

#[test]
fn pieces_count_in_the_unit_given() {
    let source = "T1\tAgency 3 7;12 14\tTroy PD\nA1\tKind T1 police\nA2\tForm T1 name\n";
    let document = Document::new("note", "👮 Troy the PD");
    let files = |source: &str| [InFile { name: "note.ann".into(), source: source.into() }];
    let brat = by_name("brat").unwrap();
    let import = brat.import(&files(source), &|_| Some(&document), Some(Unit::Utf16));
    let (_, set) = import.documents.first().unwrap_or_else(|| panic!("{:?}", import.diagnostics));
    assert_eq!(set.agencies[0].mentions[0].extra["fragments"].to_string(), "[[2,6],[11,13]]");
    let twice = brat.import(
        &files(&format!("{source}A3\tKind T1 federal\n")),
        &|_| Some(&document),
        Some(Unit::Utf16),
    );
    assert!(twice.documents.is_empty() && twice.diagnostics[0].code == "disagreement");
}

#[test]
fn every_token_of_inception_is_compared() {
    let tsv = "#FORMAT=WebAnno TSV 3.3\n#T_SP=webanno.custom.Agency|agency|form|kind\n\n\n#Text=Troy PD 👮 asks.\n\
        1-1\t0-4\tTroy\ta[1]\tname[1]\tpolice[1]\t\n1-2\t5-7\tPD\ta[1]\tname[1]\tpolice[1]\t\n1-3\t8-9\t👮\t_\t_\t_\t\n";
    let text = "Troy PD 👮 asks.";
    assert!(findings("webanno-tsv", "note.tsv", tsv, text).contains("code points"));
    let right = tsv.replace("8-9", "8-10");
    assert!(findings("webanno-tsv", "note.tsv", &right, text).is_empty());
    let more =
        right.replace("form|kind", "form|kind|extra|remark").replace("police[1]", "police[1]\t{[1]\tsure[1]");
    let said = findings("webanno-tsv", "note.tsv", &more, text);
    assert!(said.contains("`extra` is no JSON object") && said.contains("the feature `remark`"), "{said}");
}
