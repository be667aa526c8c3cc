//! Secondary sources and court rules: found, but without a canonical id.

use goldrule_schema::CitationKind;

use super::cursor::{Cursor, back_spaces, back_word};
use super::names::state_ending;
use super::{Authority, Found, Scope};

pub(super) const RESTATEMENT: &[&str] = &["Restatement"];
pub(super) const OPINIONS: &[&str] = &[
    "Att'y Gen. Op.",
    "Att’y Gen. Op.",
    "Op. Att'y Gen.",
    "Op. Att’y Gen.",
    "Atty. Gen. Op.",
    "Op. Atty. Gen.",
    "Attorney General Opinion",
    "Attorney General's Opinion",
    "Attorney General’s Opinion",
    "AG Opinion",
    "AGO",
    "OAG",
    "Attorney General opinion",
    "Attorney General Op.",
    "AG Op.",
    "Opinion of the Attorney General",
    "A.G. Opinion",
    "Att'y Gen.",
    "Att’y Gen.",
    "Attorney General Formal Opinion",
    "Attorney General Advisory Opinion",
    "Opinion No.",
    "Formal Opinion",
    "Advisory Opinion",
    "Informal Opinion",
    "Op. No.",
];
pub(super) const BOOKS: &[&str] = &["Black's Law Dictionary", "Black’s Law Dictionary", "Wright & Miller"];
pub(super) const RULES: &[&str] = &[
    "Fed. R. Crim. P.",
    "Fed. R. Civ. P.",
    "Fed. R. Evid.",
    "Fed. R. App. P.",
    "Fed. R. Bankr. P.",
    "Fed.R.Crim.P.",
    "Fed.R.Civ.P.",
    "Fed.R.Evid.",
    "Fed.R.App.P.",
    "FRCP",
    "FRE",
    "Federal Rule of Civil Procedure",
    "Federal Rule of Criminal Procedure",
    "Federal Rule of Evidence",
    "Federal Rule of Appellate Procedure",
    "Federal Rules of Civil Procedure",
    "Federal Rules of Criminal Procedure",
    "Federal Rules of Evidence",
    "R. Crim. P.",
    "R. Civ. P.",
    "R. Evid.",
    "R. App. P.",
    "R.Crim.P.",
    "R.Civ.P.",
    "Civ. L.R.",
    "MCR",
    "Local Rule",
    "L.R.",
    "Civil Local Rule",
    "Criminal Local Rule",
    "Rules of Court",
    "Sup. Ct. R.",
    "S. Ct. R.",
    "Ct. R.",
    "CrR",
    "CrRLJ",
    "General Rule",
    "Supreme Court Rule",
    "R. Prof'l Conduct",
    "Rule of Professional Conduct",
    "Criminal Rule",
    "Rule of Criminal Procedure",
    "Rule of Civil Procedure",
    "Rule of Evidence",
    "Cir. R.",
    "R. Prof’l Conduct",
    "Rules of Civil Procedure",
    "Rules of Criminal Procedure",
    "Rules of Evidence",
    "Rules of Professional Conduct",
];

const KIND: CitationKind = CitationKind::Secondary;

fn push(start: usize, end: usize, rule: &'static str, out: &mut Vec<Found>) {
    out.push(Found { start, end, kind: KIND, rule, authority: Authority::none() });
}

/// "Restatement (Second) of Torts § 46 cmt. d (1965)".
pub(super) fn restatement(text: &str, start: usize, end: usize, out: &mut Vec<Found>) {
    let mut cursor = Cursor::new(text, end);
    cursor.spaces();
    let edition = cursor.rest().starts_with('(')
        && ["(First)", "(Second)", "(Third)", "(Fourth)"].iter().any(|edition| cursor.eat(edition));
    cursor.spaces();
    if !cursor.eat("of ") {
        return;
    }
    cursor.take_while(|c| c.is_alphabetic() || matches!(c, ' ' | '.' | '’' | '\'' | '&' | ':'));
    cursor.at = back_spaces(text, cursor.at);
    let mut ahead = cursor;
    ahead.eat(",");
    ahead.spaces();
    if ahead.section_mark().is_some() && ahead.section_number().is_some() {
        ahead.subdivisions();
        comment(&mut ahead);
        ahead.year_bracket();
        push(start, ahead.at, "secondary.restatement", out);
    } else if edition && cursor.at > end {
        // Words of the sentence may follow a title without a section; capitals alone are of it.
        let mut title = Cursor::new(text, end);
        title.spaces();
        title.take_while(|c| c != ')');
        title.eat(")");
        title.eat(" of");
        let mut last = title.at;
        while title.spaces() {
            let word = title.take_while(char::is_alphabetic);
            if word.starts_with(char::is_uppercase) {
                last = title.at;
            } else if !["of", "the", "and"].contains(&word) {
                break;
            }
        }
        push(start, last, "secondary.restatement", out);
    }
}

/// " cmt. d", " illus. 3".
fn comment(cursor: &mut Cursor<'_>) {
    for _ in 0..2 {
        let mut ahead = *cursor;
        ahead.eat(",");
        ahead.spaces();
        if !ahead.eat_any(&["cmt.", "comment", "cmts.", "illus.", "reporter's note"]) {
            return;
        }
        ahead.spaces();
        ahead.take_while(char::is_alphanumeric);
        *cursor = ahead;
    }
}

/// Initials of attorneys general of Texas, by which their opinions go.
pub(super) const TEXAN: &[&str] = &["KP-0", "GA-0", "GA-1", "JC-0", "DM-"];

/// "KP-0212" by itself.
pub(super) fn texan(text: &str, start: usize, end: usize, out: &mut Vec<Found>) {
    let mut cursor = Cursor::new(text, start + "KP-".len());
    let four = cursor.digits(4).is_some_and(|number| number.len() == 4);
    let said = ["opinion", "Opinion", "ttorney general", "Attorney General", "Att'y Gen.", "Att’y Gen."];
    if four && super::bill::near(text, start, end, &said) {
        push(start, cursor.at, "secondary.opinion", out);
    }
}

/// "Tex. Att'y Gen. Op. No. KP-0212 (2018)", "Attorney General Opinion 2018-05", "AGO 2017 No. 5".
pub(super) fn opinion(text: &str, start: usize, end: usize, out: &mut Vec<Found>) {
    let written = &text[start..end];
    let mut cursor = Cursor::new(text, end);
    cursor.eat(",");
    if !cursor.spaces() {
        return;
    }
    let marked = cursor.eat_any(&["No.", "Nos.", "Number", "Op."]);
    cursor.spaces();
    let Some(number) = cursor.number() else { return };
    let lettered = number.bytes().any(|b| b.is_ascii_alphabetic()) && number.contains('-');
    let general = written.starts_with("Op") && written.ends_with("No.")
        || written.ends_with("l Opinion")
        || written == "Advisory Opinion";
    // "Op. Va. Att'y Gen. 54": the office alone is none.
    let office = written.starts_with("Att") && written.ends_with("Gen.");
    if office && !text[..start].get(start.saturating_sub(14)..).is_some_and(|head| head.contains("Op")) {
        return;
    }
    // "Opinion No. 3" is anybody's; an attorney general's has letters or a year: "KP-0212", "14-702".
    let of_office = super::bill::near(text, start, start, &["ttorney"])
        || text[end..].get(..60).unwrap_or(&text[end..]).contains("Att")
        || text[end..].get(..60).unwrap_or(&text[end..]).contains("attorney general");
    // "Formal Opinion 2 counts"
    let sure = marked || number.len() > 2;
    if general && !(lettered && number.len() >= 6 || of_office && sure)
        || written == "AGO" && !number.contains('-') && number.len() != 4
    {
        return;
    }
    let mut ahead = cursor;
    ahead.eat(",");
    ahead.spaces();
    if ahead.eat_any(&["No."]) && ahead.spaces() && ahead.number().is_some() {
        cursor = ahead;
    } else if written == "AGO" && number.len() == 4 && !marked && !number.contains('-') {
        return;
    }
    let mut page = cursor;
    if page.eat(",")
        && page.spaces()
        && page.eat_word("at")
        && page.spaces()
        && page.section_number().is_some()
    {
        cursor = page;
    }
    cursor.year_bracket();
    let head = &text[..back_spaces(text, start)];
    let mut from = start;
    if let Some((_, at)) = state_ending(head).filter(|_| head.ends_with('.')) {
        from = at;
        if text[..at].ends_with("Op. ") {
            from -= "Op. ".len();
        }
    }
    // A volume or a year before: "102 Md. Op. Att'y Gen. 3", "2007 Op. Va. Att'y Gen. 54".
    from = super::cursor::back_digits(text, from, 4)
        .filter(|_| text[from..end].contains("Op"))
        .map_or(from, |(at, _)| at);
    push(from, cursor.at, "secondary.opinion", out);
}

/// "Black's Law Dictionary 123 (11th ed. 2019)".
pub(super) fn book(text: &str, start: usize, end: usize, out: &mut Vec<Found>) {
    let mut cursor = Cursor::new(text, end);
    cursor.eat(",");
    cursor.spaces();
    let numbered = cursor.section_mark().is_some() | cursor.section_number().is_some();
    if !numbered {
        cursor.at = end;
    } else if cursor.text[..cursor.at].ends_with("§ ") {
        cursor.section_number();
    }
    let dated = cursor.year_bracket().is_some();
    if numbered || dated {
        push(start, cursor.at, "secondary.book", out);
    }
}

/// "Fed. R. Crim. P. 41(f)", "Federal Rule of Evidence 404(b)", "Rule 41 of the Federal Rules of …".
pub(super) fn court_rule(text: &str, start: usize, end: usize, out: &mut Vec<Found>) {
    let kind = CitationKind::Regulation;
    let rule = "regulation.court_rule";
    let mut cursor = Cursor::new(text, end);
    cursor.eat(",");
    cursor.spaces();
    cursor.eat_any(&["Rule", "rule", "Rules", "rules", "§"]);
    cursor.spaces();
    let authority = Authority::none();
    if let Some(number) = cursor.section_number() {
        let written = &text[start..end];
        if matches!(written, "L.R." | "MCR") && !number.contains(['-', '.']) {
            return;
        }
        cursor.subdivisions();
        let head = &text[..back_spaces(text, start)];
        let dotted = written.ends_with('.') && !written.starts_with("Fed");
        let whole = written.starts_with("Rules of Court") || written == "General Rule";
        let from = state_ending(head).filter(|_| dotted || whole);
        if written == "General Rule" && from.is_none() {
            return;
        }
        let from = from.map_or_else(|| circuit(text, start), |(_, at)| at);
        out.push(Found { start: from, end: cursor.at, kind, rule, authority });
        return;
    }
    if let Some((from, ..)) = rule_prefix(text, start) {
        out.push(Found { start: from, end, kind, rule, authority });
    }
}

/// Rules of procedure that courts and lawyers name by their number alone.
pub(super) const BARE_RULES: &[&str] = &["Rule", "Rules"];

/// Nouns that go with the number of a rule of procedure: "Rule 41 warrant".
const MOTIONS: &[&str] = &[
    "motion",
    "motions",
    "warrant",
    "conference",
    "disclosures",
    "deposition",
    "depositions",
    "sanctions",
    "injunction",
    "subpoena",
    "hearing",
];

/// "Rule 12(b)(6)", "a Rule 41 warrant"; the "Rule 12.3" of a department is its policy.
pub(super) fn bare_rule(text: &str, start: usize, end: usize, out: &mut Vec<Found>) {
    let mut cursor = Cursor::new(text, end);
    if !cursor.spaces() {
        return;
    }
    let Some(number) = cursor.section_number() else { return };
    let plain = number.bytes().all(|b| b.is_ascii_digit()) && number.len() <= 2;
    let parts = cursor.subdivisions();
    let near = |signals: &[&str]| super::bill::near(text, start, cursor.at, signals);
    let mut after = cursor;
    after.spaces();
    let noun = after.take_while(char::is_alphabetic);
    // One subdivision is not enough: golf has a Rule 24(b) too.
    let courts = [
        "ourt",
        "otion",
        "udge",
        "ismiss",
        "njunction",
        "laintiff",
        "lass",
        "rief",
        "ttorney",
        "awyer",
        "awsuit",
        "ederal",
        "moved",
        "ecree",
        "acate",
        "arrant",
    ];
    let shown = MOTIONS.contains(&noun) || parts.matches('/').count() > 1 || parts.len() > 1 && near(&courts);
    if plain && shown && (2..=86).contains(&number.parse().unwrap_or(0)) {
        let (kind, rule) = (CitationKind::Regulation, "regulation.court_rule");
        out.push(Found { start, end: cursor.at, kind, rule, authority: Authority::none() });
        return;
    }
    let department =
        near(&["olice", "epartment", "heriff", "anual", "ules and regulations", "nternal affairs"]);
    let court = near(&["ourt", "onduct", "ivil", "riminal", "lawyer", "attorney"]);
    if number.contains('.') && !number.contains(['/', ':']) && number.len() <= 7 && department && !court {
        let authority = Authority::new(Scope::Place(None, None), format!("/policy/{number}"));
        out.push(Found {
            start,
            end: cursor.at,
            kind: CitationKind::Policy,
            rule: "policy.number",
            authority,
        });
    }
}

/// Words that stand before an author without being of the name.
const NO_AUTHOR: &[&str] =
    &["See", "Cf.", "In", "By", "And", "But", "Accord", "Compare", "The", "Also", "E.g."];

/// Where author and title, a comma each, before the volume of a journal begin: "Ingrid V. Eagly, Criminal Justice
/// for Noncitizens, 88 N.Y.U. L. Rev. 1126".
pub(super) fn author_and_title(text: &str, volume: usize) -> Option<usize> {
    let head = text[..volume].trim_end().strip_suffix(',')?.trim_end_matches(['*', '_']);
    let mut at = head.len();
    let mut words = 0;
    // The title, up to the word that a comma ends.
    while words < 18 {
        let (start, word) = back_word(text, at)?;
        if word.ends_with(',') && words > 0 {
            break;
        }
        let bare = word.trim_start_matches(['*', '_', '"', '“', '‘', '(']);
        let small =
            ["of", "the", "and", "in", "for", "to", "a", "an", "on", "as", "from", "by", "with", "or", "at"];
        if !(bare.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit()) || small.contains(&bare))
            || word.ends_with(['.', ';']) && words > 0
        {
            return None;
        }
        (at, words) = (start, words + 1);
    }
    let (mut from, mut names) = (None, 0);
    while names < 7 {
        let Some((start, word)) = back_word(text, at) else { break };
        let opened = word.len() - word.trim_start_matches(['(', '"', '“', '[']).len();
        let (start, word) = (start + opened, &word[opened..]);
        let joint = ["&", "and"].contains(&word);
        let bare = word.trim_end_matches(',');
        let initial = bare.ends_with('.') && bare.len() <= 3;
        let name = bare.starts_with(char::is_uppercase) && (initial || !bare.ends_with(['.', ':', ';']));
        if !(name || joint && names > 0) || NO_AUTHOR.contains(&word) || word.ends_with(',') && names > 0 {
            break;
        }
        if name {
            from = Some(start);
        }
        (at, names) = (start, names + 1);
        if opened > 0 {
            break;
        }
    }
    from.filter(|_| names >= 2 && words >= 2)
}

/// Where "9th" before "Cir. R." or a court before "L.R." begins.
fn circuit(text: &str, start: usize) -> usize {
    let numbered = super::cursor::back_word(text, start).filter(|(_, word)| {
        text[start..].starts_with("Cir.") && word.starts_with(|c: char| c.is_ascii_digit())
    });
    numbered.map_or(start, |(at, _)| at)
}

/// "Rule 41(f) of the" that ends before `at`.
fn rule_prefix(text: &str, at: usize) -> Option<(usize, &str)> {
    let mut end = at;
    // "Rule 8.4 of the Washington Rules of Professional Conduct"
    if let Some((_, from)) = state_ending(&text[..back_spaces(text, end)]) {
        end = from;
    }
    let (the, word) = super::cursor::back_word(text, end)?;
    if word != "the" {
        return None;
    }
    let (of, word) = super::cursor::back_word(text, the)?;
    let (number_at, number) = super::cursor::back_word(text, of)?;
    let (rule_at, rule) = super::cursor::back_word(text, number_at)?;
    let fits = word == "of"
        && number.starts_with(|c: char| c.is_ascii_digit())
        && ["Rule", "rule", "Rules"].contains(&rule.trim_start_matches('('));
    fits.then_some((rule_at + rule.len() - rule.trim_start_matches('(').len(), number))
}
