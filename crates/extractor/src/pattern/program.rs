//! A pattern compiled to instructions.

use std::sync::Arc;

use super::fragment::{Definitions, Fragment};
use super::layer::{Class, Layer};
use super::needs::{Need, needs_of};
use super::parse::{Node, PatternError, parse};
use super::part::{Part, Required, part_of, required};
use super::width::widest;
use super::words::{Filter, WordSet};
use crate::token::{Vocabulary, WordId};

/// One step of a compiled pattern. What rules out most tokens stands in the step itself, and the ways of a split
/// right behind it: the programs of all patterns do not fit into a processor's caches, so that what a search costs
/// is how much memory it comes by.
#[derive(Clone, Copy, Debug)]
pub(super) enum Inst {
    /// A token that is this word.
    Word(WordId),
    /// A token that is one of the words of a set.
    Words {
        filter: Filter,
        set: u32,
    },
    /// A token that is none of some words and of no class of some.
    Not(u32),
    Class(Class),
    Layer(Layer),
    /// Goes on where the token is one of the words of a set or, where that may be, a span of a layer begins.
    Begins {
        filter: Filter,
        set: u32,
        layered: bool,
    },
    /// Any of as many ways, which come next, the first preferred.
    Split {
        fork: u32,
        ways: u32,
    },
    /// Leads to an instruction at which these words can be taken.
    Way {
        words: Filter,
        to: u32,
    },
    /// Any tokens of the class [`Class::Gap`], the fewest preferred, this many at most, then one of these words.
    Gap {
        words: Filter,
        fork: u16,
        most: u8,
    },
    Jump(u32),
    /// Remembers the place in a slot.
    Save(u8),
    Start,
    End,
    ClauseStart,
    ClauseEnd,
    Look(u32),
    /// A part that patterns share, then one of these words.
    Part {
        words: Filter,
        fork: u16,
        part: u16,
    },
    Done,
}

/// Ways of a split from which it is worth asking first whether the token may begin any.
const MANY: usize = 6;

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
    /// Places where it may go on in more than one way. Between them there is but one, so that a search need remember
    /// of these alone whether it has been there.
    pub(super) forks: u16,
    /// Most tokens of a match, layers counted as [`Pattern::LAYER_WIDTH`].
    pub(super) widest: usize,
    pub(super) sets: Vec<Arc<WordSet>>,
    pub(super) parts: Vec<Arc<Part>>,
    pub(super) others: Vec<Others>,
    pub(super) looks: Vec<Look>,
    /// What must, or must not, stand before the start: it is asked of what matches alone.
    pub(super) guards: Vec<Look>,
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
        taken[at] = match &mut program.code[at] {
            Inst::Word(word) => Filter::of(*word),
            Inst::Words { filter, .. } => *filter,
            Inst::Way { words, to } => {
                *words = taken[*to as usize];
                *words
            }
            Inst::Split { ways, .. } => {
                let ways = &taken[at + 1..=at + *ways as usize];
                ways.iter().fold(Filter::NONE, |all, way| all.or(*way))
            }
            Inst::Gap { words, .. } => {
                *words = next;
                Filter::ANY
            }
            Inst::Part { words, part, .. } => {
                *words = next;
                program.parts[usize::from(*part)].begins
            }
            Inst::Jump(to) => taken[*to as usize],
            Inst::Not(_) | Inst::Class(_) | Inst::Layer(_) | Inst::Done => Filter::ANY,
            // These take no token.
            Inst::Begins { .. }
            | Inst::Save(_)
            | Inst::Start
            | Inst::End
            | Inst::ClauseStart
            | Inst::ClauseEnd
            | Inst::Look(_) => next,
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
                let fork = self.fork();
                self.push(Inst::Gap { words: Filter::ANY, fork, most: *most });
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
        let fork = self.fork();
        self.push(Inst::Part { words: Filter::ANY, fork, part: nth as u16 });
    }

    fn words(&mut self, words: &[String]) {
        if let [word] = words {
            let word = self.vocabulary.intern(word);
            return self.push(Inst::Word(word));
        }
        let words = self.ids(words);
        let filter = words.filter();
        let set = push(&mut self.program.sets, words);
        self.push(Inst::Words { filter, set });
    }

    /// The number of a new fork.
    fn fork(&mut self) -> u16 {
        self.program.forks += 1;
        self.program.forks - 1
    }

    /// Splits the way into as many as are said; the numbers of the first and of what comes after the last.
    fn split(&mut self, count: usize) -> (u32, u32) {
        let fork = self.fork().into();
        self.push(Inst::Split { fork, ways: count as u32 });
        let first = self.next();
        let last = first + count as u32;
        self.program.code.resize(last as usize, Inst::Way { words: Filter::ANY, to: u32::MAX });
        (first, last)
    }

    /// Makes a way lead to the next instruction.
    fn lead(&mut self, way: u32) {
        self.program.code[way as usize] = Inst::Way { words: Filter::ANY, to: self.next() };
    }

    fn branches(&mut self, branches: &[Node]) {
        if branches.len() >= MANY {
            self.begin(branches);
        }
        let (first, last) = self.split(branches.len());
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

    /// Emits the question whether any of many branches can begin here.
    fn begin(&mut self, branches: &[Node]) {
        let mut first = Vec::new();
        let nonempty =
            branches.iter().all(|branch| first_of(branch, true, self.vocabulary, &mut first) == Some(false));
        let signs = Layer::ALL.map(|layer| self.vocabulary.intern(layer.sign()));
        let layered = first.iter().any(|word| signs.contains(word));
        first.retain(|word| !signs.contains(word));
        if nonempty {
            let words = self.vocabulary.set(first);
            let filter = words.filter();
            let set = push(&mut self.program.sets, words);
            self.push(Inst::Begins { filter, set, layered });
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
