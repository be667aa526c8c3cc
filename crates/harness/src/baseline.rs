//! The figures that new rules may not fall below.

use std::collections::BTreeMap;
use std::fmt;
use std::path::Path;

use goldrule_schema::{Diagnostic, read_text};
use goldrule_scorer::{Accuracy, Measure};
use serde::{Deserialize, Serialize};

use crate::comparison::Comparison;
use crate::grid::{Grid, Style};
use crate::group::Group;
use crate::report::kept_groups;

/// Figures of each group of documents, as `annotations/baseline.json` holds them. Documents whose text
/// may not be shipped are left out, so that the figures are the same wherever they are computed.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Baseline {
    groups: BTreeMap<String, Figures>,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Figures {
    /// Number of documents.
    documents: usize,
    /// F1 of each measure.
    f1: BTreeMap<String, Option<f64>>,
    /// Share of right answers on matched records.
    accuracy: BTreeMap<String, Option<f64>>,
}

/// A figure below its baseline, or one that cannot be compared with it.
#[derive(Clone, Debug, PartialEq)]
pub enum Fall {
    /// A figure is lower than it was.
    Figure {
        /// The group of documents.
        group: String,
        /// The figure's name.
        figure: String,
        /// What the baseline says.
        before: f64,
        /// What it is.
        now: Option<f64>,
    },
    /// The group has another number of documents.
    Documents {
        /// The group of documents.
        group: String,
        /// How many the baseline is of.
        before: usize,
        /// How many there are.
        now: usize,
    },
}

impl fmt::Display for Fall {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Figure { group, figure, before, now } => {
                let now = now.map_or_else(|| "–".to_owned(), |now| format!("{now:.4}"));
                write!(f, "{figure} on {group} fell from {before:.4} to {now}")
            }
            Self::Documents { group, before, now } => {
                let now = crate::counted(*now, "document");
                write!(f, "{group} has {now}, the baseline {before}: they cannot be compared")
            }
        }
    }
}

impl Baseline {
    /// The figures of scored documents, rounded down to four decimals.
    pub fn new(comparisons: &[Comparison]) -> Self {
        let shipped: Vec<_> = comparisons.iter().filter(|c| !c.withheld).cloned().collect();
        let groups = kept_groups(&shipped).into_iter();
        Self { groups: groups.map(|group| (group.name.clone(), figures(&group))).collect() }
    }

    /// The file's contents.
    pub fn to_json(&self) -> String {
        serde_json::to_string_pretty(self).unwrap_or_default() + "\n"
    }

    /// Reads a file.
    ///
    /// # Errors
    /// Where it cannot be read or is no baseline.
    pub fn read(path: &Path) -> Result<Self, Diagnostic> {
        let source = read_text(path)?;
        serde_json::from_str(&source).map_err(|error| {
            let help = "write it anew with `goldrule eval --write-baseline FILE`";
            Diagnostic::whole("syntax", path.display().to_string(), format!("no baseline: {error}"), help)
        })
    }

    /// What is different in `now`. Groups and figures of only one of them do not count, so that a single
    /// split can be held to a baseline of all.
    pub fn moves(&self, now: &Self) -> Moves {
        let mut moves = Moves::default();
        for (group, before) in &self.groups {
            let Some(now) = now.groups.get(group) else { continue };
            if before.documents != now.documents {
                moves.falls.push(Fall::Documents {
                    group: group.clone(),
                    before: before.documents,
                    now: now.documents,
                });
                continue;
            }
            let pairs = [(&before.f1, &now.f1), (&before.accuracy, &now.accuracy)];
            for (figure, &value, now) in pairs
                .into_iter()
                .flat_map(|(b, n)| b.iter().map(move |(name, value)| (name, value, n.get(name))))
            {
                let (Some(before), Some(&now)) = (value, now) else { continue };
                let (group, figure) = (group.clone(), figure.clone());
                match now {
                    Some(now) if now > before => moves.rises.push(Rise { group, figure, before, now }),
                    Some(now) if now >= before => moves.same += 1,
                    now => moves.falls.push(Fall::Figure { group, figure, before, now }),
                }
            }
        }
        moves
    }
}

/// Figures against a baseline.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Moves {
    /// What is lower, or cannot be compared.
    pub falls: Vec<Fall>,
    /// What is higher.
    pub rises: Vec<Rise>,
    /// How many figures are as they were.
    pub same: usize,
}

/// A figure above its baseline.
#[derive(Clone, Debug, PartialEq)]
pub struct Rise {
    /// The group of documents.
    pub group: String,
    /// The figure's name.
    pub figure: String,
    /// What the baseline says.
    pub before: f64,
    /// What it is.
    pub now: f64,
}

impl Moves {
    /// What moved, as people read it.
    pub(crate) fn to_table(&self, style: Style) -> String {
        let (fell, rose, same) = (self.falls.len(), self.rises.len(), self.same);
        let mut out = format!("Against the baseline: {fell} fell, {rose} rose, {same} as before.\n");
        let mut grid =
            Grid::new(["figure", "documents", "baseline", "now", "change"].map(str::to_owned).to_vec(), 2);
        let mut row = |figure: &str, group: &str, before: f64, now: Option<f64>| {
            let change = now.map_or_else(|| "–".to_owned(), |now| format!("{:+.4}", now - before));
            let now = now.map_or_else(|| "–".to_owned(), |now| format!("{now:.4}"));
            grid.row(vec![figure.to_owned(), group.to_owned(), format!("{before:.4}"), now, change]);
        };
        for fall in &self.falls {
            match fall {
                Fall::Figure { group, figure, before, now } => row(figure, group, *before, *now),
                Fall::Documents { .. } => out.extend([fall.to_string().as_str(), ".\n"]),
            }
        }
        for Rise { group, figure, before, now } in &self.rises {
            row(figure, group, *before, Some(*now));
        }
        if fell + rose > 0 { out + "\n" + &grid.render(style) } else { out }
    }
}

fn figures(group: &Group) -> Figures {
    let total = &group.total;
    let floor = |value: f64| (value * 1e4 + 1e-9).floor() / 1e4;
    Figures {
        documents: group.documents.len(),
        f1: Measure::ALL.iter().map(|&m| (m.to_string(), total.measure(m).f1().map(floor))).collect(),
        accuracy: Accuracy::ALL
            .iter()
            .map(|&a| (a.to_string(), total.accuracy(a).value().map(floor)))
            .collect(),
    }
}
