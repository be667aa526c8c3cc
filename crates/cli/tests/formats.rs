//! `goldrule export` and `goldrule import`.

mod common;

use common::Sandbox;

const GOLD: &str = r#"{ "schema_version": 1, "document": "note", "meta": { "status": "done" }, "agencies": [
  { "id": "troy-pd", "name": "Troy Police Department", "kind": "police", "mentions": [ { "text": "Troy police", "form": "name" } ] } ],
  "stances": [ { "agency": "troy-pd", "topic": "enforcement", "position": "against", "attribution": "own", "text": "Troy police do not ask" } ],
  "citations": [] }"#;

fn sandbox() -> Sandbox {
    let sandbox = Sandbox::new();
    sandbox
        .write("corpus/note.txt", "👮 Troy police do not ask.\r\n")
        .write("annotations/gold/note.json", GOLD);
    sandbox
}

#[test]
fn brat_goes_out_and_comes_back() {
    let sandbox = sandbox();
    let out = sandbox.run("export --as brat annotations/gold --out brat");
    assert_eq!(out.status, 0, "{out}");
    assert!(out.stderr.contains("brat does not hold 1 × keys of the file"), "{out}");
    assert_eq!(
        sandbox.list("brat"),
        [".goldrule-export", "annotation.conf", "note.ann", "note.txt", "visual.conf"]
    );
    let back = sandbox.run("import --as brat brat --out mine --text corpus");
    assert_eq!(back.status, 0, "{back}");
    assert!(sandbox.read("mine/note.json").contains(r#""text": "Troy police", "start": 2, "end": 13"#));
}

#[test]
fn strict_writes_nothing_where_something_would_be_lost() {
    let sandbox = sandbox();
    let out = sandbox.run("export --as doccano annotations/gold --out d --strict");
    assert_eq!(out.status, 1, "{out}");
    assert!(!sandbox.path("d").exists());
    assert_eq!(sandbox.run("export --as prodigy annotations/gold --out p --strict").status, 0);
}

#[test]
fn what_somebody_changed_is_not_overwritten() {
    let sandbox = sandbox();
    let export = "export --as brat annotations/gold --out brat";
    assert_eq!(sandbox.run(export).status, 0);
    // What an export wrote may be written anew, what a hand changed may not.
    sandbox.write("annotations/gold/note.json", GOLD.replace("against", "conditional"));
    assert_eq!(sandbox.run(export).status, 0);
    sandbox.write("brat/note.ann", "T1\tAgency 2 13\tTroy police\n");
    let refused = sandbox.run(export);
    assert_ne!(refused.status, 0, "{refused}");
    assert!(refused.stderr.contains("would-overwrite"), "{refused}");
    assert_eq!(sandbox.read("brat/note.ann"), "T1\tAgency 2 13\tTroy police\n");
    assert_eq!(sandbox.run(&format!("{export} --force")).status, 0);
    let taken = sandbox.run("import --as brat brat --out annotations/gold");
    assert!(taken.stderr.contains("would-overwrite"), "{taken}");
}

#[test]
fn a_wrong_unit_is_refused_by_name() {
    let sandbox = sandbox();
    assert_eq!(sandbox.run("export --as prodigy annotations/gold --out p").status, 0);
    let line = sandbox.read("p/goldrule.jsonl");
    let wrong = line
        .replace("\"start\":2", "\"start\":3")
        .replace("\"end\":13", "\"end\":14")
        .replace("\"end\":24", "\"end\":25");
    sandbox.write("p/wrong.jsonl", wrong);
    let refused = sandbox.run("import --as prodigy p/wrong.jsonl");
    assert_eq!(refused.status, 1, "{refused}");
    assert!(
        refused.stderr.contains("matches when counted as UTF-16") && refused.stdout.is_empty(),
        "{refused}"
    );
    let told = sandbox.run("import --as prodigy p/wrong.jsonl --unit utf-16");
    assert_eq!(told.status, 0, "{told}");
    assert!(told.stdout.contains("\"start\": 2, \"end\": 13"), "{told}");
}

#[test]
fn texts_that_may_not_be_shipped_stay_here() {
    let sandbox = sandbox();
    let hash = "6f1c2e"; // Looked up by name.
    let withheld = format!(
        r#"{{ "schema_version": 1, "document": "secret", "meta": {{ "quotes": "withheld", "text_sha256": "{}" }}, "agencies": [],
          "stances": [], "citations": [ {{ "start": 0, "end": 5, "kind": "bill" }} ] }}"#,
        hash.repeat(10) + "6f1c"
    );
    sandbox
        .write("annotations/gold/secret.json", withheld)
        .write("corpus/manifest.csv", "document\nnote\nsecret\n");
    let out = sandbox.run("export --as prodigy annotations/gold");
    assert!(out.stderr.contains("its text may not be shipped"), "{out}");
    assert!(!out.stdout.contains("secret"), "{out}");
    assert_eq!(sandbox.run("export --as prodigy annotations/gold --withheld").status, 2);
}

const LINE: &str = r#"{"text":"Troy police do not ask.","meta":{"document":"m"},"spans":[{"start":0,"end":11,"text":"Troy police","label":"agency/police/name"}]"#;

#[test]
fn documents_of_one_name_are_refused_with_both_places() {
    let sandbox = Sandbox::new();
    let of = |annotator: &str| format!("{LINE},\"_annotator_id\":\"{annotator}\"}}\n");
    sandbox.write("two.jsonl", of("set-ann") + &of("set-bob"));
    let refused = sandbox.run("import --as prodigy two.jsonl --out gold --texts-out texts");
    assert_eq!(refused.status, 1, "{refused}");
    assert!(refused.stderr.contains("at two.jsonl:1 and at two.jsonl:2"), "{refused}");
    assert!(refused.stderr.contains("`_annotator_id`") && refused.stderr.contains("set-bob"), "{refused}");
    assert!(!sandbox.path("gold").exists() && !sandbox.path("texts").exists());
    // A file system that ignores case has one file for both.
    sandbox.write("case.jsonl", format!("{LINE}}}\n{}}}\n", LINE.replace("\"m\"", "\"M\"")));
    let refused = sandbox.run("import --as prodigy case.jsonl --out gold");
    assert_eq!(refused.status, 1, "{refused}");
    assert!(refused.stderr.contains("case does not count"), "{refused}");
}

#[test]
fn files_of_one_document_are_not_exported_over_each_other() {
    let sandbox = sandbox();
    let other = GOLD.replace("against", "conditional");
    sandbox.write("a/note.json", GOLD).write("b/note.json", other);
    for format in ["brat", "prodigy"] {
        let refused = sandbox.run(&format!("export --as {format} a b --out xb --text corpus"));
        assert_eq!(refused.status, 1, "{refused}");
        assert!(refused.stderr.contains("a/note.json and b/note.json"), "{refused}");
        assert!(!sandbox.path("xb").exists());
    }
}

#[test]
fn nothing_is_written_where_the_texts_cannot_be() {
    let sandbox = Sandbox::new();
    sandbox.write("one.jsonl", format!("{LINE}}}\n")).write("texts/m.txt", "somebody's");
    let refused = sandbox.run("import --as prodigy one.jsonl --out gold --texts-out texts");
    assert_ne!(refused.status, 0, "{refused}");
    assert!(refused.stderr.contains("would-overwrite"), "{refused}");
    assert!(!sandbox.path("gold").exists());
}

#[test]
fn names_that_are_no_files_are_refused() {
    let sandbox = Sandbox::new();
    for name in ["../x", "a/b", "", "CON", "nul.x", "a:b", "x."] {
        sandbox.write("one.jsonl", format!("{}}}\n", LINE.replace("\"m\"", &format!("{name:?}"))));
        let refused = sandbox.run("import --as prodigy one.jsonl --out gold --texts-out gold");
        assert_eq!(refused.status, 1, "{name} {refused}");
        assert!(refused.stderr.contains("bad-id") && !sandbox.path("gold").exists(), "{name} {refused}");
    }
}

#[test]
fn what_annotators_rejected_is_no_gold() {
    let sandbox = Sandbox::new();
    let of = |name: &str, answer: &str| {
        format!("{},\"answer\":\"{answer}\"}}\n", LINE.replace("\"m\"", &format!("{name:?}")))
    };
    let lines = of("a", "accept") + &of("a", "reject") + &of("b", "reject") + &of("c", "ignore");
    sandbox.write("lines.jsonl", lines);
    let out = sandbox.run("import --as prodigy lines.jsonl --out gold --strict");
    assert_eq!(out.status, 0, "{out}");
    assert_eq!(sandbox.list("gold"), ["a.json"]);
    assert!(out.stderr.contains("2 documents set aside: answered `reject`"), "{out}");
    assert!(out.stderr.contains("1 document set aside: answered `ignore`"), "{out}");
    sandbox.write("lines.jsonl", of("a", "perhaps"));
    let refused = sandbox.run("import --as prodigy lines.jsonl --out other");
    assert_eq!(refused.status, 1, "{refused}");
}

#[test]
fn tasks_that_were_cancelled_are_no_gold() {
    let sandbox = Sandbox::new();
    let task = |name: &str, rest: &str| {
        format!(r#"{{"data":{{"document":"{name}","text":"Troy police do not ask."}},{rest}}}"#)
    };
    let result = r#""result":[{"id":"x","type":"labels","value":{"start":0,"end":11,"text":"Troy police","labels":["agency/police/name"]}}]"#;
    let tasks = [
        task("kept", &format!(r#""annotations":[{{"was_cancelled":true,"result":[]}},{{{result}}}]"#)),
        task("empty", r#""annotations":[{"result":[]}]"#),
        task(
            "cancelled",
            &format!(r#""annotations":[{{"was_cancelled":true,"result":[]}}],"predictions":[{{{result}}}]"#),
        ),
        task("untouched", r#""annotations":[],"predictions":[]"#),
    ];
    sandbox.write("tasks.json", format!("[{}]", tasks.join(",")));
    let out = sandbox.run("import --as label-studio tasks.json --out gold");
    assert_eq!(out.status, 0, "{out}");
    assert_eq!(sandbox.list("gold"), ["empty.json", "kept.json"]);
    assert!(out.stderr.contains("1 document set aside: annotated by nobody who did not cancel"), "{out}");
    assert!(out.stderr.contains("1 document set aside: not annotated"), "{out}");
}

#[test]
fn folders_below_are_imported_too() {
    let sandbox = sandbox();
    assert_eq!(sandbox.run("export --as brat annotations/gold --out brat/a").status, 0);
    sandbox
        .write("brat/b/other.ann", "")
        .write("brat/b/other.txt", "Nothing.")
        .write("brat/.x/hidden.ann", "T");
    let out = sandbox.run("import --as brat brat --out mine");
    assert_eq!(out.status, 0, "{out}");
    assert_eq!(sandbox.list("mine"), ["note.json", "other.json"]);
}
