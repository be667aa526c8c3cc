//! What a text is about where its sentences do not say: the topics of the matches around.

use goldrule_schema::{Position, Topic};

use super::cores::Cores;
use super::{ECHO, StanceLayer};

impl StanceLayer {
    /// The topic of the nearest core of the sentences around, the ones before first, those of a topic
    /// more specific than enforcement before all.
    pub(super) fn neighbour(&self, cores: &[(usize, Cores)], place: usize) -> Option<Topic> {
        let here = cores[place].0;
        let near = |(sentence, _): &&(usize, Cores)| sentence.abs_diff(here) <= ECHO;
        let before = cores[..=place].iter().rev().take_while(near);
        let after = cores[place + 1..].iter().take_while(near);
        let topics = before.chain(after).flat_map(|(_, found)| &found.precise);
        let mut topics = topics.filter_map(|core| self.cores.rule(core.rule).topic);
        let first = topics.next()?;
        if first == Topic::Enforcement {
            topics.find(|topic| *topic != first).or(Some(first))
        } else {
            Some(first)
        }
    }

    /// The topic of most cores of a text, where it is not enforcement and more than half are of it.
    pub(super) fn about(&self, cores: &[(usize, Cores)]) -> Option<Topic> {
        let main = self.main_topic(cores)?;
        let stating =
            cores.iter().flat_map(|(_, found)| &found.precise).map(|core| self.cores.rule(core.rule));
        let topics =
            stating.filter(|rule| rule.position != Position::Noncommittal).filter_map(|rule| rule.topic);
        let (of_it, all) =
            topics.fold((0, 0), |(of_it, all), topic| (of_it + usize::from(topic == main), all + 1));
        (2 * of_it > all).then_some(main)
    }

    /// The topic that most cores of a text are of, enforcement apart: it is said of every topic.
    pub(super) fn main_topic(&self, cores: &[(usize, Cores)]) -> Option<Topic> {
        let mut counts: Vec<(Topic, usize)> = Vec::new();
        let topics = cores
            .iter()
            .flat_map(|(_, found)| &found.precise)
            .filter_map(|core| self.cores.rule(core.rule).topic);
        for topic in topics.filter(|topic| *topic != Topic::Enforcement) {
            match counts.iter_mut().find(|(known, _)| *known == topic) {
                Some((_, count)) => *count += 1,
                None => counts.push((topic, 1)),
            }
        }
        let most = counts.iter().map(|(_, count)| *count).max()?;
        counts.into_iter().find(|(_, count)| *count == most).map(|(topic, _)| topic)
    }
}
