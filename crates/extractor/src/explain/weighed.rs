//! What cards add up to, in the words that give the points.

use goldrule_schema::{Position, Topic};

use super::WeighedView;
use super::trace::Trace;
use crate::Extractor;
use crate::rules::{PositionPoints, Rule, Text};
use crate::stance::{Core, Mentioned, Verdict, cues, entry, key};

/// How a position on a topic was weighed in the sentence of a match.
pub(super) fn weighed(
    extractor: &Extractor,
    trace: &Trace<'_>,
    core: &Core,
    (topic, verdict): (Topic, Verdict),
) -> WeighedView {
    let cues = cues_of(trace, core);
    let rules = extractor.rules();
    let is_card =
        |rule: &&Rule| rule.is_weighed() && rule.emit.get("topic").is_some_and(|of| of == topic.as_str());
    let card = rules.layer("stance").find(is_card);
    let of_topic = card.map_or_else(Vec::new, |card| {
        let mut given = given(&cues, &card.points);
        given.insert(0, ("at first".to_owned(), -i64::from(card.base.unwrap_or_default())));
        if verdict.stated.is_some() {
            given.push(("stated by a pattern".to_owned(), i64::from(card.stated.0)));
        } else if verdict.elsewhere {
            given.push(("another topic stated by a pattern".to_owned(), i64::from(card.stated.1)));
        }
        given
    });
    let of_position = |(&position, points): (&Position, &PositionPoints)| {
        let mut given = given(&cues, &points.points);
        given.insert(0, ("at first".to_owned(), i64::from(points.base)));
        if let Some(&more) = points.topics.get(&topic) {
            given.push((format!("on {topic}"), i64::from(more)));
        }
        match verdict.stated {
            Some(stated) if stated == position => {
                given.push(("stated by a pattern".to_owned(), i64::from(points.stated)));
            }
            Some(_) => given.push(("another stated by a pattern".to_owned(), i64::from(points.otherwise))),
            None => {}
        }
        sum(position.as_str(), &given)
    };
    let lists = rules.weigh.iter().flat_map(|weigh| Position::ALL.iter().zip(&weigh.positions));
    let mut positions: Vec<_> = lists.map(of_position).collect();
    positions.sort_by_key(|(total, _)| std::cmp::Reverse(*total));
    WeighedView {
        percent: verdict.percent,
        least: verdict.least,
        stated: verdict.stated,
        topic: sum(topic.as_str(), &of_topic).1,
        positions: positions.into_iter().map(|(_, text)| text).collect(),
    }
}

/// What a card of one position adds up to in the sentence of a match.
pub(super) fn added_up(trace: &Trace<'_>, core: &Core, card: &Rule) -> String {
    let given = given(&cues_of(trace, core), &card.points);
    let total: i64 = given.iter().map(|(_, points)| points).sum();
    let list: Vec<_> = given.iter().map(|(cue, points)| format!("{cue} {points}")).collect();
    format!("{total} points of the {} it needs: {}", card.base.unwrap_or_default(), list.join(", "))
}

fn cues_of(trace: &Trace<'_>, core: &Core) -> Vec<String> {
    let sentence = trace.segmented.sentences[trace.segmented.sentence_of(core.first)];
    cues(&trace.segmented, sentence, &Mentioned::all(&trace.segmented, &trace.agencies))
}

/// The entries of a list that a sentence has, those that count most first.
fn given(cues: &[String], points: &[Text]) -> Vec<(String, i64)> {
    let given = points.iter().filter_map(|text| {
        let (cue, points) = entry(&text.text)?;
        let key = key(cue);
        cues.binary_search(&key).is_ok().then(|| (cue.to_owned(), i64::from(points)))
    });
    let mut given: Vec<_> = given.collect();
    given.sort_by_key(|(_, points)| std::cmp::Reverse(points.abs()));
    given
}

/// A sum and what it is made of: "detainers 12: at first -20, detainer 25, hold 7".
fn sum(name: &str, given: &[(String, i64)]) -> (i64, String) {
    let total: i64 = given.iter().map(|(_, points)| points).sum();
    let list: Vec<_> =
        given.iter().filter(|(_, points)| *points != 0).map(|(cue, n)| format!("{cue} {n}")).collect();
    (total, format!("{name} {total}: {}", list.join(", ")))
}
