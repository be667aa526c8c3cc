//! One server at a time has a folder of annotations.

#![allow(clippy::unwrap_used, reason = "clippy takes no helper for a test")]

mod common;

use common::{Server, read};
use goldrule_editor::{Editor, Folders, Options};

#[test]
fn a_second_server_over_the_same_folder_is_refused_and_told_of_the_first() {
    let server = Server::new();
    let folders = Folders {
        corpus: server.dir.path().join("corpus"),
        text: None,
        gold: server.gold(""),
        annotators: None,
    };
    let findings = Editor::new(Options { folders, port: 0, annotator: None, reveal: false }).unwrap_err();
    assert_eq!(findings[0].code, "in-use");
    assert!(findings[0].message.contains(&server.host), "{}", findings[0].message);
    assert!(!read(&server.gold(".goldrule/server")).contains(&server.token));
}
