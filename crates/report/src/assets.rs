//! What the page carries: its style and its script, and the policy that lets nothing else in.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256};

const STYLES: [&str; 4] = [
    include_str!("../assets/page.css"),
    include_str!("../assets/reader.css"),
    crate::svg::STYLE,
    include_str!("../assets/print.css"),
];

/// In one scope, in this order.
const SCRIPTS: [&str; 7] = [
    include_str!("../assets/data.js"),
    include_str!("../assets/filter.js"),
    include_str!("../assets/list.js"),
    include_str!("../assets/text.js"),
    include_str!("../assets/reader.js"),
    include_str!("../assets/keys.js"),
    include_str!("../assets/main.js"),
];

pub(crate) fn style() -> String {
    STYLES.concat()
}

pub(crate) fn script() -> String {
    format!("(() => {{\n\"use strict\";\n{}}})();\n", SCRIPTS.concat())
}

/// A policy under which only this style and this script work and nothing is fetched from anywhere.
pub(crate) fn policy(style: &str, script: &str) -> String {
    let hash = |text: &str| STANDARD.encode(Sha256::digest(text));
    format!(
        "default-src 'none'; style-src 'sha256-{}'; script-src 'sha256-{}'; base-uri 'none'; form-action 'none'",
        hash(style),
        hash(script)
    )
}
