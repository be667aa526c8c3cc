//! A pattern compiled to instructions.

use std::num::NonZeroU32;
use std::ops::Range;
use std::sync::Arc;

use super::fragment::{Definitions, Fragment};
use super::needs::{Need, needs_of};
use super::parse::{Class, Layer, Node, PatternError, parse};
use super::part::{Part, Required, part_of, required};
use super::width::widest;
use super::words::{Filter, WordSet};
use crate::token::{Vocabulary, WordId};

/// One step of a compiled pattern, small, since what is matched where is much of what a search costs: the
/// programs of all patterns do not fit into a processor's caches. Larger parts lie in lists of the program, at
/// the number given.
#[derive(Clone, Copy, Debug)]
pub(super) enum Inst {
    /// A token that is this word.
    Word(WordId),
    /// A token that is one of the words of a set.
    Words(u32),
    /// A token that is none of some words and of no class of some.
    Not(u32),
    Class(Class),
    Layer(Layer),
    /// Any of the ways of a fork, the first preferred.
    Split(u32),
    /// Any tokens of the class [`Class::Gap`], the fewest preferred, this many at most; then the way of a fork.
    Gap(u8, u32),
    Jump(u32),
    /// Remembers the place in a slot.
    Save(u8),
    Start,
    End,
    ClauseStart,
    ClauseEnd,
    Look(u32),
    /// A part that patterns share, then the way of a fork.
    Part(u16, u32),
    Done,
}

/// Where an [`Inst::Split`] or an [`Inst::Gap`] leads: the number of an instruction, and the words that can be
/// taken there.
#[derive(Clone, Copy, Debug)]
pub(super) struct Way {
    pub(super) words: Filter,
    pub(super) to: u32,
}

/// Where a program may go on in more than one way. Between forks there is but one, so that a search need remember
/// of these alone whether it has been there.
#[derive(Clone, Copy, Debug)]
pub(super) struct Fork {
    first: u32,
    count: u32,
    /// The number of the set of words that its ways begin with, where it has [`MANY`] and each begins with one.
    begins: Option<NonZeroU32>,
    /// Whether a way may begin with a span of a layer too.
    pub(super) layered: bool,
}

/// Ways of a fork from which it is worth asking first whether the token may begin any.
const MANY: usize = 6;

impl Fork {
    /// A fork whose ways may begin with anything.
    fn new(first: u32, count: u32) -> Self {
        Self { first, count, begins: None, layered: false }
    }

    /// The words that its ways begin with, where that is known.
    pub(super) fn begins(self, program: &Program) -> Option<&WordSet> {
        self.begins.map(|number| &*program.sets[number.get() as usize - 1])
    }

    /// Where its ways lie among those of the program.
    pub(super) fn range(self) -> Range<usize> {
        self.first as usize..(self.first + self.count) as usize
    }
}

/// What a token must not be.
#[derive(Clone, Debug)]
pub(super) struct Others {
    pub(super) words: Arc<WordSet>,
    pub(super) classes: Box<[Class]>,
}

/// What must, or must not, stand after or before a place.
#[derive(Clone, Debug)]
pub(super) struct Look {
    pub(super) ahead: bool,
    pub(super) negated: bool,
    /// The words that a match may begin with; none where that may be any token, or none.
    pub(super) begins: Option<Arc<WordSet>>,
    pub(super) program: Program,
}

/// What is run to match a pattern.
#[derive(Clone, Debug, Default)]
pub(super) struct Program {
    pub(super) code: Vec<Inst>,
    pub(super) forks: Vec<Fork>,
    pub(super) ways: Vec<Way>,
    pub(super) sets: Vec<Arc<WordSet>>,
    pub(super) others: Vec<Others>,
    pub(super) looks: Vec<Look>,
    pub(super) parts: Vec<Arc<Part>>,
    /// What must, or must not, stand before the start: it is asked of what matches alone.
    pub(super) guards: Vec<Look>,
    /// Most tokens of a match, layers counted as [`Pattern::LAYER_WIDTH`].
    pub(super) widest: usize,
}

impl Program {
    fn uses(&self, layer: Layer) -> bool {
        self.looks.iter().chain(&self.guards).any(|look| look.program.uses(layer))
            || self.parts.iter().any(|part| part.program.uses(layer))
            || self.code.iter().any(|inst| matches!(inst, Inst::Layer(used) if *used == layer))
    }
}

/// A compiled pattern.
#[derive(Clone, Debug)]
pub struct Pattern {
    pub(super) program: Arc<Program>,
    names: Vec<String>,
    /// Words, and signs of layers, one of which every match begins with, sorted; `None` where it may begin with any
    /// token.
    first: Option<Vec<WordId>>,
    /// What stands in every match, the rarest first; none where it may be of any words.
    pub needs: Vec<Need>,
    /// Parts that every match has.
    pub(super) parts: Vec<Required>,
}

impl Pattern {
    /// Tokens that a span of a layer is taken to have at most when windows are computed.
    pub const LAYER_WIDTH: usize = 14;

    /// The words that a match may begin with, sorted; none where that may be any token.
    pub(super) fn first_words(&self) -> Option<Vec<WordId>> {
        self.first.clone()
    }

    /// Whether it asks for spans of a layer, itself or where it looks around.
    pub fn uses(&self, layer: Layer) -> bool {
        self.program.uses(layer)
    }

    /// Names of the captures, in order of their slots.
    pub fn captures(&self) -> &[String] {
        &self.names
    }
}

/// Compiles the text of a pattern, adding its words to the vocabulary.
///
/// # Errors
/// As [`parse`].
pub fn compile(
    source: &str,
    definitions: &Definitions,
    vocabulary: &mut Vocabulary,
) -> Result<Pattern, PatternError> {
    let node = parse(source, definitions)?;
    Ok(compile_node(&node, vocabulary))
}

fn compile_node(node: &Node, vocabulary: &mut Vocabulary) -> Pattern {
    let first = first_words(node, vocabulary);
    let mut parts = Vec::new();
    required(node, (0, 0), vocabulary, &mut parts);
    let needs = needs_of(node, vocabulary);
    let mut compiler = Compiler::new(node, vocabulary);
    compiler.guarded(node);
    let (program, names, _) = compiler.finish();
    Pattern { program: Arc::new(program), names, first, needs, parts }
}

/// The words, and signs of layers, one of which every match of a node begins with, sorted; none where that may be any
/// token.
pub(super) fn first_words(node: &Node, vocabulary: &mut Vocabulary) -> Option<Vec<WordId>> {
    let mut first = Vec::new();
    let sure = first_of(node, true, vocabulary, &mut first) == Some(false);
    first.sort_unstable();
    first.dedup();
    sure.then_some(first)
}

/// The program of a node without captures, and what it can begin with.
pub(super) fn program_of(node: &Node, vocabulary: &mut Vocabulary) -> (Program, Filter) {
    let mut compiler = Compiler::new(node, vocabulary);
    compiler.emit(node);
    let (program, _, begins) = compiler.finish();
    (program, begins)
}

/// Notes of each way which words can be taken on it; what the program can begin with. Every instruction leads to
/// later ones only.
fn look_ahead(program: &mut Program) -> Filter {
    let mut taken = vec![Filter::ANY; program.code.len() + 1];
    for at in (0..program.code.len()).rev() {
        let next = taken[at + 1];
        taken[at] = match program.code[at] {
            Inst::Word(word) => Filter::of(word),
            Inst::Words(set) => program.sets[set as usize].filter(),
            Inst::Split(fork) => {
                let ways = &mut program.ways[program.forks[fork as usize].range()];
                for way in ways.iter_mut() {
                    way.words = taken[way.to as usize];
                }
                ways.iter().fold(Filter::NONE, |all, way| all.or(way.words))
            }
            Inst::Gap(_, fork) => {
                program.ways[program.forks[fork as usize].first as usize].words = next;
                Filter::ANY
            }
            Inst::Part(part, fork) => {
                program.ways[program.forks[fork as usize].first as usize].words = next;
                program.parts[usize::from(part)].begins
            }
            Inst::Jump(to) => taken[to as usize],
            Inst::Not(_) | Inst::Class(_) | Inst::Layer(_) | Inst::Done => Filter::ANY,
            // These take no token.
            Inst::Save(_) | Inst::Start | Inst::End | Inst::ClauseStart | Inst::ClauseEnd | Inst::Look(_) => {
                next
            }
        };
    }
    taken[0]
}

/// Collects the words that a node's matches begin with, and the signs of layers where those are asked for: whether it
/// matches without a token, `None` where any token may be the first.
fn first_of(node: &Node, signs: bool, vocabulary: &mut Vocabulary, first: &mut Vec<WordId>) -> Option<bool> {
    match node {
        Node::Layer(layer) if signs => {
            first.push(vocabulary.intern(layer.sign()));
            Some(false)
        }
        Node::Words(words) => {
            first.extend(words.iter().map(|word| vocabulary.intern(word)));
            Some(false)
        }
        Node::Not(..) | Node::Class(_) | Node::Layer(_) => None,
        Node::Gap(most) => (*most == 0).then_some(true),
        Node::Seq(items) => {
            for item in items {
                if !first_of(item, signs, vocabulary, first)? {
                    return Some(false);
                }
            }
            Some(true)
        }
        Node::Alt(branches) => {
            let mut empty = false;
            for branch in branches {
                empty |= first_of(branch, signs, vocabulary, first)?;
            }
            Some(empty)
        }
        Node::Opt(inner) => first_of(inner, signs, vocabulary, first).map(|_| true),
        Node::Capture(_, inner) => first_of(inner, signs, vocabulary, first),
        Node::Shared(fragment) => first_of(&fragment.node, signs, vocabulary, first),
        Node::Start | Node::End | Node::ClauseStart | Node::ClauseEnd | Node::Look { .. } => Some(true),
    }
}

struct Compiler<'v> {
    program: Program,
    names: Vec<String>,
    vocabulary: &'v mut Vocabulary,
}

impl<'v> Compiler<'v> {
    fn new(node: &Node, vocabulary: &'v mut Vocabulary) -> Self {
        let program = Program { widest: widest(node), ..Program::default() };
        Self { program, names: Vec::new(), vocabulary }
    }

    /// The program, the names of its captures and what it can begin with.
    fn finish(mut self) -> (Program, Vec<String>, Filter) {
        self.push(Inst::Done);
        let begins = look_ahead(&mut self.program);
        (self.program, self.names, begins)
    }

    fn next(&self) -> u32 {
        self.program.code.len() as u32
    }

    fn push(&mut self, inst: Inst) {
        self.program.code.push(inst);
    }

    fn ids(&mut self, words: &[String]) -> Arc<WordSet> {
        let ids = words.iter().map(|word| self.vocabulary.intern(word)).collect();
        self.vocabulary.set(ids)
    }

    fn emit(&mut self, node: &Node) {
        match node {
            Node::Words(words) => self.words(words),
            Node::Not(words, classes) => {
                let words = self.ids(words);
                let others = Others { words, classes: classes.clone().into() };
                let others = push(&mut self.program.others, others);
                self.push(Inst::Not(others));
            }
            Node::Class(class) => self.push(Inst::Class(*class)),
            Node::Layer(layer) => self.push(Inst::Layer(*layer)),
            Node::Seq(items) => items.iter().for_each(|item| self.emit(item)),
            Node::Alt(branches) => self.branches(branches),
            Node::Opt(inner) => {
                let (inside, behind) = self.split(2);
                self.lead(inside);
                self.emit(inner);
                self.lead(behind - 1);
            }
            Node::Gap(most) => {
                let to = self.next() + 1;
                let first = push(&mut self.program.ways, Way { words: Filter::ANY, to });
                let fork = push(&mut self.program.forks, Fork::new(first, 1));
                self.push(Inst::Gap(*most, fork));
            }
            Node::Shared(fragment) => self.shared(fragment),
            Node::Capture(name, inner) => self.capture(name, inner),
            Node::Start => self.push(Inst::Start),
            Node::End => self.push(Inst::End),
            Node::ClauseStart => self.push(Inst::ClauseStart),
            Node::ClauseEnd => self.push(Inst::ClauseEnd),
            Node::Look { ahead, negated, node } => {
                let look = self.look((*ahead, *negated), node);
                let look = push(&mut self.program.looks, look);
                self.push(Inst::Look(look));
            }
        }
    }

    /// Emits a whole pattern. What must stand before it, or must not, becomes its guards.
    fn guarded(&mut self, node: &Node) {
        let items = match node {
            Node::Seq(items) => items.as_slice(),
            node => std::slice::from_ref(node),
        };
        let behind = |item: &&Node| matches!(item, Node::Look { ahead: false, .. });
        let (guards, rest) = items.split_at(items.iter().take_while(behind).count());
        for guard in guards {
            if let Node::Look { ahead, negated, node } = guard {
                let look = self.look((*ahead, *negated), node);
                self.program.guards.push(look);
            }
        }
        for item in rest {
            self.emit(item);
        }
    }

    fn look(&mut self, (ahead, negated): (bool, bool), node: &Node) -> Look {
        let mut first = Vec::new();
        let sure = first_of(node, false, self.vocabulary, &mut first) == Some(false);
        let begins = sure.then(|| self.vocabulary.set(first));
        let (program, _) = program_of(node, self.vocabulary);
        Look { ahead, negated, begins, program }
    }

    /// Emits a fragment: a part of its own where it is more than one test and remembers nothing.
    fn shared(&mut self, fragment: &Arc<Fragment>) {
        if fragment.captures
            || matches!(fragment.node, Node::Words(_))
            || self.program.parts.len() > u16::MAX.into()
        {
            return self.emit(&fragment.node);
        }
        let part = part_of(fragment, self.vocabulary);
        let known = self.program.parts.iter().position(|known| known.number == part.number);
        let nth = known.unwrap_or_else(|| push(&mut self.program.parts, part) as usize);
        let to = self.next() + 1;
        let first = push(&mut self.program.ways, Way { words: Filter::ANY, to });
        let fork = push(&mut self.program.forks, Fork::new(first, 1));
        self.push(Inst::Part(nth as u16, fork));
    }

    fn words(&mut self, words: &[String]) {
        if let [word] = words {
            let word = self.vocabulary.intern(word);
            return self.push(Inst::Word(word));
        }
        let set = self.ids(words);
        let set = push(&mut self.program.sets, set);
        self.push(Inst::Words(set));
    }

    /// Splits the way into as many as are said; the numbers of the first and of what comes after the last.
    fn split(&mut self, count: usize) -> (u32, u32) {
        let first = self.program.ways.len() as u32;
        let last = first + count as u32;
        self.program.ways.resize(last as usize, Way { words: Filter::ANY, to: u32::MAX });
        let fork = push(&mut self.program.forks, Fork::new(first, count as u32));
        self.push(Inst::Split(fork));
        (first, last)
    }

    /// Makes a way lead to the next instruction.
    fn lead(&mut self, way: u32) {
        self.program.ways[way as usize].to = self.next();
    }

    fn branches(&mut self, branches: &[Node]) {
        let (first, last) = self.split(branches.len());
        if branches.len() >= MANY {
            self.begin(branches);
        }
        let mut exits = Vec::new();
        for (way, branch) in (first..last).zip(branches) {
            self.lead(way);
            self.emit(branch);
            if way + 1 < last {
                exits.push(self.next());
                self.push(Inst::Jump(0));
            }
        }
        let end = self.next();
        for exit in exits {
            self.program.code[exit as usize] = Inst::Jump(end);
        }
    }

    /// Notes of the last fork what its branches begin with.
    fn begin(&mut self, branches: &[Node]) {
        let mut first = Vec::new();
        let nonempty =
            branches.iter().all(|branch| first_of(branch, true, self.vocabulary, &mut first) == Some(false));
        let signs = Layer::ALL.map(|layer| self.vocabulary.intern(layer.sign()));
        let layered = first.iter().any(|word| signs.contains(word));
        first.retain(|word| !signs.contains(word));
        if nonempty {
            let set = self.vocabulary.set(first);
            self.program.sets.push(set);
            let number = NonZeroU32::new(self.program.sets.len() as u32);
            if let Some(fork) = self.program.forks.last_mut() {
                (fork.begins, fork.layered) = (number, layered);
            }
        }
    }

    fn capture(&mut self, name: &str, inner: &Node) {
        let names = &mut self.names;
        let slot = names.iter().position(|known| known == name).unwrap_or_else(|| {
            names.push(name.to_owned());
            names.len() - 1
        });
        self.push(Inst::Save(2 * slot as u8));
        self.emit(inner);
        self.push(Inst::Save(2 * slot as u8 + 1));
    }
}

/// Adds an item to a list and gives its number.
fn push<T>(list: &mut Vec<T>, item: T) -> u32 {
    list.push(item);
    list.len() as u32 - 1
}
