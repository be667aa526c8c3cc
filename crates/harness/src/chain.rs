//! Which stage loses what: gold is given upstream, one stage at a time.
//!
//! With the citations of gold, what is still missed is lost behind them; with its agencies too, it is lost
//! by the stances. The layers that are given score 1 by construction, which shows that they were given.

use std::collections::BTreeMap;

use goldrule_extractor::{Extractor, Stage};
use goldrule_scorer::{DocumentScore, Measure, Score, score_document};
use rayon::prelude::*;

use crate::case::Case;
use crate::grid::{Grid, Style};
use crate::stance_chain::StanceChain;
use crate::table::ratio;

/// What is given at each step, and where extraction then starts.
const STEPS: [(&str, Stage); 3] =
    [("nothing", Stage::Citations), ("citations", Stage::Agencies), ("citations, agencies", Stage::Stances)];

/// The figures that tell the stages' losses, in the order of the stages.
const FIGURES: [Measure; 6] = [
    Measure::CitationStrictKind,
    Measure::MentionStrict,
    Measure::MentionB3,
    Measure::EntityKindJurisdiction,
    Measure::StanceTuple,
    Measure::StanceEvidenceTuple,
];

/// The scores of a group of documents at each step.
#[derive(Clone, Debug)]
pub struct Chain {
    /// The split, or `all`.
    pub group: String,
    /// How many documents.
    pub documents: usize,
    /// The summed score with nothing given, with the citations, and with citations and agencies.
    pub steps: [Score; 3],
    /// What the stances lose, thing by thing.
    pub stances: StanceChain,
}

/// What the stages lose of one measure's F1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Loss {
    /// F1 with nothing given.
    pub f1: f64,
    /// What the citations lose: the rise when those of gold are given.
    pub citations: f64,
    /// What the agencies lose: the further rise when those of gold are given.
    pub agencies: f64,
    /// What is missing to 1 then: lost by the stances.
    pub stances: f64,
}

/// Runs the chain over documents with gold, and sums it by split; `done` is called after each document.
pub fn chains(extractor: &Extractor, cases: &[Case], done: impl Fn() + Sync) -> Vec<Chain> {
    let scored: Vec<_> = cases
        .par_iter()
        .filter_map(|case| Some((case, case.document.as_ref()?)))
        .map(|(case, document)| {
            let found = STEPS.map(|(_, stage)| extractor.run_from(stage, document, &case.gold));
            let scores = [0, 1, 2].map(|step| score_document(&case.gold.document, &case.gold, &found[step]));
            let stances = StanceChain::new(extractor, case, document, &found, &scores);
            done();
            (case.split.clone(), (scores, stances))
        })
        .collect();
    let mut groups: BTreeMap<&str, Vec<&Scores>> = BTreeMap::new();
    for (split, scores) in &scored {
        groups.entry(split.as_deref().unwrap_or("no split")).or_default().push(scores);
    }
    let mut chains: Vec<_> = groups.iter().map(|(name, scores)| Chain::new(name, scores)).collect();
    if chains.len() > 1 {
        chains.push(Chain::new("all", &scored.iter().map(|(_, scores)| scores).collect::<Vec<_>>()));
    }
    chains
}

/// What the chain says of one document.
type Scores = ([DocumentScore; 3], StanceChain);

impl Chain {
    fn new(group: &str, scores: &[&Scores]) -> Self {
        let steps = [0, 1, 2].map(|step| Score::sum(scores.iter().map(|(scores, _)| &scores[step])));
        let mut stances = StanceChain::default();
        for (_, chain) in scores {
            stances.add(chain);
        }
        Self { group: group.to_owned(), documents: scores.len(), steps, stances }
    }

    /// What the stages lose of a measure; `None` where it has nothing to count.
    pub fn loss(&self, measure: Measure) -> Option<Loss> {
        let [none, citations, agencies] = self.steps.map(|score| score.measure(measure).f1());
        let (none, citations, agencies) = (none?, citations?, agencies?);
        Some(Loss {
            f1: none,
            citations: citations - none,
            agencies: agencies - citations,
            stances: 1.0 - agencies,
        })
    }

    /// The chain as people read it.
    pub fn to_table(&self, style: Style) -> String {
        let head = [
            "F1 with gold for",
            STEPS[0].0,
            STEPS[1].0,
            STEPS[2].0,
            "lost by citations",
            "by agencies",
            "by stances",
        ];
        let mut grid = Grid::new(head.map(str::to_owned).to_vec(), 1);
        for measure in FIGURES {
            let mut cells = vec![measure.to_string()];
            cells.extend(self.steps.map(|score| ratio(score.measure(measure).f1())));
            let signed = |value: f64| format!("{:+.3}", -value).replace("+0.000", "0").replace("-0.000", "0");
            match self.loss(measure) {
                Some(loss) => cells.extend([loss.citations, loss.agencies, loss.stances].map(signed)),
                None => cells.extend(["–", "–", "–"].map(str::to_owned)),
            }
            grid.row(cells);
        }
        let documents = crate::counted(self.documents, "document");
        let title = format!("{}, {documents}\n", self.group);
        let title = if style == Style::Markdown { format!("**{}**\n\n", title.trim()) } else { title };
        title + &grid.render(style) + "\n" + &self.stances.to_table(style)
    }
}

/// The chains as JSON.
pub fn chains_json(chains: &[Chain]) -> String {
    let json: Vec<_> = chains
        .iter()
        .map(|chain| {
            let steps: Vec<_> = STEPS
                .iter()
                .zip(&chain.steps)
                .map(|((given, _), score)| serde_json::json!({ "given": given, "score": score }))
                .collect();
            let losses: BTreeMap<_, _> = FIGURES
                .iter()
                .filter_map(|&measure| {
                    let loss = chain.loss(measure)?;
                    let json = serde_json::json!({
                        "f1": loss.f1, "citations": loss.citations, "agencies": loss.agencies, "stances": loss.stances,
                    });
                    Some((measure.as_str(), json))
                })
                .collect();
            serde_json::json!({ "group": chain.group, "documents": chain.documents, "steps": steps, "lost": losses, "stances": chain.stances.to_value() })
        })
        .collect();
    serde_json::to_string_pretty(&json).unwrap_or_default() + "\n"
}

/// The chains as CSV, a row for each measure of each group.
pub fn chains_csv(chains: &[Chain]) -> String {
    let mut writer = csv::Writer::from_writer(Vec::new());
    // Writing to memory does not fail.
    let _ = writer.write_record([
        "group",
        "figure",
        "nothing",
        "citations",
        "citations_agencies",
        "lost_citations",
        "lost_agencies",
        "lost_stances",
    ]);
    for chain in chains {
        for measure in FIGURES {
            let figure = |value: Option<f64>| value.map_or_else(String::new, |value| format!("{value:.4}"));
            let loss = chain.loss(measure);
            let mut cells = vec![chain.group.clone(), measure.to_string()];
            cells.extend(chain.steps.map(|score| figure(score.measure(measure).f1())));
            cells.extend(
                [loss.map(|l| l.citations), loss.map(|l| l.agencies), loss.map(|l| l.stances)].map(figure),
            );
            let _ = writer.write_record(cells);
        }
    }
    String::from_utf8(writer.into_inner().unwrap_or_default()).unwrap_or_default()
}
