//! A pattern compiled to instructions.

use super::needs::{Need, needs_of};
use super::parse::{Class, Definitions, Layer, Node, PatternError, parse};
use super::words::{Filter, WordSet};
use crate::token::{Vocabulary, WordId};

/// One step of a compiled pattern. Targets are indices of instructions.
#[derive(Clone, Debug)]
pub(super) enum Inst {
    /// A token that is one of these words.
    Words(WordSet),
    /// A token that is none of these words and of none of these classes.
    Not(WordSet, Box<[Class]>),
    Class(Class),
    Layer(Layer),
    /// Both, the first preferred.
    Split(Way, Way),
    Jump(u32),
    /// Remembers the place in a slot.
    Save(u8),
    Start,
    End,
    ClauseStart,
    ClauseEnd,
    Look {
        ahead: bool,
        negated: bool,
        pattern: Box<Pattern>,
    },
    Done,
}

/// Where a [`Inst::Split`] leads, and the words that can be taken there.
#[derive(Clone, Copy, Debug)]
pub(super) struct Way {
    pub(super) to: u32,
    pub(super) words: Filter,
}

impl Way {
    /// A way of which nothing is known yet.
    fn to(to: u32) -> Self {
        Self { to, words: Filter::ANY }
    }
}

/// A compiled pattern.
#[derive(Clone, Debug)]
pub struct Pattern {
    pub(super) code: Vec<Inst>,
    pub(super) names: Vec<String>,
    /// Words one of which every match begins with, sorted; `None` where it may begin with any token.
    first: Option<WordSet>,
    /// What stands in every match, the rarest first; none where it may be of any words.
    pub needs: Vec<Need>,
    /// Most tokens of a match, layers counted as [`Pattern::LAYER_WIDTH`].
    pub widest: usize,
}

impl Pattern {
    /// Tokens that a span of a layer is taken to have at most when windows are computed.
    pub const LAYER_WIDTH: usize = 14;

    /// Whether a match may begin with a word: most places are ruled out by this alone.
    pub(crate) fn may_begin(&self, word: WordId) -> bool {
        self.first.as_ref().is_none_or(|first| first.has(word))
    }

    /// Whether it asks for spans of a layer, itself or where it looks around.
    pub fn uses(&self, layer: Layer) -> bool {
        self.code.iter().any(|inst| match inst {
            Inst::Layer(used) => *used == layer,
            Inst::Look { pattern, .. } => pattern.uses(layer),
            _ => false,
        })
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
    let mut compiler = Compiler { code: Vec::new(), names: Vec::new(), vocabulary };
    compiler.emit(node);
    compiler.code.push(Inst::Done);
    let (mut code, names) = (compiler.code, compiler.names);
    look_ahead(&mut code);
    let mut first = Vec::new();
    let starts = first_of(node, vocabulary, &mut first) == Some(false);
    let first = starts.then(|| WordSet::new(first));
    Pattern { code, names, first, needs: needs_of(node, vocabulary), widest: widest(node) }
}

/// Notes at each split which words its ways can take. Every instruction leads to later ones only.
fn look_ahead(code: &mut [Inst]) {
    let mut taken = vec![Filter::ANY; code.len()];
    for at in (0..code.len()).rev() {
        let after = |to: u32| taken.get(to as usize).copied().unwrap_or(Filter::ANY);
        let next = after(at as u32 + 1);
        taken[at] = match &mut code[at] {
            Inst::Words(words) => words.filter(),
            Inst::Split(first, second) => {
                first.words = after(first.to);
                second.words = after(second.to);
                first.words.or(second.words)
            }
            Inst::Jump(to) => after(*to),
            Inst::Not(..) | Inst::Class(_) | Inst::Layer(_) | Inst::Done => Filter::ANY,
            // These take no token.
            Inst::Save(_)
            | Inst::Start
            | Inst::End
            | Inst::ClauseStart
            | Inst::ClauseEnd
            | Inst::Look { .. } => next,
        };
    }
}

/// Collects the words that a node's matches begin with: whether it matches without a token, `None` where
/// any token may be the first.
fn first_of(node: &Node, vocabulary: &mut Vocabulary, first: &mut Vec<WordId>) -> Option<bool> {
    match node {
        Node::Words(words) => {
            first.extend(words.iter().map(|word| vocabulary.intern(word)));
            Some(false)
        }
        Node::Not(..) | Node::Class(_) | Node::Layer(_) => None,
        Node::Gap(most) => (*most == 0).then_some(true),
        Node::Seq(items) => {
            for item in items {
                if !first_of(item, vocabulary, first)? {
                    return Some(false);
                }
            }
            Some(true)
        }
        Node::Alt(branches) => {
            let mut empty = false;
            for branch in branches {
                empty |= first_of(branch, vocabulary, first)?;
            }
            Some(empty)
        }
        Node::Opt(inner) => first_of(inner, vocabulary, first).map(|_| true),
        Node::Capture(_, inner) => first_of(inner, vocabulary, first),
        Node::Start | Node::End | Node::ClauseStart | Node::ClauseEnd | Node::Look { .. } => Some(true),
    }
}

/// Most tokens a node can match.
pub(super) fn widest(node: &Node) -> usize {
    match node {
        Node::Words(_) | Node::Not(..) | Node::Class(_) => 1,
        Node::Layer(_) => Pattern::LAYER_WIDTH,
        Node::Seq(items) => items.iter().map(widest).sum(),
        Node::Alt(branches) => branches.iter().map(widest).max().unwrap_or(0),
        Node::Opt(inner) | Node::Capture(_, inner) => widest(inner),
        Node::Gap(most) => usize::from(*most),
        Node::Start | Node::End | Node::ClauseStart | Node::ClauseEnd | Node::Look { .. } => 0,
    }
}

struct Compiler<'v> {
    code: Vec<Inst>,
    names: Vec<String>,
    vocabulary: &'v mut Vocabulary,
}

impl Compiler<'_> {
    fn next(&self) -> u32 {
        self.code.len() as u32
    }

    fn ids(&mut self, words: &[String]) -> WordSet {
        WordSet::new(words.iter().map(|word| self.vocabulary.intern(word)).collect())
    }

    fn emit(&mut self, node: &Node) {
        match node {
            Node::Words(words) => {
                let ids = self.ids(words);
                self.code.push(Inst::Words(ids));
            }
            Node::Not(words, classes) => {
                let ids = self.ids(words);
                self.code.push(Inst::Not(ids, classes.clone().into()));
            }
            Node::Class(class) => self.code.push(Inst::Class(*class)),
            Node::Layer(layer) => self.code.push(Inst::Layer(*layer)),
            Node::Seq(items) => items.iter().for_each(|item| self.emit(item)),
            Node::Alt(branches) => self.branches(branches),
            Node::Opt(inner) => self.optional(inner),
            Node::Gap(most) => (0..*most).for_each(|_| {
                // Shorter gaps are preferred, so that captures lie close.
                let split = self.next();
                self.code.push(Inst::Split(Way::to(u32::MAX), Way::to(split + 1)));
                self.code.push(Inst::Class(Class::Gap));
            }),
            Node::Capture(name, inner) => self.capture(name, inner),
            Node::Start => self.code.push(Inst::Start),
            Node::End => self.code.push(Inst::End),
            Node::ClauseStart => self.code.push(Inst::ClauseStart),
            Node::ClauseEnd => self.code.push(Inst::ClauseEnd),
            Node::Look { ahead, negated, node } => {
                let pattern = Box::new(compile_node(node, self.vocabulary));
                self.code.push(Inst::Look { ahead: *ahead, negated: *negated, pattern });
            }
        }
        if let Node::Gap(most) = node {
            self.close_gap(usize::from(*most));
        }
    }

    /// Points the exits of a gap's steps behind its last.
    fn close_gap(&mut self, most: usize) {
        let end = self.next();
        let first = self.code.len() - 2 * most;
        for inst in &mut self.code[first..] {
            if let Inst::Split(exit, _) = inst {
                exit.to = end;
            }
        }
    }

    fn optional(&mut self, inner: &Node) {
        let split = self.code.len();
        self.code.push(Inst::Jump(0));
        self.emit(inner);
        self.code[split] = Inst::Split(Way::to(split as u32 + 1), Way::to(self.next()));
    }

    fn branches(&mut self, branches: &[Node]) {
        let mut exits = Vec::new();
        for (index, branch) in branches.iter().enumerate() {
            let last = index + 1 == branches.len();
            let split = self.code.len();
            if !last {
                self.code.push(Inst::Jump(0));
            }
            self.emit(branch);
            if !last {
                exits.push(self.code.len());
                self.code.push(Inst::Jump(0));
                self.code[split] = Inst::Split(Way::to(split as u32 + 1), Way::to(self.next()));
            }
        }
        let end = self.next();
        for exit in exits {
            self.code[exit] = Inst::Jump(end);
        }
    }

    fn capture(&mut self, name: &str, inner: &Node) {
        let slot = self.names.iter().position(|known| known == name).unwrap_or_else(|| {
            self.names.push(name.to_owned());
            self.names.len() - 1
        });
        self.code.push(Inst::Save(2 * slot as u8));
        self.emit(inner);
        self.code.push(Inst::Save(2 * slot as u8 + 1));
    }
}
