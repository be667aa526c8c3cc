//! The text of a pattern as a tree.

use std::collections::BTreeMap;
use std::fmt;

use super::inflect::inflections;
use crate::token::{Vocabulary, tokenize};

/// Named fragments that patterns share.
pub type Definitions = BTreeMap<String, String>;

/// A token test by looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Class {
    /// Starts with a capital.
    Capital,
    /// All capitals, two or more.
    Upper,
    /// Starts with a digit.
    Number,
    /// A word in any case.
    Word,
    /// A word in lower case that ends in "ing".
    Gerund,
    /// Punctuation or a symbol.
    Mark,
    /// Any token.
    Any,
    /// What a gap may pass over: any token that does not part clauses.
    Gap,
}

/// Spans that earlier stages found and patterns can ask for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Layer {
    /// Any mention of an agency.
    Agency,
    /// A mention of a federal agency.
    Federal,
    /// A mention of an agency that is not federal.
    Local,
    /// A legal citation.
    Citation,
    /// A person's name.
    Person,
}

impl Layer {
    const NAMES: &'static [(&'static str, Self)] = &[
        ("AGENCY", Self::Agency),
        ("FEDERAL", Self::Federal),
        ("LOCAL", Self::Local),
        ("CITATION", Self::Citation),
        ("PERSON", Self::Person),
    ];
}

/// A pattern as a tree.
#[derive(Clone, Debug, PartialEq)]
pub enum Node {
    /// One token that is one of these words.
    Words(Vec<String>),
    /// One token that is none of these words.
    NotWords(Vec<String>),
    /// One token by its looks.
    Class(Class),
    /// A span of an earlier layer.
    Layer(Layer),
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
}

impl fmt::Display for PatternError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for PatternError {}

/// Fragments may use fragments this deep.
const DEEPEST: usize = 40;

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
    let mut parser = Parser { source, at: 0, definitions, depth: 0 };
    let node = parser.alternatives()?;
    match parser.peek() {
        None => Ok(node),
        Some(c) => Err(parser.error(format!("`{c}` without its partner"))),
    }
}

struct Parser<'s> {
    source: &'s str,
    at: usize,
    definitions: &'s Definitions,
    depth: usize,
}

impl Parser<'_> {
    fn error(&self, message: impl Into<String>) -> PatternError {
        PatternError { at: self.at, message: message.into() }
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
        let mut items = Vec::new();
        while let Some(c) = self.peek() {
            if c == '|' || c == ')' || c == '>' && !self.rest().starts_with(">(") {
                break;
            }
            let mut item = self.item()?;
            if self.take("?") {
                item = Node::Opt(Box::new(item));
            }
            items.push(item);
        }
        match items.len() {
            0 => Err(self.error("nothing to match here")),
            1 => Ok(items.remove(0)),
            _ => Ok(Node::Seq(items)),
        }
    }

    fn item(&mut self) -> Result<Node, PatternError> {
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
            let node = self.alternatives()?;
            self.close('>', "<")?;
            return Ok(Node::Capture(name, Box::new(node)));
        }
        if self.take("..") {
            let digits =
                self.rest().len() - self.rest().trim_start_matches(|c: char| c.is_ascii_digit()).len();
            let most = self.rest()[..digits]
                .parse()
                .map_err(|_| self.error("a gap needs its greatest length, as in `..3`"))?;
            self.at += digits;
            return Ok(Node::Gap(most));
        }
        match self.rest().chars().next() {
            Some('^') => {
                self.at += 1;
                Ok(Node::Start)
            }
            Some('$') => {
                self.at += 1;
                Ok(Node::End)
            }
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

    fn group(&mut self, open: &str) -> Result<Node, PatternError> {
        let node = self.alternatives()?;
        self.close(')', open)?;
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
        // A clitic ("'s") is one token where it follows a word.
        if !word.starts_with('\'') && tokens_of(&word).len() != 1 {
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
        match self.item()? {
            Node::Words(words) => Ok(Node::NotWords(words)),
            _ => Err(PatternError {
                at,
                message: "`!` takes one word or alternatives of one word each".into(),
            }),
        }
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
            "any" => Class::Any,
            _ => {
                let message =
                    format!("`%{name}` is no class; use %cap, %upper, %num, %word, %ing, %mark or %any");
                return Err(PatternError { at, message });
            }
        }))
    }

    fn reference(&mut self) -> Result<Node, PatternError> {
        self.at += 1;
        let at = self.at;
        let name = self.name()?;
        if let Some((_, layer)) = Layer::NAMES.iter().find(|(layer, _)| *layer == name) {
            return Ok(Node::Layer(*layer));
        }
        let Some(fragment) = self.definitions.get(&name) else {
            return Err(PatternError { at, message: format!("`@{name}` is not defined") });
        };
        if self.depth == DEEPEST {
            return Err(PatternError { at, message: format!("`@{name}` is defined by itself") });
        }
        let mut inner =
            Parser { source: fragment, at: 0, definitions: self.definitions, depth: self.depth + 1 };
        let node = inner.alternatives();
        let rest = inner.peek();
        match (node, rest) {
            (Ok(node), None) => Ok(node),
            (Ok(_), Some(c)) => {
                Err(PatternError { at, message: format!("in `@{name}`: `{c}` without its partner") })
            }
            (Err(error), _) => Err(PatternError { at, message: format!("in `@{name}`: {}", error.message) }),
        }
    }
}

/// Alternatives as a tree, those of one word each merged into one test.
fn merge(branches: Vec<Node>) -> Node {
    let mut words = Vec::new();
    let mut others = Vec::new();
    for branch in branches {
        match branch {
            Node::Words(more) => words.extend(more),
            other => others.push(other),
        }
    }
    if !words.is_empty() {
        others.insert(0, Node::Words(words));
    }
    if others.len() == 1 { others.remove(0) } else { Node::Alt(others) }
}

fn tokens_of(words: &str) -> Vec<String> {
    let mut tokens = Vec::new();
    tokenize(words, 0, words.len(), &Vocabulary::default(), &mut tokens);
    tokens.iter().map(|token| token.text(words).to_owned()).collect()
}
