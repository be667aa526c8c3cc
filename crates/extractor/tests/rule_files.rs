//! Rules from a folder: what they add and replace, and how their faults are shown.

#![allow(clippy::unwrap_used, reason = "a test may fail where it likes")]

use goldrule_extractor::{Extractor, RuleError};
use goldrule_schema::{Document, Topic};

const RULE: &str = r#"layer = "stance"

[[rule]]
id = "stance.mine"
say = "ferrying people"
match = "~ferry ..2 detainees"
emit = { topic = "enforcement", position = "favor" }
yes = ["{Elko police} [ferry detainees]. => favor"]
no = ["Boats ferry cars."]
"#;

fn load(files: &[(&str, &str)]) -> Result<Extractor, Vec<RuleError>> {
    let dir = tempfile::tempdir().unwrap();
    for (name, source) in files {
        std::fs::write(dir.path().join(name), source).unwrap();
    }
    Extractor::with_rules_dir(dir.path()).map_err(|errors| {
        let dir = format!("{}/", dir.path().display());
        errors.into_iter().map(|error| RuleError { file: error.file.replace(&dir, ""), ..error }).collect()
    })
}

fn faults(files: &[(&str, &str)]) -> Vec<RuleError> {
    load(files).unwrap_err()
}

fn stances(extractor: &Extractor, text: &str) -> Vec<(String, Topic)> {
    let set = extractor.extract(&Document::new("d", text));
    set.stances.into_iter().map(|stance| (stance.rule.unwrap(), stance.topic)).collect()
}

#[test]
fn a_folder_adds_rules_and_replaces_those_of_the_same_id() {
    let text = "Elko police serenade detainees for ICE. Elko police do not ask about immigration status.";
    let rule = RULE.replace("ferry", "serenade");
    let shipped = stances(&Extractor::new(), text);
    assert!(shipped.contains(&("stance.status.ask".to_owned(), Topic::StatusInquiry)), "{shipped:?}");
    assert!(shipped.iter().all(|(rule, _)| rule != "stance.mine"));
    let added = load(&[("mine.toml", &rule)]).unwrap();
    assert!(stances(&added, text).contains(&("stance.mine".to_owned(), Topic::Enforcement)));
    assert_eq!(added.rules().rules.len(), Extractor::new().rules().rules.len() + 1);
    let replaced = load(&[("mine.toml", &rule.replace("stance.mine", "stance.status.ask"))]).unwrap();
    let found = stances(&replaced, text);
    assert!(found.contains(&("stance.status.ask".to_owned(), Topic::Enforcement)), "{found:?}");
    assert!(!found.contains(&("stance.status.ask".to_owned(), Topic::StatusInquiry)), "{found:?}");
    assert_eq!(replaced.rules().rules.len(), Extractor::new().rules().rules.len());
}

#[test]
fn a_later_fragment_replaces_an_earlier_one_for_all_rules() {
    let mine = format!("{}\n", RULE.replace("[[rule]]", "[define]\nstatus = \"shoe size\"\n\n[[rule]]"));
    let extractor = load(&[("mine.toml", &mine)]).unwrap();
    let found = stances(&extractor, "Elko police ask about shoe size. ICE and immigration came up.");
    assert_eq!(found, [("stance.status.ask".to_owned(), Topic::StatusInquiry)]);
}

#[test]
fn every_fault_of_every_file_is_shown_at_once_with_its_place() {
    let pattern = |pattern: &str| RULE.replace("~ferry ..2 detainees", pattern);
    let files = [
        ("a.toml", pattern("~ferry (people")),
        ("b.toml", pattern("~ferry .. detainees").replace("no = [\"Boats ferry cars.\"]\n", "")),
        ("c.toml", RULE.replace("\"favor\" }", "\"for\", colour = \"red\" }")),
        (
            "d.toml",
            RULE.replace("[[rule]]", "[define]\npeople = \"(a|b\"\n\n[[rule]]").replace("..2", "@people"),
        ),
        ("e.toml", pattern("..2 %any")),
        ("f.toml", "layer = \"stance\"\nrule = 3\n".to_owned()),
        ("g.toml", pattern("%colour ferry")),
    ];
    // Rules of one id replace each other, and a replaced rule is not looked at.
    let named: Vec<_> = files
        .iter()
        .map(|(name, source)| (*name, source.replace("stance.mine", &format!("stance.{name}"))))
        .collect();
    let named: Vec<_> = named.iter().map(|(name, source)| (*name, source.as_str())).collect();
    let shown: Vec<_> = faults(&named).iter().map(ToString::to_string).collect();
    insta::assert_snapshot!(shown.join("\n\n"));
}

/// Slips of people who write their first rule, one a file.
#[test]
fn slips_of_newcomers_are_named_with_their_remedy() {
    let pattern = |pattern: &str| RULE.replace("~ferry ..2 detainees", pattern);
    let yes = |yes: &str| RULE.replace("{Elko police} [ferry detainees]. => favor", yes);
    let both = "any = [\"~ship detainees\"]\nemit";
    let files = [
        ("anything", pattern("~ferry .* detainees")),
        ("both", RULE.replace("emit", both)),
        ("brace-left-open", yes("{Elko police [ferry detainees]. => favor")),
        ("brace-never-opened", yes("\\\"Elko police} [ferry detainees]. => favor")),
        ("brace-within-brace", yes("{Elko {police} [ferry detainees]. => favor")),
        ("bracket-left-open", yes("{Elko police} [ferry detainees. => favor")),
        ("brackets-missing", yes("{Elko police} ferry detainees. => favor")),
        ("brace-of-a-no", RULE.replace("Boats ferry cars.", "{Boats ferry cars.")),
        ("gap-too-long", pattern("~ferry ..256 detainees")),
        ("layer", RULE.replace("\"stance\"", "\"stances\"")),
        ("layer-unlike-any", RULE.replace("\"stance\"", "\"mentions\"")),
        ("layer-missing", RULE.replace("layer = \"stance\"\n", "")),
        ("name-of-a-layer", pattern("@AGENCIES ~ferry detainees")),
        ("name-like-no-layer", pattern("@VEHICLE ~ferry detainees")),
        ("name-like-none", pattern("@vehicle ~ferry detainees")),
        ("repeated", pattern("~ferry detainees+")),
        ("single-brackets", RULE.replace("[[rule]]", "[rule] # my first")),
    ];
    let named: Vec<_> = files
        .iter()
        .map(|(name, source)| (format!("{name}.toml"), source.replace("stance.mine", name)))
        .collect();
    let named: Vec<_> = named.iter().map(|(name, source)| (name.as_str(), source.as_str())).collect();
    let errors = faults(&named);
    for (file, _) in &named {
        assert_eq!(errors.iter().filter(|error| error.file == *file).count(), 1, "{file}");
    }
    let shown: Vec<_> = errors.iter().map(ToString::to_string).collect();
    insta::assert_snapshot!(shown.join("\n\n"));
}

#[test]
fn a_caret_points_into_literals_with_escapes_and_several_lines() {
    let escaped = RULE.replace("~ferry ..2 detainees", "\\\"287(g)\\\" \\u00e9 @nothing");
    let error = &faults(&[("mine.toml", &escaped)])[0];
    assert_eq!(error.source_line.chars().nth(error.column as usize - 1), Some('n'), "{error}");
    let long = RULE.replace("\"~ferry ..2 detainees\"", "\"\"\"\n  ~ferry ..2\n  @nothing\"\"\"");
    let error = &faults(&[("mine.toml", &long)])[0];
    assert_eq!((error.line, error.column), (8, 4), "{error}");
    let plain = RULE.replace("\"~ferry ..2 detainees\"", "'é \"a b\" @nothing'");
    let error = &faults(&[("mine.toml", &plain)])[0];
    assert_eq!(error.source_line.chars().nth(error.column as usize - 1), Some('n'), "{error}");
}

#[test]
fn patterns_that_would_take_all_memory_are_refused() {
    let mut define = String::from("[define]\nx0 = \"(a|b c)\"\n");
    for depth in 1..30 {
        let line = format!("x{depth} = \"@x{0} @x{0}\"\n", depth - 1);
        define.push_str(&line);
    }
    let bomb = RULE.replace("[[rule]]", &format!("{define}\n[[rule]]")).replace("..2", "@x29");
    assert!(faults(&[("mine.toml", &bomb)]).iter().any(|error| error.message.contains("too large")));
    let deep = RULE.replace("..2", &"(".repeat(50_000));
    assert!(faults(&[("mine.toml", &deep)])[0].message.contains("brackets"));
    let captures: String = (0..9).map(|n| format!("<c{n}: a>")).collect::<Vec<_>>().join(" ");
    assert!(
        faults(&[("mine.toml", &RULE.replace("..2", &captures))])[0].message.contains("at most 8 captures")
    );
    let own = RULE.replace("[[rule]]", "[define]\nloop = \"a @loop\"\n\n[[rule]]").replace("..2", "@loop");
    assert!(faults(&[("mine.toml", &own)]).iter().any(|error| error.message.contains("defined by itself")));
}

#[test]
fn faults_of_cards_are_shown_where_they_are() {
    let card = RULE.replace(
        "match = \"~ferry ..2 detainees\"",
        "base = 4\npoints = [\"ferry 3\", \"detainees\", \"not & 2\", \"one two three 1\", \"boats 1.5\"]",
    );
    let found = faults(&[("card.toml", &card)]);
    let shown: Vec<_> =
        found.iter().map(|fault| (fault.line, fault.column, fault.message.as_str())).collect();
    assert_eq!(
        shown,
        [
            (7, 22, "`detainees` gives no points"),
            (7, 35, "`not & 2` gives no points"),
            (7, 46, "`one two three 1` gives no points"),
            (7, 65, "`boats 1.5` gives no points"),
        ]
    );
    let huge = RULE.replace(
        "match = \"~ferry ..2 detainees\"",
        "base = -2147483648\npoints = [\"ferry 2147483647\", \"detainees 2147483647\"]",
    );
    assert_eq!(
        stances(&load(&[("card.toml", &huge)]).unwrap(), "Elko police ferry detainees for ICE.").len(),
        1
    );
    let both = card.replace("base = 4", "base = 4\nmatch = \"~ferry\"");
    assert!(faults(&[("card.toml", &both)])[0].message.contains("both patterns and `points`"));
    let baseless = card.replace("base = 4\n", "");
    assert!(faults(&[("card.toml", &baseless)])[0].message.contains("without the other"));
    let unclosed = "\n[[rule]]\nid = \"stance.unclosed\"\nsay = \"a fault of a pattern\"\nmatch = \"~ferry (\"\n\
        emit = { topic = \"enforcement\", position = \"favor\" }\nyes = [\"[ferry]. => favor\"]\nno = [\"Boats.\"]\n";
    assert_eq!(
        faults(&[("card.toml", &format!("{card}{unclosed}"))]).len(),
        found.len() + 1,
        "all faults at once"
    );
}

/// A card that is weighed, for the topic of ferrying, with what speaks for each position.
const WEIGHED: &str = r#"
layer = "stance"

[weigh]
scale = 8
likely = 0.5
unlikely = 0.4
favor = { base = 0, stated = 9, otherwise = -9, topics = { enforcement = 1 }, points = ["gladly 20"] }
against = { base = 0, stated = 9, otherwise = -9, points = ["never 40"] }
conditional = { base = -20, stated = 9, otherwise = -9, points = ["if 30"] }
noncommittal = { base = -20, stated = 9, otherwise = -9, points = ["maybe 30"] }

[[rule]]
id = "stance.enforcement.card"
say = "ferrying, weighed"
base = 20
stated = 24
elsewhere = -4
points = ["ferry 30", "oars 25", "drizzle -5", "sleet -11", "regatta -60"]
emit = { topic = "enforcement", position = "weighed" }
yes = ["[The {Elko Police Department} will gladly ferry them for ICE]. => favor"]
no = ["The Elko Police Department watched the regatta."]
"#;

fn positions(extractor: &Extractor, text: &str) -> Vec<String> {
    let set = extractor.extract(&Document::new("d", text));
    set.stances.iter().map(|stance| format!("{} {}", stance.topic, stance.position)).collect()
}

#[test]
fn weighed_cards_find_drop_and_turn_what_is_stated() {
    let cards = load(&[("cards.toml", WEIGHED)]).unwrap();
    let says = |text: &str| positions(&cards, text);
    assert_eq!(
        says("Elko police spoke of ICE. Elko police will gladly lend their oars."),
        ["enforcement favor"]
    );
    assert_eq!(
        says("Elko police spoke of ICE. Elko police will never lend their oars."),
        ["enforcement against"]
    );
    assert!(says("Elko police spoke of ICE. Elko police lost their oars at a regatta.").is_empty());
    // A shipped pattern states it, and the words speak against that.
    let stated = "Elko police take part in immigration raids.";
    assert_eq!(says(stated), ["enforcement favor"]);
    assert!(says(&stated.replace("raids", "raids, as the regatta will be told")).is_empty());
    // Less than likely, and not unlikely: what a pattern states stays.
    assert_eq!(says(&stated.replace("raids", "raids, drizzle or sunshine")), ["enforcement favor"]);
    assert!(says(&stated.replace("raids", "raids, sleet or sunshine")).is_empty());
    assert_eq!(says(&stated.replace("raids", "raids, never mind the weather")), ["enforcement against"]);
}

#[test]
fn what_a_rule_of_ones_own_states_is_not_judged() {
    let rule = RULE.replace("ferry", "serenade");
    let own = load(&[("cards.toml", WEIGHED), ("own.toml", &rule)]).unwrap();
    let text = "Elko police serenade detainees at the regatta for ICE.";
    assert_eq!(positions(&own, text), ["enforcement favor"]);
}

#[test]
fn faults_of_weights_are_shown_where_they_are() {
    let broken = WEIGHED
        .replace("scale = 8", "scale = 0")
        .replace("likely = 0.5", "likely = 2")
        .replace("topics = { enforcement", "topics = { ferrying")
        .replace("never 40", "never");
    let found = faults(&[("cards.toml", &broken)]);
    let shown: Vec<_> = found.iter().map(|fault| (fault.line, fault.message.as_str())).collect();
    assert_eq!(shown, [(5, "`scale` is 0"), (6, "`likely` is 2"), (8, "there is no topic `ferrying`")]);
    let twice = WEIGHED.replace("[[rule]]\nid", "[[rule]]\nid = \"stance.other\"\n#");
    let found = faults(&[("cards.toml", &twice)]);
    assert!(found.iter().any(|fault| fault.message.contains("second weighed card")), "{found:?}");
    let points = WEIGHED.replace("never 40", "never");
    assert!(faults(&[("cards.toml", &points)])[0].message.contains("gives no points"));
    let partial = WEIGHED.replace("conditional = ", "# conditional = ");
    assert!(faults(&[("cards.toml", &partial)])[0].message.contains("conditional"));
    let huge = WEIGHED.replace("ferry 30", "ferry 2147483647").replace("base = 20", "base = -2147483648");
    assert_eq!(
        stances(&load(&[("cards.toml", &huge)]).unwrap(), "Elko police gladly ferry them for ICE.").len(),
        1
    );
}
