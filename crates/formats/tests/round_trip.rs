//! What comes back from a two-way format is the set without what the format says it loses.

#![allow(clippy::unwrap_used, reason = "a test may fail where it likes")]

use std::collections::{BTreeMap, BTreeSet};

use goldrule_formats::{Direction, FORMATS, Import, InFile, Item, OutFile, Unit, by_name, project};
use goldrule_schema::{
    Agency, AgencyKind, AnnotationSet, Attribution, CharSpan, Citation, CitationKind, Document, Extra, Form,
    Mention, Position, Stance, Status, Topic,
};
use proptest::prelude::*;
use proptest::sample::{Index, select};

fn text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        4 => "[a-zA-Z]{1,6}",
        3 => Just(" ".to_owned()),
        2 => select(vec![
            "\r\n", "\n", "\t", "\u{a0}", "👮🏽‍♀️", "é", "e\u{301}", "שלום", "\u{feff}", "\u{2028}", "\u{85}", "\"", "\\",
            "|", "_", "=1+1", "\u{202e}", "𝔘", "<b>", "  ", ",", ";", "\r",
        ])
        .prop_map(str::to_owned),
        1 => "\\PC{1,3}",
    ];
    prop::collection::vec(piece, 1..30).prop_map(|pieces| pieces.concat())
}

fn extra() -> impl Strategy<Value = Extra> {
    let value = prop_oneof![
        Just(serde_json::json!(null)),
        Just(serde_json::json!([1, "x\ny"])),
        Just(serde_json::json!("\u{2028}é👮"))
    ];
    prop_oneof![3 => Just(Extra::new()), 1 => prop::collection::btree_map("[a-z]{2}_x", value, 1..3)]
}

fn optional(text: &'static str) -> impl Strategy<Value = Option<String>> {
    prop::option::weighted(0.3, text)
}

#[derive(Clone, Debug)]
struct Seed {
    at: (Index, Index),
    words: (Index, Index, Index),
    agency: Index,
    rule: Option<String>,
    id: bool,
    extra: Extra,
}

fn seed() -> impl Strategy<Value = Seed> {
    (
        any::<(Index, Index)>(),
        any::<(Index, Index, Index)>(),
        any::<Index>(),
        optional("[a-z.]{1,6}"),
        any::<bool>(),
        extra(),
    )
        .prop_map(|(at, words, agency, rule, id, extra)| Seed { at, words, agency, rule, id, extra })
}

fn span(seed: &Seed, length: u32) -> CharSpan {
    let (a, b) = (seed.at.0.index(length as usize) as u32, seed.at.1.index(length as usize) as u32);
    // Short ones, so that several fit.
    let start = a.min(b);
    CharSpan::new(start, (a.max(b) + 1).min(start + 1 + a.max(b) % 9))
}

prop_compose! {
    fn case()(
        text in text(),
        agencies in prop::collection::vec((seed(), optional("state:[a-z]{2}")), 1..4),
        mentions in prop::collection::vec(seed(), 0..8),
        stances in prop::collection::vec(seed(), 0..5),
        citations in prop::collection::vec(seed(), 0..4),
        head in any::<bool>(),
        head_extra in extra(),
    ) -> (Document, AnnotationSet) {
        let document = Document::new("doc", text);
        let length = document.char_len();
        let mut set = AnnotationSet::new("doc");
        if head {
            set.schema = Some("../schema.json".into());
            set.meta.status = Some(Status::Done);
            set.meta.annotators = vec!["a".into(), "ü".into()];
            set.meta.assisted = Some(true);
        }
        set.extra = head_extra;
        let quote = |span| document.quote(span).map(str::to_owned);
        for (index, (seed, jurisdiction)) in agencies.iter().enumerate() {
            set.agencies.push(Agency {
                id: format!("agency-{index}"),
                name: format!("Agency \"{index}\", é"),
                kind: *seed.words.0.get(AgencyKind::ALL),
                jurisdiction: jurisdiction.as_ref().map(|state| format!("ocd-division/country:us/{state}")),
                mentions: Vec::new(),
                rule: seed.rule.clone(),
                extra: seed.extra.clone(),
            });
        }
        let mut number = 0;
        let mut id = |seed: &Seed| {
            number += 1;
            seed.id.then(|| format!("id-{number}"))
        };
        let mut taken: Vec<CharSpan> = Vec::new();
        for seed in &mentions {
            let span = span(seed, length);
            if taken.iter().any(|other| other.overlaps(span)) { continue; }
            taken.push(span);
            let (form, rule, extra) = (*seed.words.1.get(Form::ALL), seed.rule.clone(), seed.extra.clone());
            let to = seed.agency.index(set.agencies.len());
            set.agencies[to].mentions.push(Mention { id: id(seed), span, text: quote(span), form, rule, extra });
        }
        let mut seen = BTreeSet::new();
        for seed in &stances {
            let (span, topic) = (span(seed, length), *seed.words.0.get(Topic::ALL));
            let agency = set.agencies[seed.agency.index(set.agencies.len())].id.clone();
            if !seen.insert((agency.clone(), topic, span)) { continue; }
            set.stances.push(Stance {
                id: id(seed), agency, topic, span,
                position: *seed.words.1.get(Position::ALL),
                attribution: *seed.words.2.get(Attribution::ALL),
                text: quote(span), rule: seed.rule.clone(), extra: seed.extra.clone(),
            });
        }
        taken.clear();
        for seed in &citations {
            let span = span(seed, length);
            if taken.iter().any(|other| other.overlaps(span)) { continue; }
            taken.push(span);
            set.citations.push(Citation {
                id: id(seed), span, text: quote(span),
                kind: *seed.words.0.get(CitationKind::ALL),
                canonical: seed.rule.as_ref().map(|rule| format!("/us/x/{rule}")),
                rule: seed.rule.clone(), extra: seed.extra.clone(),
            });
        }
        set.sort();
        (document, set)
    }
}

fn back(name: &str, document: &Document, files: Vec<OutFile>) -> Result<AnnotationSet, String> {
    let format = by_name(name).unwrap();
    let files: Vec<_> = files
        .into_iter()
        .filter(|file| !file.setup)
        .map(|file| InFile { name: file.name, source: file.contents })
        .collect();
    // Random spans cut words, which without quotes is doubted unless the unit is said.
    let unit = (name == "doccano").then_some(format.unit());
    let import = format.import(&files, &|id| (id == "doc").then_some(document), unit);
    match import.documents.as_slice() {
        [(found, set)] if found.text() == document.text() && import.diagnostics.is_empty() => Ok(set.clone()),
        _ => Err(format!("{:#?}", import.diagnostics)),
    }
}

/// A case under another name.
fn named(name: &str, (document, mut set): (Document, AnnotationSet)) -> (Document, AnnotationSet) {
    name.clone_into(&mut set.document);
    (Document::new(name, document.text()), set)
}

/// Documents that go out together and come back, their offsets counted in a unit.
fn together(name: &str, cases: &[(Document, AnnotationSet)], unit: Option<Unit>) -> Import {
    let format = by_name(name).unwrap();
    let items: Vec<_> = cases.iter().map(|(document, set)| Item { document, set }).collect();
    let files = format.export(&items).into_iter().filter(|file| !file.setup);
    let files: Vec<_> = files.map(|file| InFile { name: file.name, source: file.contents }).collect();
    let known = |id: &str| cases.iter().map(|(document, _)| document).find(|document| document.id() == id);
    format.import(&files, &known, unit)
}

fn two_way() -> impl Iterator<Item = &'static str> {
    FORMATS.iter().filter(|format| format.direction() == Direction::Both).map(|format| format.name())
}

/// How often each feature stands in a set, counted without the library's projection.
fn tally(set: &AnnotationSet) -> BTreeMap<&'static str, usize> {
    let mut tally = BTreeMap::new();
    let mut add = |what, count| *tally.entry(what).or_insert(0) += count;
    for agency in &set.agencies {
        add("agency", 1);
        add("jurisdiction", usize::from(agency.jurisdiction.is_some()));
        add("rule", usize::from(agency.rule.is_some()));
        add("unknown", agency.extra.len());
    }
    let mut record = |id: &Option<String>, rule: &Option<String>, extra: &Extra| {
        add("record", 1);
        add("id", usize::from(id.is_some()));
        add("rule", usize::from(rule.is_some()));
        add("unknown", extra.len());
    };
    set.mentions().for_each(|(_, m)| record(&m.id, &m.rule, &m.extra));
    set.stances.iter().for_each(|s| record(&s.id, &s.rule, &s.extra));
    set.citations.iter().for_each(|c| record(&c.id, &c.rule, &c.extra));
    tally
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, ..ProptestConfig::default() })]

    #[test]
    fn what_comes_back_is_the_set_without_the_losses((document, set) in case()) {
        for format in FORMATS.iter().filter(|format| format.direction() == Direction::Both) {
            let files = format.export(&[Item { document: &document, set: &set }]);
            let (expected, losses) = project(&set, format.holds(), &document);
            let found = back(format.name(), &document, files);
            prop_assert!(found.is_ok(), "{}: {}", format.name(), found.unwrap_err());
            let found = found.unwrap();
            prop_assert_eq!(&found, &expected, "{}", format.name());
            if losses.is_empty() {
                prop_assert_eq!(&found, &set, "{}", format.name());
            }
            // The records that are gone are those of agencies without a mention, and are in the counts.
            let gone = tally(&set)["agency"] - tally(&found).get("agency").copied().unwrap_or(0)
                + set.stances.len() - found.stances.len();
            let counted = losses.iter().find(|loss| loss.feature == goldrule_formats::Feature::Unmentioned);
            prop_assert_eq!(gone, counted.map_or(0, |loss| loss.count), "{}", format.name());
        }
    }

    #[test]
    fn several_documents_come_back_each_as_itself(cases in prop::collection::vec(case(), 2..4)) {
        let names = ["note", "a b", "Überfall-3", "note.2"];
        let cases: Vec<_> = names.iter().zip(cases).map(|(name, case)| named(name, case)).collect();
        for name in two_way() {
            let holds = by_name(name).unwrap().holds();
            let import = together(name, &cases, Some(Unit::CodePoints));
            prop_assert!(import.diagnostics.is_empty(), "{}: {:#?}", name, import.diagnostics);
            prop_assert_eq!(import.documents.len(), cases.len(), "{}", name);
            for (document, set) in &cases {
                let found = import.documents.iter().find(|(found, _)| found.id() == document.id());
                prop_assert_eq!(found.map(|(document, _)| document.text()), Some(document.text()), "{}", name);
                prop_assert_eq!(found.map(|(_, set)| set), Some(&project(set, holds, document).0), "{}", name);
            }
        }
    }

    #[test]
    fn of_two_documents_of_one_name_none_is_lost_silently(one in case(), other in case()) {
        // Tables tell rows of one document apart by nothing: its records are those of both.
        for name in two_way().filter(|name| *name != "csv") {
            let import = together(name, &[one.clone(), other.clone()], Some(Unit::CodePoints));
            let refused = import.diagnostics.iter().any(|finding| finding.code == "duplicate-id");
            prop_assert!(refused, "{}: {:#?}", name, import.diagnostics);
        }
    }

    #[test]
    fn a_wrong_unit_gives_the_set_or_is_refused((document, set) in case(), utf16 in any::<bool>()) {
        let cases = [named("doc", (document, set))];
        let (document, set) = &cases[0];
        let unit = if utf16 { Unit::Utf16 } else { Unit::Bytes };
        // doccano gives no quotes: a unit that is said is believed.
        for name in two_way().filter(|name| *name != "doccano") {
            let import = together(name, &cases, Some(unit));
            let refused = import.diagnostics.iter().any(goldrule_schema::Diagnostic::is_error);
            let expected = project(set, by_name(name).unwrap().holds(), document).0;
            match import.documents.as_slice() {
                [] => prop_assert!(refused, "{}", name),
                // Repeated letters can stand at both places.
                [(_, found)] => prop_assert_eq!(quotes(found), quotes(&expected), "{}", name),
                _ => prop_assert!(false, "{}", name),
            }
        }
    }

    #[test]
    fn words_without_quotes_are_doubted_in_a_wrong_unit(words in prop::collection::vec("[a-z]{3,9}", 2..8), utf16 in any::<bool>()) {
        let text = format!("👮 {}", words.join(" "));
        let mut at = 2;
        let spans: Vec<_> = words.iter().map(|word| {
            let start = at;
            at += word.len() + 1;
            (start, start + word.len())
        }).collect();
        let shift = if utf16 { 1 } else { 3 };
        let read = |shift: usize| {
            let entity = |(id, (start, end)): (usize, &(usize, usize))| {
                serde_json::json!({ "id": id, "label": "citation/bill", "start_offset": start + shift, "end_offset": end + shift })
            };
            let entities: Vec<_> = spans.iter().enumerate().map(entity).collect();
            let line = serde_json::json!({ "document": "doc", "text": text, "entities": entities }).to_string();
            by_name("doccano").unwrap().import(&[InFile { name: "a.jsonl".into(), source: line }], &|_| None, None)
        };
        prop_assert_eq!(read(0).documents.len(), 1);
        let wrong = read(shift);
        prop_assert!(wrong.documents.is_empty());
        let unit = if utf16 { "--unit utf-16" } else { "--unit bytes" };
        prop_assert!(wrong.diagnostics.iter().any(|finding| finding.help.contains(unit)), "{:#?}", wrong.diagnostics);
    }

    #[test]
    fn no_input_makes_an_importer_panic(bytes in prop::collection::vec(any::<u8>(), 0..300), text in "\\PC{0,40}") {
        let source = String::from_utf8_lossy(&bytes).into_owned();
        refuse_or_read(&source, &text);
    }

    #[test]
    fn no_damage_makes_an_importer_panic((document, set) in case(), cut in any::<Index>(), put in "\\PC{0,3}|[0-9]{1,12}|\t|\n") {
        for format in FORMATS {
            let mut files: Vec<_> = format.export(&[Item { document: &document, set: &set }]).into_iter()
                .map(|file| InFile { name: file.name, source: file.contents }).collect();
            for file in &mut files {
                let at = file.source.floor_char_boundary(cut.index(file.source.len().max(1)));
                let end = file.source.ceil_char_boundary((at + 2).min(file.source.len()));
                file.source.replace_range(at..end, &put);
            }
            let _ = format.import(&files, &|_| Some(&document), None);
        }
    }
}

/// The quotes of a set's records, in its order.
fn quotes(set: &AnnotationSet) -> BTreeSet<String> {
    let mentions = set.mentions().map(|(_, mention)| mention.text.clone());
    let stances = set.stances.iter().map(|stance| stance.text.clone());
    let citations = set.citations.iter().map(|citation| citation.text.clone());
    // brat has line breaks as blanks.
    let flat = |quote: String| quote.replace(|c: char| c.is_whitespace() || c.is_control(), " ");
    mentions.chain(stances).chain(citations).flatten().map(flat).collect()
}

fn refuse_or_read(source: &str, text: &str) {
    let document = Document::new("doc", text);
    for format in FORMATS {
        for prefix in [
            "",
            "#FORMAT=WebAnno TSV 3.3\n#T_SP=webanno.custom.Stance|agency|topic\n",
            "T1\tAgency 0 1;3 4\t",
            "{\"text\":\"",
            "[{\"data\":{\"text\":\"",
        ] {
            for extension in format.extensions() {
                let file = InFile { name: format!("doc.{extension}"), source: format!("{prefix}{source}") };
                let _ = format.import(&[file], &|_| Some(&document), None);
            }
        }
    }
}
