//! `FORMATS.md` says what the formats say.

#[test]
fn the_page_is_what_the_formats_say() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/FORMATS.md");
    let page = goldrule_formats::formats_page();
    if std::env::var_os("GOLDRULE_UPDATE").is_some() {
        std::fs::write(path, &page).unwrap();
    }
    assert_eq!(std::fs::read_to_string(path).unwrap_or_default(), page, "set GOLDRULE_UPDATE=1 to renew it");
}
