//! Figures that must be reached.

use std::fmt;
use std::str::FromStr;

use goldrule_scorer::{Accuracy, Measure, Score};

/// The least that a figure may be: `stance.tuple=0.8`, `mention.strict.recall=0.9`, `kind=0.95`.
#[derive(Clone, Debug, PartialEq)]
pub struct Limit {
    key: String,
    figure: Figure,
    least: f64,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Figure {
    Precision(Measure),
    Recall(Measure),
    F1(Measure),
    Share(Accuracy),
}

impl FromStr for Limit {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let (key, value) = text.split_once('=').ok_or("write it as KEY=VALUE, such as stance.tuple=0.8")?;
        let least: f64 = value.parse().map_err(|_| format!("`{value}` is no number"))?;
        if !(0.0..=1.0).contains(&least) {
            return Err(format!("{value} is not between 0 and 1"));
        }
        let figure = figure(key).ok_or_else(|| {
            let names: Vec<&str> = Measure::ALL
                .iter()
                .map(|m| m.as_str())
                .chain(Accuracy::ALL.iter().map(|a| a.as_str()))
                .collect();
            format!(
                "there is no figure `{key}`; there are {}, measures also with .precision or .recall",
                names.join(", ")
            )
        })?;
        Ok(Self { key: key.to_owned(), figure, least })
    }
}

fn figure(key: &str) -> Option<Figure> {
    if let Ok(measure) = key.parse() {
        return Some(Figure::F1(measure));
    }
    if let Ok(accuracy) = key.parse() {
        return Some(Figure::Share(accuracy));
    }
    let (name, part) = key.rsplit_once('.')?;
    let measure = name.parse().ok()?;
    match part {
        "precision" => Some(Figure::Precision(measure)),
        "recall" => Some(Figure::Recall(measure)),
        "f1" => Some(Figure::F1(measure)),
        _ => None,
    }
}

/// A figure below its limit.
#[derive(Clone, Debug, PartialEq)]
pub struct Below {
    key: String,
    least: f64,
    value: Option<f64>,
}

impl fmt::Display for Below {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.value {
            Some(value) => write!(f, "{} is {value:.4}, below {}", self.key, self.least),
            None => write!(f, "{} is undefined: nothing was scored; it must reach {}", self.key, self.least),
        }
    }
}

impl Limit {
    /// What a score lacks of it.
    pub fn missed_by(&self, score: &Score) -> Option<Below> {
        let value = match self.figure {
            Figure::Precision(measure) => score.measure(measure).precision(),
            Figure::Recall(measure) => score.measure(measure).recall(),
            Figure::F1(measure) => score.measure(measure).f1(),
            Figure::Share(accuracy) => score.accuracy(accuracy).value(),
        };
        let reached = value.is_some_and(|value| value >= self.least);
        (!reached).then(|| Below { key: self.key.clone(), least: self.least, value })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_measures_their_parts_and_accuracies() {
        for key in
            ["stance.tuple", "stance.tuple.f1", "mention.strict.recall", "citation.strict.precision", "kind"]
        {
            assert!(format!("{key}=0.5").parse::<Limit>().is_ok(), "{key}");
        }
        for wrong in ["stance.tuple", "stance=0.5", "kind.recall=0.5", "kind=2", "kind=x", "kind=NaN"] {
            assert!(wrong.parse::<Limit>().is_err(), "{wrong}");
        }
    }

    #[test]
    fn an_undefined_figure_reaches_nothing() {
        let limit: Limit = "kind=0.5".parse().unwrap();
        let below = limit.missed_by(&Score::default()).unwrap();
        assert_eq!(below.to_string(), "kind is undefined: nothing was scored; it must reach 0.5");
    }
}
