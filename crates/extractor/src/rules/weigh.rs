//! The `[weigh]` table of rule files: how cards judge, and what speaks for each position.

use std::collections::BTreeMap;
use std::sync::Arc;

use goldrule_schema::{Position, Topic};
use serde::Deserialize;
use toml::Spanned;

use super::error::{Lines, error_at};
use super::{RuleError, Text, text_of};

/// How weighed cards judge.
#[derive(Clone, Debug)]
pub struct Weigh {
    /// Points that make something e times as likely.
    pub scale: f64,
    /// How likely a position must be to be stated by words alone, 0 to 1.
    pub likely: f64,
    /// What patterns state is dropped where it is less likely than this.
    pub unlikely: f64,
    /// What speaks for each position, in the order of [`Position::ALL`].
    pub positions: Vec<PositionPoints>,
    /// The file it comes from.
    pub file: Arc<str>,
}

/// What speaks for a position.
#[derive(Clone, Debug)]
pub struct PositionPoints {
    /// Points that it begins with.
    pub base: i32,
    /// More of them by topic.
    pub topics: BTreeMap<Topic, i32>,
    /// Points where a pattern states this position.
    pub stated: i32,
    /// Points where a pattern states another position.
    pub otherwise: i32,
    /// The points that words give.
    pub points: Vec<Text>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Entry {
    scale: Spanned<f64>,
    likely: Spanned<f64>,
    unlikely: Spanned<f64>,
    favor: PositionEntry,
    against: PositionEntry,
    conditional: PositionEntry,
    noncommittal: PositionEntry,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PositionEntry {
    base: i32,
    stated: i32,
    otherwise: i32,
    #[serde(default)]
    topics: BTreeMap<Spanned<String>, i32>,
    points: Vec<Spanned<String>>,
}

/// Reads the table of a file.
pub(super) fn weigh_of(
    entry: &Entry,
    file: &Arc<str>,
    (source, lines): (&str, &Lines<'_>),
) -> Result<Weigh, Vec<RuleError>> {
    let mut errors = Vec::new();
    let scale = *entry.scale.get_ref();
    if !(scale > 0.0 && scale.is_finite()) {
        let message = format!("`scale` is {scale}");
        let help = "say how many points make something e (2.7) times as likely, such as 8";
        errors.push(error_at(file, source, entry.scale.span().start, &message, help));
    }
    for (name, share) in [("likely", &entry.likely), ("unlikely", &entry.unlikely)] {
        if !(0.0..=1.0).contains(share.get_ref()) {
            let message = format!("`{name}` is {}", share.get_ref());
            let help = "say how likely a position must be, between 0 and 1";
            errors.push(error_at(file, source, share.span().start, &message, help));
        }
    }
    let of = |position: Position| match position {
        Position::Favor => &entry.favor,
        Position::Against => &entry.against,
        Position::Conditional => &entry.conditional,
        Position::Noncommittal => &entry.noncommittal,
    };
    let positions: Vec<_> =
        Position::ALL.iter().map(|&position| of(position).read(file, (source, lines), &mut errors)).collect();
    if !errors.is_empty() {
        return Err(errors);
    }
    let (likely, unlikely) = (*entry.likely.get_ref(), *entry.unlikely.get_ref());
    Ok(Weigh { scale, likely, unlikely, positions, file: file.clone() })
}

impl PositionEntry {
    fn read(
        &self,
        file: &str,
        (source, lines): (&str, &Lines<'_>),
        errors: &mut Vec<RuleError>,
    ) -> PositionPoints {
        let mut topics = BTreeMap::new();
        for (topic, &points) in &self.topics {
            if let Ok(known) = topic.get_ref().parse::<Topic>() {
                topics.insert(known, points);
                continue;
            }
            let message = format!("there is no topic `{}`", topic.get_ref());
            let help = format!("use one of {}", Topic::WORDS.join(", "));
            errors.push(error_at(file, source, topic.span().start, &message, &help));
        }
        PositionPoints {
            base: self.base,
            topics,
            stated: self.stated,
            otherwise: self.otherwise,
            points: self.points.iter().map(|text| text_of(text.clone(), lines)).collect(),
        }
    }
}
