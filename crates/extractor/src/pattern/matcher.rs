//! Runs compiled patterns over the tokens of a sentence.

use std::ops::Range;

use super::ends::Ends;
use super::layer::{Class, Layer};
use super::part::Part;
use super::program::{Inst, Look, Others, Pattern, Program};
use super::words::Filter;
use crate::token::{Shape, Token};

/// A span of an earlier layer, in tokens.
#[derive(Clone, Copy, Debug)]
pub struct LayerSpan {
    /// Its first token.
    pub first: u32,
    /// The token after its last.
    pub last: u32,
    /// What found it.
    pub layer: Layer,
}

impl LayerSpan {
    /// Whether it is a span of a layer, or of one of the two that any agency may be in.
    pub(super) fn is_of(&self, layer: Layer) -> bool {
        self.layer == layer || layer == Layer::Agency && matches!(self.layer, Layer::Federal | Layer::Local)
    }
}

/// How much wider than reckoned the layers of a match may be together, in tokens.
const LAYER_EXCESS: usize = 40;

/// What patterns run over: tokens and the spans of earlier layers.
#[derive(Clone, Copy, Debug)]
pub struct Input<'a> {
    /// The text.
    pub text: &'a str,
    /// The tokens of the document.
    pub tokens: &'a [Token],
    /// Spans of earlier layers, sorted by their first token.
    pub layers: &'a [LayerSpan],
}

/// A match, in token indices.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Match {
    /// Its first token.
    pub first: usize,
    /// The token after its last.
    pub last: usize,
    slots: Slots,
}

impl Match {
    /// Tokens of a capture, where it took part in the match.
    pub fn capture(&self, pattern: &Pattern, name: &str) -> Option<std::ops::Range<usize>> {
        let slot = pattern.captures().iter().position(|known| known == name)?;
        match (self.slots.get(2 * slot)?, self.slots.get(2 * slot + 1)?) {
            (&start, &end) if start != u32::MAX && end != u32::MAX => Some(start as usize..end as usize),
            _ => None,
        }
    }
}

/// Places of captures; a pattern has at most eight.
type Slots = [u32; 16];

/// Reusable memory for matching. Searches within searches use what lies behind the others' share.
#[derive(Debug, Default)]
pub struct Matcher {
    visited: Vec<u64>,
    stack: Vec<Task>,
    ends: Ends,
}

/// What a search is after.
enum Goal<'g> {
    Longest(&'g mut Option<Match>),
    /// Every place at which a match ends, the preferred first.
    Ends(&'g mut Vec<u32>),
}

#[derive(Debug)]
enum Task {
    Step { pc: u32, at: u32 },
    Restore { slot: u8, value: u32 },
}

impl Matcher {
    /// The longest match that starts at token `start` and ends at or before `end`, in a sentence
    /// `sentence.0..sentence.1`. Among equally long ones the first branches written win.
    pub fn match_at(
        &mut self,
        pattern: &Pattern,
        input: Input<'_>,
        sentence: (usize, usize),
        start: usize,
    ) -> Option<Match> {
        self.enter();
        self.run(&pattern.program, input, sentence, start)
    }

    /// As [`Matcher::match_at`], in the sentence that was [entered](Matcher::enter) last.
    pub(super) fn run(
        &mut self,
        program: &Program,
        input: Input<'_>,
        sentence: (usize, usize),
        start: usize,
    ) -> Option<Match> {
        let mut best = None;
        self.search(program, input, sentence, start, Goal::Longest(&mut best));
        best.filter(|_| program.guards.iter().all(|guard| self.allows(guard, input, sentence, start)))
    }

    fn search(
        &mut self,
        program: &Program,
        input: Input<'_>,
        sentence: (usize, usize),
        start: usize,
        mut goal: Goal<'_>,
    ) {
        let most = program.widest + LAYER_EXCESS;
        let width = (sentence.1 - start).min(most) + 1;
        let (visited, kept) = (self.visited.len(), self.stack.len());
        self.visited.resize(visited + (width * usize::from(program.forks)).div_ceil(64), 0);
        let place = |fork: u32, at: usize| visited * 64 + fork as usize * width + (at - start);
        self.stack.push(Task::Step { pc: 0, at: start as u32 });
        let mut slots = [u32::MAX; 16];
        while self.stack.len() > kept
            && let Some(task) = self.stack.pop()
        {
            let (mut pc, mut at) = match task {
                Task::Step { pc, at } => (pc as usize, at as usize),
                Task::Restore { slot, value } => {
                    slots[usize::from(slot)] = value;
                    continue;
                }
            };
            loop {
                if at - start >= width {
                    break;
                }
                let token = input.tokens.get(at).filter(|_| at < sentence.1);
                match program.code[pc] {
                    Inst::Word(word) if token.is_some_and(|token| token.word == word) => at += 1,
                    Inst::Words { filter, set }
                        if token.is_some_and(|token| {
                            filter.passes(Some(token.word)) && program.sets[set as usize].has(token.word)
                        }) =>
                    {
                        at += 1;
                    }
                    Inst::Not(others)
                        if token.is_some_and(|token| {
                            let Others { words, classes } = &program.others[others as usize];
                            !words.has(token.word)
                                && !classes.iter().any(|class| is_class(*token, *class, input.text))
                        }) =>
                    {
                        at += 1;
                    }
                    Inst::Class(class) if token.is_some_and(|token| is_class(*token, class, input.text)) => {
                        at += 1;
                    }
                    Inst::Layer(layer) => match layer_end(input.layers, at, layer, sentence.1) {
                        Some(end) => at = end,
                        None => break,
                    },
                    Inst::Begins { filter, set, layered } => {
                        let begins = token.is_some_and(|token| {
                            filter.passes(Some(token.word)) && program.sets[set as usize].has(token.word)
                        });
                        if !(begins || layered && begins_span(input.layers, at)) {
                            break;
                        }
                    }
                    Inst::Split { fork, ways } => {
                        if self.has_been(place(fork, at)) {
                            break;
                        }
                        match self.split(&program.code[pc + 1..][..ways as usize], token, at) {
                            Some(to) => pc = to,
                            None => break,
                        }
                        continue;
                    }
                    Inst::Gap { words, fork, most } => {
                        if self.has_been(place(fork.into(), at)) {
                            break;
                        }
                        let window = &input.tokens[at..sentence.1];
                        if !self.pass((words, pc + 1), usize::from(most), window, input.text, at) {
                            break;
                        }
                    }
                    Inst::Jump(target) => {
                        pc = target as usize;
                        continue;
                    }
                    Inst::Save(slot) => {
                        let index = usize::from(slot);
                        self.stack.push(Task::Restore { slot, value: slots[index] });
                        slots[index] = at as u32;
                    }
                    Inst::Start if opens_sentence(input, sentence, at) => {}
                    Inst::End
                        if at == sentence.1
                            || at + 1 == sentence.1 && input.tokens[at].shape == Shape::Mark => {}
                    Inst::ClauseStart if starts_clause(input, sentence, at) => {}
                    Inst::ClauseEnd if ends_clause(input, sentence, at) => {}
                    Inst::Look(look) => {
                        if !self.allows(&program.looks[look as usize], input, sentence, at) {
                            break;
                        }
                    }
                    Inst::Part { words, fork, part } => {
                        let part = &*program.parts[usize::from(part)];
                        if !part.begins.passes(token.map(|token| token.word))
                            || self.has_been(place(fork.into(), at))
                        {
                            break;
                        }
                        match self.pass_part(part, (words, pc + 1), input, sentence, at) {
                            Some(end) => at = end,
                            None => break,
                        }
                    }
                    Inst::Done => {
                        match &mut goal {
                            Goal::Longest(best) if best.as_ref().is_none_or(|best| best.last < at) => {
                                **best = Some(Match { first: start, last: at, slots });
                            }
                            Goal::Ends(ends) if !ends.contains(&(at as u32)) => ends.push(at as u32),
                            _ => {}
                        }
                        break;
                    }
                    _ => break,
                }
                pc += 1;
            }
        }
        self.visited.truncate(visited);
    }

    /// Begins with a sentence: what is found out about parts serves every search in it.
    pub(super) fn enter(&mut self) {
        self.ends.enter();
    }

    /// Whether a search has been at a place before; it has from now on.
    fn has_been(&mut self, place: usize) -> bool {
        let (bits, bit) = (&mut self.visited[place / 64], 1 << (place % 64));
        let been = *bits & bit != 0;
        *bits |= bit;
        been
    }

    /// Whether what stands around a place is as it must be.
    fn allows(&mut self, look: &Look, input: Input<'_>, sentence: (usize, usize), at: usize) -> bool {
        self.looks(look, input, sentence, at) != look.negated
    }

    /// Where the first way leads on which the token can be taken; the others are kept for later. A way on
    /// which it cannot be taken is not gone: most ways are of this kind.
    fn split(&mut self, ways: &[Inst], token: Option<&Token>, at: usize) -> Option<usize> {
        let word = token.map(|token| token.word);
        let mut open = ways.iter().filter_map(|way| match way {
            Inst::Way { words, to } if words.passes(word) => Some(*to),
            _ => None,
        });
        let first = open.next()?;
        let kept = self.stack.len();
        self.stack.extend(open.map(|pc| Task::Step { pc, at: at as u32 }));
        self.stack[kept..].reverse();
        Some(first as usize)
    }

    /// Keeps for later the places behind one to `most` tokens of a gap, the first of `rest`, from which the
    /// way can be gone on; whether it can from the place before them, which is the token `at`.
    fn pass(
        &mut self,
        (words, to): (Filter, usize),
        most: usize,
        rest: &[Token],
        text: &str,
        at: usize,
    ) -> bool {
        let word = |nth: usize| rest.get(nth).map(|token| token.word);
        let passed = rest.iter().take(most).take_while(|token| is_class(**token, Class::Gap, text)).count();
        for nth in (1..=passed).rev().filter(|&nth| words.passes(word(nth))) {
            self.stack.push(Task::Step { pc: to as u32, at: (at + nth) as u32 });
        }
        words.passes(word(0))
    }

    /// Keeps for later the places at which a part can end from which the way can be gone on, but for the first of
    /// them.
    fn pass_part(
        &mut self,
        part: &Part,
        (words, to): (Filter, usize),
        input: Input<'_>,
        sentence: (usize, usize),
        at: usize,
    ) -> Option<usize> {
        let word = |at: u32| input.tokens[..sentence.1].get(at as usize).map(|token| token.word);
        let ends = self.ends_of(part, input, sentence, at);
        let mut open = self.ends.all[ends].iter().filter(|&&end| words.passes(word(end)));
        let first = open.next()?;
        let kept = self.stack.len();
        self.stack.extend(open.map(|&at| Task::Step { pc: to as u32, at }));
        self.stack[kept..].reverse();
        Some(*first as usize)
    }

    /// Whether a part matches from a place on.
    pub(super) fn begins(
        &mut self,
        part: &Part,
        input: Input<'_>,
        sentence: (usize, usize),
        at: usize,
    ) -> bool {
        !self.ends_of(part, input, sentence, at).is_empty()
    }

    /// Where a part ends that begins at a place: a range of all ends that are known.
    fn ends_of(
        &mut self,
        part: &Part,
        input: Input<'_>,
        sentence: (usize, usize),
        at: usize,
    ) -> Range<usize> {
        if let Some(known) = self.ends.get(part, at, sentence.1) {
            return known;
        }
        let mut ends = self.ends.spare.pop().unwrap_or_default();
        self.search(&part.program, input, sentence, at, Goal::Ends(&mut ends));
        self.ends.put(part, at, sentence.1, ends)
    }

    /// Whether a pattern stands right after, or right before, a place.
    fn looks(&mut self, look: &Look, input: Input<'_>, sentence: (usize, usize), at: usize) -> bool {
        let may_begin = |start: usize, end: usize| {
            let token = input.tokens.get(start).filter(|_| start < end);
            look.begins.as_ref().is_none_or(|words| token.is_some_and(|token| words.has(token.word)))
        };
        if look.ahead {
            return may_begin(at, sentence.1) && self.run(&look.program, input, sentence, at).is_some();
        }
        let first = at.saturating_sub(look.program.widest).max(sentence.0);
        (first..=at).filter(|&start| may_begin(start, at)).any(|start| {
            let before = self.run(&look.program, input, (sentence.0, at), start);
            before.is_some_and(|before| before.last == at)
        })
    }
}

/// Whether a sentence begins at a token: nothing but marks stands before, a quotation mark or a bullet say,
/// and two at most.
pub(super) fn opens_sentence(input: Input<'_>, sentence: (usize, usize), at: usize) -> bool {
    at - sentence.0 <= 2 && input.tokens[sentence.0..at].iter().all(|token| token.shape == Shape::Mark)
}

/// Words that open a clause.
const OPENERS: &[&str] = &[
    "and", "but", "or", "nor", "so", "yet", "because", "while", "although", "though", "if", "when", "unless",
    "until", "whereas", "since", "that", "which", "who", "whom", "whose", "where", "before", "after",
];

/// Marks that part clauses.
const PARTING: &[&str] = &[",", ";", ":", "—", "–", "(", ")", "“", "”", "\""];

/// Whether a clause begins at a token: the sentence does, or a mark that parts clauses or a word that opens
/// one stands right before.
pub(super) fn starts_clause(input: Input<'_>, sentence: (usize, usize), at: usize) -> bool {
    at == sentence.0 || parts(input, at - 1) || opens(input, at - 1)
}

/// Whether a clause ends before a token: the sentence does, or a mark that parts clauses or a word that opens
/// one stands there.
pub(super) fn ends_clause(input: Input<'_>, sentence: (usize, usize), at: usize) -> bool {
    at == sentence.1
        || at + 1 == sentence.1 && input.tokens[at].shape == Shape::Mark
        || parts(input, at)
        || opens(input, at)
}

fn parts(input: Input<'_>, at: usize) -> bool {
    let token = input.tokens[at];
    token.shape == Shape::Mark && PARTING.contains(&token.text(input.text))
}

fn opens(input: Input<'_>, at: usize) -> bool {
    let token = input.tokens[at];
    token.is_word() && OPENERS.iter().any(|word| token.is(input.text, word))
}

pub(super) fn is_class(token: Token, class: Class, text: &str) -> bool {
    match class {
        Class::Capital => token.is_capital(),
        Class::Upper => token.shape == Shape::Upper,
        Class::Number => token.shape == Shape::Number,
        Class::Word => token.is_word(),
        Class::Gerund => token.shape == Shape::Lower && token.text(text).ends_with("ing"),
        Class::Mark => token.shape == Shape::Mark,
        Class::Section => matches!(token.text(text), "§" | "¶"),
        Class::Any => true,
        Class::Gap => token.shape != Shape::Mark || !matches!(token.text(text), ";" | ":" | "—" | "–"),
    }
}

/// Whether a span of any layer begins at a token.
fn begins_span(layers: &[LayerSpan], at: usize) -> bool {
    let from = layers.partition_point(|span| (span.first as usize) < at);
    layers.get(from).is_some_and(|span| span.first as usize == at)
}

pub(super) fn layer_end(layers: &[LayerSpan], at: usize, layer: Layer, end: usize) -> Option<usize> {
    let from = layers.partition_point(|span| (span.first as usize) < at);
    layers[from..]
        .iter()
        .take_while(|span| span.first as usize == at)
        .filter(|span| span.is_of(layer))
        .map(|span| span.last as usize)
        .filter(|&last| last <= end)
        .max()
}
