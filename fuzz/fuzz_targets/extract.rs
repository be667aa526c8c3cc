//! Extraction of any text: no panic, and every record stands on the characters it quotes.
#![no_main]

use std::sync::LazyLock;

use goldrule_extractor::Extractor;
use goldrule_fuzz::assert_grounded;
use goldrule_schema::Document;
use libfuzzer_sys::fuzz_target;

static EXTRACTOR: LazyLock<Extractor> = LazyLock::new(Extractor::new);

fuzz_target!(|text: &str| {
    let document = Document::new("fuzz", text);
    let set = EXTRACTOR.extract(&document);
    assert_grounded(&document, &set);
    assert_eq!(set, EXTRACTOR.extract(&document), "a second run differs");
});
