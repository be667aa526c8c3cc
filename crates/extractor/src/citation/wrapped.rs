//! Lines that a text was wrapped into, read as one: names such as "Senate Bill" stand over the break.

use std::borrow::Cow;

/// Bytes of a line that is full; shorter ones are headings or items of a list.
const FULL: usize = 22;

/// The text with the line breaks inside its paragraphs as blanks, byte for byte as long as it was.
pub(super) fn joined(text: &str) -> Cow<'_, str> {
    let breaks: Vec<usize> =
        memchr::memchr_iter(b'\n', text.as_bytes()).filter(|at| wraps(text, *at)).collect();
    if breaks.is_empty() {
        return Cow::Borrowed(text);
    }
    let mut joined = String::with_capacity(text.len());
    let mut from = 0;
    for at in breaks {
        joined.push_str(&text[from..at]);
        joined.push(' ');
        from = at + 1;
    }
    joined.push_str(&text[from..]);
    Cow::Owned(joined)
}

/// Whether a paragraph goes on after the break: a full line before it, a word after it.
fn wraps(text: &str, at: usize) -> bool {
    let line = &text[..at];
    let line = &line[memchr::memrchr(b'\n', line.as_bytes()).map_or(0, |i| i + 1)..];
    let next = text[at + 1..].chars().next();
    let word = next.is_some_and(|c| c.is_alphanumeric() || matches!(c, '§' | '(' | '"' | '“' | '\'' | '$'));
    // The "v." of a caption has a line of its own.
    let versus = ["v.\n", "vs.\n", "v. \n"].iter().any(|versus| text[at + 1..].starts_with(versus));
    let digits = text[at + 1..].bytes().take(3).take_while(u8::is_ascii_digit).count();
    let item = digits > 0 && text[at + 1 + digits..].starts_with([')', '.']);
    line.len() >= FULL && !versus && word && !item && !line.ends_with(['\r', ':']) && is_prose(line)
}

/// Whether a line has two words in small letters, and a long one among them; a letterhead or a heading has few:
/// "Stockton Police Department", "Freedom of Information and Privacy Act".
fn is_prose(line: &str) -> bool {
    let (mut small, mut long) = (0, false);
    for word in line.split_ascii_whitespace().filter(|word| word.as_bytes()[0].is_ascii_lowercase()) {
        small += 1;
        long |= word.len() >= 4;
        if small >= 2 && long {
            return true;
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_breaks_inside_paragraphs_are_joined() {
        let text =
            "Deputies opposed the measure, Senate\nBill 54, last week.\n\nWhat it says\n- one\n- two\n";
        let joined = joined(text);
        assert_eq!(joined.len(), text.len());
        assert!(joined.contains("Senate Bill 54") && joined.contains("week.\n\nWhat it says\n- one"));
        assert!(matches!(super::joined("a\n\nb"), Cow::Borrowed(_)));
    }
}
