//! Documents with annotation sets over any text.
#![allow(dead_code, reason = "each test takes what it needs")]

use goldrule_formats::{Format, Input, Piece, export};
use goldrule_schema::{
    Agency, AgencyKind, AnnotationSet, Attribution, CharSpan, Citation, CitationKind, Document, Extra, Form,
    Mention, Meta, Position, Stance, Status, Topic, read_annotations, to_canonical_json,
};
use proptest::prelude::*;
use proptest::sample::select;

#[derive(Clone, Debug)]
pub(crate) struct Case {
    pub document: Document,
    pub set: AnnotationSet,
}

const PIECES: &[&str] = &[
    "ICE",
    " ",
    "Troy police",
    "😀",
    "👮🏽‍♀️",
    "e\u{301}",
    "שלום",
    "العربية",
    "\r\n",
    "\n",
    "\u{a0}",
    "\t",
    "|",
    "[1]",
    "\u{2028}",
    "\u{85}",
    "\"",
    "</script>",
    "=1+1",
    "SB 54",
    ",",
    "’s",
    "\\",
    "_",
    "*",
    ";",
    "#",
    "\u{feff}",
    "T1",
    "a",
];

fn text() -> impl Strategy<Value = String> {
    prop::collection::vec(select(PIECES), 4..40).prop_map(|pieces| pieces.concat())
}

/// Disjoint spans of a text of so many characters.
fn disjoint(length: u32, most: usize) -> impl Strategy<Value = Vec<CharSpan>> {
    prop::collection::btree_set(0..=length, 0..=2 * most).prop_map(|cuts| {
        let cuts: Vec<_> = cuts.into_iter().collect();
        cuts.chunks_exact(2).map(|pair| CharSpan::new(pair[0], pair[1])).collect()
    })
}

fn word<T: Copy + std::fmt::Debug + 'static>(all: &'static [T]) -> impl Strategy<Value = T> {
    select(all)
}

fn extra() -> impl Strategy<Value = Extra> {
    let value = prop_oneof![
        any::<i32>().prop_map(serde_json::Value::from),
        ".{0,6}".prop_map(serde_json::Value::from),
        any::<bool>().prop_map(serde_json::Value::from),
    ];
    prop_oneof![
        3 => Just(Extra::new()),
        1 => prop::collection::btree_map("x_[a-c]", value, 1..3),
    ]
}

fn rule() -> impl Strategy<Value = Option<String>> {
    prop::option::of("[a-z.]{1,8}")
}

fn mention() -> impl Strategy<Value = (Form, Option<String>, Extra)> {
    (word(Form::ALL), rule(), extra())
}

type Parts = (Vec<CharSpan>, Vec<CharSpan>, Vec<CharSpan>);

fn set(text: String) -> impl Strategy<Value = Case> {
    let document = Document::new("note-1", text);
    let length = document.char_len();
    let spans = (disjoint(length, 5), disjoint(length, 3), disjoint(length, 3));
    let agencies = prop::collection::vec(
        (
            word(AgencyKind::ALL),
            "[A-Z][a-z’ ]{0,8}x",
            prop::option::of(Just("ocd-division/country:us".to_owned())),
            rule(),
            extra(),
        ),
        1..4,
    );
    let mentions = prop::collection::vec((0..8usize, mention()), 5);
    let stances = prop::collection::vec(
        (0..8usize, word(Topic::ALL), word(Position::ALL), word(Attribution::ALL), rule(), extra()),
        3,
    );
    let citations = prop::collection::vec(
        (word(CitationKind::ALL), prop::option::of("/us/[a-z]{1,4}/[0-9]{1,3}"), rule(), extra()),
        3,
    );
    let head = (any::<bool>(), prop::option::of(word(Status::ALL)), prop::option::of(any::<bool>()), extra());
    (Just(document), spans, agencies, mentions, stances, citations, head).prop_map(build)
}

type Named = (AgencyKind, String, Option<String>, Option<String>, Extra);
type Held = (usize, Topic, Position, Attribution, Option<String>, Extra);
type Cited = (CitationKind, Option<String>, Option<String>, Extra);
type Head = (bool, Option<Status>, Option<bool>, Extra);

type Drawn =
    (Document, Parts, Vec<Named>, Vec<(usize, (Form, Option<String>, Extra))>, Vec<Held>, Vec<Cited>, Head);

fn build((document, (named, held, cited), agencies, mentions, stances, citations, head): Drawn) -> Case {
    let mut set = AnnotationSet::new(document.id());
    let quote = |span| document.quote(span).map(str::to_owned);
    for (index, (kind, name, jurisdiction, rule, extra)) in agencies.into_iter().enumerate() {
        let id = format!("agency-{index}");
        set.agencies.push(Agency { id, name, kind, jurisdiction, mentions: Vec::new(), rule, extra });
    }
    let count = set.agencies.len();
    for (index, (span, (at, (form, rule, extra)))) in named.into_iter().zip(mentions).enumerate() {
        let id = (index % 2 == 0).then(|| format!("m{index}"));
        set.agencies[at % count].mentions.push(Mention { id, span, text: quote(span), form, rule, extra });
    }
    for (index, (span, (at, topic, position, attribution, rule, extra))) in
        held.into_iter().zip(stances).enumerate()
    {
        let agency = set.agencies[at % count].id.clone();
        let id = (index == 1).then(|| "s-1".to_owned());
        set.stances.push(Stance {
            id,
            agency,
            topic,
            position,
            attribution,
            span,
            text: quote(span),
            rule,
            extra,
        });
    }
    for (index, (span, (kind, canonical, rule, extra))) in cited.into_iter().zip(citations).enumerate() {
        let id = (index == 2).then(|| "c-2".to_owned());
        set.citations.push(Citation { id, span, text: quote(span), kind, canonical, rule, extra });
    }
    let (schema, status, assisted, extra) = head;
    set.schema = schema.then(|| "../schema.json".to_owned());
    set.meta = Meta { status, assisted, extra: extra.clone(), ..Meta::default() };
    set.extra = extra;
    set.sort();
    Case { document, set }
}

/// Documents whose sets a gold file could hold.
pub(crate) fn cases() -> impl Strategy<Value = Case> {
    text().prop_flat_map(set).prop_filter("gold must be able to hold it", |case| {
        let source = to_canonical_json(&case.set);
        read_annotations("note-1.json", &source, Some(&case.document)).accepted().is_ok()
    })
}

pub(crate) fn inputs(files: &[(&str, &str)]) -> Vec<Input> {
    let input = |&(name, contents): &(&str, &str)| Input { name: name.into(), contents: contents.into() };
    files.iter().map(input).collect()
}

/// The files of an export as an import takes them. Label Studio gets predictions and gives annotations.
pub(crate) fn exported(format: Format, case: &Case) -> Vec<Input> {
    let written = export(format, &[Piece { document: &case.document, set: &case.set }]);
    let wanted = |name: &str| name.ends_with(&format!(".{}", format.extension()));
    let files = written.files.into_iter().filter(|file| wanted(&file.name));
    files
        .map(|file| {
            let contents = if format == Format::LabelStudio {
                file.contents.replace("\"predictions\"", "\"annotations\"")
            } else {
                file.contents
            };
            Input { name: file.name, contents }
        })
        .collect()
}
