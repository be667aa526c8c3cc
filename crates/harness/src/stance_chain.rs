//! How much of what the stances lose is due to each thing before them.
//!
//! Gold is put in upstream, one thing at a time, and what is put in stays. The citations, the mentions and
//! their grouping are given to the extractor, which then finds the stances anew. Holder, topic and position
//! are corrected in what it found, on the stances whose evidence overlaps that of gold. What is missing to 1
//! after that was lost by the evidence: stances that were missed or made up.

use std::collections::BTreeMap;

use goldrule_extractor::{Extractor, Stage};
use goldrule_schema::{Agency, AnnotationSet, Document, Mention};
use goldrule_scorer::{Counts, DocumentScore, Ledger, Measure, Outcome, RecordIndex, Row, score_document};
use serde::Serialize;

use crate::case::Case;
use crate::grid::{Grid, Style};
use crate::table::ratio;

/// What is given at each step, on top of what was given before.
pub const GIVEN: [&str; 7] = ["nothing", "citations", "mentions", "grouping", "holder", "topic", "position"];

/// The figures that the chain follows.
const FIGURES: [Measure; 2] = [Measure::StanceTuple, Measure::StanceEvidenceTuple];

/// The two figures of stances at each step.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct StanceChain {
    steps: [[Counts; FIGURES.len()]; GIVEN.len()],
}

impl StanceChain {
    /// Runs the chain over one document; `scores` are those with nothing, citations and all agencies given.
    pub(crate) fn new(
        extractor: &Extractor,
        case: &Case,
        document: &Document,
        found: &[AnnotationSet; 3],
        scores: &[DocumentScore; 3],
    ) -> Self {
        let gold = &case.gold;
        let score = |set: &AnnotationSet| score_document(&gold.document, gold, set);
        let own_grouping = regrouped(gold, &found[1]);
        let mentions = score(&extractor.run_from(Stage::Stances, document, &own_grouping));
        let mut corrected = found[2].clone();
        let pairs = pairs(gold, &corrected);
        let mut correct = |change: fn(&mut AnnotationSet, &AnnotationSet, (usize, usize))| {
            for &pair in &pairs {
                change(&mut corrected, gold, pair);
            }
            score(&corrected)
        };
        let holder = correct(|set, gold, (g, p)| set.stances[p].agency.clone_from(&gold.stances[g].agency));
        let topic = correct(|set, gold, (g, p)| set.stances[p].topic = gold.stances[g].topic);
        let position = correct(|set, gold, (g, p)| set.stances[p].position = gold.stances[g].position);
        let steps = [&scores[0], &scores[1], &mentions, &scores[2], &holder, &topic, &position];
        Self { steps: steps.map(|score| FIGURES.map(|measure| score.measure(measure))) }
    }

    pub(crate) fn add(&mut self, other: &Self) {
        for (sum, part) in self.steps.iter_mut().flatten().zip(other.steps.iter().flatten()) {
            *sum += *part;
        }
    }

    /// F1 at a step, by its place in [`GIVEN`]; `None` where neither side has a stance.
    pub fn f1(&self, step: usize, measure: Measure) -> Option<f64> {
        let at = FIGURES.iter().position(|&figure| figure == measure)?;
        self.steps.get(step)?[at].f1()
    }

    /// What each thing loses of a figure, from citations to position and then evidence: they add up to 1 less
    /// the F1 with nothing given.
    pub fn losses(&self, measure: Measure) -> Option<Vec<(&'static str, f64)>> {
        let f1s: Vec<f64> =
            (0..GIVEN.len()).map(|step| self.f1(step, measure)).chain([Some(1.0)]).collect::<Option<_>>()?;
        let names = GIVEN.into_iter().skip(1).chain(["evidence"]);
        Some(names.zip(f1s.windows(2).map(|pair| pair[1] - pair[0])).collect())
    }

    /// The chain as people read it.
    pub(crate) fn to_table(self, style: Style) -> String {
        let mut head = vec!["stances, gold given for".to_owned()];
        head.extend(FIGURES.iter().flat_map(|measure| [measure.to_string(), "lost there".to_owned()]));
        let mut grid = Grid::new(head, 1);
        let losses = FIGURES.map(|measure| self.losses(measure).unwrap_or_default());
        for (step, name) in GIVEN.into_iter().chain(["evidence"]).enumerate() {
            let mut row = vec![if step == 0 { name.to_owned() } else { format!("+ {name}") }];
            for (measure, losses) in FIGURES.into_iter().zip(&losses) {
                let f1 = if step < GIVEN.len() { self.f1(step, measure) } else { Some(1.0) };
                let lost = step.checked_sub(1).and_then(|at| losses.get(at));
                row.push(ratio(f1));
                row.push(lost.map_or_else(String::new, |(_, lost)| signed(-lost)));
            }
            grid.row(row);
        }
        grid.render(style)
    }

    /// The chain as JSON: F1 and loss of each step.
    pub(crate) fn to_value(self) -> serde_json::Value {
        #[derive(Serialize)]
        struct Step {
            given: &'static str,
            f1: BTreeMap<&'static str, Option<f64>>,
        }
        let f1 = |step| FIGURES.iter().map(|&m| (m.as_str(), self.f1(step, m))).collect();
        let steps: Vec<Step> =
            GIVEN.into_iter().enumerate().map(|(step, given)| Step { given, f1: f1(step) }).collect();
        let lost: BTreeMap<_, BTreeMap<_, _>> = FIGURES
            .iter()
            .filter_map(|&m| Some((m.as_str(), self.losses(m)?.into_iter().collect())))
            .collect();
        serde_json::json!({ "steps": steps, "lost": lost })
    }
}

fn signed(value: f64) -> String {
    let text = format!("{value:+.3}");
    if text.ends_with("0.000") { "0".to_owned() } else { text }
}

/// The records that matched rows of a layer pair.
fn matched(ledger: &Ledger, layer: Measure) -> impl Iterator<Item = (RecordIndex, RecordIndex)> {
    let rows = ledger.rows.iter().filter(move |row| row.layer == layer && row.outcome == Outcome::Matched);
    rows.filter_map(|Row { gold, pred, .. }| Some((gold.as_ref()?.index, pred.as_ref()?.index)))
}

/// Gold and found stances on overlapping evidence, one to one.
fn pairs(gold: &AnnotationSet, found: &AnnotationSet) -> Vec<(usize, usize)> {
    let ledger = Ledger::new(&gold.document, gold, found);
    matched(&ledger, Measure::StanceEvidence)
        .filter_map(|pair| match pair {
            (RecordIndex::Stance(g), RecordIndex::Stance(p)) => Some((g, p)),
            _ => None,
        })
        .collect()
}

/// The mentions of gold, grouped as the system grouped those that it found; each that it did not find stands
/// for an agency of its own.
fn regrouped(gold: &AnnotationSet, found: &AnnotationSet) -> AnnotationSet {
    let ledger = Ledger::new(&gold.document, gold, found);
    let owner: BTreeMap<RecordIndex, usize> = matched(&ledger, Measure::MentionOverlap)
        .filter_map(|(gold, pred)| match pred {
            RecordIndex::Mention { agency, .. } => Some((gold, agency)),
            _ => None,
        })
        .collect();
    let mut grouped: BTreeMap<usize, Vec<Mention>> = BTreeMap::new();
    let mut alone = Vec::new();
    for (agency, one) in gold.agencies.iter().enumerate() {
        for (mention, record) in one.mentions.iter().enumerate() {
            match owner.get(&RecordIndex::Mention { agency, mention }) {
                Some(&owner) => grouped.entry(owner).or_default().push(record.clone()),
                None => alone.push(Agency { mentions: vec![record.clone()], ..one.clone() }),
            }
        }
    }
    let of_system = |(owner, mut mentions): (usize, Vec<Mention>)| {
        mentions.sort_by_key(|mention| mention.span);
        Agency { mentions, ..found.agencies[owner].clone() }
    };
    let mut agencies: Vec<Agency> = grouped.into_iter().map(of_system).chain(alone).collect();
    agencies.sort_by_key(|agency| agency.mentions.first().map(|mention| mention.span));
    for (number, agency) in agencies.iter_mut().enumerate() {
        agency.id = format!("agency-{number}");
    }
    AnnotationSet { agencies, stances: Vec::new(), ..gold.clone() }
}
