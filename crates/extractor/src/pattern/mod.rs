//! Token patterns: the language of the rules.
//!
//! A pattern is a line of tokens and operators:
//!
//! | written | matches |
//! | --- | --- |
//! | `ask` | the word, in any case |
//! | `~ask` | ask, asks, asked, asking |
//! | `"287(g)"` | exactly these tokens |
//! | `(a b\|c)` | either branch |
//! | `x?` | `x` or nothing |
//! | `..3` | any 0 to 3 tokens of the sentence |
//! | `!x` or `!(x\|%num)` | one token that is none of these words and classes |
//! | `%cap` `%upper` `%num` `%word` `%ing` `%mark` `%section` `%any` | a token by its looks |
//! | `@name` | the fragment defined under that name |
//! | `@AGENCY` | a span that an earlier layer found |
//! | `<name: x>` | `x`, remembered as a capture |
//! | `^` `$` | the start, the end of the sentence |
//! | `^^` `$$` | the start, the end of a clause |
//! | `>(x)` `!>(x)` | only where `x` follows, does not follow |
//! | `<(x)` `!<(x)` | only where `x` precedes, does not precede |
//!
//! There is no unbounded repetition, so every pattern has a longest match and a rule never reads beyond
//! its sentence. Matching visits each pair of instruction and token at most once (the bounded
//! backtracking of Pike's and Cox's matchers, <https://swtch.com/~rsc/regexp/regexp2.html>), so its time
//! is bounded by the product of both lengths whatever the text.

mod ends;
mod fragment;
mod index;
mod inflect;
mod layer;
mod lists;
mod matcher;
mod near;
mod needs;
mod parse;
mod part;
mod program;
mod width;
mod words;

pub use fragment::{Definitions, Fragment};
pub(crate) use index::PatternIndex;
pub use inflect::inflections;
pub use layer::{Class, Layer};
pub use matcher::{Input, LayerSpan, Match, Matcher};
pub(crate) use near::Sentence as NearSentence;
pub use near::{Near, Nearest};
pub use needs::Need;
pub use parse::{Element, Fault, Node, PatternError, captures, elements, parse};
pub(crate) use part::Parts;
pub use program::{Pattern, compile};
pub(crate) use words::WordSet;
