//! Agreement as tables, for people.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use goldrule_scorer::{Accuracy, Coefficient, Measure, RecordSort, WhyUndefined};

use crate::agree::build::STRICT;
use crate::agree::document::mean;
use crate::agree::names::DisagreementClass;
use crate::agree::result::{Agreement, AgreementGroup, Coefficients, Disagreement};
use crate::grid::{Grid, Style};
use crate::mistake::Shown;
use crate::table::{MEASURES, counted, folded, interval, place, ratio};

impl Agreement {
    /// The report as people read it.
    pub fn to_table(&self, style: Style) -> String {
        let mut parts = vec![self.who(style)];
        if self.total().documents == 0 {
            parts.push("No document was annotated by two.\n".to_owned());
        } else {
            parts.extend([self.measures(style), self.accuracies(style)]);
            parts.extend((self.annotators.len() > 2).then(|| self.by_pair(style)));
            parts.push(self.coefficients(style));
            parts.push(folded("By label", self.by_label(style), style));
            parts.push(self.notes(style));
            parts.push(self.classes(style));
        }
        if !self.documents.is_empty() {
            parts.push(folded("By document", self.by_document(style), style));
        }
        let list = self.disagreements.as_ref().filter(|_| !self.documents.is_empty());
        parts.extend(list.map(|all| folded("Disagreements", self.list(all, style), style)));
        parts.extend(self.left_out(style));
        parts.join("\n")
    }

    fn who(&self, style: Style) -> String {
        let code = if style == Style::Markdown { "`" } else { "" };
        let names: Vec<String> = self.annotators.iter().map(|name| format!("{code}{name}{code}")).collect();
        format!("{} on {}.\n", names.join(", "), counted(self.total().documents, "document"))
    }

    fn grouped(&self) -> bool {
        self.groups.len() > 1
    }

    fn grid(&self, first: &str, figures: &[&str]) -> Grid {
        let mut head = vec![first.to_owned()];
        head.extend(self.grouped().then(|| "documents".to_owned()));
        head.extend(figures.iter().map(ToString::to_string));
        Grid::new(head, if self.grouped() { 2 } else { 1 })
    }

    /// Adds a figure: a row for each group.
    fn figure(&self, grid: &mut Grid, name: &str, cells: impl Fn(&AgreementGroup) -> Vec<String>) {
        for (at, group) in self.groups.iter().enumerate() {
            let mut row = vec![if at == 0 { name.to_owned() } else { String::new() }];
            row.extend(self.grouped().then(|| format!("{} {}", group.name, group.documents)));
            row.extend(cells(group));
            grid.row(row);
        }
    }

    /// F1 of one annotator against the other; of more than two the mean over pairs, and the range.
    fn measures(&self, style: Style) -> String {
        let two = self.annotators.len() == 2;
        let head: Vec<&str> = if two {
            let names = self.annotators.iter().map(String::as_str);
            ["F1", "95% interval", "agreed"].into_iter().chain(names).collect()
        } else {
            vec!["mean F1", "least", "most"]
        };
        let mut grid = self.grid("figure", &head);
        for (at, layer) in MEASURES.iter().enumerate() {
            if at > 0 {
                grid.gap();
            }
            for &measure in *layer {
                self.figure(&mut grid, measure.as_str(), |group| {
                    if let ([pair], true) = (group.pairs.as_slice(), two) {
                        let counts = pair.score.measure(measure);
                        let range = pair.intervals.get(measure.as_str()).copied().flatten();
                        return vec![
                            ratio(counts.f1()),
                            interval(range),
                            crate::table::credit(counts.tp()),
                            counts.gold.to_string(),
                            counts.pred.to_string(),
                        ];
                    }
                    spread(group.pairs.iter().filter_map(|pair| pair.score.measure(measure).f1()))
                });
            }
        }
        grid.render(style)
    }

    fn accuracies(&self, style: Style) -> String {
        let two = self.annotators.len() == 2;
        let head: &[&str] =
            if two { &["share", "agreed", "matched"] } else { &["mean share", "least", "most"] };
        let mut grid = self.grid("agreed where matched", head);
        for accuracy in Accuracy::ALL {
            self.figure(&mut grid, accuracy.as_str(), |group| {
                if let ([pair], true) = (group.pairs.as_slice(), two) {
                    let judged = pair.score.accuracy(accuracy);
                    return vec![ratio(judged.value()), judged.right.to_string(), judged.n.to_string()];
                }
                spread(group.pairs.iter().filter_map(|pair| pair.score.accuracy(accuracy).value()))
            });
        }
        grid.render(style)
    }

    fn by_pair(&self, style: Style) -> String {
        let names = STRICT.map(|measure| measure.as_str().to_owned());
        let head =
            ["pair of annotators".to_owned(), "documents".to_owned()].into_iter().chain(names).collect();
        let mut grid = Grid::new(head, 1);
        for pair in &self.total().pairs {
            let names = [pair.first, pair.second].map(|at| self.annotators[at].as_str());
            let mut row = vec![names.join(" – "), pair.documents.to_string()];
            row.extend(STRICT.map(|measure| ratio(pair.score.measure(measure).f1())));
            grid.row(row);
        }
        grid.render(style)
    }

    fn has_gamma(&self) -> bool {
        self.total().coefficients.iter().any(|row| row.gamma.is_some())
    }

    fn heads(&self, units: bool) -> Vec<&'static str> {
        let mut head = if units { vec!["units", "agreed"] } else { vec!["records", "agreed"] };
        head.extend(["kappa", "fleiss", "alpha", "unitizing"]);
        if self.has_gamma() {
            head.extend(["gamma", "95% interval"]);
        }
        head
    }

    fn cells(&self, row: &Coefficients, units: bool) -> Vec<String> {
        let first = if units {
            row.units.to_string()
        } else {
            row.records.iter().map(u64::to_string).collect::<Vec<_>>().join("/")
        };
        let mut cells = vec![first, ratio(row.observed)];
        cells.extend([row.kappa, row.fleiss, row.alpha].map(figure));
        cells.push(row.unitizing.map_or_else(String::new, figure));
        if self.has_gamma() {
            cells.push(row.gamma.map_or_else(String::new, |gamma| figure(gamma.gamma)));
            cells.push(row.gamma.map_or_else(String::new, |gamma| interval(gamma.interval)));
        }
        cells
    }

    /// Coefficients of all labels together, by group.
    fn coefficients(&self, style: Style) -> String {
        let mut grid = self.grid("beyond chance", &self.heads(true));
        let all = self.total().coefficients.iter().filter(|row| row.label.is_none());
        let (spans, records): (Vec<_>, Vec<_>) = all.partition(|row| row.subject.is_of_characters());
        for (at, rows) in [spans, records].iter().enumerate() {
            if at > 0 {
                grid.gap();
            }
            for of in rows {
                self.figure(&mut grid, of.subject.as_str(), |group| {
                    let same = |row: &&Coefficients| row.subject == of.subject && row.label.is_none();
                    group.coefficients.iter().find(same).map(|row| self.cells(row, true)).unwrap_or_default()
                });
            }
        }
        grid.render(style)
    }

    /// Coefficients of single labels, of all documents.
    fn by_label(&self, style: Style) -> String {
        let head =
            ["beyond chance", "label"].into_iter().chain(self.heads(false)).map(str::to_owned).collect();
        let mut grid = Grid::new(head, 2);
        let mut last = None;
        for row in &self.total().coefficients {
            let Some(label) = &row.label else { continue };
            let first = last != Some(row.subject);
            if first && last.is_some() {
                grid.gap();
            }
            last = Some(row.subject);
            let name = if first { row.subject.as_str() } else { "" };
            let mut cells = vec![name.to_owned(), label.clone()];
            cells.extend(self.cells(row, false));
            grid.row(cells);
        }
        grid.render(style)
    }

    fn notes(&self, style: Style) -> String {
        let more = self.annotators.len() > 2;
        let mut notes = "F1 is of one annotator against the other; ".to_owned();
        notes += if more { "means are over pairs of annotators." } else { "which is which does not matter." };
        notes += "\nUnits of mention, stance and citation are the characters of the texts, unmarked ones too; those \
                  of the rows below them are records that both have. F1 is the figure for spans, since nobody knows \
                  how many were not marked.";
        notes += "\nkappa: Cohen";
        notes += if more { " as extended by Davies and Fleiss" } else { "" };
        notes += "; fleiss: Fleiss, of two annotators Scott's pi; alpha: Krippendorff, nominal; unitizing: \
                  Krippendorff's uα of 2016.";
        if let Some(gamma) = self.total().coefficients.iter().find_map(|row| row.gamma) {
            let _ = write!(
                notes,
                "\ngamma: Mathet et al. 2015, {} samples of chance; its interval is that of the sampling.",
                gamma.samples
            );
            if self.is_bounded() {
                notes += " Where the best alignment was not proved, the figure is a lower bound.";
            }
        }
        for why in self.undefined() {
            let _ = write!(notes, "\n{}: {}.", why.as_str(), why.explanation());
        }
        let code = if style == Style::Markdown { "`" } else { "" };
        let _ = write!(notes, "\n{code}{}{code}", self.signature);
        if style == Style::Markdown { notes.replace('\n', "\\\n") + "\n" } else { notes + "\n" }
    }

    /// Whether any gamma may be higher than it is said to be.
    fn is_bounded(&self) -> bool {
        let bounded = |row: &Coefficients| {
            let gamma = row.gamma.and_then(|gamma| gamma.at_most.zip(gamma.gamma.value()));
            gamma.is_some_and(|(most, value)| most > value + 1e-9)
        };
        self.groups.iter().flat_map(|group| &group.coefficients).any(bounded)
    }

    /// Every reason that a table gives in the place of a figure.
    fn undefined(&self) -> BTreeSet<WhyUndefined> {
        let rows = self.groups.iter().enumerate().flat_map(|(at, group)| {
            let shown = move |row: &&Coefficients| at + 1 == self.groups.len() || row.label.is_none();
            group.coefficients.iter().filter(shown)
        });
        rows.flat_map(|row| {
            let gamma = row.gamma.map(|gamma| gamma.gamma);
            [Some(row.kappa), Some(row.fleiss), Some(row.alpha), row.unitizing, gamma]
        })
        .filter_map(|coefficient| coefficient?.why())
        .collect()
    }

    /// How often they disagree on what.
    fn classes(&self, style: Style) -> String {
        let group = self.total();
        let mut head = vec!["disagree on".to_owned()];
        head.extend(RecordSort::ALL.map(|sort| sort.to_string()));
        head.push("all".to_owned());
        head.extend(self.annotators.iter().map(|name| format!("only {name}")));
        let mut grid = Grid::new(head, 1);
        let count = |layer: Option<RecordSort>, class: Option<DisagreementClass>| -> u64 {
            let of = group.classes.iter().filter(|count| {
                layer.is_none_or(|layer| layer == count.layer)
                    && class.is_none_or(|class| class == count.class)
            });
            of.map(|count| count.count).sum()
        };
        let mut row = |name: &str, class: Option<DisagreementClass>| {
            let mut cells = vec![name.to_owned()];
            cells.extend(RecordSort::ALL.map(|sort| count(Some(sort), class).to_string()));
            cells.push(count(None, class).to_string());
            cells.extend((0..self.annotators.len()).map(|at| {
                let of = group.classes.iter().filter(|count| class.is_none_or(|class| class == count.class));
                let alone: u64 = of.filter_map(|count| count.by_annotator.get(at)).sum();
                if alone > 0 { alone.to_string() } else { String::new() }
            }));
            grid.row(cells);
        };
        for class in DisagreementClass::ALL.into_iter().filter(|&class| count(None, Some(class)) > 0) {
            row(class.as_str(), Some(class));
        }
        row("all", None);
        grid.render(style)
    }

    fn by_document(&self, style: Style) -> String {
        let mut head = vec!["worst documents first".to_owned()];
        head.extend(
            ["disagreements", "records", "mention F1", "stance F1", "citation F1"].map(str::to_owned),
        );
        let mut grid = Grid::new(head, 1);
        for document in &self.documents {
            let records =
                document.records.iter().map(|n| n.map_or_else(|| "–".to_owned(), |n| n.to_string()));
            let mut row = vec![document.document.clone(), document.disagreements.to_string()];
            row.push(records.collect::<Vec<_>>().join("/"));
            row.extend(
                STRICT.map(|measure: Measure| ratio(document.f1.get(measure.as_str()).copied().flatten())),
            );
            grid.row(row);
        }
        grid.render(style)
    }

    /// The disagreements, one a line, each beginning with its place, class by class within a document.
    fn list(&self, all: &[Disagreement], style: Style) -> String {
        if all.is_empty() {
            return "No disagreements.\n".to_owned();
        }
        let fence = if style == Style::Markdown { "```\n" } else { "" };
        let mut out = fence.to_owned();
        for one in all {
            let side = |at: usize, record: &Option<Shown>| {
                let said = record.as_ref().map_or_else(|| "nothing".to_owned(), shown);
                format!("{}: {said}", self.annotators[at])
            };
            let sides = [side(one.first, &one.first_record), side(one.second, &one.second_record)];
            let in_what: Vec<&str> = one.differ.iter().map(|subject| subject.as_str()).collect();
            let in_what =
                if in_what.is_empty() { String::new() } else { format!(" ({})", in_what.join(", ")) };
            let (layer, class) = (one.layer, one.class);
            let record = one.first_record.as_ref().or(one.second_record.as_ref());
            let place = place(&one.file, (one.line, one.column), record);
            let _ = writeln!(out, "{place}: {layer} {class}{in_what}: {}", sides.join("; "));
        }
        out + fence
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

/// Mean, least and greatest of several figures.
fn spread(values: impl Iterator<Item = f64>) -> Vec<String> {
    let values: Vec<f64> = values.collect();
    let least = values.iter().copied().reduce(f64::min);
    let most = values.iter().copied().reduce(f64::max);
    [mean(values.iter().copied()), least, most].map(ratio).to_vec()
}

/// A coefficient with three decimals, or the word for why there is none.
fn figure(coefficient: Coefficient) -> String {
    match coefficient {
        // What rounding makes nothing has no sign.
        Coefficient::Value(value) if value.abs() < 0.0005 => "0.000".to_owned(),
        Coefficient::Value(value) => format!("{value:.3}"),
        Coefficient::Undefined(why) => why.as_str().to_owned(),
    }
}

fn shown(record: &Shown) -> String {
    let mut out = record.label.clone();
    if let Some(text) = &record.text {
        let _ = write!(out, " {text:?}");
    }
    if let (Some(start), Some(end)) = (record.start, record.end) {
        let _ = write!(out, " {start}–{end}");
    }
    out
}
