//! The marks of examples: the match in square brackets, holders in braces, the position behind `=>`.

use goldrule_schema::{ByteSpan, Position};

/// A text freed of its marks.
pub(crate) struct Marked {
    pub(crate) text: String,
    /// What stands in square brackets.
    pub(crate) target: Option<ByteSpan>,
    /// What stands behind `=>`.
    pub(crate) expected: String,
}

/// What is wrong with the marks of an example.
pub(crate) struct MarkFault {
    /// Bytes before it in the example.
    pub(crate) at: usize,
    pub(crate) message: String,
    pub(crate) help: &'static str,
}

/// The text of an example and where it ends: its position follows.
fn body(example: &str) -> (&str, &str) {
    example.rsplit_once("=>").map_or((example, ""), |(body, expected)| (body, expected.trim()))
}

/// Takes the marks out of an example.
pub(crate) fn unmark(example: &str) -> Marked {
    let (body, expected) = body(example);
    let mut text = String::new();
    let mut target = None;
    let mut square = 0;
    for c in body.trim_end().chars() {
        let at = text.len() as u32;
        match c {
            '[' => square = at,
            ']' => target = Some(ByteSpan::new(square, at)),
            '{' | '}' => {}
            c => text.push(c),
        }
    }
    Marked { text, target, expected: expected.to_owned() }
}

/// The first thing wrong with the marks of an example; one that is `wanted` has its match marked.
pub(crate) fn check(example: &str, wanted: bool) -> Option<MarkFault> {
    let fault = |at, message: String, help| Some(MarkFault { at, message, help });
    let (body, _) = body(example);
    let mut targets = 0;
    for (open, close, of) in [('{', '}', "a holder's mention"), ('[', ']', "the match")] {
        let help = match open {
            '{' => "put each mention that holds the stance into a pair of braces, or leave both away",
            _ => "put what the pattern matches into one pair of square brackets",
        };
        let mut opened = None;
        for (at, c) in body.char_indices().filter(|(_, c)| [open, close].contains(c)) {
            match (c == open, opened) {
                (true, None) => opened = Some(at),
                (true, Some(_)) => return fault(at, format!("`{open}` within {of}"), help),
                (false, None) => return fault(at, format!("`{close}` without its `{open}`"), help),
                (false, Some(first)) if body[first + 1..at].trim().is_empty() => {
                    return fault(first, format!("nothing between `{open}` and `{close}`"), help);
                }
                (false, Some(_)) => {
                    opened = None;
                    targets += usize::from(open == '[');
                    if targets > 1 {
                        return fault(at, "a second match in square brackets".to_owned(), help);
                    }
                }
            }
        }
        if let Some(at) = opened {
            return fault(at, format!("`{open}` without its `{close}`"), help);
        }
    }
    if wanted && targets == 0 {
        let help = "put what the pattern matches into one pair of square brackets";
        return fault(0, "an example without its match in square brackets".to_owned(), help);
    }
    None
}

/// What is wrong with what stands behind `=>` in an example of a layer, one that is `wanted`.
pub(crate) fn check_position(example: &str, layer: &str, wanted: bool) -> Option<MarkFault> {
    let (text, expected) = body(example);
    let at = text.len();
    let fault = |message, help| Some(MarkFault { at, message, help });
    match (layer, wanted) {
        ("stance", true) if expected.is_empty() => fault(
            "an example without its position".to_owned(),
            "put `=> against` or another position behind the text",
        ),
        ("stance", true) if expected.parse::<Position>().is_err() => fault(
            format!("there is no position `{expected}`"),
            "use one of favor, against, conditional, noncommittal",
        ),
        ("context", _) if !expected.is_empty() => fault(
            "an operator's example with a position".to_owned(),
            "leave `=>` away: it marks the operator alone",
        ),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn positions_are_known_ones() {
        let fault = |example, layer| check_position(example, layer, true).map(|fault| fault.message);
        assert_eq!(fault("{Troy police} [ask]. => favor", "stance"), None);
        assert_eq!(fault("They [refuse to] ask.", "context"), None);
        let unknown = "there is no position `favour`".to_owned();
        assert_eq!(fault("{Troy police} [ask]. => favour", "stance"), Some(unknown));
        assert_eq!(
            fault("{Troy police} [ask].", "stance"),
            Some("an example without its position".to_owned())
        );
        assert!(fault("They [refuse to] ask. => against", "context").is_some());
    }

    #[test]
    fn marks_are_taken_out() {
        let marked = unmark("{Troy police} do not [ask about status]. => against");
        assert_eq!(marked.text, "Troy police do not ask about status.");
        assert_eq!(marked.target.map(|span| &marked.text[span.range()]), Some("ask about status"));
        assert_eq!(marked.expected, "against");
    }

    #[test]
    fn marks_come_in_pairs() {
        let fault = |example| check(example, true).map(|fault| (fault.at, fault.message));
        assert_eq!(fault("{Troy police} [ask] and the {sheriff} asks. => favor"), None);
        assert_eq!(fault("[The {sheriff} asks]. => favor"), None);
        let faulty = [
            ("{Troy police [ask]. => favor", 0, "`{` without its `}`"),
            ("Troy police} [ask]. => favor", 11, "`}` without its `{`"),
            ("{Troy {police} [ask]. => favor", 6, "`{` within a holder's mention"),
            ("{Troy police} [ask. => favor", 14, "`[` without its `]`"),
            ("{Troy police} ask]. => favor", 17, "`]` without its `[`"),
            ("{Troy police} ask. => favor", 0, "an example without its match in square brackets"),
            ("{} [ask]. => favor", 0, "nothing between `{` and `}`"),
            ("[a] or [b]", 9, "a second match in square brackets"),
        ];
        for (example, at, message) in faulty {
            assert_eq!(fault(example), Some((at, message.to_owned())), "{example}");
        }
        assert!(check("Troy police ask.", false).is_none());
        assert!(check("{Troy police ask.", false).is_some());
    }
}
