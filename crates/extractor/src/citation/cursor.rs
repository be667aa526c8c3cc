//! A place in a text from which the parsers of citations read forward.

/// Reads forward through a text; every step either takes something whole or leaves the place as it was.
#[derive(Clone, Copy)]
pub(super) struct Cursor<'t> {
    pub(super) text: &'t str,
    /// Bytes from the start of the text; always on a character boundary.
    pub(super) at: usize,
}

/// A hyphen that no line may break at.
pub(super) const FIRM_HYPHEN: char = '\u{2011}';

impl<'t> Cursor<'t> {
    pub(super) fn new(text: &'t str, at: usize) -> Self {
        Self { text, at }
    }

    pub(super) fn rest(&self) -> &'t str {
        self.text.get(self.at..).unwrap_or("")
    }

    pub(super) fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    /// Whether the character before the place is a letter or a digit.
    pub(super) fn inside_word(&self) -> bool {
        before(self.text, self.at).is_some_and(char::is_alphanumeric)
    }

    /// Spaces of all widths and at most one line break.
    pub(super) fn spaces(&mut self) -> bool {
        let (from, mut breaks) = (self.at, 0);
        while let Some(c) = self.peek() {
            breaks += u8::from(c == '\n');
            if !(c.is_whitespace() || c == '\u{2060}') || breaks > 1 {
                break;
            }
            self.at += c.len_utf8();
        }
        self.at > from
    }

    pub(super) fn eat(&mut self, literal: &str) -> bool {
        let found = self.rest().starts_with(literal);
        if found {
            self.at += literal.len();
        }
        found
    }

    /// The literal in any case, ended by something that is not a letter.
    pub(super) fn eat_word(&mut self, literal: &str) -> bool {
        let rest = self.rest();
        let Some(head) = rest.get(..literal.len()) else { return false };
        let ends = !literal.ends_with(char::is_alphanumeric)
            || !rest[literal.len()..].chars().next().is_some_and(char::is_alphanumeric);
        let found = ends && head.eq_ignore_ascii_case(literal);
        if found {
            self.at += literal.len();
        }
        found
    }

    pub(super) fn eat_any(&mut self, literals: &[&str]) -> bool {
        literals.iter().any(|literal| self.eat_word(literal))
    }

    /// One sign of emphasis in plain text: `*` or `_`.
    pub(super) fn eat_any_mark(&mut self) {
        if !self.eat("*") {
            self.eat("_");
        }
    }

    pub(super) fn take_while(&mut self, test: impl Fn(char) -> bool) -> &'t str {
        let rest = self.rest();
        let end = rest.find(|c| !test(c)).unwrap_or(rest.len());
        self.at += end;
        &rest[..end]
    }

    /// A run of one to `most` digits that no letter or digit follows.
    pub(super) fn digits(&mut self, most: usize) -> Option<&'t str> {
        let from = self.at;
        let digits = self.take_while(|c| c.is_ascii_digit());
        if (1..=most).contains(&digits.len()) && !self.peek().is_some_and(char::is_alphanumeric) {
            return Some(digits);
        }
        self.at = from;
        None
    }

    /// A number as codes and orders have them: `1373`, `7284.6`, `5/11-704`, `24-76.6-102`, `27A`, `2C:12-1`.
    pub(super) fn number(&mut self) -> Option<&'t str> {
        let rest = self.rest();
        let bytes = rest.as_bytes();
        let (mut end, mut letters, mut digits) = (0, 0, 0);
        while let Some(&byte) = bytes.get(end) {
            let next = bytes.get(end + 1).copied().unwrap_or(b' ');
            // Some pages print hyphens that no line may break at.
            if rest[end..]
                .strip_prefix(FIRM_HYPHEN)
                .is_some_and(|after| after.starts_with(|c: char| c.is_ascii_alphanumeric()))
                && end > 0
            {
                (letters, end) = (0, end + FIRM_HYPHEN.len_utf8());
                continue;
            }
            match byte {
                // "p. 105, § 5/SB 529" goes on with a bill.
                b'/' if next.is_ascii_uppercase()
                    && bytes.get(end + 2).is_some_and(u8::is_ascii_uppercase) =>
                {
                    break;
                }
                b'0'..=b'9' => (letters, digits) = (0, digits + 1),
                b'a'..=b'z' | b'A'..=b'Z' => letters += 1,
                b'.' | b'-' | b'/' | b':' if end > 0 && next.is_ascii_alphanumeric() => letters = 0,
                _ => break,
            }
            if letters > 3 || end > 40 {
                return None;
            }
            end += 1;
        }
        let head = rest.get(..end)?;
        let follows_letter = rest[end..].chars().next().is_some_and(char::is_alphanumeric);
        if digits == 0 || follows_letter {
            return None;
        }
        self.at += end;
        Some(head)
    }

    /// A number that starts with a digit.
    pub(super) fn section_number(&mut self) -> Option<&'t str> {
        if self.peek().is_some_and(|c| c.is_ascii_digit()) { self.number() } else { None }
    }

    /// A number that may begin with letters: `R501-1`, `Trans 1.01`.
    pub(super) fn lettered_number(&mut self) -> Option<&'t str> {
        let from = self.at;
        let letters = self.take_while(|c| c.is_ascii_alphabetic());
        if letters.len() > 5 || letters.starts_with(|c: char| c.is_ascii_lowercase()) {
            self.at = from;
            return None;
        }
        if !letters.is_empty() {
            self.spaces();
            self.eat("-");
        }
        if self.section_number().is_none() {
            self.at = from;
            return None;
        }
        self.text.get(from..self.at)
    }

    /// A number, or one with letters before it: `2025-17`, `O-2024-15`, `SO2012-4984`.
    pub(super) fn lettered_or_plain(&mut self) -> Option<&'t str> {
        self.number().filter(|number| number.bytes().any(|b| b.is_ascii_digit()))
    }

    /// Subdivisions such as `(a)(1)`, as the path `/a/1`; empty when there are none.
    pub(super) fn subdivisions(&mut self) -> String {
        let mut path = String::new();
        while let Some(name) = self.subdivision() {
            path.push('/');
            path.push_str(name);
        }
        path
    }

    fn subdivision(&mut self) -> Option<&'t str> {
        let rest = self.rest().strip_prefix('(')?;
        // Printers slip a space in: "(b )".
        let inside = rest.get(..rest.bytes().take(6).position(|b| b == b')')?)?;
        let name = inside.trim();
        let digits = name.bytes().all(|b| b.is_ascii_digit()) && name.len() <= 3;
        let letters = name.len() == 1 && name.as_bytes()[0].is_ascii_alphabetic();
        let doubled = name.len() == 2 && name.as_bytes()[0] == name.as_bytes()[1] && name.is_ascii();
        let roman = name.bytes().all(|b| b"ivxIVX".contains(&b));
        let lettered =
            name.len() == 2 && name.as_bytes()[0].is_ascii_digit() && name.as_bytes()[1].is_ascii_lowercase();
        let inserted = name.len() == 2
            && name.as_bytes()[0].is_ascii_alphabetic()
            && name.as_bytes()[1].is_ascii_digit();
        if name.is_empty() || !(inserted || digits || letters || doubled || roman || lettered) {
            return None;
        }
        self.at += inside.len() + 2;
        Some(name)
    }

    /// A sign or word for "number", singular or plural.
    pub(super) fn number_mark(&mut self) -> bool {
        if self.eat_any(&["No.", "No:", "Nos.", "Number", "Numbers", "#"]) {
            return true;
        }
        // "No 14287" without its stop needs a figure.
        let mut ahead = *self;
        let figure = ahead.eat("No")
            && ahead.spaces()
            && ahead.peek().is_some_and(|c| c.is_ascii_digit() || c.is_ascii_uppercase());
        if figure {
            *self = ahead;
        }
        figure
    }

    /// A sign or word for "section" with the spaces after it: whether it is plural.
    pub(super) fn section_mark(&mut self) -> Option<bool> {
        let from = self.at;
        let plural = if self.eat("§") {
            let again = self.eat("§");
            self.spaces();
            return Some(again);
        } else if self.eat_any(&["sections", "secs.", "ss."]) {
            true
        } else if self.eat_any(&["section", "sec.", "sec"]) || self.florida_mark() {
            false
        } else {
            return None;
        };
        if self.spaces() {
            return Some(plural);
        }
        self.at = from;
        None
    }

    /// The "s." by which Florida marks sections: "s. 908.104".
    fn florida_mark(&mut self) -> bool {
        let number = self
            .rest()
            .strip_prefix("s. ")
            .is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
        let begins = !before(self.text, self.at).is_some_and(char::is_alphanumeric);
        number && begins && self.eat("s.")
    }

    /// `et seq.` with the space before it.
    pub(super) fn et_seq(&mut self) {
        let mut ahead = *self;
        ahead.eat(",");
        ahead.spaces();
        if ahead.eat("et seq.") || ahead.eat("et. seq.") || ahead.eat_word("et seq") {
            *self = ahead;
        }
    }

    /// A short bracket that holds a year: `(9th Cir. 2019)`.
    pub(super) fn year_bracket(&mut self) -> Option<&'t str> {
        let mut ahead = *self;
        ahead.spaces();
        // New York's courts write "[2d Dept 2018]".
        let square = ahead.rest().starts_with('[');
        let inner = ahead.rest().strip_prefix(['(', '['])?;
        let end = inner.bytes().take(90).position(|b| matches!(b, b')' | b'(' | b']' | b'['))?;
        let content = inner.get(..end)?;
        if !inner[end..].starts_with(if square { ']' } else { ')' }) || year_in(content).is_none() {
            return None;
        }
        ahead.at += end + 2;
        ["(en banc)", "(per curiam)", "(plurality opinion)", "(mem.)"]
            .iter()
            .any(|weight| ahead.eat(&format!(" {weight}")));
        *self = ahead;
        Some(content)
    }
}

/// The last four-digit year of a bracket's content, which must end with it (or with `ed.`).
pub(super) fn year_in(content: &str) -> Option<&str> {
    let tail = content.get(content.len().checked_sub(4)?..)?;
    let year = tail.bytes().all(|b| b.is_ascii_digit()) && (tail.starts_with('1') || tail.starts_with("20"));
    let alone = !before(content, content.len() - 4).is_some_and(char::is_alphanumeric);
    (year && alone).then_some(tail)
}

/// The character before a place.
pub(super) fn before(text: &str, at: usize) -> Option<char> {
    text.get(..at)?.chars().next_back()
}

/// Where the spaces before `at` begin; a line break ends them after one.
pub(super) fn back_spaces(text: &str, at: usize) -> usize {
    let mut at = at;
    let mut breaks = 0;
    while let Some(c) = before(text, at) {
        breaks += u8::from(c == '\n');
        if !c.is_whitespace() || breaks > 1 {
            break;
        }
        at -= c.len_utf8();
    }
    at
}

/// The number of one to `most` digits that ends, spaces apart, before `at`: where it starts, and it.
pub(super) fn back_digits(text: &str, at: usize, most: usize) -> Option<(usize, &str)> {
    let end = back_spaces(text, at);
    let head = text.get(..end)?;
    let start = head.bytes().rposition(|b| !b.is_ascii_digit()).map_or(0, |i| i + 1);
    let joined =
        before(text, start).is_some_and(|c| c.is_alphanumeric() || matches!(c, '.' | '-' | '$' | '/'));
    ((1..=most).contains(&(end - start)) && !joined).then(|| (start, &text[start..end]))
}

/// The word (no white space inside) that ends, spaces apart, before `at`: where it starts, and it.
pub(super) fn back_word(text: &str, at: usize) -> Option<(usize, &str)> {
    let end = back_spaces(text, at);
    let head = text.get(..end)?;
    let mut start = end;
    for c in head.chars().rev().take(40) {
        if c.is_whitespace() {
            break;
        }
        start -= c.len_utf8();
    }
    (start < end).then(|| (start, &text[start..end]))
}
