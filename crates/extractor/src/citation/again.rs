//! A decision named again by one of its parties: "After Ramon, most sheriffs", "Murphy extends it".

use memchr::memmem;

use super::cursor::back_word;
use super::known::of_longer_name;

/// Whether the words around one party's name take it for the decision that the text has cited before.
pub(super) fn read_as_decision(text: &str, start: usize, end: usize, state: bool) -> bool {
    /// What is done with decisions.
    const READ: &[&str] = &[
        "read",
        "reads",
        "reading",
        "cite",
        "cites",
        "cited",
        "citing",
        "construing",
        "quoting",
        "invoking",
        "ignore",
        "ignores",
        "ignored",
        "overrule",
        "overruled",
        "follow",
        "follows",
    ];
    const LED: &[&str] =
        &["after", "After", "before", "Before", "on", "by", "with", "until", "Until", "in", "In"];
    const VERBS: &[&str] = &[
        " extends",
        " extended",
        " forbids",
        " forbade",
        " requires",
        " required",
        " bars",
        " barred",
        " permits",
        " allows",
        " prohibits",
        " stands",
        " means",
        " meant",
        " leaves",
        " left",
        " taught",
        " was decided",
        " does not",
        " did not",
        " is the",
        " is still",
        " was the",
        " is settled",
        " is law",
        " is on point",
        " changed",
        " answers",
        " answered",
        " resolved",
        " resolves",
        " concerned",
        " concerns",
        " involved",
        " involves",
        " recognized",
        " rejected",
        " upheld",
        " reached",
        " turned on",
        " rests on",
        " found",
        " had no occasion",
        " decided",
        " also left",
        " also held",
        " also leaves",
    ];
    let rest = &text[end..];
    let (at, last) = back_word(text, start).unwrap_or((start, ""));
    let last = last.trim_start_matches(['(', '"', '“', '—']);
    let whole =
        |word: &str| rest.strip_prefix(word).is_some_and(|rest| !rest.starts_with(char::is_alphanumeric));
    let closed = || rest.starts_with([',', '.', ';', ')', '?']) && !rest.starts_with(", who");
    let relied = ["relied", "relies", "rely", "relying", "reliance", "based", "trained", "rests", "built"];
    let relying = last == "on" && back_word(text, at).is_some_and(|(_, word)| relied.contains(&word));
    if state {
        let goes_on = [" in ", " as ", " to "].iter().any(|word| rest.starts_with(word));
        return (READ.contains(&last) || relying) && (closed() || goes_on);
    }
    let article =
        [" the ", " and the ", " many ", " most ", " no ", " every "].iter().any(|w| rest.starts_with(w));
    READ.contains(&last)
        || relying
        || LED.contains(&last) && (closed() || matches!(last, "after" | "After") && article)
        || VERBS.iter().any(|verb| whole(verb)) && !of_longer_name(text, start, end)
}

/// Whether a title or a first name stands before the name anywhere: what is said of it is said of a person.
pub(super) fn names_a_person(text: &str, name: &str) -> bool {
    memmem::find_iter(text.as_bytes(), name).any(|at| {
        let end = at + name.len();
        let party = text[..at].ends_with("v. ") || text[end..].starts_with(" v. ");
        let whole = !text[end..].starts_with(char::is_alphanumeric);
        let word = back_word(text, at).map_or("", |(_, word)| word);
        let titled = [
            "Mr.",
            "Ms.",
            "Mrs.",
            "Dr.",
            "Gov.",
            "Sen.",
            "Rep.",
            "Sgt.",
            "Capt.",
            "Lt.",
            "Chief",
            "Sheriff",
            "Mayor",
            "Attorney",
            "Judge",
            "Justice",
            "Deputy",
            "Officer",
            "Senator",
            "Governor",
            "Detective",
        ];
        let said = [" said", " told", " says", ", who", " wrote", " added"]
            .iter()
            .any(|w| text[end..].starts_with(w));
        whole && !party && (titled.contains(&word) || said)
    })
}
