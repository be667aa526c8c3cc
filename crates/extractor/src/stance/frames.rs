//! Frames that take more than a verb of saying: accounts, messages, parentheses, tense.

use std::ops::Range;

use goldrule_schema::AgencyKind;

use super::act::WEEKDAYS;
use super::clause::has;
use super::contrast::is_any;
use super::spans::{mentions_in, persons_in};
use super::speech::{Speaker, Speech};
use super::{Clause, cores::Core};
use crate::agency::FoundAgency;
use crate::token::{Shape, Token, WordId, is_possessive};

/// What a statement was made in or at: "said in a letter", "told at a hearing".
const MEDIA: &[&str] = &[
    "statement",
    "letter",
    "email",
    "memo",
    "interview",
    "post",
    "release",
    "video",
    "message",
    "news",
    "press",
    "hearing",
    "meeting",
    "conference",
    "briefing",
    "report",
    "text",
    "bulletin",
];

/// What goes for a day, or stands between a verb of saying and what is said.
const WHEN: &[&str] = &["yesterday", "today", "earlier", "later", "recently", "again", "also", "repeatedly"];

/// Most tokens between a verb of saying and what was said: "in a statement to the paper late on Tuesday night".
const CIRCUMSTANCE: usize = 10;

/// Most tokens from "report" or "rumors" to the "that" of what is said: "rumors circulated in May that".
const REPORT: usize = 7;

/// How many words before a plural are looked at for what counts it: "many local and state law enforcement officials".
const MODIFIERS: usize = 7;

impl Speech<'_> {
    /// Whether a stretch speaks of bodies or their people without saying which: "most Arizona agencies", "some chiefs",
    /// "police departments".
    pub(super) fn names_several(&self, from: usize, to: usize) -> bool {
        const THESE: &[&str] = &["the", "these", "those", "both", "its", "their", "two", "three", "all"];
        let any = |at: usize, words: &[WordId]| has(words, self.segmented.tokens[at].word);
        let Some(plural) = (from..to).find(|&at| any(at, &self.words.plurals)) else { return false };
        let mut before = from.max(plural.saturating_sub(MODIFIERS))..plural;
        let these = before.clone().any(|at| self.is_any(at, THESE));
        any(plural, &self.words.plural_bodies) && !these || before.any(|at| any(at, &self.words.quantifiers))
    }

    /// "Was explicit that", "made it clear that": as good as a verb of saying, unless "it" is.
    pub(super) fn insists(&self, at: usize) -> bool {
        let tokens = &self.segmented.tokens;
        let is = |at: usize, word| tokens[at].is(self.segmented.text, word);
        let next =
            at + 1 + usize::from(tokens.get(at + 1).is_some_and(|token| has(&self.words.be, token.word)));
        has(&self.words.insistent, tokens[at].word)
            && tokens.get(next).is_some_and(|next| next.word == self.words.that)
            // "It is clear that" is said by nobody, "let it be known that" by who lets it.
            && ((2..=3).all(|back| at < back || !is(at - back, "it")) || at >= 3 && is(at - 3, "let"))
    }

    /// Whether a token is one of some words, whatever their case.
    pub(super) fn is_any(&self, at: usize, words: &[&str]) -> bool {
        is_any(&self.segmented.tokens, self.segmented.text, at, words)
    }

    /// Where what is said begins behind a day, a week or a letter: "said Thursday [it will]", "said in a statement
    /// [deputies will]".
    pub(super) fn behind_circumstance(&self, from: usize, to: usize) -> Option<usize> {
        let is = |at: usize, words: &[&str]| at < to && self.is_any(at, words);
        let mut at = from;
        loop {
            let on = usize::from(is(at, &["on", "late", "early"]));
            let in_ = is(at, &["in", "at", "through", "via", "by", "during"])
                .then(|| (at + 1..at + 5).find(|&noun| is(noun, MEDIA)))
                .flatten();
            at = if is(at + on, WEEKDAYS) || is(at + on, WHEN) {
                at + on + 1 + usize::from(is(at + on + 1, &["morning", "afternoon", "evening", "night"]))
            } else if is(at, &["last", "this"])
                && is(at + 1, &["week", "month", "year", "spring", "summer", "fall", "winter"])
            {
                at + 2
            } else if let Some(noun) = in_ {
                noun + 1 + usize::from(is(noun + 1, &["release", "conference", "message"]))
            } else {
                break;
            };
        }
        // "In a statement to the council" has not ended, and "Tuesday, a day after" begins another aside.
        let next =
            self.segmented.tokens.get(at).filter(|_| at > from && at < to && at <= from + CIRCUMSTANCE)?;
        let begins = has(&self.words.openers, next.word) || next.is_capital() || self.may_be_subject(at);
        begins.then_some(at)
    }

    /// Whether a plain verb of saying stands right before the subject of what is said: "said city officers do not".
    pub(super) fn says_what(&self, verb: usize, to: usize) -> bool {
        const PLAIN: &[&str] = &[
            "said",
            "says",
            "confirmed",
            "confirms",
            "explained",
            "insisted",
            "insists",
            "stressed",
            "noted",
            "stated",
            "wrote",
            "writes",
        ];
        // A bill or an order says what somebody adopted: "it" leads to whom.
        let other = verb > 0 && self.is_any(verb - 1, &["it", "not", "never"]);
        self.is_any(verb, PLAIN) && !other && verb + 1 < to && self.may_be_subject(verb + 1)
    }

    /// Whether a word in small letters may begin the subject of a clause: no preposition, adverb or the like.
    fn may_be_subject(&self, at: usize) -> bool {
        const NEVER: &[&str] = &[
            "in",
            "on",
            "at",
            "to",
            "by",
            "of",
            "for",
            "with",
            "from",
            "during",
            "after",
            "before",
            "through",
            "via",
            "last",
            "about",
            "when",
            "while",
            "as",
            "so",
            "only",
            "nothing",
            "little",
            "something",
            "anything",
            "yes",
            "sent",
            "what",
            "whether",
            "how",
            "why",
            "goodbye",
            "more",
            "much",
            "and",
            "or",
            "but",
            "not",
            "is",
            "are",
            "was",
            "were",
        ];
        let token = self.segmented.tokens[at];
        token.shape == Shape::Lower
            && !self.is_any(at, NEVER)
            && !["ly", "ed"].iter().any(|end| self.text(at).ends_with(end))
            && !has(&self.words.having, token.word)
    }

    /// Whether a sentence ends with a frame of a few words: ", the order says", ", a major said".
    pub(super) fn ends_with(&self, from: usize, verb: usize, last: usize) -> bool {
        const DETERMINERS: &[&str] = &["a", "an", "the", "his", "her", "its", "one"];
        self.is_any(from, DETERMINERS) && verb <= from + 4 && verb + 2 >= last
    }

    pub(super) fn is_relative(&self, word: WordId) -> bool {
        has(&self.words.relatives, word)
    }

    /// Whether a verb of saying stands at a token: "said", and the "went" of ", he went on".
    pub(super) fn says_at(&self, at: usize) -> bool {
        self.words.is_verb(self.segmented.tokens[at].word)
            || self.is_any(at, &["went", "goes"])
                && self.is_any(at + 1, &["on"])
                && self.is_any(at + 2, &[".", ",", ";", ":"])
    }

    /// Whether a verb gives an order rather than a report: "told deputies not to ask".
    pub(super) fn orders(&self, at: usize) -> bool {
        let tokens = &self.segmented.tokens;
        let tells = tokens[at].word == self.words.told || tokens[at].is(self.segmented.text, "tells");
        // "Told reporters she plans to": what follows the addressee is reported.
        let parted = |at: usize| {
            let word = tokens[at].word;
            self.text(at) == "," || word == self.words.that || has(&self.words.pronouns, word)
        };
        let mut next = (at + 1..(at + 6).min(tokens.len())).take_while(|&at| !parted(at));
        tells && next.any(|at| tokens[at].word == self.words.to)
    }

    /// Whether a report is a rumour's: "a Facebook post says", "the post claims".
    pub(super) fn is_rumour(&self, first: usize, clause: usize) -> bool {
        let tokens = &self.segmented.tokens;
        let Some(verb) = (first..clause).rev().find(|&at| self.words.is_verb(tokens[at].word)) else {
            return false;
        };
        let is = |at: usize, words: &[&str]| self.is_any(at, words);
        let source =
            (first..verb).find(|&at| is(at, &["post", "posts", "rumor", "rumors", "video", "meme", "hoax"]));
        let social =
            ["facebook", "viral", "social", "online", "nextdoor", "instagram", "tiktok", "anonymous"];
        // "In a Facebook post the sheriff said": the sheriff does, and no rumour.
        let (from, to) = (tokens[first].start, tokens[verb].start);
        let spoken = !mentions_in(self.agencies, from, to).is_empty()
            || !persons_in(self.agencies, from, to).is_empty();
        source.filter(|_| !spoken).is_some_and(|at| {
            is(verb, &["claims", "claimed", "claiming"])
                || is(at, &["rumor", "rumors", "hoax"])
                || (at.saturating_sub(3).max(first)..at).any(|at| is(at, &social))
        })
    }

    /// Whether a sentence passes on what nobody vouches for, or what is only moved: "rumors that", "denied a
    /// report that", "reports that … are false", "moved that".
    pub(super) fn is_unvouched(&self, sentence: Range<usize>, core: &Core) -> bool {
        let tokens = &self.segmented.tokens;
        let is = |at: usize, words: &[&str]| self.is_any(at, words);
        let (core, within) = (core.first, core.last.min(core.first + REPORT));
        let is_that = |at: &usize| tokens[*at].word == self.words.that;
        let that = (sentence.start + 1..core).rev().find(is_that).or_else(|| (core..within).find(is_that));
        let Some(that) = that else { return false };
        // "That same day", and "that …, and officers do not ask": another clause than what is said.
        let parts = |at: usize| self.text(at) == "," || has(&self.words.conjunctions, tokens[at].word);
        if is(that + 1, &["same", "day", "year", "week", "month", "night"]) || (that..core).any(parts) {
            return false;
        }
        let said = (that.saturating_sub(REPORT).max(sentence.start)..that).rev();
        // "Denied a claim and said that": what is said is the speaker's own.
        let mut said =
            said.take_while(|&at| !parts(at) && !self.words.is_verb(tokens[at].word) || at + 1 == that);
        let denied = |at: usize| {
            (at.saturating_sub(3).max(sentence.start)..at).any(|at| {
                is(at, &["denied", "denies", "disputed", "dismissed", "rejected", "debunked", "refuted"])
            })
        };
        let false_ = |at: usize| {
            // "She claims that" opens with no noun.
            at <= sentence.start + 1
                && !has(&self.words.pronouns, tokens[sentence.start].word)
                && (core..sentence.end).take_while(|&at| !parts(at)).any(|at| {
                    is(at, &["false", "untrue", "unfounded", "baseless", "hoax", "inaccurate"])
                        || is(at, &["true"]) && at > 0 && is(at - 1, &["not"])
                })
        };
        let so = |at: usize| at > 0 && is(at - 1, &["so"]);
        let carried = || {
            sentence
                .clone()
                .any(|at| is(at, &["approved", "passed", "carried", "voted", "adopted", "unanimously"]))
        };
        // "It is being said that": by nobody in particular.
        let hearsay = |at: usize| {
            at + 1 == that
                && is(at, &["said", "rumored", "claimed", "alleged", "whispered"])
                && (at.saturating_sub(3).max(sentence.start)..at).any(|at| is(at, &["it"]))
                && is(at - 1, &["is", "was", "being", "been", "widely"])
        };
        said.any(|at| {
            hearsay(at)
                || is(at, &["rumor", "rumors", "rumour", "rumours", "speculation"])
                || is(at, &["moved", "moves"]) && at + 1 == that && !so(at) && !carried()
                || is(at, &["report", "reports", "claim", "claims", "allegations", "suggestions"])
                    && (denied(at) || false_(at))
        })
    }

    /// Where the subject of a verb of saying ends: "The sheriff, whose jail ICE used to rent, said".
    pub(super) fn subject_end(&self, from: usize, verb: usize) -> usize {
        let mut end = verb;
        while end > from + 2 && has(&self.words.having, self.segmented.tokens[end - 1].word) {
            end -= 1;
        }
        if end <= from + 2 || self.text(end - 1) != "," {
            return verb;
        }
        let opens = |&at: &usize| {
            self.text(at) == "," && has(&self.words.relatives, self.segmented.tokens[at + 1].word)
        };
        (from + 1..end - 1).find(opens).unwrap_or(verb)
    }

    /// Who is named in "By Ryder's account," or "In the sheriff's words," at the start of a sentence, with
    /// the token behind the phrase.
    pub(super) fn account(&self, first: usize, to: usize) -> Option<(Speaker, usize)> {
        let tokens = &self.segmented.tokens;
        let by = (first..to.min(first + 4)).find(|&at| has(&self.words.by, tokens[at].word))?;
        let noun = (by + 2..to.min(by + 9))
            .find(|&at| has(&self.words.accounts, tokens[at].word) && is_possessive(self.text(at - 1)))?;
        let speaker = self.actor(by + 1, noun, false)?;
        Some((speaker, noun + 1 + usize::from(self.text(noun + 1) == ",")))
    }

    /// Who issues what a colon introduces: "a message from the city's police: officers do not ask".
    pub(super) fn issuer(&self, first: usize, clause: usize) -> Option<Speaker> {
        let colon = (first + 2..clause).rev().find(|&at| self.text(at) == ":")?;
        let is_message = |&at: &usize| has(&self.words.messages, self.segmented.tokens[at].word);
        let message = (first.max(colon.saturating_sub(14))..colon).rev().find(is_message)?;
        self.actor(message + 1, colon, false).or_else(|| self.actor(first, message, true))
    }

    /// The association of the document that "the chiefs" or "the sheriffs" between two tokens stands for.
    pub(super) fn peers(&self, from: usize, to: usize) -> Option<Speaker> {
        let tokens = &self.segmented.tokens;
        let named = |at: usize| {
            self.words.peers.iter().find(|(word, _)| *word == tokens[at].word).map(|(_, name)| *name)
        };
        let (at, name) = (from..to).rev().find_map(|at| Some((at, named(at)?)))?;
        // "Chatham and Liberty sheriffs" are two, not their association.
        let bytes = (tokens[from].start, tokens[at].end);
        if mentions_in(self.agencies, bytes.0, bytes.1).iter().any(|mention| mention.provisional) {
            return None;
        }
        let is_theirs = |agency: &FoundAgency| {
            agency.kind == AgencyKind::Association && agency.name.to_lowercase().contains(name)
        };
        self.agencies.agencies.iter().position(is_theirs).map(Speaker::Agency)
    }

    /// Whether a clause behind ", but" is the text's own again: what was reported stands in the past ("told
    /// us that they had none"), and it in the present ("but all three have one").
    pub(super) fn returns(&self, first: usize, clause: Clause) -> bool {
        let tokens = &self.segmented.tokens;
        let behind_but = clause.first >= first + 2
            && tokens[clause.first - 1].is(self.segmented.text, "but")
            && self.text(clause.first - 2) == ",";
        let Some(that) = (first..clause.first).rev().find(|&at| tokens[at].word == self.words.that) else {
            return false;
        };
        let past = (that..clause.first).any(|at| has(&self.words.past, tokens[at].word));
        let mut verbs = (clause.first..clause.last).filter(|&at| {
            has(&self.words.past, tokens[at].word) || has(&self.words.present, tokens[at].word)
        });
        behind_but && past && verbs.next().is_some_and(|at| has(&self.words.present, tokens[at].word))
    }

    /// Whether all that stands between two tokens is a person or an agency and what goes with its name.
    pub(super) fn names_right_before(&self, from: usize, verb: usize) -> bool {
        let end = self.segmented.tokens[verb - 1].end;
        let start = self.segmented.tokens[from].start;
        mentions_in(self.agencies, start, end).last().is_some_and(|mention| mention.span.end == end)
            || persons_in(self.agencies, start, end).last().is_some_and(|person| person.span.end == end)
    }

    /// Whether a sentence cites a government that is no agency: "according to the federal government".
    pub(super) fn government_says(&self, mut range: std::ops::Range<usize>) -> bool {
        let tokens = &self.segmented.tokens;
        range.find(|&at| tokens[at].word == self.words.according).is_some_and(|at| {
            tokens[at + 1..].iter().take(5).any(|token| self.words.governments.contains(&token.word))
        })
    }

    /// Whether the "it" before a verb is a rule that one of the two sentences before says was adopted: "The city passed
    /// an ordinance. It also says".
    fn is_what_was_adopted(&self, sentence: usize, verb: usize) -> bool {
        const ADOPTED: &[&str] = &["passed", "adopted", "approved", "enacted", "signed", "issued"];
        const RULES: &[&str] =
            &["ordinance", "resolution", "law", "policy", "order", "measure", "rule", "rules", "directive"];
        let tokens = &self.segmented.tokens;
        let it = (verb.saturating_sub(2)..verb).any(|at| tokens[at].is(self.segmented.text, "it"));
        it && self.segmented.sentences[sentence.saturating_sub(2)..sentence].iter().any(|before| {
            let tokens = &tokens[before.range()];
            let of =
                |token: &Token, words: &[&str]| words.iter().any(|word| token.is(self.segmented.text, word));
            let verb = tokens.iter().position(|token| of(token, ADOPTED));
            verb.is_some_and(|verb| tokens[verb..].iter().any(|token| of(token, RULES)))
        })
    }

    /// Whether a statement outside full quotations is what a rulebook says: it is cited, and nobody's speech.
    pub(super) fn cites(&self, sentence: usize, core: &Core, clause: Clause) -> bool {
        let tokens = &self.segmented.tokens;
        let first = self.segmented.sentences[sentence].range().start;
        let verb = (first..clause.first).rev().find(|&at| self.words.is_verb(tokens[at].word));
        let cited =
            verb.is_some_and(|verb| verb > first && has(&self.words.rulebooks, tokens[verb - 1].word));
        let cited = cited || verb.is_some_and(|verb| self.is_what_was_adopted(sentence, verb));
        // ", according to a policy the department adopted in May"
        let range = self.segmented.sentences[sentence].range();
        let according = (clause.last..range.end.min(clause.last + 3))
            .find(|&at| tokens[at].word == self.words.according && self.text(at + 1) == "to");
        let by_rule = according.is_some_and(|at| {
            let noun =
                (at + 2..range.end.min(at + 7)).find(|&at| has(&self.words.rulebooks, tokens[at].word));
            noun.is_some_and(|noun| {
                mentions_in(self.agencies, tokens[at].start, tokens[noun].start).is_empty()
            })
        });
        (cited || by_rule) && self.quotation_at(core.first).is_none_or(|quotation| !quotation.full)
    }
}
