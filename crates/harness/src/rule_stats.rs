//! What each rule does on a corpus: how often it matches, to whom it loses, how often it is right.

use std::collections::BTreeMap;

use goldrule_extractor::{Extractor, Firing};
use goldrule_scorer::{Ledger, Measure, Outcome};
use rayon::prelude::*;
use serde::Serialize;

use crate::case::Case;
use crate::grid::{Grid, Style};
use crate::report::is_open;
use crate::table::ratio;

/// The measures that say whether a record is right, one for each layer: a mention and a citation by its
/// exact span, a stance by its holder, topic and position where its evidence overlaps that of gold.
const JUDGES: [Measure; 3] =
    [Measure::MentionStrict, Measure::StanceEvidenceTuple, Measure::CitationStrictKind];

/// Most rules that a table names as winners over one.
const WINNERS: usize = 2;

/// One rule's figures.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct RuleStat {
    /// The rule's id.
    pub rule: String,
    /// Its layer: `stance`, `context`, or for a grammar rule `agency` or `citation`.
    pub layer: String,
    /// File and line; absent for grammar rules, which are code.
    pub place: Option<String>,
    /// Places it matches, whatever becomes of them; for a grammar rule its records.
    pub matches: usize,
    /// Matches that gave way to another rule, by that rule, most first.
    pub lost: Vec<(String, usize)>,
    /// Matches that state nothing: questions, suppositions, positions given up.
    pub dropped: usize,
    /// Matches without a holder.
    pub unheld: usize,
    /// Matches told as one with another that states the same.
    pub joined: usize,
    /// Records it made.
    pub records: usize,
    /// Records that are right.
    pub right: usize,
    /// Records that are wrong.
    pub wrong: usize,
    /// Share of right ones; absent where it made no record.
    pub precision: Option<f64>,
}

/// The figures of all rules, the one to mend next on top: most wrong records, then lowest precision.
#[derive(Clone, Debug)]
pub struct RuleStats {
    /// A row for each rule.
    pub rules: Vec<RuleStat>,
    /// How many documents were looked at.
    pub documents: usize,
    /// How many were left out since their split is for measuring.
    pub left_out: usize,
}

#[derive(Default)]
struct Tally {
    fired: BTreeMap<String, Firing>,
    /// Right and wrong records.
    judged: BTreeMap<String, (usize, usize)>,
}

/// Counts what each rule does. Only documents whose mistakes may be listed are looked at (`dev`, and those
/// without a split), all of them where `reveal` is set.
pub fn rule_stats(extractor: &Extractor, cases: &[Case], reveal: bool, done: impl Fn() + Sync) -> RuleStats {
    let looked_at: Vec<_> = cases
        .iter()
        .filter(|case| reveal || is_open(case.split.as_deref()))
        .filter_map(|case| Some((case, case.document.as_ref()?)))
        .collect();
    let tallies: Vec<Tally> = looked_at
        .par_iter()
        .map(|(case, document)| {
            let set = extractor.extract(document);
            let ledger = Ledger::new(&case.gold.document, &case.gold, &set);
            let fired =
                extractor.firing(document).into_iter().map(|(rule, firing)| (rule.to_string(), firing));
            done();
            Tally { fired: fired.collect(), judged: judged(&ledger) }
        })
        .collect();
    let mut total = Tally::default();
    for tally in tallies {
        for (rule, firing) in tally.fired {
            total.fired.entry(rule).or_default().add(&firing);
        }
        for (rule, (right, wrong)) in tally.judged {
            let sum = total.judged.entry(rule).or_default();
            *sum = (sum.0 + right, sum.1 + wrong);
        }
    }
    RuleStats {
        rules: rows(extractor, total),
        documents: looked_at.len(),
        left_out: cases.len() - looked_at.len(),
    }
}

/// Right and wrong records of each rule in one document.
fn judged(ledger: &Ledger) -> BTreeMap<String, (usize, usize)> {
    let mut judged: BTreeMap<String, (usize, usize)> = BTreeMap::new();
    for row in ledger.rows.iter().filter(|row| JUDGES.contains(&row.layer)) {
        let rule = row.pred.as_ref().and_then(|record| record.rule.clone());
        let Some(rule) = rule.filter(|_| row.outcome != Outcome::Missed) else { continue };
        let counts = judged.entry(rule).or_default();
        match row.outcome {
            Outcome::Matched => counts.0 += 1,
            _ => counts.1 += 1,
        }
    }
    judged
}

fn rows(extractor: &Extractor, mut total: Tally) -> Vec<RuleStat> {
    let mut rows = Vec::new();
    for rule in &extractor.rules().rules {
        let firing = total.fired.remove(&*rule.id).unwrap_or_default();
        let judged = total.judged.remove(&*rule.id).unwrap_or_default();
        let place = format!("{}:{}", rule.file, rule.line);
        rows.push(row(rule.id.to_string(), rule.layer.clone(), Some(place), &firing, judged));
    }
    for (rule, judged) in total.judged {
        let layer = if rule.starts_with("agency.") { "agency" } else { "citation" };
        let firing = Firing { matches: judged.0 + judged.1, ..Firing::default() };
        rows.push(row(rule, layer.to_owned(), None, &firing, judged));
    }
    let order =
        |stat: &RuleStat| (std::cmp::Reverse(stat.wrong), stat.right, std::cmp::Reverse(stat.matches));
    rows.sort_by(|a, b| order(a).cmp(&order(b)).then_with(|| a.rule.cmp(&b.rule)));
    rows
}

#[expect(clippy::cast_precision_loss, reason = "counts of records are small")]
fn row(
    rule: String,
    layer: String,
    place: Option<String>,
    firing: &Firing,
    (right, wrong): (usize, usize),
) -> RuleStat {
    let mut lost: Vec<_> = firing.lost.iter().map(|(rule, &times)| (rule.to_string(), times)).collect();
    lost.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    let records = right + wrong;
    RuleStat {
        rule,
        layer,
        place,
        matches: firing.matches,
        lost,
        dropped: firing.dropped,
        unheld: firing.unheld,
        joined: firing.joined,
        records,
        right,
        wrong,
        precision: (records > 0).then(|| right as f64 / records as f64),
    }
}

impl RuleStats {
    /// The figures as people read them.
    pub fn to_table(&self, style: Style) -> String {
        let head = [
            "rule to mend first",
            "lost to",
            "wrong",
            "right",
            "precision",
            "matches",
            "lost",
            "no stance",
            "no holder",
        ];
        let mut grid = Grid::new(head.map(str::to_owned).to_vec(), 2);
        for stat in &self.rules {
            let winners: Vec<_> =
                stat.lost.iter().take(WINNERS).map(|(rule, times)| format!("{rule} {times}")).collect();
            let more = if stat.lost.len() > WINNERS { ", …" } else { "" };
            let lost: usize = stat.lost.iter().map(|(_, times)| times).sum();
            let mut cells = vec![stat.rule.clone(), winners.join(", ") + more];
            let judged = stat.layer != "context";
            let figure = |value: usize| if judged { value.to_string() } else { "–".to_owned() };
            cells.extend([
                figure(stat.wrong),
                figure(stat.right),
                ratio(stat.precision),
                stat.matches.to_string(),
            ]);
            cells.extend([lost.to_string(), stat.dropped.to_string(), stat.unheld.to_string()]);
            grid.row(cells);
        }
        let documents = crate::counted(self.documents, "document");
        let scored = format!(
            "\nOn {documents}. A stance is right where holder, topic and position are gold's and the evidence \
             overlaps; a mention or citation where its span is.\n"
        );
        let left_out = (self.left_out > 0).then(|| {
            let left_out = crate::counted(self.left_out, "document");
            format!("{left_out} of other splits were left out (--reveal counts them).\n")
        });
        [grid.render(style), scored, left_out.unwrap_or_default()].concat()
    }

    /// The figures as JSON.
    pub fn to_json(&self) -> String {
        let json = serde_json::json!({
            "documents": self.documents,
            "left_out": self.left_out,
            "rules": self.rules,
        });
        serde_json::to_string_pretty(&json).unwrap_or_default() + "\n"
    }

    /// The figures as CSV, a row for each rule.
    pub fn to_csv(&self) -> String {
        let mut writer = csv::Writer::from_writer(Vec::new());
        // Writing to memory does not fail.
        let _ = writer.write_record([
            "rule",
            "layer",
            "place",
            "matches",
            "lost",
            "lost_to",
            "dropped",
            "unheld",
            "records",
            "right",
            "wrong",
            "precision",
        ]);
        for stat in &self.rules {
            let lost: usize = stat.lost.iter().map(|(_, times)| times).sum();
            let winners: Vec<_> = stat.lost.iter().map(|(rule, times)| format!("{rule}:{times}")).collect();
            let _ = writer.write_record([
                stat.rule.clone(),
                stat.layer.clone(),
                stat.place.clone().unwrap_or_default(),
                stat.matches.to_string(),
                lost.to_string(),
                winners.join(" "),
                stat.dropped.to_string(),
                stat.unheld.to_string(),
                stat.records.to_string(),
                stat.right.to_string(),
                stat.wrong.to_string(),
                stat.precision.map_or_else(String::new, |precision| format!("{precision:.4}")),
            ]);
        }
        String::from_utf8(writer.into_inner().unwrap_or_default()).unwrap_or_default()
    }
}
