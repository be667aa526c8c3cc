//! What is taken for what: a matrix for each question that records answer.

use std::str::FromStr;

use goldrule_harness::counted;
use goldrule_schema::{AgencyKind, Attribution, CitationKind, Form, Position, Topic};
use maud::{Markup, html};

use crate::link;
use crate::model::Data;
use crate::safe;
use crate::svg::{self, Sheet};

/// Something that a record says in one of a few words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Question {
    /// Form of a mention.
    Form,
    /// Kind of an agency.
    Kind,
    /// Topic of a stance.
    Topic,
    /// Position of a stance.
    Position,
    /// Attribution of a stance.
    Attribution,
    /// Kind of a citation.
    CitationKind,
}

impl Question {
    /// All of them, as they fit on a page.
    pub const ALL: [Self; 6] =
        [Self::Form, Self::Kind, Self::Position, Self::Topic, Self::Attribution, Self::CitationKind];

    /// Its name on the command line.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Form => "form",
            Self::Kind => "kind",
            Self::Topic => "topic",
            Self::Position => "position",
            Self::Attribution => "attribution",
            Self::CitationKind => "citation-kind",
        }
    }

    pub(crate) const fn layer(self) -> &'static str {
        match self {
            Self::Form => "mention",
            Self::Kind => "agency",
            Self::Topic | Self::Position | Self::Attribution => "stance",
            Self::CitationKind => "citation",
        }
    }

    pub(crate) const fn slot(self) -> &'static str {
        match self {
            Self::CitationKind => "kind",
            other => other.as_str(),
        }
    }

    const fn title(self) -> &'static str {
        match self {
            Self::Form => "Form of mentions",
            Self::Kind => "Kind of agencies",
            Self::Topic => "Topic of stances",
            Self::Position => "Position of stances",
            Self::Attribution => "Attribution of stances",
            Self::CitationKind => "Kind of citations",
        }
    }

    const fn words(self) -> &'static [&'static str] {
        match self {
            Self::Form => Form::WORDS,
            Self::Kind => AgencyKind::WORDS,
            Self::Topic => Topic::WORDS,
            Self::Position => Position::WORDS,
            Self::Attribution => Attribution::WORDS,
            Self::CitationKind => CitationKind::WORDS,
        }
    }
}

impl FromStr for Question {
    type Err = String;

    fn from_str(name: &str) -> Result<Self, String> {
        let known = || Self::ALL.map(Self::as_str).join(", ");
        let found = Self::ALL.into_iter().find(|question| question.as_str() == name);
        found.ok_or_else(|| format!("there are {}", known()))
    }
}

/// Counts of gold words by found words, over records that share a character; those without a partner are in
/// the last row and the last column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Matrix {
    pub(crate) question: Question,
    /// The words that occur.
    words: Vec<&'static str>,
    /// One row and one column more than there are words.
    cells: Vec<Vec<u64>>,
    tracks: (String, String),
    /// What records of the first side alone are called, and those of the second.
    alone: (String, String),
}

/// What stands for a record that the other side does not have.
const NONE: &str = "none";

impl Matrix {
    /// The matrix of the first and the last side of all records.
    pub(crate) fn new(question: Question, data: &Data) -> Self {
        let last = data.tracks.len() - 1;
        let pairs: Vec<_> = data
            .records()
            .filter(|record| record.layer == question.layer())
            .map(|record| [0, last].map(|track| record.word(track, question.slot())))
            .filter(|pair| pair.iter().any(Option::is_some))
            .collect();
        let words: Vec<&str> = question
            .words()
            .iter()
            .copied()
            .filter(|word| pairs.iter().flatten().flatten().any(|used| used == word))
            .collect();
        let mut cells = vec![vec![0; words.len() + 1]; words.len() + 1];
        let at = |word: Option<&str>| {
            word.and_then(|word| words.iter().position(|known| *known == word)).unwrap_or(words.len())
        };
        for [gold, found] in pairs {
            cells[at(gold)][at(found)] += 1;
        }
        let tracks = (data.tracks[0].clone(), data.tracks[last].clone());
        let alone = if tracks.0 == "gold" {
            ("missed".to_owned(), "made up".to_owned())
        } else {
            (format!("only {}", tracks.0), format!("only {}", tracks.1))
        };
        Self { question, words, cells, tracks, alone }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    fn word(&self, at: usize) -> &'static str {
        self.words.get(at).copied().unwrap_or(NONE)
    }

    /// How full a cell is, of what its row holds, in steps of a tenth; the row of `none` by its column.
    fn heat(&self, row: usize, column: usize) -> u64 {
        let count = self.cells[row][column];
        let all: u64 = if row < self.words.len() {
            self.cells[row].iter().sum()
        } else {
            self.cells.iter().map(|row| row[column]).sum()
        };
        if count == 0 { 0 } else { (count * 10).div_ceil(all.max(1)).min(10) }
    }

    fn summary(&self) -> String {
        let right: u64 = (0..self.words.len()).map(|at| self.cells[at][at]).sum();
        let paired: u64 =
            (0..self.words.len()).flat_map(|row| self.cells[row][..self.words.len()].iter()).sum();
        format!("{right} of {paired} pairs agree")
    }

    /// As a table whose cells lead to their records.
    pub(crate) fn table(&self) -> Markup {
        let (gold, found) = &self.tracks;
        let places = 0..=self.words.len();
        let shown = |place: usize| if place < self.words.len() { self.word(place) } else { "–" };
        html! {
            figure.matrix {
                figcaption { strong { (self.question.title()) } " " span.muted { (self.summary()) } }
                div.scroll {
                    table {
                        thead { tr {
                            th.corner scope="col" { (gold) " ↓ " (found) " →" }
                            @for column in places.clone() {
                                th.up scope="col" { span { (self.head(column, &self.alone.0)) } }
                            }
                        } }
                        tbody { @for row in places.clone() { tr {
                            th scope="row" { (self.head(row, &self.alone.1)) }
                            @for column in places.clone() { (self.cell(row, column, [shown(row), shown(column)])) }
                        } } }
                    }
                }
            }
        }
    }

    /// The name of a row or column.
    fn head<'a>(&'a self, place: usize, alone: &'a str) -> &'a str {
        self.words.get(place).copied().unwrap_or(alone)
    }

    fn cell(&self, row: usize, column: usize, [gold, found]: [&str; 2]) -> Markup {
        let count = self.cells[row][column];
        if count == 0 {
            return html! { td.zero { "·" } };
        }
        let sort = if row == column { "hit" } else { "miss" };
        let class = format!("{sort} heat-{}", self.heat(row, column));
        let question = format!("{}.{}", self.question.layer(), self.question.slot());
        let cell = format!("{question}:{}:{}", self.word(row), self.word(column));
        let name = format!(
            "{}, {} {gold}, {} {found}",
            counted(usize::try_from(count).unwrap_or(usize::MAX), "record"),
            self.tracks.0,
            self.tracks.1
        );
        html! { td class=(class) { a href=(link(&[("cell", &cell), ("show", "all")])) aria-label=(name) { (count) } } }
    }
}

const CELL: u32 = 34;
const LABEL: u32 = 150;
/// Room for a title and the words over the columns.
const HEAD: u32 = 150;

/// The matrices as a drawing, two in a row.
pub(crate) fn plot(matrices: &[Matrix], documents: usize) -> String {
    let size = |matrix: &Matrix| matrix.cells.len() as u32 * CELL;
    let width = |matrix: &Matrix| LABEL + size(matrix) + 40;
    let mut at = (0, 34);
    let mut placed = Vec::new();
    let (mut right, mut bottom) = (420, 60);
    let mut row_bottom = 34;
    for (number, matrix) in matrices.iter().enumerate() {
        if number % 2 == 0 {
            at = (0, row_bottom);
        }
        placed.push((matrix, at));
        row_bottom = row_bottom.max(at.1 + HEAD + size(matrix) + 30);
        at.0 += width(matrix);
        right = right.max(at.0);
        bottom = bottom.max(row_bottom);
    }
    let rows = matrices.first().map_or_else(String::new, |matrix| {
        format!("Rows {}, columns {}", safe::plain(&matrix.tracks.0), safe::plain(&matrix.tracks.1))
    });
    let body = html! {
        text.strong x="0" y="14" { "What is taken for what" }
        text.muted x="0" y="29" { (rows) "; shade by share of the row; " (counted(documents, "document")) }
        @for (matrix, (x, y)) in placed { (panel(matrix, x, y)) }
    };
    let title = "Confusion matrices";
    Sheet { title, text: &describe(matrices), width: right, height: bottom }.standalone(&body)
}

fn describe(matrices: &[Matrix]) -> String {
    let each = matrices.iter().map(|matrix| format!("{}: {}.", matrix.question.title(), matrix.summary()));
    each.collect::<Vec<_>>().join(" ")
}

fn panel(matrix: &Matrix, x: u32, y: u32) -> Markup {
    let places = 0..matrix.cells.len();
    let middle = |place: usize| place as u32 * CELL + CELL / 2;
    let (left, top) = (x + LABEL, y + HEAD);
    html! {
        text.strong x=(x) y=(y + 18) { (matrix.question.title()) }
        text.muted x=(x) y=(y + 33) { (matrix.summary()) }
        @for place in places.clone() {
            text.end x=(left - 8) y=(top + middle(place) + 4) { (safe::plain(matrix.head(place, &matrix.alone.1))) }
            @let (a, b) = (left + middle(place) + 4, top - 8);
            text transform={ "translate(" (a) " " (b) ") rotate(-50)" } { (safe::plain(matrix.head(place, &matrix.alone.0))) }
        }
        @for row in places.clone() { @for column in places.clone() {
            @let (a, b) = (left + column as u32 * CELL, top + row as u32 * CELL);
            rect.cell x=(a) y=(b) width=(CELL - 2) height=(CELL - 2) rx="3" {}
            @let count = matrix.cells[row][column];
            @if count > 0 {
                @let sort = if row == column { "hit" } else { "miss" };
                rect class=(sort) x=(a) y=(b) width=(CELL - 2) height=(CELL - 2) rx="3" fill-opacity=(svg::opacity(matrix.heat(row, column))) {}
                text.middle x=(a + CELL / 2 - 1) y=(b + CELL / 2 + 3) { (count) }
            }
        } }
    }
}
