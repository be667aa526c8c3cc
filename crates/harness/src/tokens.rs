//! Tokens to count spans in: a tokeniser that anyone can write again.

use goldrule_schema::CharSpan;

/// Runs of letters and digits, and every other character that is not white space by itself; in code points.
///
/// ```
/// use goldrule_harness::tokens;
/// use goldrule_schema::CharSpan;
///
/// let expected = [(0, 1), (2, 4), (4, 5), (5, 6), (7, 10)].map(|(start, end)| CharSpan::new(start, end));
/// assert_eq!(tokens("§ 12(a bcd"), expected);
/// ```
pub fn tokens(text: &str) -> Vec<CharSpan> {
    let mut tokens: Vec<CharSpan> = Vec::new();
    let mut in_word = false;
    for (at, character) in text.chars().enumerate() {
        let (start, end) = (at as u32, at as u32 + 1);
        let word = character.is_alphanumeric();
        match tokens.last_mut() {
            Some(last) if word && in_word => last.end = end,
            _ if character.is_whitespace() => {}
            _ => tokens.push(CharSpan::new(start, end)),
        }
        in_word = word;
    }
    tokens
}
