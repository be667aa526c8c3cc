//! `CoNLL`: a token a line, with a column of IOB2 tags for agencies, stances and citations each.

use std::fmt::Write as _;

use goldrule_schema::CharSpan;

use crate::carry::records;
use crate::label::Label;
use crate::tokens::{Edges, cover, tokens, without_overlap};
use crate::{Direction, Feature, Format, Item, OutFile, Unit};

/// The format.
pub(crate) struct Conll;

impl Format for Conll {
    fn name(&self) -> &'static str {
        "conll"
    }

    fn title(&self) -> &'static str {
        "CoNLL columns with IOB2 tags"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["conll"]
    }

    fn direction(&self) -> Direction {
        Direction::Export
    }

    fn unit(&self) -> Unit {
        Unit::CodePoints
    }

    fn unit_source(&self) -> &'static str {
        "no offsets of its own; the two columns of offsets are goldrule's and count code points"
    }

    fn holds(&self) -> &'static [Feature] {
        &[Feature::Form, Feature::Attribution]
    }

    fn remarks(&self) -> &'static str {
        "Columns: token, start, end, agency tag, stance tag, citation tag, parted by tabs; `-DOCSTART-` before \
         each document, an empty line after each line of text. A stance that overlaps one before it is left \
         out. seqeval reads any one column."
    }

    fn export(&self, items: &[Item<'_>]) -> Vec<OutFile> {
        let contents = items.iter().map(columns).collect();
        vec![OutFile { name: "goldrule.conll".into(), contents, setup: false }]
    }
}

/// Which of the three columns of tags is a record's.
const fn column(label: Label) -> usize {
    match label {
        Label::Mention(..) => 0,
        Label::Stance(..) => 1,
        Label::Citation(_) => 2,
    }
}

fn columns(item: &Item<'_>) -> String {
    let records = records(item.set, item.document);
    let tokens = tokens(item.document, &Edges::of(records.iter().map(|record| record.span)));
    let mut tags = vec![["O".to_owned(), "O".to_owned(), "O".to_owned()]; tokens.len()];
    let spans = |wanted: usize| {
        records.iter().filter(move |record| column(record.label) == wanted).map(|record| record.span)
    };
    let mut kept = [0, 1, 2].map(|wanted| without_overlap(spans(wanted)));
    for record in &records {
        let column = column(record.label);
        let Some(at) = kept[column].iter().position(|&span| span == record.span) else { continue };
        kept[column].remove(at);
        let (first, last) = cover(&tokens, record.span);
        let inside = (first..=last).filter(|&index| tokens.get(index).is_some_and(|token| !token.blank));
        for (number, index) in inside.enumerate() {
            tags[index][column] = format!("{}-{}", if number == 0 { "B" } else { "I" }, record.label);
        }
    }
    let mut out = format!("-DOCSTART-\t{}\tO\tO\tO\tO\n\n", item.document.id());
    for (token, [agency, stance, citation]) in tokens.iter().zip(&tags) {
        if token.blank {
            if token.text.contains('\n') && !out.ends_with("\n\n") {
                out.push('\n');
            }
            continue;
        }
        let CharSpan { start, end } = token.span;
        let _ = writeln!(out, "{}\t{start}\t{end}\t{agency}\t{stance}\t{citation}", token.text);
    }
    out + "\n"
}
