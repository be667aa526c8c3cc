//! The text of a pattern as a tree.

use std::cell::Cell;
use std::fmt;
use std::ops::Range;
use std::sync::Arc;

use super::fragment::{Definitions, Fragment};
use super::inflect::inflections;
use super::layer::{Class, Layer};
use crate::token::{Vocabulary, tokenize};

/// A pattern as a tree.
#[derive(Clone, Debug, PartialEq)]
pub enum Node {
    /// One token that is one of these words.
    Words(Vec<String>),
    /// One token that is none of these words and of none of these classes.
    Not(Vec<String>, Vec<Class>),
    /// One token by its looks.
    Class(Class),
    /// A span of an earlier layer.
    Layer(Layer),
    /// A fragment.
    Shared(Arc<Fragment>),
    /// One after the other.
    Seq(Vec<Node>),
    /// Any one.
    Alt(Vec<Node>),
    /// This or nothing.
    Opt(Box<Node>),
    /// Any 0 to n tokens.
    Gap(u8),
    /// Remembered under a name.
    Capture(String, Box<Node>),
    /// The start of the sentence.
    Start,
    /// The end of the sentence.
    End,
    /// The start of a clause.
    ClauseStart,
    /// The end of a clause.
    ClauseEnd,
    /// Something that must, or must not, stand after or before.
    Look {
        /// After the current place, or before it.
        ahead: bool,
        /// Must not.
        negated: bool,
        /// What.
        node: Box<Node>,
    },
}

/// What is wrong with a pattern and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PatternError {
    /// Bytes before the fault in the pattern's text.
    pub at: usize,
    /// What is wrong.
    pub message: String,
    /// What sort of fault it is.
    pub fault: Fault,
}

/// Sorts of fault that a pattern can have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// It is not written in the pattern language.
    Syntax,
    /// It uses a fragment that is not defined.
    UnknownName,
    /// A gap does not say how many tokens it may pass over.
    UnboundedGap,
    /// A gap passes over more tokens than a gap can.
    LongGap,
    /// It is fine itself and uses a fragment that is at fault.
    InFragment,
}

impl fmt::Display for PatternError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for PatternError {}

/// Fragments may use fragments, and brackets hold brackets, this deep.
const DEEPEST: usize = 40;

/// Most parts of a pattern, fragments counted wherever they are used.
const LARGEST: usize = 20_000;

/// Most captures of a pattern.
pub(super) const MOST_CAPTURES: usize = 8;

/// Reads a pattern.
///
/// # Errors
/// Where the pattern is malformed or uses a fragment that is not defined, with the place.
///
/// ```
/// use goldrule_extractor::pattern::{parse, Definitions};
///
/// assert!(parse("~ask ..3 about immigration? status", &Definitions::new()).is_ok());
/// assert_eq!(parse("ask (about", &Definitions::new()).unwrap_err().message, "`(` without its `)`");
/// ```
pub fn parse(source: &str, definitions: &Definitions) -> Result<Node, PatternError> {
    let shared = Shared::new(definitions);
    let mut parser = Parser::new(source, &shared, 0);
    let mut node = parser.alternatives()?;
    if let Node::Shared(fragment) = node {
        node = fragment.node.clone();
    }
    bind_last_gap(&mut node);
    match parser.peek() {
        None if captures(&node).len() > MOST_CAPTURES => {
            Err(parser.error(format!("a pattern has at most {MOST_CAPTURES} captures")))
        }
        None => Ok(node),
        Some(c) => Err(parser.error(format!("`{c}` without its partner"))),
    }
}

/// Makes of a last "..3 (on)?" one optional part: a match ends with what is said, never with a gap.
fn bind_last_gap(node: &mut Node) {
    let Node::Seq(items) = node else { return };
    if let [.., Node::Gap(_), Node::Opt(_)] = items.as_slice()
        && let (Some(Node::Opt(last)), Some(gap)) = (items.pop(), items.pop())
    {
        items.push(Node::Opt(Box::new(Node::Seq(vec![gap, *last]))));
    }
}

/// A part of a pattern with its place in the pattern's text.
#[derive(Clone, Debug, PartialEq)]
pub struct Element {
    /// Its bytes in the text of the pattern.
    pub span: Range<usize>,
    /// What it is.
    pub node: Node,
}

/// Reads a pattern as its outermost alternatives, each a list of elements one after the other.
///
/// # Errors
/// As [`parse`].
///
/// ```
/// use goldrule_extractor::pattern::{Definitions, elements};
///
/// let pattern = "~ask ..3 about (immigration|legal) status";
/// let branches = elements(pattern, &Definitions::new()).unwrap();
/// let texts: Vec<_> = branches[0].iter().map(|element| &pattern[element.span.clone()]).collect();
/// assert_eq!(texts, ["~ask", "..3", "about", "(immigration|legal)", "status"]);
/// ```
pub fn elements(source: &str, definitions: &Definitions) -> Result<Vec<Vec<Element>>, PatternError> {
    parse(source, definitions)?;
    let shared = Shared::new(definitions);
    let mut parser = Parser::new(source, &shared, 0);
    let mut branches = vec![parser.items()?];
    while parser.peek() == Some('|') {
        parser.at += 1;
        branches.push(parser.items()?);
    }
    Ok(branches)
}

/// Names of the captures of a pattern, each once.
pub fn captures(node: &Node) -> Vec<&str> {
    fn gather<'n>(node: &'n Node, names: &mut Vec<&'n str>) {
        match node {
            Node::Seq(inner) | Node::Alt(inner) => inner.iter().for_each(|node| gather(node, names)),
            Node::Opt(inner) => gather(inner, names),
            Node::Shared(fragment) => gather(&fragment.node, names),
            Node::Capture(name, inner) => {
                if !names.contains(&name.as_str()) {
                    names.push(name);
                }
                gather(inner, names);
            }
            _ => {}
        }
    }
    let mut names = Vec::new();
    gather(node, &mut names);
    names
}

/// What the parser of a pattern shares with those of the fragments it uses.
struct Shared<'s> {
    definitions: &'s Definitions,
    /// Parts read so far.
    parts: Cell<usize>,
    /// The deepest place read so far.
    deepest: Cell<usize>,
}

impl<'s> Shared<'s> {
    fn new(definitions: &'s Definitions) -> Self {
        Self { definitions, parts: Cell::new(0), deepest: Cell::new(0) }
    }
}

struct Parser<'s> {
    source: &'s str,
    at: usize,
    shared: &'s Shared<'s>,
    depth: usize,
}

impl<'s> Parser<'s> {
    fn new(source: &'s str, shared: &'s Shared<'s>, depth: usize) -> Self {
        Self { source, at: 0, shared, depth }
    }

    fn error(&self, message: impl Into<String>) -> PatternError {
        self.fault(message, Fault::Syntax)
    }

    fn fault(&self, message: impl Into<String>, fault: Fault) -> PatternError {
        PatternError { at: self.at, message: message.into(), fault }
    }

    fn rest(&self) -> &str {
        &self.source[self.at..]
    }

    fn peek(&mut self) -> Option<char> {
        self.at += self.rest().len() - self.rest().trim_start().len();
        self.rest().chars().next()
    }

    fn take(&mut self, prefix: &str) -> bool {
        let found = self.rest().starts_with(prefix);
        if found {
            self.at += prefix.len();
        }
        found
    }

    fn alternatives(&mut self) -> Result<Node, PatternError> {
        let mut branches = vec![self.sequence()?];
        while self.peek() == Some('|') {
            self.at += 1;
            branches.push(self.sequence()?);
        }
        Ok(merge(branches))
    }

    fn sequence(&mut self) -> Result<Node, PatternError> {
        let mut items: Vec<Node> = self.items()?.into_iter().map(|element| element.node).collect();
        Ok(if items.len() == 1 { items.remove(0) } else { Node::Seq(items) })
    }

    /// What stands one after the other, at least one part.
    fn items(&mut self) -> Result<Vec<Element>, PatternError> {
        let mut items = Vec::new();
        while let Some(c) = self.peek() {
            if c == '|' || c == ')' || c == '>' && !self.rest().starts_with(">(") {
                break;
            }
            let start = self.at;
            let mut node = self.item()?;
            if self.take("?") {
                node = Node::Opt(Box::new(node));
            }
            items.push(Element { span: start..self.at, node });
        }
        if items.is_empty() { Err(self.error("nothing to match here")) } else { Ok(items) }
    }

    fn item(&mut self) -> Result<Node, PatternError> {
        self.shared.parts.set(self.shared.parts.get() + 1);
        if self.shared.parts.get() > LARGEST {
            return Err(self.error("the pattern is too large; make several of it"));
        }
        for (sign, ahead, negated) in
            [("!>(", true, true), ("!<(", false, true), (">(", true, false), ("<(", false, false)]
        {
            if self.take(sign) {
                let node = Box::new(self.group("(")?);
                return Ok(Node::Look { ahead, negated, node });
            }
        }
        if self.take("(") {
            return self.group("(");
        }
        if self.take("<") {
            let name = self.name()?;
            if !self.take(":") {
                return Err(self.error("a capture is written `<name: pattern>`"));
            }
            let node = self.nested()?;
            self.close('>', "<")?;
            return Ok(Node::Capture(name, Box::new(node)));
        }
        if self.take("..") {
            return self.gap();
        }
        match self.rest().chars().next() {
            Some('^' | '$') => Ok(self.edge()),
            Some('!') => self.negated(),
            Some('%') => self.class(),
            Some('@') => self.reference(),
            Some('~') => {
                self.at += 1;
                let base = self.word()?;
                Ok(Node::Words(inflections(&base)))
            }
            Some('"') => self.quoted(),
            _ => Ok(Node::Words(vec![self.word()?])),
        }
    }

    /// A gap behind its two dots.
    fn gap(&mut self) -> Result<Node, PatternError> {
        let digits = self.rest().len() - self.rest().trim_start_matches(|c: char| c.is_ascii_digit()).len();
        if digits == 0 {
            let message = "a gap needs its greatest length, as in `..3`".into();
            return Err(PatternError { at: self.at - 2, message, fault: Fault::UnboundedGap });
        }
        let Ok(most) = self.rest()[..digits].parse() else {
            return Err(self.fault(format!("a gap passes over at most {} tokens", u8::MAX), Fault::LongGap));
        };
        self.at += digits;
        Ok(Node::Gap(most))
    }

    fn edge(&mut self) -> Node {
        for (sign, node) in
            [("^^", Node::ClauseStart), ("$$", Node::ClauseEnd), ("^", Node::Start), ("$", Node::End)]
        {
            if self.take(sign) {
                return node;
            }
        }
        unreachable!("called where `^` or `$` stands")
    }

    fn group(&mut self, open: &str) -> Result<Node, PatternError> {
        let node = self.nested()?;
        self.close(')', open)?;
        Ok(node)
    }

    fn nested(&mut self) -> Result<Node, PatternError> {
        if self.depth == DEEPEST {
            return Err(self.error("too many brackets within brackets"));
        }
        self.depth += 1;
        self.shared.deepest.set(self.shared.deepest.get().max(self.depth));
        let node = self.alternatives()?;
        self.depth -= 1;
        Ok(node)
    }

    fn close(&mut self, mark: char, open: &str) -> Result<(), PatternError> {
        if self.peek() == Some(mark) {
            self.at += 1;
            return Ok(());
        }
        Err(self.error(format!("`{open}` without its `{mark}`")))
    }

    fn name(&mut self) -> Result<String, PatternError> {
        let length = self
            .rest()
            .find(|c: char| !(c.is_alphanumeric() || c == '-' || c == '_'))
            .unwrap_or(self.rest().len());
        if length == 0 {
            return Err(self.error("a name is missing here"));
        }
        let name = self.rest()[..length].to_owned();
        self.at += length;
        Ok(name)
    }

    fn word(&mut self) -> Result<String, PatternError> {
        let ends = |c: char| c.is_whitespace() || "()|<>?!\"@~%^$".contains(c);
        let length = self.rest().find(ends).unwrap_or(self.rest().len());
        if length == 0 {
            return Err(self.error("a word is missing here"));
        }
        let word = self.rest()[..length].to_owned();
        if word.ends_with(['*', '+']) {
            let message =
                format!("`{word}`: a pattern has no `*` and no `+`, since nothing repeats without end");
            return Err(self.fault(message, Fault::UnboundedGap));
        }
        // A clitic ("'s") is one token where it follows a word.
        if !word.starts_with('\'') && !is_one_token(&word) {
            return Err(self.error(format!("`{word}` is more than one token; write it in double quotes")));
        }
        self.at += length;
        Ok(word)
    }

    fn quoted(&mut self) -> Result<Node, PatternError> {
        self.at += 1;
        let Some(length) = self.rest().find('"') else { return Err(self.error("`\"` without its partner")) };
        let words = tokens_of(&self.rest()[..length]);
        if words.is_empty() {
            return Err(self.error("nothing between the quotation marks"));
        }
        self.at += length + 1;
        Ok(Node::Seq(words.into_iter().map(|word| Node::Words(vec![word])).collect()))
    }

    fn negated(&mut self) -> Result<Node, PatternError> {
        self.at += 1;
        let at = self.at;
        let (mut words, mut classes) = (Vec::new(), Vec::new());
        let item = self.item()?;
        let branches = match plain(&item) {
            Node::Alt(branches) => branches,
            other => std::slice::from_ref(other),
        };
        for branch in branches {
            match plain(branch) {
                Node::Words(more) => words.extend_from_slice(more),
                Node::Class(class) => classes.push(*class),
                _ => {
                    let message = "`!` takes a word, a class, or alternatives of these".into();
                    return Err(PatternError { at, message, fault: Fault::Syntax });
                }
            }
        }
        Ok(Node::Not(words, classes))
    }

    fn class(&mut self) -> Result<Node, PatternError> {
        self.at += 1;
        let at = self.at;
        let name = self.name()?;
        Ok(Node::Class(match name.as_str() {
            "cap" => Class::Capital,
            "upper" => Class::Upper,
            "num" => Class::Number,
            "word" => Class::Word,
            "ing" => Class::Gerund,
            "mark" => Class::Mark,
            "section" => Class::Section,
            "any" => Class::Any,
            _ => {
                let message = format!(
                    "`%{name}` is no class; use %cap, %upper, %num, %word, %ing, %mark, %section or %any"
                );
                return Err(PatternError { at, message, fault: Fault::Syntax });
            }
        }))
    }

    fn reference(&mut self) -> Result<Node, PatternError> {
        self.at += 1;
        let at = self.at;
        let name = self.name()?;
        if let Some(layer) = Layer::named(&name) {
            return Ok(Node::Layer(layer));
        }
        let fault = |message: String, fault| Err(PatternError { at, message, fault });
        let Some(definition) = self.shared.definitions.definition(&name) else {
            return fault(format!("`@{name}` is not defined"), Fault::UnknownName);
        };
        if let Some(node) = definition.read.get().and_then(|fragment| self.known(fragment)) {
            return Ok(node);
        }
        if self.depth == DEEPEST {
            return fault(format!("`@{name}` is defined by itself"), Fault::InFragment);
        }
        let (parts, deepest) = (self.shared.parts.get(), self.shared.deepest.replace(self.depth + 1));
        let mut inner = Parser::new(&definition.source, self.shared, self.depth + 1);
        let node = inner.alternatives();
        let rest = inner.peek();
        let depth = self.shared.deepest.get() - self.depth;
        self.shared.deepest.set(deepest.max(self.depth + depth));
        match (node, rest) {
            (Ok(node), None) => {
                let fragment = Fragment::new(node, self.shared.parts.get() - parts, depth);
                Ok(node_of(definition.read.get_or_init(|| Arc::new(fragment))))
            }
            (Ok(_), Some(c)) => fault(format!("in `@{name}`: `{c}` without its partner"), Fault::InFragment),
            (Err(error), _) => fault(format!("in `@{name}`: {}", error.message), Fault::InFragment),
        }
    }

    /// A fragment that has been read before; none where it makes the pattern too large or too deep, so that
    /// it is read again and the error says where.
    fn known(&self, fragment: &Arc<Fragment>) -> Option<Node> {
        let (parts, depth) = (self.shared.parts.get() + fragment.parts, self.depth + fragment.depth);
        if parts > LARGEST || depth > DEEPEST {
            return None;
        }
        self.shared.parts.set(parts);
        self.shared.deepest.set(self.shared.deepest.get().max(depth));
        Some(node_of(fragment))
    }
}

/// What a fragment is used as: itself where it is as small as that.
fn node_of(fragment: &Arc<Fragment>) -> Node {
    match &fragment.node {
        Node::Words(_) | Node::Seq(_) | Node::Alt(_) | Node::Opt(_) | Node::Capture(..) => {
            Node::Shared(fragment.clone())
        }
        small => small.clone(),
    }
}

/// What a node is, whether a fragment says it or not.
fn plain(node: &Node) -> &Node {
    match node {
        Node::Shared(fragment) => plain(&fragment.node),
        other => other,
    }
}

/// Alternatives as a tree, those of one word each merged into one test.
fn merge(branches: Vec<Node>) -> Node {
    let mut words = Vec::new();
    let mut others = Vec::new();
    for branch in branches {
        match plain(&branch) {
            Node::Words(more) => words.extend_from_slice(more),
            _ => others.push(branch),
        }
    }
    if !words.is_empty() {
        others.insert(0, Node::Words(words));
    }
    if others.len() == 1 { others.remove(0) } else { Node::Alt(others) }
}

fn is_one_token(word: &str) -> bool {
    word.bytes().all(|byte| byte.is_ascii_alphabetic()) || tokens_of(word).len() == 1
}

fn tokens_of(words: &str) -> Vec<String> {
    let mut tokens = Vec::new();
    tokenize(words, 0, words.len(), &Vocabulary::default(), &mut tokens);
    tokens.iter().map(|token| token.text(words).to_owned()).collect()
}
