//! Documents that measure the rules.

#![allow(clippy::unwrap_used, reason = "clippy takes no helper for a test")]

mod common;

use common::{Server, TEXT, citation, entry};

fn project() -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    std::fs::create_dir_all(dir.path().join("annotations/gold")).unwrap();
    std::fs::create_dir_all(dir.path().join("corpus")).unwrap();
    for name in ["open", "closed"] {
        std::fs::write(dir.path().join(format!("corpus/{name}.txt")), TEXT).unwrap();
    }
    let manifest = "document,split\nopen,dev\nclosed,validation\n";
    std::fs::write(dir.path().join("corpus/manifest.csv"), manifest).unwrap();
    dir
}

const ASKED: [&str; 3] = ["suggestions", "scores", "explain?at=3"];

#[test]
fn what_rules_find_is_withheld_where_they_are_measured() {
    let server = Server::over(project());
    for asked in ASKED {
        assert_eq!(server.get(&format!("/api/documents/open/{asked}")).status, 200, "{asked}");
        let answer = server.get(&format!("/api/documents/closed/{asked}"));
        assert_eq!(answer.status, 403, "{asked}: {}", answer.body);
        let why = answer.json()["error"].as_str().unwrap().to_owned();
        assert!(why.contains("validation") && why.contains("--reveal"), "{why}");
        assert!(!answer.body.contains("records"), "{}", answer.body);
    }
    // It is annotated all the same.
    let taken = server.post("/api/documents/closed/entries", &entry(1, &[citation(0, 4)]));
    assert_eq!(taken.status, 200, "{}", taken.body);
}

#[test]
fn it_is_shown_to_who_asks_for_it() {
    let server = Server::start(project(), true);
    for asked in ASKED {
        assert_eq!(server.get(&format!("/api/documents/closed/{asked}")).status, 200, "{asked}");
    }
}
