//! Reports as tables, for people.

use std::fmt::Write as _;

use goldrule_scorer::{Accuracy, Caution, LITTLE_SUPPORT, Measure};

use crate::grid::{Grid, Style};
use crate::group::mistakes_of;
use crate::mistake::{Mistake, Shown};
use crate::report::{Column, Report};

/// The figures by layer: agencies, stances, citations.
pub(crate) const MEASURES: [&[Measure]; 3] = [
    &[
        Measure::MentionStrict,
        Measure::MentionOverlap,
        Measure::MentionB3,
        Measure::EntityFound,
        Measure::EntityKindJurisdiction,
    ],
    &[Measure::StanceTuple, Measure::StanceEvidence, Measure::StanceEvidenceTuple],
    &[Measure::CitationStrict, Measure::CitationStrictKind, Measure::CitationOverlap],
];

impl Report {
    /// The report as people read it.
    pub fn to_table(&self, style: Style) -> String {
        let mut parts = Vec::new();
        if self.total().group.documents.is_empty() {
            parts.push("No document was scored.\n".to_owned());
        } else {
            parts.extend((style == Style::Markdown).then(|| self.headline()));
            parts.extend(self.since.iter().map(|moves| moves.to_table(style)));
            parts.extend([self.measures(style), self.accuracies(style)]);
            parts.extend(self.detail.iter().map(|detail| folded("Detail", detail.to_table(style), style)));
            parts.extend(self.agreed_detail.iter().map(|detail| {
                let title = "Detail of one annotator against the other";
                let head = if style == Style::Markdown { String::new() } else { format!("{title}:\n\n") };
                folded(title, head + &detail.to_table(style), style)
            }));
            parts.push(self.footnotes(style));
        }
        if !self.documents.is_empty() {
            parts.push(folded("By document", self.by_document(style), style));
        }
        let mistakes = self.mistakes.as_ref().filter(|_| !self.documents.is_empty());
        parts.extend(mistakes.map(|mistakes| folded("Mistakes", list(mistakes, style), style)));
        parts.extend(self.left_out(style));
        parts.join("\n")
    }

    /// The strictest figure of each layer in a line: what a reader of a pull request looks for first.
    fn headline(&self) -> String {
        let total = self.total();
        let figure = |measure: Measure| {
            let f1 = ratio(total.group.total.measure(measure).f1());
            format!("**{measure} {f1}** ({})", interval(total.interval(measure)))
        };
        let figures = [Measure::MentionStrict, Measure::StanceTuple, Measure::CitationStrictKind].map(figure);
        format!("F1 on {}: {}.\n", counted(total.group.documents.len(), "document"), figures.join(", "))
    }

    /// The figures alone: measures, shares and what they are of.
    pub(crate) fn figures(&self, style: Style) -> String {
        [self.measures(style), self.accuracies(style), self.footnotes(style)].join("\n")
    }

    fn grid(&self, first: &str, figures: &[&str]) -> Grid {
        let grouped = self.columns.len() > 1;
        let mut head = vec![first.to_owned()];
        head.extend(grouped.then(|| "documents".to_owned()));
        head.extend(figures.iter().map(ToString::to_string));
        Grid::new(head, if grouped { 2 } else { 1 })
    }

    /// Adds a figure: a row for each group.
    fn figure(&self, grid: &mut Grid, name: &str, cells: impl Fn(&Column) -> Vec<String>) {
        for (at, column) in self.columns.iter().enumerate() {
            let mut row = vec![if at == 0 { name.to_owned() } else { String::new() }];
            if self.columns.len() > 1 {
                row.push(format!("{} {}", column.group.name, column.group.documents.len()));
            }
            row.extend(cells(column));
            grid.row(row);
        }
    }

    fn agreed(&self) -> bool {
        self.columns.iter().any(|column| column.agreement.is_some())
    }

    fn measures(&self, style: Style) -> String {
        let mut head = vec!["P", "R", "F1", "95% interval", "tp", "gold", "pred"];
        if self.agreed() {
            head.insert(4, "annotators");
        }
        let mut grid = self.grid("figure", &head);
        for (at, layer) in MEASURES.iter().enumerate() {
            if at > 0 {
                grid.gap();
            }
            for &measure in *layer {
                self.figure(&mut grid, measure.as_str(), |column| {
                    let counts = column.group.total.measure(measure);
                    let mut cells = [counts.precision(), counts.recall(), counts.f1()].map(ratio).to_vec();
                    cells.push(interval(column.interval(measure)));
                    cells.extend(self.agreed().then(|| ratio(column.agreed(measure))));
                    cells.extend([credit(counts.tp()), counts.gold.to_string(), counts.pred.to_string()]);
                    cells
                });
            }
        }
        grid.render(style)
    }

    fn accuracies(&self, style: Style) -> String {
        let mut head = vec!["share", "right", "matched"];
        if self.agreed() {
            head.insert(1, "annotators");
        }
        let mut grid = self.grid("right where matched", &head);
        for accuracy in Accuracy::ALL {
            self.figure(&mut grid, accuracy.as_str(), |column| {
                let judged = column.group.total.accuracy(accuracy);
                let mut cells = vec![ratio(judged.value())];
                cells.extend(self.agreed().then(|| ratio(column.agreed_on(accuracy))));
                cells.extend([judged.right.to_string(), judged.n.to_string()]);
                cells
            });
        }
        grid.render(style)
    }

    fn footnotes(&self, style: Style) -> String {
        let documents = counted(self.total().group.documents.len(), "document");
        let mut notes =
            format!("Figures are sums over {documents}. Intervals are of F1: {}.", self.settings.described());
        if let Some(group) = &self.total().agreement {
            let (some, all) = (group.documents.len(), self.total().group.documents.len());
            let of = if some == all { String::new() } else { format!(", {some} of {all}") };
            let _ = write!(notes, "\nAnnotators: one scored against the other on the same documents{of}.");
        }
        for caution in Caution::of(self.total().group.documents.len(), u64::MAX) {
            let _ = write!(notes, "\nCaution: {caution}.");
        }
        let total = &self.total().group.total;
        let gold = Measure::ALL.map(|measure| (measure, total.measure(measure).gold));
        if let Some(caution) = little_support(gold) {
            let _ = write!(notes, "\n{caution}");
        }
        let code = if style == Style::Markdown { "`" } else { "" };
        let _ = write!(notes, "\n{code}{}{code}", self.signature);
        if style == Style::Markdown { notes.replace('\n', "\\\n") + "\n" } else { notes + "\n" }
    }

    fn by_document(&self, style: Style) -> String {
        const F1S: [(&str, Measure); 3] = [
            ("mention F1", Measure::MentionStrict),
            ("stance F1", Measure::StanceTuple),
            ("citation F1", Measure::CitationStrict),
        ];
        let agreed = self.documents.iter().any(|named| named.agreement.is_some());
        let beside = |cells: &mut Vec<String>, figure: String, annotators: String| {
            cells.push(figure);
            cells.extend(agreed.then_some(annotators));
        };
        let mut head = vec!["worst documents first".to_owned()];
        for (name, _) in F1S {
            beside(&mut head, name.to_owned(), "annotators".to_owned());
        }
        head.extend(["missed", "spurious"].map(str::to_owned));
        let mut grid = Grid::new(head, 1);
        for named in &self.documents {
            let mut row = vec![named.score.document.clone()];
            for (_, measure) in F1S {
                let annotators = named.agreement.and_then(|score| score.measure(measure).f1());
                beside(&mut row, ratio(named.score.measure(measure).f1()), ratio(annotators));
            }
            let (missed, spurious) = mistakes_of(&named.score);
            row.extend([missed.to_string(), spurious.to_string()]);
            grid.row(row);
        }
        grid.render(style)
    }

    fn left_out(&self, style: Style) -> Option<String> {
        let mut lines: Vec<String> = Vec::new();
        if !self.unnamed.is_empty() {
            let splits: Vec<_> = self.unnamed.iter().map(|(split, n)| format!("{n} of {split}")).collect();
            lines.push(format!("Counted and not named (--reveal names them): {}.", splits.join(", ")));
        }
        for skipped in &self.skipped {
            lines.push(format!("Skipped {}: {}.", skipped.document, skipped.reason));
        }
        let bullet = if style == Style::Markdown { "- " } else { "" };
        (!lines.is_empty()).then(|| lines.iter().flat_map(|line| [bullet, line, "\n"]).collect())
    }
}

/// The list of mistakes, one a line, each beginning with its place.
fn list(mistakes: &[Mistake], style: Style) -> String {
    if mistakes.is_empty() {
        return "No mistakes.\n".to_owned();
    }
    let fence = if style == Style::Markdown { "```\n" } else { "" };
    let mut out = fence.to_owned();
    for mistake in mistakes {
        let record = mistake.gold.as_ref().or(mistake.pred.as_ref());
        let place = place(&mistake.file, (mistake.line, mistake.column), record);
        let side = |what: &str, record: Option<&Shown>| record.map(|r| format!("{what} {}", shown(r)));
        let sides = [side("gold", mistake.gold.as_ref()), side("found", mistake.pred.as_ref())];
        let sides: Vec<_> = sides.into_iter().flatten().collect();
        let _ = writeln!(out, "{place}: {} {}: {}", mistake.layer, mistake.error, sides.join("; "));
    }
    out + fence
}

/// Where a line of a list leads: line and column, or the offset of the record where the text is not at hand.
pub(crate) fn place(
    file: &str,
    (line, column): (Option<u32>, Option<u32>),
    record: Option<&Shown>,
) -> String {
    if let (Some(line), Some(column)) = (line, column) {
        return format!("{file}:{line}:{column}");
    }
    format!("{file} at {}", record.and_then(|record| record.start).unwrap_or_default())
}

fn shown(record: &Shown) -> String {
    let mut out = record.label.clone();
    if let Some(text) = &record.text {
        let _ = write!(out, " {text:?}");
    }
    if let Some(rule) = &record.rule {
        let _ = write!(out, " ({rule})");
    }
    out
}

/// In Markdown, what only some will want to see is folded away under a title.
pub(crate) fn folded(title: &str, text: String, style: Style) -> String {
    if style == Style::Markdown {
        format!("<details><summary>{title}</summary>\n\n{text}\n</details>\n")
    } else {
        text
    }
}

/// Names the figures that too few gold records stand behind.
pub(crate) fn little_support(gold: impl IntoIterator<Item = (Measure, u64)>) -> Option<String> {
    let few = gold.into_iter().filter(|(_, gold)| (1..LITTLE_SUPPORT).contains(gold));
    let list: Vec<String> = few.map(|(measure, gold)| format!("{measure} {gold}")).collect();
    let list = Some(list.join(", ")).filter(|list| !list.is_empty())?;
    Some(format!("Caution: fewer than {LITTLE_SUPPORT} gold records say little: {list}."))
}

/// A number and its noun.
pub fn counted(n: usize, noun: &str) -> String {
    format!("{n} {noun}{}", if n == 1 { "" } else { "s" })
}

/// A ratio with three decimals; "–" where nothing stands below the line.
pub(crate) fn ratio(value: Option<f64>) -> String {
    value.map_or_else(|| "–".to_owned(), |value| format!("{value:.3}"))
}

/// Both ends with three decimals; "–" where there is none.
pub(crate) fn interval(interval: Option<(f64, f64)>) -> String {
    interval.map_or_else(|| "–".to_owned(), |(low, high)| format!("{low:.3}–{high:.3}"))
}

/// A numerator: whole, but for B-cubed.
pub(crate) fn credit(credit: f64) -> String {
    if credit.fract() == 0.0 { format!("{credit:.0}") } else { format!("{credit:.1}") }
}
