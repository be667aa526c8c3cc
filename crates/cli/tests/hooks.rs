//! `goldrule hooks` in a repository of its own.

#![allow(clippy::unwrap_used, reason = "a test may fail where it likes")]

mod common;

use std::process::Command;

use common::{Gold, Run, Sandbox};

const TEXT: &str = "Troy police ask nothing. SB 54 binds them.";

fn git(sandbox: &Sandbox, args: &[&str]) -> Run {
    let program = std::path::Path::new(env!("CARGO_BIN_EXE_goldrule")).parent().unwrap();
    let path = format!("{}:{}", program.display(), std::env::var("PATH").unwrap());
    let identity = ["-c", "user.name=t", "-c", "user.email=t@example.org", "-c", "commit.gpgsign=false"];
    let output = Command::new("git")
        .args(identity)
        .args(args)
        .current_dir(sandbox.path(""))
        .env("PATH", path)
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .env("GIT_CONFIG_SYSTEM", "/dev/null")
        .output()
        .unwrap();
    Run {
        status: output.status.code().unwrap(),
        stdout: String::from_utf8(output.stdout).unwrap(),
        stderr: String::from_utf8(output.stderr).unwrap(),
    }
}

fn repository() -> Sandbox {
    let sandbox = Sandbox::new();
    git(&sandbox, &["init", "-q", "-b", "main"]);
    sandbox.write("corpus/note.txt", TEXT);
    sandbox
}

fn gold(quote: &str) -> String {
    Gold::new("note", TEXT).citation("bill", "/us-ca/bill/sb/54", quote).json()
}

#[test]
fn what_is_installed_is_shown_first_and_removed_without_a_trace() {
    for (hook, attributes) in [
        (None, None),
        (Some("#!/bin/sh\necho mine\nexit 0\n"), Some("*.txt -text")),
        (Some("echo mine"), Some("*.txt -text\n")),
        (Some("#!/bin/bash"), None),
    ] {
        let sandbox = repository();
        let _ = std::fs::remove_file(sandbox.path(".git/hooks/pre-commit"));
        hook.map(|hook| sandbox.write(".git/hooks/pre-commit", hook));
        attributes.map(|attributes| sandbox.write(".gitattributes", attributes));
        let state = || {
            let file = |name: &str| std::fs::read_to_string(sandbox.path(name)).ok();
            (file(".git/hooks/pre-commit"), file(".gitattributes"), file(".git/config"))
        };
        let before = state();
        let dry = sandbox.run("hooks install --dry-run");
        assert_eq!(state(), before, "{dry}");
        let installed = sandbox.run("hooks install");
        assert_eq!(installed.status, 0, "{installed}");
        assert_eq!(installed.stdout, dry.stdout);
        if hook.is_none() {
            insta::assert_snapshot!("installed", installed);
        }
        let status = sandbox.run("hooks status");
        // A hook that was there keeps its mode, and these are not executable.
        let set_up = if hook.is_some() && cfg!(unix) { 3 } else { 4 };
        assert_eq!(status.stdout.matches("set up:    ").count(), set_up, "{status}");
        assert_eq!(sandbox.run("hooks install").stdout, "", "twice is once");
        let removed = sandbox.run("hooks remove");
        assert_eq!(removed.status, 0, "{removed}");
        assert_eq!(state(), before);
    }
}

#[test]
fn a_commit_with_broken_gold_is_stopped_and_the_old_hook_still_runs() {
    let sandbox = repository();
    sandbox.write(".git/hooks/pre-commit", "#!/bin/sh\ntouch ran\nexit 0\n");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = std::fs::Permissions::from_mode(0o755);
        std::fs::set_permissions(sandbox.path(".git/hooks/pre-commit"), mode).unwrap();
    }
    assert_eq!(sandbox.run("hooks install").status, 0);
    let broken = gold("SB 54").replace("\"end\": 30", "\"end\": 31");
    sandbox.write("annotations/gold/note.json", &broken);
    git(&sandbox, &["add", "."]);
    // What counts is what is staged.
    sandbox.write("annotations/gold/note.json", gold("SB 54"));
    let stopped = git(&sandbox, &["commit", "-qm", "broken"]);
    assert_eq!(stopped.status, 1, "{stopped}");
    assert!(stopped.stderr.contains("quote-mismatch"), "{stopped}");
    assert!(!sandbox.path("ran").exists());
    git(&sandbox, &["add", "."]);
    let taken = git(&sandbox, &["commit", "-qm", "mended"]);
    assert_eq!(taken.status, 0, "{taken}");
    assert!(sandbox.path("ran").exists());
    // Git compares by meaning now.
    sandbox.write("annotations/gold/note.json", gold("SB 54 binds"));
    let diff = git(&sandbox, &["diff"]);
    assert_eq!(diff.status, 0, "{diff}");
    insta::assert_snapshot!("git-diff", diff);
}

#[test]
fn open_conflicts_stop_a_commit_whatever_the_file_is_called() {
    for name in ["note", "two words", "ænigma", "it's"] {
        let sandbox = repository();
        let _ = std::fs::remove_file(sandbox.path(".git/hooks/pre-commit"));
        assert_eq!(sandbox.run("hooks install").status, 0);
        sandbox.write(&format!("corpus/{name}.txt"), TEXT);
        sandbox.write(&format!("annotations/gold/{name}.json"), gold("SB 54").replace("note", name));
        git(&sandbox, &["add", "."]);
        let open = format!("annotations/gold/{name}.conflicts.json");
        sandbox.write(&open, r#"{"document":"note","keys":[{"key":"meta.status"}]}"#);
        let stopped = git(&sandbox, &["commit", "-qm", "open"]);
        assert_eq!(stopped.status, 1, "{name}: {stopped}");
        assert!(stopped.stderr.contains(&format!("{open}: conflicts of a merge")), "{stopped}");
        std::fs::remove_file(sandbox.path(&open)).unwrap();
        let taken = git(&sandbox, &["commit", "-qm", "settled"]);
        assert_eq!(taken.status, 0, "{name}: {taken}");
    }
}

#[test]
fn what_somebody_set_up_for_themselves_stays() {
    let sandbox = repository();
    let own = "/opt/goldrule merge --driver %P %O %A %B";
    git(&sandbox, &["config", "merge.goldrule.driver", own]);
    sandbox.write(".git/hooks/pre-commit", "#!/bin/sh\nexit 0\n");
    let installed = sandbox.run("hooks install");
    assert!(installed.stderr.contains("a value of yours"), "{installed}");
    #[cfg(unix)]
    assert!(installed.stderr.contains("chmod +x"), "{installed}");
    let status = sandbox.run("hooks status");
    assert!(status.stdout.contains("not set up: merge driver"), "{status}");
    #[cfg(unix)]
    assert!(status.stdout.contains("not set up: pre-commit hook"), "{status}");
    sandbox.run("hooks remove");
    assert_eq!(git(&sandbox, &["config", "merge.goldrule.driver"]).stdout.trim(), own);
}

#[test]
fn what_git_merges_for_itself_leaves_no_conflicts_behind() {
    let sandbox = repository();
    let _ = std::fs::remove_file(sandbox.path(".git/hooks/pre-commit"));
    assert_eq!(sandbox.run("hooks install").status, 0);
    let file = "annotations/gold/note.json";
    let commit = |quote: &str| {
        sandbox.write(file, gold(quote));
        let _ = std::fs::remove_file(sandbox.path("annotations/gold/note.conflicts.json"));
        git(&sandbox, &["add", "-A"]);
        assert_eq!(git(&sandbox, &["commit", "-qm", quote]).status, 0);
    };
    commit("SB 54");
    git(&sandbox, &["checkout", "-qb", "a"]);
    commit("SB 54 binds");
    git(&sandbox, &["checkout", "-qb", "b", "main"]);
    commit("SB");
    git(&sandbox, &["tag", "old-b"]);
    // Each merges the other's and settles it alike: two common ancestors that contradict each other.
    assert_eq!(git(&sandbox, &["merge", "-q", "a"]).status, 1);
    commit("SB 54 binds them");
    git(&sandbox, &["checkout", "-q", "a"]);
    let conflicted = git(&sandbox, &["merge", "-q", "old-b"]);
    assert_eq!(conflicted.status, 1, "{conflicted}");
    assert!(sandbox.path("annotations/gold/note.conflicts.json").exists());
    commit("SB 54 binds them");
    let merged = git(&sandbox, &["merge", "-q", "--no-edit", "b"]);
    assert_eq!(merged.status, 0, "{merged}");
    assert_eq!(sandbox.list("annotations/gold"), ["note.json"]);

    // Git does not know of the file that an aborted merge leaves; the check tells.
    git(&sandbox, &["checkout", "-qb", "c", "main"]);
    commit("54");
    assert_eq!(git(&sandbox, &["merge", "-q", "b"]).status, 1);
    git(&sandbox, &["merge", "--abort"]);
    let check = sandbox.run("check annotations/gold");
    assert!(check.stderr.contains("the merge was aborted"), "{check}");
}

#[test]
fn decisions_of_two_people_are_merged_line_by_line() {
    let sandbox = repository();
    assert_eq!(sandbox.run("hooks install").status, 0);
    let asked = git(&sandbox, &["check-attr", "merge", "annotations/gold/note.decisions.jsonl"]);
    assert!(asked.stdout.contains("merge: union"), "{asked}");
}

#[test]
fn where_there_is_no_repository_that_is_said() {
    let sandbox = Sandbox::new();
    let run = sandbox.run("hooks install");
    assert_eq!(run.status, 2, "{run}");
    assert!(run.stderr.contains("no git repository"), "{run}");
}
