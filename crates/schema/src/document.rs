//! A text with the index that converts its offsets.

use crate::span::{ByteSpan, CharSpan};

/// Bytes between two checkpoints of the index. A conversion counts at most this many bytes.
const STRIDE: usize = 256;

/// A place as editors show it, both counted from 1, the column in code points.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LineColumn {
    /// Line, from 1. Lines end at `\n`; a `\r` before it belongs to the line it ends.
    pub line: u32,
    /// Column in code points, from 1.
    pub column: u32,
}

/// A document's text and the offsets of its characters.
///
/// Byte offsets are for slicing in memory, code points for files; [`Document::bytes`] and
/// [`Document::chars`] convert spans both ways. A text of ASCII only is not indexed at all; any other
/// costs four bytes of index for every 256 bytes of text. Texts are limited to 4 GiB.
///
/// ```
/// use goldrule_schema::{ByteSpan, CharSpan, Document};
///
/// let document = Document::new("d", "l’agence 👮🏽 said");
/// let said = document.char_span_of("said").unwrap();
/// assert_eq!(said, CharSpan::new(12, 16));
/// assert_eq!(document.chars(ByteSpan::new(0, 4)), Some(CharSpan::new(0, 2)));
/// assert_eq!(document.utf16(said.start), Some(14));
/// ```
#[derive(Clone, Debug)]
pub struct Document {
    id: String,
    text: String,
    /// Code points before byte `i * STRIDE` (rounded up to a character); empty where all is ASCII.
    checkpoints: Vec<u32>,
    chars: u32,
}

impl Document {
    /// Indexes `text` under the name `id`.
    ///
    /// # Panics
    /// When the text is longer than 4 GiB.
    pub fn new(id: impl Into<String>, text: impl Into<String>) -> Self {
        let (id, text) = (id.into(), text.into());
        assert!(u32::try_from(text.len()).is_ok(), "a document is limited to 4 GiB");
        if text.is_ascii() {
            let chars = text.len() as u32;
            return Self { id, text, checkpoints: Vec::new(), chars };
        }
        let mut checkpoints = Vec::with_capacity(text.len() / STRIDE + 1);
        let mut chars = 0;
        for block in text.as_bytes().chunks(STRIDE) {
            checkpoints.push(chars);
            chars += count_starts(block);
        }
        Self { id, text, checkpoints, chars }
    }

    /// Name of the document: its file name without `.txt`.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// The whole text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Length in code points.
    pub fn char_len(&self) -> u32 {
        self.chars
    }

    /// The whole text as a span.
    pub fn char_span(&self) -> CharSpan {
        CharSpan::new(0, self.chars)
    }

    /// Code points before a byte offset; `None` past the end or inside a character.
    pub fn char_at_byte(&self, byte: u32) -> Option<u32> {
        let byte = byte as usize;
        if !self.text.is_char_boundary(byte) {
            return None;
        }
        if self.checkpoints.is_empty() {
            return Some(byte as u32);
        }
        let block = (byte / STRIDE).min(self.checkpoints.len() - 1);
        let start = block * STRIDE;
        Some(self.checkpoints[block] + count_starts(&self.text.as_bytes()[start..byte]))
    }

    /// Bytes before a code point; `None` past the end.
    pub fn byte_at_char(&self, char: u32) -> Option<u32> {
        if char > self.chars {
            return None;
        }
        if self.checkpoints.is_empty() {
            return Some(char);
        }
        if char == self.chars {
            return Some(self.text.len() as u32);
        }
        // The last block that starts with at most `char` characters before it holds the character.
        let block = self.checkpoints.partition_point(|&before| before <= char) - 1;
        let mut left = char - self.checkpoints[block];
        let start = block * STRIDE;
        for (offset, &byte) in self.text.as_bytes()[start..].iter().enumerate() {
            if is_start(byte) {
                if left == 0 {
                    return Some((start + offset) as u32);
                }
                left -= 1;
            }
        }
        None
    }

    /// A span of code points as bytes; `None` where it ends past the text.
    pub fn bytes(&self, span: CharSpan) -> Option<ByteSpan> {
        Some(ByteSpan::new(self.byte_at_char(span.start)?, self.byte_at_char(span.end)?))
    }

    /// A span of bytes as code points; `None` past the end or inside a character.
    pub fn chars(&self, span: ByteSpan) -> Option<CharSpan> {
        Some(CharSpan::new(self.char_at_byte(span.start)?, self.char_at_byte(span.end)?))
    }

    /// The characters of a span; `None` where it ends past the text.
    pub fn quote(&self, span: CharSpan) -> Option<&str> {
        self.bytes(span).map(|bytes| &self.text[bytes.range()])
    }

    /// The span of the first occurrence of `needle`, in code points.
    pub fn char_span_of(&self, needle: &str) -> Option<CharSpan> {
        let start = self.text.find(needle)?;
        self.chars(ByteSpan::new(start as u32, (start + needle.len()) as u32))
    }

    /// UTF-16 code units before a code point; `None` past the end.
    pub fn utf16(&self, char: u32) -> Option<u32> {
        let byte = self.byte_at_char(char)? as usize;
        if self.checkpoints.is_empty() {
            return Some(char);
        }
        Some(self.text[..byte].chars().map(|c| c.len_utf16() as u32).sum())
    }

    /// Code points before a UTF-16 offset; `None` past the end or inside a surrogate pair.
    pub fn char_at_utf16(&self, utf16: u32) -> Option<u32> {
        let mut units = 0;
        for (index, c) in self.text.chars().enumerate() {
            if units >= utf16 {
                return (units == utf16).then_some(index as u32);
            }
            units += c.len_utf16() as u32;
        }
        (units == utf16).then_some(self.chars)
    }

    /// Line and column of a code point; `None` past the end.
    pub fn line_column(&self, char: u32) -> Option<LineColumn> {
        let before = &self.text[..self.byte_at_char(char)? as usize];
        let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
        Some(LineColumn {
            line: before.bytes().filter(|&b| b == b'\n').count() as u32 + 1,
            column: before[line_start..].chars().count() as u32 + 1,
        })
    }
}

/// Whether a byte begins a character of UTF-8.
const fn is_start(byte: u8) -> bool {
    byte & 0b1100_0000 != 0b1000_0000
}

fn count_starts(bytes: &[u8]) -> u32 {
    bytes.iter().filter(|&&byte| is_start(byte)).count() as u32
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn every_boundary_converts_both_ways(text in r"(\PC|[a-z \r\n]){0,700}") {
            let document = Document::new("d", text.clone());
            for (index, (byte, _)) in text.char_indices().enumerate() {
                prop_assert_eq!(document.char_at_byte(byte as u32), Some(index as u32));
                prop_assert_eq!(document.byte_at_char(index as u32), Some(byte as u32));
                let utf16 = document.utf16(index as u32).unwrap();
                prop_assert_eq!(utf16 as usize, text[..byte].encode_utf16().count());
                prop_assert_eq!(document.char_at_utf16(utf16), Some(index as u32));
            }
            let chars = text.chars().count() as u32;
            prop_assert_eq!(document.char_len(), chars);
            prop_assert_eq!(document.byte_at_char(chars), Some(text.len() as u32));
            prop_assert_eq!(document.char_at_byte(text.len() as u32), Some(chars));
            prop_assert_eq!(document.byte_at_char(chars + 1), None);
            prop_assert_eq!(document.char_at_byte(text.len() as u32 + 1), None);
        }

        #[test]
        fn offsets_inside_a_character_are_refused(text in r"\PC{1,200}", at in 0u32..900) {
            let document = Document::new("d", text.clone());
            prop_assert_eq!(document.char_at_byte(at).is_some(), text.is_char_boundary(at as usize));
        }
    }

    #[test]
    fn lines_and_columns_count_from_one() {
        let document = Document::new("d", "é\r\nab\nc");
        let at = |char| document.line_column(char).unwrap();
        assert_eq!(at(0), LineColumn { line: 1, column: 1 });
        assert_eq!(at(3), LineColumn { line: 2, column: 1 });
        assert_eq!(at(6), LineColumn { line: 3, column: 1 });
        assert_eq!(document.line_column(8), None);
    }
}
