//! The clause that states a position: its evidence, and the scope of the operators before it.

use super::act::WEEKDAYS;
use super::context::{Applied, Operator};
use super::edges::{closes_nothing, enumerator, excepts, is_leading, is_trailing, resumes_purpose};
use super::{Clause, contrast, cores::Core, speech::Speech};
use crate::segment::Segmented;
use crate::token::{Shape, Token, Vocabulary, WordId};

/// Words that clauses begin or end at.
#[derive(Debug)]
pub(super) struct Words {
    conjunctions: Vec<WordId>,
    contrast: Vec<WordId>,
    /// "if", "when": what they open is no statement of its own.
    suppositions: Vec<WordId>,
    relatives: Vec<WordId>,
    /// What opens a phrase or clause that a comma parts from the statement: "under the policy,".
    openers: Vec<WordId>,
    pronouns: Vec<WordId>,
    auxiliaries: Vec<WordId>,
    modals: Vec<WordId>,
    /// Words behind which a pronoun opens no main clause: "if he says he will".
    complements: Vec<WordId>,
    subjects: Vec<WordId>,
    reports: Vec<WordId>,
    /// Work that a relative clause sets apart: "task forces that do no immigration enforcement".
    work: Vec<WordId>,
    /// Verbs whose object is a clause: the verb behind may be of that.
    tellers: Vec<WordId>,
    where_: WordId,
    should: WordId,
    had: WordId,
    only: WordId,
    absence: WordId,
    until: WordId,
    before: WordId,
    resolved: WordId,
    /// What a sentence opens with that sets two clauses against each other.
    contrasting: Vec<WordId>,
    /// "Requires a warrant before it will hold": what comes first is part of the statement.
    demands: Vec<WordId>,
    /// "nobody", "everyone".
    everybody: Vec<WordId>,
    comma: WordId,
    semicolon: WordId,
    that: WordId,
}

/// The words of a list parted by spaces, as sorted ids.
pub(super) fn ids(list: &str, vocabulary: &mut Vocabulary) -> Vec<WordId> {
    let mut ids: Vec<_> = list.split_ascii_whitespace().map(|word| vocabulary.intern(word)).collect();
    ids.sort_unstable();
    ids.dedup();
    ids
}

/// Most tokens from "resolved" to its "that": "resolved by the Board of Supervisors of Alameda County that".
const RESOLUTION: usize = 16;

/// What stands between a subject or an auxiliary and its verb.
const ADVERBS: &[&str] = &["not", "never", "also", "only", "still", "always"];

/// Most tokens from the auxiliary of a core to its first: "will not be kept".
pub(super) const NEAR: usize = 4;

/// Whether a word looks like a verb in the third person: "supports", "gets".
fn is_third_person(token: Token, text: &str) -> bool {
    let word = token.text(text);
    token.shape == Shape::Lower && word.len() > 3 && word.ends_with('s') && !word.ends_with("ss")
}

impl Words {
    pub(super) fn new(vocabulary: &mut Vocabulary) -> Self {
        let mut list = |words| ids(words, vocabulary);
        Self {
            conjunctions: list("and or nor"),
            contrast: list("but while although though whereas because since yet so until after before where"),
            suppositions: list("if when whenever whether should unless once"),
            openers: list(
                "whatever although while because as since though after before until under without in with by \
                 at on from despite like unlike once during through even",
            ),
            relatives: list("which who whom whose"),
            pronouns: list("it they he she we i there this you nobody"),
            auxiliaries: list(
                "will would does do did is are was were has have had can could may must shall should ought won't \
                 don't doesn't can't cannot wouldn't isn't aren't didn't plans intends told said says directs \
                 orders bars forbids prohibits",
            ),
            modals: list("will 'll would won't wouldn't must shall should can cannot can't"),
            complements: list(
                "if when whenever whether should unless once that and or but because as than who which whom \
                 what where how why while until before after though although so since \
                 say says said think thinks thought believe believes know knows promise promises hope hopes \
                 agree agrees agreed everything anything all",
            ),
            subjects: list(
                "it they he she we i its their his her our the a an that this these those no nobody all both each some officers \
                 deputies police people there which neither none any anyone local city county state federal \
                 members member employees staff personnel troopers jailers dispatchers detectives supervisors \
                 agencies departments",
            ),
            reports: list(
                "said clarified emphasized emphasizing added adding noted noting reaffirmed reaffirming \
                 stressed explained insisted promised pledged vowed",
            ),
            work: list(
                "force forces investigation investigations case cases operation operations agencies partnership \
                 partnerships work team teams unit units program programs matter matters effort efforts warrants \
                 crime crimes trafficking smuggling task tasks",
            ),
            everybody: list("nobody anybody everybody anyone everyone one"),
            demands: list(
                "require requires required need needs needed must insist insists demand demands wants",
            ),
            contrasting: list("while although though whereas"),
            tellers: list(
                "that say says said tell tells told think thinks thought believe believes believed know knows \
                 promise promises promised hope hopes hoped agree agrees agreed vow vows vowed insist insists \
                 insisted announce announced want wants wanted ask asks asked order orders ordered",
            ),
            where_: vocabulary.intern("where"),
            should: vocabulary.intern("should"),
            had: vocabulary.intern("had"),
            only: vocabulary.intern("only"),
            until: vocabulary.intern("until"),
            absence: vocabulary.intern("absence"),
            before: vocabulary.intern("before"),
            resolved: vocabulary.intern("resolved"),
            comma: vocabulary.intern(","),
            semicolon: vocabulary.intern(";"),
            that: vocabulary.intern("that"),
        }
    }

    /// The clause around the `nth` of a sentence's cores.
    pub(super) fn around(
        &self,
        segmented: &Segmented<'_>,
        speech: &Speech<'_>,
        sentence: usize,
        cores: &[Core],
        nth: usize,
    ) -> Clause {
        let core = cores[nth];
        let (tokens, text) = (&segmented.tokens, segmented.text);
        let (first, last) = speech.region(sentence, core.first);
        let (floor, mut last) = (first.min(core.first), last.max(core.last));
        // "They do not ask, but if a judge signs they hold": the condition opens a statement of its own.
        let restart = |at: &usize| self.supposes(tokens, *at) && contrast::restarts(tokens, text, *at);
        let floor = (floor + 1..core.first).rev().find(restart).unwrap_or(floor);
        let mut first = floor;
        let mut supposed = self.supposes(tokens, floor);
        let absence =
            || tokens[floor..core.first.max(floor)].iter().take(4).any(|token| token.word == self.absence);
        let conditional =
            supposed || tokens[floor].word == self.where_ || absence() || tokens[floor].word == self.until;
        let parted = |at: &usize| matches!(tokens[*at].text(text), ":" | ";" | "—" | "–");
        let begin = (floor..core.first).rev().find(parted).map_or(floor, |at| at + 1);
        let sentence_first = segmented.sentences[sentence].first as usize;
        let contrasted = has(&self.contrasting, tokens[sentence_first].word);
        let opened = conditional || has(&self.openers, tokens[begin].word) || contrasted;
        for at in (floor + 1..=core.first).rev() {
            let begins =
                !self.straddles(tokens, text, at, &core) && !resumes_purpose(tokens, text, at, core.first);
            if begins && self.begins_clause(tokens, text, at, core.first, opened) {
                supposed = self.supposes(tokens, at) || self.supposes(tokens, at - 1);
                first = at;
                break;
            }
        }
        let scope = first;
        let relative = has(&self.relatives, tokens[scope].word).then_some(scope);
        // "A person who would leave will be reported": the second verb is the main clause's.
        let verbs = (scope..core.first).filter(|&at| has(&self.auxiliaries, tokens[at].word));
        let relative = relative.filter(|_| {
            let (first, last) = verbs.fold((None, 0), |(first, _), at| (first.or(Some(at)), at));
            first.is_none_or(|first| last <= first + 2 || last + 3 < core.first)
        });
        // "If the detainer has its warrant, I hold": the condition belongs to the statement.
        let parted = first > floor
            && (tokens[first - 1].word == self.comma
                || first + 1 < tokens.len() && self.resumes(tokens, first, core.first));
        if parted && conditional {
            first = floor;
        }
        let previous = nth.checked_sub(1).map_or(first, |index| cores[index].last.max(first));
        if previous > first && previous <= core.first {
            // Two positions in one run: the coordination between them parts their evidence, while a
            // negation that they share stays in scope.
            if let Some(cut) = (previous..core.first).find(|&at| self.coordinates(tokens[at])) {
                first = (cut..core.first).find(|&at| !self.coordinates(tokens[at])).unwrap_or(core.first);
            }
        }
        if let Some(end) = (core.last..last).find(|&at| self.ends_clause(tokens, text, at, last)) {
            last = end;
        }
        let subject_at = |at: usize| tokens.get(at).is_some_and(|token| self.is_subject(*token));
        // "While Troy will not hold them, Elk County does": the main clause is another statement.
        let main = |at: &usize| tokens[*at].word == self.comma && subject_at(at + 1);
        if contrasted && !(sentence_first..core.first).any(|at| main(&at)) {
            last = (core.last..last).find(main).unwrap_or(last);
        }
        let next = cores.get(nth + 1).map_or(last, |core| core.first.min(last));
        if next > core.last
            && next < last
            && let Some(cut) = (core.last..next).rev().find(|&at| self.coordinates(tokens[at]))
        {
            last = cut;
        }
        first = first.max(enumerator(segmented, sentence).min(core.first));
        first = self.behind_resolved(tokens, first, core.first).unwrap_or(first);
        while last > core.last
            && (is_trailing(tokens[last - 1], text) || closes_nothing(&tokens[first..last], text))
        {
            last -= 1;
        }
        while first < core.first
            && (is_leading(tokens[first], text)
                || self.hangs(tokens, first)
                || self.links(&tokens[first..core.first], text))
        {
            first += 1;
        }
        let pronoun = (scope..core.first).rev().find(|&at| has(&self.relatives, tokens[at].word));
        let aside = pronoun.and_then(|at| {
            let comma = self.closes(tokens, text, at, core.first);
            Some((at, comma.or_else(|| self.main_verb(tokens, text, at, core.first))?))
        });
        Clause { first, last, scope, supposed, relative, aside }
    }

    /// Whether a negation belongs to a relative clause of its own: "takes people who may not stay to ICE".
    pub(super) fn nests(&self, tokens: &[Token], core: &Core, clause: Clause, operator: &Applied) -> bool {
        let inside = |(first, last): (usize, usize)| first <= operator.first && operator.last <= last;
        if clause.aside.is_some_and(inside) {
            return true;
        }
        matches!(operator.operator, Operator::Negate | Operator::Refuse)
            && operator.last < core.last
            && tokens[core.first..operator.first.max(core.first)]
                .iter()
                .any(|token| has(&self.relatives, token.word))
    }

    /// Whether a negation is another predicate's, since this one has its own behind "and", "or" or a comma: "shall not
    /// be entered, and shall not be passed on" is no double negation.
    pub(super) fn is_renewed(
        &self,
        (tokens, text): (&[Token], &str),
        core: &Core,
        operator: &Applied,
        all: &[Applied],
    ) -> bool {
        matches!(operator.operator, Operator::Negate | Operator::Refuse)
            && all.iter().any(|own| {
                // "Does not ask and refuses to hold", but "does not delay or refuse to hold".
                let finite = || tokens[own.first].text(text).ends_with(['s', 'd']);
                (own.operator == Operator::Negate || own.operator == Operator::Refuse && finite())
                    && own.first > operator.last
                    && own.last <= core.last
                    && tokens[operator.last..own.first].iter().any(|token| self.coordinates(*token))
            })
    }

    /// Whether a token opens what is only supposed. "Should ICE ask" does, "deputies should not ask" demands,
    /// "only if a judge signs will deputies" states a condition.
    fn supposes(&self, tokens: &[Token], at: usize) -> bool {
        let inverted = || {
            let before = at.checked_sub(1).map(|before| tokens[before]);
            before.is_none_or(|before| !before.is_word() || self.coordinates(before))
                && tokens.get(at + 1).is_some_and(|next| self.is_subject(*next))
        };
        let only = at > 0 && tokens[at - 1].word == self.only;
        // "Had they asked, …"
        if tokens.get(at).is_some_and(|token| token.word == self.had && token.is_capital()) && inverted() {
            return true;
        }
        tokens.get(at).is_some_and(|token| {
            has(&self.suppositions, token.word) && (token.word != self.should || inverted()) && !only
        })
    }

    /// Whether a token may begin the subject of a clause.
    fn is_subject(&self, token: Token) -> bool {
        has(&self.subjects, token.word) || token.is_capital()
    }

    /// Whether a relative clause only says whom "nobody" or "everyone" means, and a verb behind it what they do:
    /// "nobody who works for me is going on raids".
    fn is_of_everybody(&self, tokens: &[Token], at: usize, core: usize) -> bool {
        has(&self.everybody, tokens[at - 1].word) && core > at + 3
    }

    fn coordinates(&self, token: Token) -> bool {
        let word = token.word;
        has(&self.conjunctions, word)
            || has(&self.contrast, word)
            || word == self.comma
            || word == self.semicolon
    }

    /// Whether a clause of its own begins at a token: operators before it have no say in what follows.
    /// `opened` says that the sentence opens with "if", "when" and the like, whose clause a comma ends.
    fn begins_clause(&self, tokens: &[Token], text: &str, at: usize, core: usize, opened: bool) -> bool {
        let (before, here) = (tokens[at - 1], tokens[at]);
        // "May not: ask about status; hold anyone": items without a subject share what stands before them.
        let item = core <= at + 1 && here.shape == Shape::Lower && !has(&self.subjects, here.word);
        if item && (before.word == self.semicolon || before.text(text) == ":") {
            return false;
        }
        // "By 8:30, detainer or no detainer"
        let time = before.text(text) == ":" && here.shape == Shape::Number && before.end == here.start;
        if before.word == self.semicolon
            || matches!(before.text(text), ":" | "—" | "–") && !time
            || before.text(text) == "("
                && at >= 2
                && tokens[at - 2].end < before.start
                && tokens[at..core].iter().all(|token| token.text(text) != ")")
        {
            return true;
        }
        if opened && at + 1 < tokens.len() && self.resumes(tokens, at, core) {
            return true;
        }
        let subject = self.is_subject(here);
        let relative = has(&self.relatives, here.word)
            && at < core
            && self.closes(tokens, text, at, core).is_none()
            && self.main_verb(tokens, text, at, core).is_none()
            && !self.is_of_everybody(tokens, at, core);
        let demanded = before.word == self.before
            && tokens[at.saturating_sub(NEAR * 3)..(core + NEAR * 3).min(tokens.len())]
                .iter()
                .any(|token| has(&self.demands, token.word));
        if has(&self.contrast, before.word) && subject && !demanded && !excepts(tokens, text, at - 1)
            || relative
        {
            return true;
        }
        if self.supposes(tokens, at - 1) {
            return true;
        }
        if before.word == self.comma {
            // "Under its order the Town of Brighton, Colorado, does not": the state belongs to the town.
            let name = tokens[at..].iter().take(3).take_while(|token| token.is_capital()).count();
            let closed = tokens.get(at + name).is_some_and(|next| next.word == self.comma);
            // "On Tuesday, Weber, Tooele and Kane counties": one that a comma parts from others of a list
            let joined = tokens.get(at + name).is_some_and(|next| has(&self.conjunctions, next.word))
                && tokens.get(at + name + 1).is_some_and(|next| next.is_capital());
            let before = tokens[..at - 1].iter().rposition(|token| !token.is_capital());
            let in_list = joined && before.is_some_and(|before| tokens[before].word == self.comma);
            let of_day = |token: Token| WEEKDAYS.iter().any(|day| token.is(text, day));
            let behind_name = at >= 2 && tokens[at - 2].is_capital() && !of_day(tokens[at - 2]);
            let apposed = name > 0 && (closed || in_list) && behind_name;
            // "The sheriff, we understand, holds them" is one clause.
            let aside = tokens
                .get(at + 1)
                .is_some_and(|next| ["understand", "hear", "gather"].iter().any(|word| next.is(text, word)))
                && tokens.get(at + 2).is_some_and(|next| next.word == self.comma);
            return has(&self.pronouns, here.word) && !aside || opened && subject && !apposed;
        }
        if !has(&self.conjunctions, before.word) || at < 2 || before.is(text, "nor") {
            return false;
        }
        // The last of a list ("Anoka, Dakota, and Ramsey") opens no clause.
        let in_list = here.is_capital() && at >= 3 && tokens[at - 3].is_capital();
        let comma_before = tokens[at - 2].word == self.comma && !in_list;
        let finite = at == core && here.text(text).ends_with('s') && !here.text(text).ends_with("ss");
        has(&self.pronouns, here.word)
            || here.word == self.that
            || has(&self.auxiliaries, here.word)
            || finite
            || comma_before && at + 1 < core && self.is_plural(tokens, text, at, core)
            || comma_before && subject && (core - at > 1 || at == core && has(&self.subjects, here.word))
    }

    /// Whether a bare plural is the subject of a verb right behind it: ", and officers may give ICE a name".
    fn is_plural(&self, tokens: &[Token], text: &str, at: usize, last: usize) -> bool {
        at + 1 < last
            && tokens[at].shape == Shape::Lower
            && tokens[at].text(text).ends_with('s')
            && !has(&self.auxiliaries, tokens[at].word)
            && has(&self.auxiliaries, tokens[at + 1].word)
    }

    /// The comma that ends, before a core, a relative clause that another parts from its noun: "the sheriff,
    /// whose deputies mind the court, put his name to it", "which has endorsed him, supports a bill, AB 24, that".
    fn closes(&self, tokens: &[Token], text: &str, relative: usize, core: usize) -> Option<usize> {
        let mut commas = (relative + 2..core).filter(|&at| tokens[at].word == self.comma);
        let (comma, only) = (commas.next()?, commas.next().is_none());
        let verb = comma + 1 < core && is_third_person(tokens[comma + 1], text);
        let main = only && (comma + 1 == core || has(&self.auxiliaries, tokens[comma + 1].word)) || verb;
        (tokens[relative.checked_sub(1)?].word == self.comma && main).then_some(comma)
    }

    /// Whether a core only sets apart the work named right before it: "cases that have nothing to do with
    /// immigration enforcement", "forces whose purpose is not immigration enforcement".
    pub(super) fn sets_apart(&self, tokens: &[Token], text: &str, first: usize, core: &Core) -> bool {
        let (core, last) = (core.first, core.last);
        let denies = |token: &Token| {
            let word = token.text(text);
            ["not", "no", "nothing", "never"].contains(&word)
                || word.ends_with("n't")
                || word.ends_with("n’t")
        };
        let pronoun = (first.max(core.saturating_sub(NEAR))..=core)
            .rev()
            .find(|&at| tokens[at].word == self.that || has(&self.relatives, tokens[at].word));
        pronoun.is_some_and(|at| {
            let noun = at.saturating_sub(1 + usize::from(at > 0 && tokens[at - 1].word == self.comma));
            // "Work with ICE, and that is no immigration enforcement" speaks of the work too.
            let and = at >= 1
                && tokens[at - 1].is(text, "and")
                && tokens[at].word == self.that
                && tokens.get(at + 1).is_some_and(|next| has(&self.auxiliaries, next.word));
            let names = at > first && has(&self.work, tokens[noun].word) || and;
            names && tokens[at..last].iter().any(denies)
        })
    }

    /// The verb of the main clause behind a relative clause that no comma parts from its noun, right before a
    /// core: the "will" of "nobody who has made bail will be kept".
    fn main_verb(&self, tokens: &[Token], text: &str, relative: usize, core: usize) -> Option<usize> {
        // "A mother who calls us about a prowler gets an officer": two verbs without a word that joins them.
        let verb = |at: usize| is_third_person(tokens[at], text);
        let joined = || {
            let before = tokens[core - 1];
            self.coordinates(before) || has(&self.tellers, tokens[relative + 1].word)
        };
        if core > relative + 2 && verb(relative + 1) && verb(core) && !joined() {
            return Some(core);
        }
        let auxiliary = |at: &usize| has(&self.auxiliaries, tokens[*at].word);
        let last = (relative + 2..=core).rev().take(NEAR).find(auxiliary)?;
        let begin = (relative + 2..=last).rev().take_while(auxiliary).last()?;
        let within = relative + 1..begin;
        let opens = tokens[relative + 1];
        let who = tokens[relative].is(text, "who");
        let plain = opens.shape == Shape::Lower
            && !auxiliary(&(relative + 1))
            && !opens.text(text).ends_with("ly")
            && !ADVERBS.iter().any(|word| opens.is(text, word));
        let finite = within.clone().any(|at| auxiliary(&at)) && begin > relative + 2 || who && plain;
        let before = tokens[begin - 1];
        let closed = !ADVERBS.iter().chain(&["no", "longer"]).any(|word| before.is(text, word))
            && !has(&self.subjects, before.word)
            && !has(&self.conjunctions, before.word)
            && before.word != self.comma
            && !has(&self.contrast, before.word);
        let tells = within.into_iter().any(|at| has(&self.tellers, tokens[at].word));
        (finite && closed && !tells).then_some(begin)
    }

    /// Whether a core takes in the verb of a relative clause and that of the main clause too: "a mother who [calls
    /// about a prowler gets an officer]".
    fn straddles(&self, tokens: &[Token], text: &str, relative: usize, core: &Core) -> bool {
        has(&self.relatives, tokens[relative].word)
            && relative + 1 == core.first
            && is_third_person(tokens[core.first], text)
            && (core.first + 3..core.last - 1).any(|at| {
                let object = has(&self.subjects, tokens[at + 1].word);
                object && is_third_person(tokens[at], text) && !self.coordinates(tokens[at - 1])
            })
    }

    /// The token behind "be it resolved that" at the head of a clause.
    fn behind_resolved(&self, tokens: &[Token], first: usize, core: usize) -> Option<usize> {
        let resolved = (first..core).find(|&at| tokens[at].word == self.resolved)?;
        let that =
            (resolved + 1..core.min(resolved + RESOLUTION)).find(|&at| tokens[at].word == self.that)?;
        Some(that + 1)
    }

    /// Whether tokens open with a word that links them to what was said before: "whereas,", "however,".
    fn links(&self, tokens: &[Token], text: &str) -> bool {
        tokens.len() > 2
            && tokens[1].word == self.comma
            && ["whereas", "however", "moreover", "furthermore", "therefore", "accordingly", "nevertheless"]
                .iter()
                .any(|word| tokens[0].is(text, word))
    }

    /// Whether a relative pronoun hangs on a preposition: "the order under which status is not asked".
    fn hangs(&self, tokens: &[Token], at: usize) -> bool {
        let preposition = at > 0 && has(&self.openers, tokens[at - 1].word);
        preposition && has(&self.relatives, tokens[at].word)
    }

    /// "If the detainer has its warrant I will hold": a main clause without a comma before it.
    fn resumes(&self, tokens: &[Token], at: usize, core: usize) -> bool {
        at >= 4
            && at < core
            && has(&self.pronouns, tokens[at].word)
            && has(&self.modals, tokens[at + 1].word)
            && !has(&self.complements, tokens[at - 1].word)
            && tokens[at - 1].is_word()
    }

    /// Whether the clause of a core ends before a token behind it.
    fn ends_clause(&self, tokens: &[Token], text: &str, at: usize, last: usize) -> bool {
        let word = tokens[at].word;
        if word == self.semicolon || matches!(tokens[at].text(text), "—" | "–") {
            return true;
        }
        let next = |step: usize| tokens.get(at + step).filter(|_| at + step < last);
        if word == self.comma {
            let Some(conjunction) = next(1) else { return false };
            let begins = next(2).is_some_and(|token| self.is_subject(*token))
                || self.is_plural(tokens, text, at + 2, last);
            return (has(&self.conjunctions, conjunction.word) || has(&self.contrast, conjunction.word))
                && begins;
        }
        if contrast::opens_predicate(tokens, text, at, last) {
            return true;
        }
        has(&self.conjunctions, word)
            && next(1).is_some_and(|token| has(&self.reports, token.word) || has(&self.pronouns, token.word))
    }
}

pub(super) fn has(words: &[WordId], word: WordId) -> bool {
    word != WordId::NONE && words.binary_search(&word).is_ok()
}
