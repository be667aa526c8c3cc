//! What keeps text text: in a script element and in XML.

use std::borrow::Cow;

use serde::Serialize;

/// JSON that may stand in a `<script>` element whatever it holds: no character of it can end the element or
/// begin a comment.
pub(crate) fn island(data: &impl Serialize) -> String {
    // Values of these types have no keys but strings, so that writing them does not fail.
    let json = serde_json::to_string(data).unwrap_or_default();
    json.replace('<', "\\u003c").replace('>', "\\u003e").replace('&', "\\u0026")
}

/// A text without the control characters that XML knows no way to write.
pub(crate) fn plain(text: &str) -> Cow<'_, str> {
    let legal =
        |c: char| !c.is_control() && !matches!(c, '\u{fffe}' | '\u{ffff}') || matches!(c, '\t' | '\n');
    if text.chars().all(legal) {
        return Cow::Borrowed(text);
    }
    text.chars().map(|c| if legal(c) { c } else { '\u{fffd}' }).collect::<String>().into()
}
