//! The page, embedded. A debug build reads its files anew, so that a change shows on reload.

use std::borrow::Cow;

macro_rules! assets {
    ($($name:literal => $kind:literal,)+) => {
        /// Name, media type and contents of each file.
        const FILES: &[(&str, &str, &str)] = &[
            $(($name, $kind, include_str!(concat!("../assets/", $name))),)+
        ];
    };
}

assets! {
    "index.html" => "text/html; charset=utf-8",
    "icon.svg" => "image/svg+xml",
    "style.css" => "text/css; charset=utf-8",
    "adjudicate.js" => "text/javascript; charset=utf-8",
    "api.js" => "text/javascript; charset=utf-8",
    "caret.js" => "text/javascript; charset=utf-8",
    "documents.js" => "text/javascript; charset=utf-8",
    "dom.js" => "text/javascript; charset=utf-8",
    "editor.js" => "text/javascript; charset=utf-8",
    "flows.js" => "text/javascript; charset=utf-8",
    "guess.js" => "text/javascript; charset=utf-8",
    "keys.js" => "text/javascript; charset=utf-8",
    "main.js" => "text/javascript; charset=utf-8",
    "model.js" => "text/javascript; charset=utf-8",
    "offsets.js" => "text/javascript; charset=utf-8",
    "panels.js" => "text/javascript; charset=utf-8",
    "prompt.js" => "text/javascript; charset=utf-8",
    "suggest.js" => "text/javascript; charset=utf-8",
    "text.js" => "text/javascript; charset=utf-8",
    "words.js" => "text/javascript; charset=utf-8",
}

/// Media type and contents of a file.
pub(crate) fn find(name: &str) -> Option<(&'static str, Cow<'static, str>)> {
    let (name, kind, contents) = FILES.iter().find(|(known, ..)| *known == name)?;
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/assets/").to_owned() + name;
    let fresh = cfg!(debug_assertions).then(|| std::fs::read_to_string(file).ok()).flatten();
    Some((kind, fresh.map_or(Cow::Borrowed(*contents), Cow::Owned)))
}
