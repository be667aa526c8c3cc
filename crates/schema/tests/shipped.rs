//! The shipped files are what the crate says they are.

use std::path::Path;

use goldrule_schema::{Corpus, format_annotations, json_schema, load_annotations};

fn root() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../.."))
}

#[test]
fn schema_json_is_current() {
    let path = root().join("annotations/schema.json");
    if std::env::var_os("UPDATE_SCHEMA").is_some() {
        std::fs::write(&path, json_schema()).unwrap();
    }
    let committed = std::fs::read_to_string(path).unwrap();
    assert!(committed == json_schema(), "annotations/schema.json is old; run with UPDATE_SCHEMA=1");
}

#[test]
fn every_annotation_file_is_free_of_faults_and_canonical() {
    let (corpus, findings) = Corpus::open(&root().join("corpus"), None).unwrap();
    assert!(findings.is_empty(), "{findings:?}");
    for folder in ["gold", "annotator-a", "annotator-b"] {
        let files = load_annotations(&root().join("annotations").join(folder), Some(&corpus)).unwrap();
        assert!(files.len() >= 50);
        for file in files {
            let shown: Vec<_> =
                file.diagnostics.iter().map(|finding| finding.render(&file.source, false)).collect();
            assert!(shown.is_empty(), "{}", shown.join("\n"));
            let entry = corpus.entry(&file.set.as_ref().unwrap().document).unwrap();
            let name = file.path.display().to_string();
            let formatted = format_annotations(&name, &file.source, entry.document()).unwrap();
            assert!(formatted.json == file.source, "{name} is not in canonical form; run goldrule fmt");
        }
    }
}

#[test]
fn withheld_gold_holds_no_quotes() {
    let (corpus, _) = Corpus::open(&root().join("corpus"), None).unwrap();
    let withheld: Vec<_> = corpus.entries.iter().filter(|entry| entry.document().is_none()).collect();
    assert_eq!(withheld.len(), 3);
    for entry in withheld {
        let path = root().join("annotations/gold").join(format!("{}.json", entry.id));
        let source = std::fs::read_to_string(path).unwrap();
        assert!(!source.contains("\"text\":"));
        assert!(source.contains("\"quotes\": \"withheld\""));
    }
}
