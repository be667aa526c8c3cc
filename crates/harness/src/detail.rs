//! Spans under every scheme and clusters under every metric.

use std::fmt::Write as _;
use std::str::FromStr;

use goldrule_schema::{AgencyKind, AnnotationSet, CitationKind, Form};
use goldrule_scorer::{
    Average, Categories, CorefMetric, Coreference, Counts, LabelledSpan, Policies, Scheme, SpanOptions,
    SpanScore, Undefined, nervaluate, score_coreference, seqeval, token_spans,
};
use serde::Serialize;

use crate::breakdown::Breakdown;
use crate::comparison::Comparison;
use crate::grid::{Grid, Style};
use crate::settings::Settings;
use crate::table::ratio;

/// A tool whose counts are asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Compat {
    /// nervaluate 1.2.
    Nervaluate,
    /// seqeval 1.2.
    Seqeval,
}

impl FromStr for Compat {
    type Err = String;

    fn from_str(name: &str) -> Result<Self, String> {
        match name {
            "nervaluate" => Ok(Self::Nervaluate),
            "seqeval" => Ok(Self::Seqeval),
            _ => Err("there are nervaluate and seqeval".to_owned()),
        }
    }
}

/// The figures of one layer of labelled spans.
#[derive(Clone, Debug, Serialize)]
pub struct LayerDetail {
    /// Records and what their labels are: `mention by form`.
    pub layer: &'static str,
    /// Scheme by scheme.
    pub schemes: Vec<SchemeDetail>,
    /// Another tool's counts.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub compat: Vec<CompatDetail>,
}

/// A layer under one scheme.
#[derive(Clone, Debug, Serialize)]
pub struct SchemeDetail {
    /// The scheme, or `tokens`: single tokens under equal labels, where the texts are at hand.
    pub scheme: &'static str,
    /// Pairs and spans by category.
    pub categories: Categories,
    /// Over all spans.
    pub micro: Average,
    /// Mean over labels.
    pub macro_labels: Average,
    /// Mean over labels, weighted by their gold spans.
    pub weighted: Average,
    /// Mean over documents.
    pub macro_documents: Average,
}

/// What another tool says of a layer.
#[derive(Clone, Debug, Serialize)]
pub struct CompatDetail {
    /// The tool and its name for the figure.
    pub figure: String,
    /// Its precision, recall and F1; an undefined one is 0, as it prints it.
    pub figures: Average,
    /// Whether another order of the records would change them.
    pub order_dependent: bool,
}

/// Everything that the report's own measures leave out.
#[derive(Clone, Debug, Serialize)]
pub struct Detail {
    /// Labelled spans.
    pub layers: Vec<LayerDetail>,
    /// Mentions by agency.
    pub coreference: Coreference,
    /// The measures by label, by slot and by averaging.
    #[serde(flatten)]
    pub breakdown: Breakdown,
}

/// Which spans of a set a layer is about.
type Spans = fn(&AnnotationSet) -> Vec<LabelledSpan>;

const LAYERS: [(&str, Spans); 3] = [
    ("mention by form", |set| {
        let form = |form: Form| Form::ALL.iter().position(|&one| one == form).unwrap_or(0);
        spans(set.mentions().map(|(_, mention)| (mention.span, form(mention.form))))
    }),
    ("mention by kind", |set| {
        let kind = |kind: AgencyKind| AgencyKind::ALL.iter().position(|&one| one == kind).unwrap_or(0);
        spans(set.mentions().map(|(agency, mention)| (mention.span, kind(agency.kind))))
    }),
    ("citation by kind", |set| {
        let kind = |kind: CitationKind| CitationKind::ALL.iter().position(|&one| one == kind).unwrap_or(0);
        spans(set.citations.iter().map(|citation| (citation.span, kind(citation.kind))))
    }),
];

fn spans(records: impl Iterator<Item = (goldrule_schema::CharSpan, usize)>) -> Vec<LabelledSpan> {
    records.map(|(span, label)| LabelledSpan { span, label: label as u32 }).collect()
}

impl Detail {
    /// The figures of scored documents.
    pub fn new(comparisons: &[Comparison], compat: Option<Compat>, settings: &Settings) -> Self {
        let mut coreference = Coreference::default();
        for Comparison { gold, pred, .. } in comparisons {
            coreference += score_coreference(gold, pred, settings.policies);
        }
        let layers = LAYERS.iter().map(|&(layer, of)| {
            let documents: Vec<_> = comparisons.iter().map(|c| (of(&c.gold), of(&c.pred))).collect();
            LayerDetail {
                layer,
                schemes: schemes(&documents, comparisons, settings),
                compat: match compat {
                    Some(Compat::Nervaluate) => of_nervaluate(&documents),
                    Some(Compat::Seqeval) => of_seqeval(&documents),
                    None => Vec::new(),
                },
            }
        });
        let breakdown = Breakdown::new(comparisons, settings.policies);
        Self { layers: layers.collect(), coreference, breakdown }
    }

    /// The figures as people read them.
    pub fn to_table(&self, style: Style) -> String {
        let mut parts = self.breakdown.to_tables(style);
        parts.push(self.spans(style));
        parts.extend(self.compat(style));
        parts.push(self.clusters(style));
        parts.join("\n")
    }

    fn spans(&self, style: Style) -> String {
        let head = [
            "spans",
            "scheme",
            "P",
            "R",
            "F1",
            "macro F1",
            "weighted F1",
            "by document",
            "correct",
            "incorrect",
            "partial",
            "missed",
            "spurious",
        ];
        let mut grid = Grid::new(head.map(str::to_owned).to_vec(), 2);
        for (at, layer) in self.layers.iter().enumerate() {
            if at > 0 {
                grid.gap();
            }
            for (at, detail) in layer.schemes.iter().enumerate() {
                let mut row = vec![if at == 0 { layer.layer.to_owned() } else { String::new() }];
                row.push(detail.scheme.to_string());
                let figures = [detail.micro.precision, detail.micro.recall, detail.micro.f1];
                row.extend(figures.map(ratio));
                row.extend(
                    [detail.macro_labels.f1, detail.weighted.f1, detail.macro_documents.f1].map(ratio),
                );
                let Categories { correct, incorrect, partial, missed, spurious } = detail.categories;
                row.extend([correct, incorrect, partial, missed, spurious].map(|n| n.to_string()));
                grid.row(row);
            }
        }
        grid.render(style)
    }

    fn compat(&self, style: Style) -> Option<String> {
        if self.layers.iter().all(|layer| layer.compat.is_empty()) {
            return None;
        }
        let head = ["spans", "as", "P", "R", "F1", "order"];
        let mut grid = Grid::new(head.map(str::to_owned).to_vec(), 2);
        for layer in &self.layers {
            for (at, detail) in layer.compat.iter().enumerate() {
                let mut row = vec![if at == 0 { layer.layer.to_owned() } else { String::new() }];
                row.push(detail.figure.clone());
                row.extend([detail.figures.precision, detail.figures.recall, detail.figures.f1].map(ratio));
                row.push(if detail.order_dependent { "order-dependent" } else { "any" }.to_owned());
                grid.row(row);
            }
        }
        Some(grid.render(style))
    }

    fn clusters(&self, style: Style) -> String {
        let head = ["coreference", "P", "R", "F1", "precision of", "recall of"];
        let mut grid = Grid::new(head.map(str::to_owned).to_vec(), 1);
        let part = |numerator: f64, denominator: u64| {
            let mut numerator = format!("{numerator:.2}");
            let whole = numerator.trim_end_matches('0').trim_end_matches('.').len();
            numerator.truncate(whole);
            format!("{numerator}/{denominator}")
        };
        let row = |name: &str, counts: Counts| {
            let mut row = vec![name.to_owned()];
            row.extend([counts.precision(), counts.recall(), counts.f1()].map(ratio));
            row.extend([part(counts.tp_pred(), counts.pred), part(counts.tp(), counts.gold)]);
            row
        };
        for metric in CorefMetric::ALL {
            grid.row(row(metric.as_str(), self.coreference.metric(metric)));
        }
        let blanc = &self.coreference.blanc;
        let mut mean = vec!["blanc".to_owned()];
        mean.extend([blanc.precision(), blanc.recall(), blanc.f1()].map(ratio));
        mean.extend(["–".to_owned(), "–".to_owned()]);
        grid.row(mean);
        grid.row(row("  links within", blanc.coreference));
        grid.row(row("  links between", blanc.non_coreference));
        let mut out = grid.render(style);
        let conll = ratio(self.coreference.conll());
        let _ = writeln!(out, "\nCoNLL average of muc, b3 and ceaf_e: {conll}.");
        out
    }
}

/// Gold and predicted spans of a document.
type Pair = (Vec<LabelledSpan>, Vec<LabelledSpan>);

fn schemes(documents: &[Pair], comparisons: &[Comparison], settings: &Settings) -> Vec<SchemeDetail> {
    let mut details: Vec<SchemeDetail> = of_spans(documents, &Scheme::ALL, settings);
    let tokens = documents.iter().zip(comparisons).map(|((gold, pred), comparison)| {
        let tokens = comparison.tokens.as_ref()?;
        Some((token_spans(gold, tokens), token_spans(pred, tokens)))
    });
    if let Some(tokens) = tokens.collect::<Option<Vec<Pair>>>() {
        // A span of tokens covers its tokens as one of text covers its characters.
        let of_tokens = of_spans(&tokens, &[Scheme::Characters], settings);
        details.extend(of_tokens.into_iter().map(|detail| SchemeDetail { scheme: "tokens", ..detail }));
    }
    details
}

fn of_spans(documents: &[Pair], schemes: &[Scheme], settings: &Settings) -> Vec<SchemeDetail> {
    let policies = settings.policies;
    let options =
        SpanOptions { duplicates: policies.duplicates, min_iou: settings.min_iou, ..SpanOptions::default() };
    let parts: Vec<SpanScore> =
        documents.iter().map(|(gold, pred)| goldrule_scorer::score_spans(gold, pred, &options)).collect();
    let mut total = SpanScore::default();
    for part in &parts {
        total += part;
    }
    schemes
        .iter()
        .map(|&scheme| SchemeDetail {
            scheme: scheme.as_str(),
            categories: total.categories(scheme),
            micro: Average::of(&total.counts(scheme)),
            macro_labels: Average::over_labels(&total, scheme, false, policies),
            weighted: Average::over_labels(&total, scheme, true, policies),
            macro_documents: Average::over_documents(parts.iter().map(|part| part.counts(scheme)), policies),
        })
        .collect()
}

/// As other tools print it: 0 where nothing is below the line.
fn zeroed(counts: &Counts) -> Average {
    let zero = |value: Option<f64>| Some(value.unwrap_or(0.0));
    Average { precision: zero(counts.precision()), recall: zero(counts.recall()), f1: zero(counts.f1()) }
}

fn of_nervaluate(documents: &[Pair]) -> Vec<CompatDetail> {
    let all: Vec<_> = documents.iter().map(|(gold, pred)| nervaluate(gold, pred)).collect();
    let order_dependent = all.iter().any(|document| document.order_dependent);
    let schemes = [Scheme::Strict, Scheme::Exact, Scheme::Partial, Scheme::Type];
    schemes
        .into_iter()
        .map(|scheme| {
            let mut sum = Categories::default();
            all.iter().filter_map(|document| document.categories(scheme)).for_each(|part| sum += part);
            let name = if scheme == Scheme::Type { "ent_type" } else { scheme.as_str() };
            CompatDetail {
                figure: format!("nervaluate {name}"),
                figures: zeroed(&sum.counts()),
                order_dependent,
            }
        })
        .collect()
}

fn of_seqeval(documents: &[Pair]) -> Vec<CompatDetail> {
    let mut sum = SpanScore::default();
    for (gold, pred) in documents {
        sum += &seqeval(gold, pred);
    }
    let policies = Policies { undefined: Undefined::Zero, ..Policies::default() };
    [
        ("seqeval micro", zeroed(&sum.counts(Scheme::Strict))),
        ("seqeval macro", Average::over_labels(&sum, Scheme::Strict, false, policies)),
        ("seqeval weighted", Average::over_labels(&sum, Scheme::Strict, true, policies)),
    ]
    .into_iter()
    .map(|(figure, figures)| CompatDetail { figure: figure.to_owned(), figures, order_dependent: false })
    .collect()
}
