//! What becomes of journals: of another writer, of a crash, of a text that was changed.

#![allow(clippy::unwrap_used, reason = "clippy takes no helper for a test")]

mod common;

use std::fs;
use std::path::{Path, PathBuf};

use common::{Folder, NOTE, add, read};
use goldrule_editor::{Open, Refused, Saved};

fn starts(open: &Open) -> Vec<u32> {
    open.set.citations.iter().map(|citation| citation.span.start).collect()
}

fn aside(folder: &Path) -> Vec<PathBuf> {
    let files = fs::read_dir(folder.join(".goldrule/journal")).unwrap().map(|file| file.unwrap().path());
    files.filter(|file| file.extension().is_some_and(|ending| ending == "aside")).collect()
}

#[test]
fn a_journal_that_somebody_else_wrote_is_not_cut() {
    let folder = Folder::new();
    let (mut first, mut second) = (folder.open(), folder.open());
    add(&mut second, 1, 5).unwrap();
    let whole = read(&folder.journal());
    assert!(matches!(add(&mut first, 1, 24), Err(Refused::Closed { why }) if why.contains("note.jsonl")));
    assert_eq!(read(&folder.journal()), whole);
    assert_eq!(starts(&folder.open()), [5]);
}

#[test]
fn a_line_that_was_cut_off_is_dropped_and_the_rest_kept() {
    let folder = Folder::new();
    add(&mut folder.open(), 1, 5).unwrap();
    let whole = read(&folder.journal());
    fs::write(folder.journal(), whole.clone() + "{\"entry\":{\"seq\":2,").unwrap();
    let mut open = folder.open();
    assert_eq!((starts(&open), open.set_aside.clone()), (vec![5], None));
    add(&mut open, 2, 24).unwrap();
    assert!(read(&folder.journal()).starts_with(&whole));
    assert_eq!(starts(&folder.open()), [5, 24]);
}

#[test]
fn a_damaged_journal_is_set_aside_and_the_gold_file_opened() {
    for damaged in [1, 2] {
        let folder = Folder::new();
        let mut open = folder.open();
        add(&mut open, 1, 5).unwrap();
        open.save();
        assert_eq!(open.saved, Saved::Saved);
        add(&mut open, 2, 24).unwrap();
        drop(open);
        let source = read(&folder.journal());
        let mut lines: Vec<&str> = source.lines().collect();
        let at = lines.len() - damaged;
        lines[at] = "no line of a journal";
        let spoilt = lines.join("\n") + "\n";
        fs::write(folder.journal(), &spoilt).unwrap();
        let mut open = folder.open();
        assert_eq!(starts(&open), [5], "what gold holds");
        let kept = aside(&folder.gold()).pop().unwrap();
        assert_eq!(read(&kept), spoilt, "nothing is lost");
        assert!(
            open.set_aside.as_ref().unwrap().contains(&kept.display().to_string()),
            "{:?}",
            open.set_aside
        );
        add(&mut open, 3, 24).unwrap();
        assert_eq!(starts(&folder.open()), [5, 24]);
    }
}

#[test]
fn a_document_that_was_edited_here_opens_after_its_text_was_changed_with_its_records() {
    let folder = Folder::new();
    let mut open = folder.open();
    add(&mut open, 1, 5).unwrap();
    open.save();
    drop(open);
    folder.retext("The bill SB 1 is read, then SB 2.\n");
    let mut open = folder.open();
    assert_eq!((starts(&open), open.read_only.clone()), (vec![9], None));
    assert_eq!(open.set_aside, None, "everything is in gold");
    add(&mut open, 2, 28).unwrap();
    assert_eq!(starts(&folder.open()), [9, 28]);
}

#[test]
fn what_a_journal_of_another_text_holds_beyond_gold_is_kept_and_told() {
    let folder = Folder::new();
    let mut open = folder.open();
    add(&mut open, 1, 5).unwrap();
    open.save();
    add(&mut open, 2, 24).unwrap();
    drop(open);
    let journal = read(&folder.journal());
    // A text in which every quote still stands where it stood.
    folder.retext(&NOTE.replace("then SB 2", "then of 2"));
    let open = folder.open();
    assert_eq!(starts(&open), [5]);
    let kept = aside(&folder.gold()).pop().unwrap();
    assert_eq!(read(&kept), journal);
    let told = open.set_aside.unwrap();
    assert!(told.contains("another text") && told.contains(&kept.display().to_string()), "{told}");
}
