//! Sentences and quotations.
//!
//! Sentences end at `.`, `!`, `?` and at the ends of paragraphs, not at the full stops of abbreviations,
//! initials or numbers. A line break ends a sentence unless the text is wrapped by hand. Quotations are
//! found within paragraphs; one that a paragraph leaves open ends with it, since the next opens it anew.

use goldrule_schema::ByteSpan;

use crate::token::{Shape, Token, Vocabulary, ends_with_stop, tokenize};

/// A sentence as a range of tokens.
#[derive(Clone, Copy, Debug)]
pub struct Sentence {
    /// Index of its first token.
    pub first: u32,
    /// Index of the token after its last.
    pub last: u32,
    /// Which paragraph it is in, from 0.
    pub paragraph: u32,
}

impl Sentence {
    /// Its tokens as indices.
    pub fn range(self) -> std::ops::Range<usize> {
        self.first as usize..self.last as usize
    }
}

/// A text in tokens, sentences and quotations.
#[derive(Clone, Debug)]
pub struct Segmented<'t> {
    /// The text.
    pub text: &'t str,
    /// Its tokens, in order.
    pub tokens: Vec<Token>,
    /// Its sentences, in order; together they hold every token once.
    pub sentences: Vec<Sentence>,
    /// What stands between quotation marks, in bytes, without the marks, in order.
    pub quotations: Vec<ByteSpan>,
}

impl<'t> Segmented<'t> {
    /// Splits a text.
    ///
    /// ```
    /// use goldrule_extractor::{segment::Segmented, token::Vocabulary};
    ///
    /// let text = "Sgt. Ruiz met U.S. officials. “We don’t ask,” he said.";
    /// let segmented = Segmented::new(text, &Vocabulary::default());
    /// assert_eq!(segmented.sentences.len(), 2);
    /// assert_eq!(segmented.quotations.len(), 1);
    /// ```
    pub fn new(text: &'t str, vocabulary: &Vocabulary) -> Self {
        let mut segmented = Self {
            text,
            tokens: Vec::with_capacity(text.len() / 5),
            sentences: Vec::new(),
            quotations: Vec::new(),
        };
        for (paragraph, (start, end)) in paragraphs(text).enumerate() {
            let first = segmented.tokens.len();
            tokenize(text, start, end, vocabulary, &mut segmented.tokens);
            segmented.split_paragraph(first, paragraph as u32);
            segmented.quote_paragraph(first);
        }
        segmented
    }

    /// The bytes of a sentence, from its first token to its last.
    pub fn span(&self, sentence: Sentence) -> ByteSpan {
        let tokens = &self.tokens[sentence.range()];
        match (tokens.first(), tokens.last()) {
            (Some(first), Some(last)) => ByteSpan::new(first.start, last.end),
            _ => ByteSpan::default(),
        }
    }

    /// The quotation that holds a byte.
    pub fn quotation_at(&self, byte: u32) -> Option<ByteSpan> {
        let index = self.quotations.partition_point(|quotation| quotation.start <= byte);
        let quotation = *self.quotations.get(index.checked_sub(1)?)?;
        (byte < quotation.end).then_some(quotation)
    }

    /// Whether a line ends between a token and the next, or the end of the text.
    pub(crate) fn breaks_line(&self, at: usize) -> bool {
        let end = self.tokens.get(at + 1).map_or(self.text.len(), |next| next.start as usize);
        self.text[self.tokens[at].end as usize..end].contains('\n')
    }

    /// Index of the sentence that holds a token.
    pub fn sentence_of(&self, token: usize) -> usize {
        self.sentences.partition_point(|sentence| sentence.last as usize <= token)
    }

    /// Index of the first token that ends after a byte.
    pub fn token_at(&self, byte: u32) -> usize {
        self.tokens.partition_point(|token| token.end <= byte)
    }

    fn split_paragraph(&mut self, first: usize, paragraph: u32) {
        let mut begin = first;
        let mut at = first;
        while at < self.tokens.len() {
            let end = self.sentence_end(begin, at).or((at - begin >= LONGEST_SENTENCE).then_some(at));
            if let Some(end) = end {
                self.sentences.push(Sentence { first: begin as u32, last: end as u32, paragraph });
                begin = end;
                at = end;
            } else {
                at += 1;
            }
        }
        if begin < self.tokens.len() {
            self.sentences.push(Sentence { first: begin as u32, last: self.tokens.len() as u32, paragraph });
        }
    }

    /// Where a sentence from `begin` on whose last words include token `at` ends, if `at` ends one.
    fn sentence_end(&self, begin: usize, at: usize) -> Option<usize> {
        let token = self.tokens[at];
        let stop = match token.text(self.text) {
            "." | "!" | "?" | "…" => true,
            _ if ends_with_stop(token, self.text) => false,
            _ => return None,
        };
        let mut end = at + 1;
        while self.tokens.get(end).is_some_and(|next| is_closing(next, self.tokens[end - 1], self.text)) {
            end += 1;
        }
        let Some(next) = self.tokens.get(end) else { return Some(end) };
        let spaced =
            self.text[self.tokens[end - 1].end as usize..next.start as usize].contains(char::is_whitespace);
        if !spaced {
            return None;
        }
        // "1. Do not ask." is one sentence.
        if stop && at == begin + 1 && self.tokens[begin].shape == Shape::Number {
            return None;
        }
        let opens = next.shape == Shape::Number && stop || next.is_capital() || is_opening(next, self.text);
        if stop {
            let bracketed_or_lower = !opens && next.shape == Shape::Lower;
            return (!bracketed_or_lower).then_some(end);
        }
        (end == at + 1 && abbreviation_ends_sentence(token, *next, self.text)).then_some(end)
    }

    fn quote_paragraph(&mut self, first: usize) {
        let mut open: Option<(u32, char)> = None;
        for index in first..self.tokens.len() {
            let token = self.tokens[index];
            if token.shape != Shape::Mark {
                continue;
            }
            match (token.text(self.text), open) {
                ("“" | "\"", None) => open = Some((token.end, '"')),
                ("”" | "\"", Some((start, _))) => {
                    self.quotations.push(ByteSpan::new(start, token.start.max(start)));
                    open = None;
                }
                _ => {}
            }
        }
        if let (Some((start, _)), Some(last)) = (open, self.tokens.last()) {
            self.quotations.push(ByteSpan::new(start, last.end.max(start)));
        }
    }
}

/// Whether a mark right behind the end of a sentence still belongs to it.
fn is_closing(token: &Token, before: Token, text: &str) -> bool {
    token.start == before.end
        && matches!(token.text(text), "”" | "\"" | "’" | "'" | ")" | "]" | "." | "!" | "?" | "…")
}

fn is_opening(token: &Token, text: &str) -> bool {
    matches!(token.text(text), "“" | "\"" | "‘" | "'" | "(" | "[" | "—" | "–" | "-" | "•" | "*" | "§" | "¶")
}

/// Most tokens of a sentence. Prose has none as long; a file without full stops is cut, so that work on a
/// sentence stays bounded.
const LONGEST_SENTENCE: usize = 1000;

/// Abbreviations that stand at ends of phrases.
const AT_ENDS: &str = "u.s. d.c. inc. co. corp. jr. sr. etc. ltd. n.y. l.a. n.j. n.m. n.c. n.d. n.h. s.c. s.d. r.i. ala. \
                       ariz. ark. calif. colo. conn. del. fla. ga. ill. ind. kan. ky. la. md. mass. mich. minn. miss. \
                       mo. mont. neb. nev. okla. ore. pa. tenn. tex. vt. va. wash. wis. wyo. al.";
/// Words that commonly open a sentence and rarely a name.
const OPENERS: &str = "The A An In On At He She It They We But And That This These Those There When While If As His Her \
                       Their Its Our No Not Some Under For After Before Police Officers Deputies";
/// What follows a time of day in the same sentence.
const AFTER_TIMES: &str = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday Jan. Feb. March April May June July \
                           Aug. Sept. Oct. Nov. Dec. January February August September October November December \
                           Eastern Central Mountain Pacific EST EDT CST CDT MST PST PDT ET CT MT PT";

/// Whether an abbreviation's full stop also ends a sentence: only those that stand at ends of phrases
/// do, and only before a word that commonly opens a sentence.
fn abbreviation_ends_sentence(token: Token, next: Token, text: &str) -> bool {
    let (word, after) = (token.text(text), next.text(text));
    let listed =
        |list: &str, word: &str| list.split_ascii_whitespace().any(|entry| entry.eq_ignore_ascii_case(word));
    if listed("a.m. p.m.", word) {
        return next.is_capital() && !AFTER_TIMES.split_ascii_whitespace().any(|entry| entry == after);
    }
    // "He was ill." is no Illinois.
    let plain = token.shape == Shape::Lower && word.len() >= 4 && next.is_capital();
    listed(AT_ENDS, word) && (plain || OPENERS.split_ascii_whitespace().any(|entry| entry == after))
}

/// Byte ranges of the paragraphs: lines, or in texts wrapped by hand runs of lines.
fn paragraphs(text: &str) -> impl Iterator<Item = (usize, usize)> + '_ {
    let wrapped = is_wrapped(text);
    let mut at = 0;
    std::iter::from_fn(move || {
        while at < text.len() {
            let start = at;
            let mut end = line_end(text, start);
            while end < text.len() && joins(text, start, end, wrapped) {
                end = line_end(text, end + 1);
            }
            at = end + 1;
            if !text[start..end].trim().is_empty() {
                return Some((start, end));
            }
        }
        None
    })
}

fn line_end(text: &str, start: usize) -> usize {
    memchr::memchr(b'\n', &text.as_bytes()[start..]).map_or(text.len(), |offset| start + offset)
}

/// Whether the line after the break at `end` goes on with the sentence before it.
fn joins(text: &str, start: usize, end: usize, wrapped: bool) -> bool {
    let line = text[start..end].trim_end();
    let next = &text[end + 1..line_end(text, end + 1)];
    let Some(first) = next.trim_start().chars().next() else { return false };
    if line.is_empty() || line.ends_with(['.', '!', '?', ':', '”', '"']) && !wrapped {
        return false;
    }
    if first.is_lowercase() {
        return true;
    }
    wrapped
        && first.is_alphanumeric()
        && line.rsplit('\n').next().is_some_and(|last| last.len() >= WRAP_LEAST)
}

/// Shortest line that a text wrapped by hand may break within a paragraph, in bytes.
const WRAP_LEAST: usize = 45;

/// Whether line breaks stand within paragraphs: most long lines end at about one width.
fn is_wrapped(text: &str) -> bool {
    let (mut long, mut wide, mut inside) = (0, 0, 0);
    for line in text.lines().take(200) {
        let length = line.trim_end().len();
        long += usize::from(length >= WRAP_LEAST);
        wide += usize::from(length > 100);
        inside +=
            usize::from(length >= WRAP_LEAST && !line.trim_end().ends_with(['.', '!', '?', ':', '”', '"']));
    }
    long >= 4 && wide == 0 && inside * 2 > long
}
