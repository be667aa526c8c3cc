//! The page that says how good extraction is: `annotations/ACCURACY.md`.

use std::fmt::Write as _;

use crate::grid::{Grid, Style};
use crate::report::Report;
use crate::rule_stats::RuleStats;
use crate::table::ratio;

/// How many rules the page names.
const RULES: usize = 40;

/// The page: the report's figures by split, those of texts that may not be shipped as a row of their own,
/// each with its interval, its support and the annotators' agreement; and the precision of the rules that
/// made most records of documents that may be looked at.
pub fn accuracy_page(report: &Report, stats: &RuleStats) -> String {
    let mut page = String::from(
        "# Accuracy\n\n\
         Written by `goldrule eval --accuracy-page annotations/ACCURACY.md`; not edited by hand. With \
         `--text DIR` the texts that may not be shipped count too, as `withheld`.\n\n\
         Rules are written on `dev`, so its figures flatter; `validation` is only ever looked at as a score. \
         `annotators` is one annotator scored against the other on the same documents: nobody can be \
         expected to do much better. `gold` and `pred` are numbers of records, the support of a figure.\n\n\
         ## Figures\n\n",
    );
    page += &report.figures(Style::Markdown);
    let left_out: Vec<_> =
        report.skipped.iter().map(|skipped| format!("- {}: {}", skipped.document, skipped.reason)).collect();
    if !left_out.is_empty() {
        let _ = write!(page, "\nNot scored:\n\n{}\n", left_out.join("\n"));
    }
    let documents = crate::counted(stats.documents, "document");
    let _ = write!(
        page,
        "\n## Rules\n\nThe rules that made most records of {documents} of `dev`. A stance is right where \
         holder, topic and position are gold's and the evidence overlaps; a mention or a citation where its \
         span is.\n\n"
    );
    let mut grid = Grid::new(["rule", "records", "right", "precision"].map(str::to_owned).to_vec(), 1);
    let mut rules: Vec<_> = stats.rules.iter().filter(|stat| stat.records > 0).collect();
    rules.sort_by(|a, b| b.records.cmp(&a.records).then_with(|| a.rule.cmp(&b.rule)));
    for stat in rules.into_iter().take(RULES) {
        let cells = [format!("`{}`", stat.rule), stat.records.to_string(), stat.right.to_string()];
        grid.row(cells.into_iter().chain([ratio(stat.precision)]).collect());
    }
    page += &grid.render(Style::Markdown);
    page
}
