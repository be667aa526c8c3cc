//! `FORMATS.md` says what the formats say.

use std::path::Path;

#[test]
fn the_page_is_current() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("FORMATS.md");
    let page = goldrule_formats::matrix();
    if std::env::var_os("UPDATE_FORMATS").is_some() {
        std::fs::write(&path, &page).expect("the page can be written");
    }
    let held = std::fs::read_to_string(&path).unwrap_or_default();
    assert_eq!(held, page, "run UPDATE_FORMATS=1 cargo test -p goldrule-formats --test matrix");
}
