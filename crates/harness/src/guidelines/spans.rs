//! What does not belong at the edges of a span.

use goldrule_schema::{ByteSpan, CharSpan, Document};

/// Articles, demonstratives and possessives (guidelines, section 1).
const DETERMINERS: [&str; 15] = [
    "the", "a", "an", "this", "that", "these", "those", "my", "our", "your", "his", "her", "its", "their",
    "whose",
];

/// The characters of a record: its own quote, else those of the text.
pub(super) fn quote<'t>(
    text: Option<&'t str>,
    span: CharSpan,
    document: Option<&'t Document>,
) -> Option<&'t str> {
    text.or_else(|| document?.quote(span))
}

/// The determiner at the start of a mention that says more than that.
pub(super) fn leading_determiner(text: &str) -> Option<&str> {
    let (word, rest) = text.split_once(char::is_whitespace)?;
    let is_one = DETERMINERS.contains(&word.to_lowercase().as_str());
    (is_one && !rest.trim().is_empty()).then_some(word)
}

/// A mention without the possessive at its end.
pub(super) fn possessive(text: &str) -> Option<&str> {
    let rest = ["'s", "’s"].iter().find_map(|ending| text.strip_suffix(ending))?;
    rest.ends_with(char::is_alphanumeric).then_some(rest)
}

/// A citation without the punctuation at its end. A full stop counts only behind a number or a bracket:
/// elsewhere it may belong to an abbreviation.
pub(super) fn punctuation(text: &str) -> Option<&str> {
    let bare = text.trim_end_matches([',', ';', ':']);
    let bare = match bare.strip_suffix('.') {
        Some(rest) if rest.ends_with(|c: char| c.is_ascii_digit() || ")]".contains(c)) => rest,
        _ => bare,
    };
    let bare = bare.trim_end();
    (bare.len() < text.trim_end().len() && !bare.is_empty()).then_some(bare)
}

/// Occurrences of a name bounded by the edges of words.
pub(super) fn occurrences(document: &Document, name: &str) -> Vec<CharSpan> {
    let text = document.text();
    let inside = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    text.match_indices(name)
        .filter(|(at, _)| {
            !inside(text[..*at].chars().next_back()) && !inside(text[at + name.len()..].chars().next())
        })
        .filter_map(|(at, _)| document.chars(ByteSpan::new(at as u32, (at + name.len()) as u32)))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn edges_are_trimmed_where_they_do_not_belong() {
        assert_eq!(leading_determiner("the Troy police"), Some("the"));
        assert_eq!(leading_determiner("Theodore police"), None);
        assert_eq!(leading_determiner("The"), None);
        assert_eq!(possessive("Troy’s"), Some("Troy"));
        assert_eq!(possessive("SPD's"), Some("SPD"));
        assert_eq!(possessive("sheriffs"), None);
        assert_eq!(punctuation("SB 54,"), Some("SB 54"));
        assert_eq!(punctuation("8 U.S.C. § 1373."), Some("8 U.S.C. § 1373"));
        assert_eq!(punctuation("567 U.S. 387 (2012)."), Some("567 U.S. 387 (2012)"));
        assert_eq!(punctuation("Cal. Gov. Code §§ 7284 et seq."), None);
        assert_eq!(punctuation("Doe v. Acme Inc."), None);
    }
}
