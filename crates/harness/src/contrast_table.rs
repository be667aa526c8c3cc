//! The comparison of two systems, for people.

use std::fmt::Write as _;

use goldrule_scorer::Caution;

use crate::contrast::{Change, Contrast, Moved, RuleChange, TRIALS};
use crate::grid::{Grid, Style};
use crate::table::{counted, folded, little_support, ratio};

impl Contrast {
    /// The comparison as people read it; with every record that moved where `records` is set.
    pub fn to_table(&self, style: Style, records: bool) -> String {
        let mut parts = vec![self.summary(style), self.figure_table(style), self.footnotes(style)];
        if self.rules.is_empty() {
            parts.push("No record was gained or lost.\n".to_owned());
        } else {
            parts.push(self.rule_table(style));
        }
        if records && !self.rules.is_empty() {
            let fence = if style == Style::Markdown { "```\n" } else { "" };
            parts.push(folded("Records", format!("{fence}{}{fence}", self.records()), style));
        }
        parts.join("\n")
    }

    /// The comparison as a JSON object.
    pub fn to_json(&self) -> String {
        serde_json::to_string_pretty(self).unwrap_or_default() + "\n"
    }

    fn summary(&self, style: Style) -> String {
        let moved = |up: bool| {
            let changed =
                |change: &&Change| change.difference.is_some_and(|d| if up { d > 0.0 } else { d < 0.0 });
            self.figures.iter().filter(changed).count()
        };
        let count = |list: fn(&RuleChange) -> &Vec<Moved>| self.rules.iter().map(|r| list(r).len()).sum();
        let bold = if style == Style::Markdown { "**" } else { "" };
        format!(
            "{bold}{} rose, {} fell{bold} on {}; {} gained, {} lost, {} more made up, {} fewer.\n",
            counted(moved(true), "figure"),
            moved(false),
            counted(self.documents, "document"),
            counted(count(|rule| &rule.gained), "record"),
            count(|rule| &rule.lost),
            count(|rule| &rule.made_up),
            count(|rule| &rule.withdrawn),
        )
    }

    fn figure_table(&self, style: Style) -> String {
        let head = ["F1", "old", "new", "change", "95% interval", "p", "p (Holm)"];
        let mut grid = Grid::new(head.map(str::to_owned).to_vec(), 1);
        for change in &self.figures {
            let signed = |value: f64| {
                let text = format!("{value:+.3}");
                if text.trim_start_matches(['+', '-']) == "0.000" { "0.000".to_owned() } else { text }
            };
            let dash = || "–".to_owned();
            grid.row(vec![
                change.measure.to_string(),
                ratio(change.old),
                ratio(change.new),
                change.difference.map_or_else(dash, signed),
                change
                    .interval
                    .map_or_else(dash, |(low, high)| format!("{} to {}", signed(low), signed(high))),
                change.p.map_or_else(dash, |p| format!("{p:.4}")),
                change.p_holm.map_or_else(dash, |p| format!("{p:.4}")),
            ]);
        }
        grid.render(style)
    }

    fn footnotes(&self, style: Style) -> String {
        let mut notes = format!(
            "Intervals: {}. p: paired randomisation of documents, all exchanges where at most {TRIALS}.\n",
            self.settings.described()
        );
        for caution in Caution::of(self.documents, u64::MAX) {
            let _ = writeln!(notes, "Caution: {caution}.");
        }
        let gold = self.figures.iter().filter_map(|change| {
            let few = |caution: &Caution| match caution {
                Caution::LittleSupport(gold) => Some((change.measure, *gold)),
                Caution::FewDocuments(_) => None,
            };
            change.cautions.iter().find_map(few)
        });
        if let Some(caution) = little_support(gold) {
            let _ = writeln!(notes, "{caution}");
        }
        if !self.unpaired.is_empty() {
            let _ = writeln!(notes, "Scored for one of the two only: {}.", self.unpaired.join(", "));
        }
        if self.unnamed > 0 {
            let documents = counted(self.unnamed, "document");
            let _ =
                writeln!(notes, "Records of {documents} are counted and not listed (--reveal lists them).");
        }
        if style == Style::Markdown {
            return format!("{notes}`{}`\n", self.signature).trim_end().replace('\n', "\\\n") + "\n";
        }
        notes + &self.signature.to_string() + "\n"
    }

    fn rule_table(&self, style: Style) -> String {
        let head = ["rule", "gained", "lost", "more made up", "fewer made up"];
        let mut grid = Grid::new(head.map(str::to_owned).to_vec(), 1);
        for rule in &self.rules {
            let name = rule.rule.clone().unwrap_or_else(|| "(no rule named)".to_owned());
            let counts = [&rule.gained, &rule.lost, &rule.made_up, &rule.withdrawn];
            let mut row = vec![name];
            row.extend(counts.map(|list| list.len().to_string()));
            grid.row(row);
        }
        grid.render(style)
    }

    fn records(&self) -> String {
        let mut out = String::new();
        for rule in &self.rules {
            let name = rule.rule.as_deref().unwrap_or("(no rule named)");
            for (what, list) in [
                ("gained", &rule.gained),
                ("lost", &rule.lost),
                ("made up", &rule.made_up),
                ("no longer made up", &rule.withdrawn),
            ] {
                for moved in list {
                    let place = match (moved.start, moved.end) {
                        (Some(start), Some(end)) => format!(" {start}..{end}"),
                        _ => String::new(),
                    };
                    let Moved { document, layer, label, .. } = moved;
                    let _ = writeln!(out, "{name}: {what}: {document}{place} {layer} {label}");
                }
            }
        }
        out
    }
}
