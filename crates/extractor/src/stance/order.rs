//! The total order of matches: of those that overlap and exclude each other, the first one stays.
//!
//! Leftmost, then longest, then of highest priority, then by id; a rule's own patterns by their order. A
//! match whose rule asks for a word that was not named before comes after all others, and one of a rule of the
//! last rank after those.

use std::cmp::Ordering;

/// What the order of a match depends on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Rank<'a> {
    /// Its first token.
    pub(super) first: usize,
    /// The token after its last.
    pub(super) last: usize,
    pub(super) priority: i64,
    pub(super) id: &'a str,
    /// Which of the rule's patterns.
    pub(super) pattern: usize,
}

impl Ord for Rank<'_> {
    fn cmp(&self, other: &Self) -> Ordering {
        let leftmost = self.first.cmp(&other.first);
        let longest = other.last.cmp(&self.last);
        let highest = other.priority.cmp(&self.priority);
        let by_name = (self.id, self.pattern).cmp(&(other.id, other.pattern));
        leftmost.then(longest).then(highest).then(by_name)
    }
}

impl PartialOrd for Rank<'_> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Extractor;
    use crate::explain::trace::Trace;
    use crate::stance::Core;
    use crate::token::WordId;
    use goldrule_schema::Document;
    use proptest::prelude::*;
    use std::sync::LazyLock;

    static EXTRACTOR: LazyLock<Extractor> = LazyLock::new(Extractor::new);

    fn ranks() -> impl Strategy<Value = Rank<'static>> {
        (0..4_usize, 1..4_usize, -1..2_i64, prop::sample::select(&["a", "b"][..]), 0..2_usize).prop_map(
            |(first, length, priority, id, pattern)| Rank {
                first,
                last: first + length,
                priority,
                id,
                pattern,
            },
        )
    }

    fn texts() -> impl Strategy<Value = String> {
        let pieces = [
            "Elko police",
            "The sheriff",
            "will not",
            "never",
            "ask about",
            "immigration status",
            "hold people for ICE",
            "enforce immigration law",
            "share information with ICE",
            "join the 287(g) program",
            "honor detainers",
            "arrest people because of",
            "help ICE",
            "and",
            "or",
            ",",
            "unless",
            "a judicial warrant",
            "transfer inmates to ICE",
            "tell ICE",
            "release dates",
            "no longer",
            "refuses to",
        ];
        prop::collection::vec(prop::sample::select(pieces.to_vec()), 1..16)
            .prop_map(|pieces| pieces.join(" ") + ".")
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(300))]

        #[test]
        fn it_is_a_total_order(a in ranks(), b in ranks(), c in ranks()) {
            prop_assert_eq!(a.cmp(&b), b.cmp(&a).reverse());
            prop_assert_eq!(a.cmp(&b) == Ordering::Equal, a == b);
            if a <= b && b <= c {
                prop_assert!(a <= c);
            }
        }

        #[test]
        fn leftmost_comes_before_longest_before_priority_before_id(a in ranks(), b in ranks()) {
            let keys = |r: &Rank<'static>| (r.first, std::cmp::Reverse(r.last), -r.priority, r.id, r.pattern);
            prop_assert_eq!(a.cmp(&b), keys(&a).cmp(&keys(&b)));
        }

        #[test]
        fn what_stays_comes_before_what_it_drives_out(text in texts()) {
            one_stays_and_comes_first(text)?;
        }
    }

    #[test]
    fn a_match_without_its_word_before_it_gives_way_to_a_later_one() {
        one_stays_and_comes_first("unless a judicial warrant hold people for ICE.".to_owned()).unwrap();
    }

    /// Of overlapping matches of one topic in a text of one sentence, one stays, and it comes first.
    fn one_stays_and_comes_first(text: String) -> Result<(), TestCaseError> {
        let document = Document::new("d", text);
        let trace = Trace::new(&EXTRACTOR, &document, true);
        let layer = EXTRACTOR.stance_layer();
        let topic = |core: &Core| layer.rule(core.rule).topic;
        let named = |word: &WordId| trace.segmented.tokens.iter().any(|token| token.word == *word);
        let unnamed = |core: &Core| layer.rule(core.rule).after.is_some_and(|words| !words.iter().any(named));
        let place = |core: &Core| (layer.rule(core.rule).broad, unnamed(core), layer.rank(core));
        for (lost, winner) in trace.log.lost.iter().filter(|(lost, winner)| topic(lost) == topic(winner)) {
            let overlaps = lost.first < winner.last && winner.first < lost.last;
            prop_assert!(overlaps || layer.rule(lost.rule).broad);
            prop_assert!(place(winner) < place(lost), "{:?} {:?}", winner, lost);
        }
        // What states nothing, or what nobody holds, leaves its place to another.
        let held = trace.found.iter().filter(|found| found.holder.is_some());
        let mut kept: Vec<_> = held.map(|found| found.seen).collect();
        let joined: Vec<_> =
            trace.log.joined.iter().filter(|(_, to)| kept.contains(to)).map(|(core, _)| *core).collect();
        kept.extend(joined);
        for (index, a) in kept.iter().enumerate() {
            let broad = |core: &Core| layer.rule(core.rule).broad;
            let rivals = |b: &&Core| topic(a) == topic(b) && broad(a) == broad(b) && *a != **b;
            for b in kept[..index].iter().filter(rivals) {
                prop_assert!(a.last <= b.first || b.last <= a.first, "{:?} {:?}", a, b);
            }
        }
        Ok(())
    }
}
