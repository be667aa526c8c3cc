//! Orders and policies of agencies: "General Order 3.07", "Special Order S06-14-03", "Policy 428".

use goldrule_schema::CitationKind;

use super::cursor::{Cursor, back_spaces, back_word};
use super::names::state_ending;
use super::{Authority, Found, MOST_ITEMS, Scope, order};

pub(super) const ANCHORS: &[&str] = &[
    "General Order",
    "Gen. Order",
    "Gen. Ord.",
    "Spec. Order",
    "general order",
    "Special Order",
    "special order",
    "Department Order",
    "Operations Order",
    "Administrative Order",
    "Field Order",
    "Executive Directive",
    "Policy Manual",
    "Operational Policy",
    "Procedure Manual",
    "Policy and Procedure Manual",
    "Policies and Procedures Manual",
    "Chief's Special Order",
    "Chief’s Special Order",
    "Chief's Directive",
    "Chief’s Directive",
    "Sheriff's Directive",
    "Sheriff’s Directive",
    "Policy",
    "policy",
    "Directive",
    "directive",
    "Standard Operating Procedure",
    "Command Order",
    "SOP",
    "S.O.P.",
    "Training Bulletin",
    "General Order No.",
    "G.O.",
    "GO",
    "Training Order",
    "Procedure",
    "Administrative Directive",
    "Law Enforcement Directive",
    "Law Enf't Directive",
    "Law Enf’t Directive",
    "Att'y Gen. Law Enf't Directive",
    "Att’y Gen. Law Enf’t Directive",
    "Att'y Gen. Directive",
    "Att’y Gen. Directive",
    "Attorney General Directive",
    "AG Directive",
    "General Orders",
    "Policies",
    "Patrol Guide",
    "Administrative Instruction",
    "Operational Order",
    "Departmental Directive",
    "Operations Directive",
    "Custody Operations Directive",
    "Custody Directive",
    "Procedural Instruction",
    "Department Memorandum",
    "Departmental Memorandum",
    "Interim Directive",
    "Department General Order",
    "DGO",
    "D.G.O.",
    "Department Directive",
    "Departmental General Order",
    "Departmental Order",
    "Department Manual",
    "Police Manual",
    "Personnel Order",
    "Operational Directive",
    "Operating Procedure",
    "Standing Order",
    "Temporary Order",
    "Chief's Order",
    "Order No.",
    "Patrol Guide Procedure",
    "Administrative Guide",
    "Written Directive",
    "Manual",
    "Manual Section",
    "Policy and Procedure",
    "Policies and Procedures",
    "Special Orders",
    "Directives",
    "Department Bulletin",
    "Training Directive",
    "Custody Policy",
    "Corrections Policy",
    "Corrections Directive",
    "Corrections Procedure",
    "Jail Policy",
    "Jail Procedure",
    "Jail Directive",
    "Detention Policy",
    "Detention Directive",
    "Patrol Directive",
    "Patrol Policy",
    "Patrol Procedure",
    "Personnel Policy",
    "Training Policy",
    "Council Policy",
    "Board Policy",
    "Administrative Policy",
    "Administrative Regulation",
    "Administrative Procedure",
    "Corrections Bulletin",
    "Roll Call Bulletin",
    "Legal Bulletin",
    "Information Bulletin",
    "Operations Manual",
    "Attorney General Law Enforcement Directive",
    "Department Policy",
    "Departmental Policy",
    "Department Procedure",
    "Notice No.",
    "Policy Directive",
    "Policy Memorandum",
    "Memorandum Order",
    "Regulation No.",
    "Unit Order",
    "Official Order",
    "Administrative Memo",
    "Administrative Memorandum",
    "Interim Order",
    "Bureau Order",
    "Circular",
    "Field Operations Directive",
    "Policy Statement",
    "Operations Instruction",
    "SO",
    "BP",
    "AR",
    "S.O.",
    "SPO",
    "LEM",
    "FR",
];

/// Policies that go by a name: name, state, number.
const NAMED_ORDERS: &[(&str, &str, &str)] = &[
    ("Immigrant Trust Directive", "nj", "2018-6"),
    ("Fair and Impartial Policing Policy", "vt", "fair-and-impartial-policing-policy"),
];
pub(super) const NAMED: &[&str] = literals!(NAMED_ORDERS);

/// "Immigrant Trust Directive".
pub(super) fn named(text: &str, start: usize, end: usize, out: &mut Vec<Found>) {
    let name = &text[start..end];
    let Some((_, code, number)) = NAMED_ORDERS.iter().find(|(n, ..)| n.eq_ignore_ascii_case(name)) else {
        return;
    };
    let authority = Authority::new(Scope::State(crate::State::from_code(code)), format!("/policy/{number}"));
    out.push(Found { start, end, kind: CitationKind::Policy, rule: "policy.name", authority });
}

/// Agencies of the federal government whose directives go by their initials.
const FEDERAL: &[&str] = &["ICE", "CBP", "DHS", "USCIS", "DOJ", "ERO", "FBI", "HSI", "USMS", "EOIR"];

/// Words of which an order's name must not be a part where nothing but a short number follows.
const LOOSE: &[&str] = &[
    "Policy",
    "policy",
    "Directive",
    "directive",
    "Procedure",
    "Policies",
    "Manual",
    "Directives",
    "SO",
    "GO",
    "SPO",
    "Manual Section",
    "SOP",
];

pub(super) fn parse(text: &str, start: usize, end: usize, out: &mut Vec<Found>) {
    let written = &text[start..end];
    let mut cursor = Cursor::new(text, end);
    let plural = cursor.eat("s") || written.ends_with('s');
    cursor.eat(",");
    let joined = matches!(written, "GO" | "SOP" | "DGO" | "SO") && cursor.eat("-");
    if !joined && !cursor.spaces() {
        return;
    }
    let marked = cursor.number_mark()
        || cursor.eat_any(&["Procedure No.", "Procedure", "Policy", "Volume"])
        || written.ends_with("No.");
    // "Policy #: 332"
    if marked {
        cursor.eat(":");
    }
    cursor.spaces();
    cursor.eat_any(&["No."]);
    cursor.spaces();
    let signed = cursor.section_mark().is_some();
    let Some(number) = number(&mut cursor) else { return };
    if !acceptable(text, (start, written), number, marked || joined, signed, cursor) {
        return;
    }
    let mut last = cursor;
    last.subdivisions();
    version(&mut last);
    let mut revised = last;
    revised.spaces();
    if ["(rev. ", "(Rev. ", "(revised "].iter().any(|r| revised.rest().starts_with(r))
        && revised.year_bracket().is_some()
    {
        last = revised;
    }
    let (from, mut scope) = issuer(text, start, written);
    // "Directive 10029.2" and "11072.4" are numbered as only ICE does.
    if written == "Directive"
        && number.split_once('.').is_some_and(|(head, tail)| head.len() == 5 && tail.len() == 1)
    {
        scope = Scope::Federal;
    }
    let executive = order::of_executive(text, start, written);
    let (kind, rule, path) = match executive {
        Some(_) => (CitationKind::ExecutiveOrder, "executive_order.number", "eo"),
        None => (CitationKind::Policy, "policy.number", "policy"),
    };
    let scope = executive.unwrap_or(scope);
    let new = |number: &str| {
        Authority::new(scope.clone(), format!("/{path}/{}", number.to_ascii_lowercase().replace(' ', "-")))
    };
    out.push(Found { start: from, end: last.at, kind, rule, authority: new(number) });
    let mut cursor = last;
    for _ in 0..if plural { MOST_ITEMS } else { 0 } {
        cursor.eat(",");
        cursor.spaces();
        let word = cursor.eat_any(&["and", "or", "&"]);
        cursor.spaces();
        let start = cursor.at;
        let Some(number) = self::number(&mut cursor).filter(|n| word || n.contains(['.', '-'])) else {
            return;
        };
        out.push(Found { start, end: cursor.at, kind, rule, authority: new(number) });
    }
}

/// " v2.0" after a directive's number.
fn version(cursor: &mut Cursor<'_>) {
    let mut ahead = *cursor;
    ahead.eat(",");
    if ahead.spaces() && (ahead.eat("v.") || ahead.eat("v")) && {
        ahead.spaces();
        ahead.section_number().is_some()
    } {
        *cursor = ahead;
    }
}

/// "3.07", "S06-14-03", "41-C", "16.130-POL-2", "III-G".
fn number<'t>(cursor: &mut Cursor<'t>) -> Option<&'t str> {
    let from = cursor.at;
    if let Some(number) = cursor.number() {
        return Some(number);
    }
    // "DD 03.1", "OPS 12-4": letters and a space first.
    let mut spaced = *cursor;
    let letters = spaced.take_while(|c| c.is_ascii_uppercase());
    if (2..=4).contains(&letters.len())
        && spaced.eat(" ")
        && spaced.section_number().is_some_and(|n| n.contains(['.', '-']))
    {
        *cursor = spaced;
        return cursor.text.get(from..cursor.at);
    }
    // "J-12", "DOC-1", "III-G": letters first.
    let word = cursor.take_while(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '.' | '/'));
    let bare = word.trim_end_matches(['.', '-', '/']);
    cursor.at = from + bare.len();
    let roman = bare.split_once('-').is_some_and(|(head, tail)| {
        head.bytes().all(|b| b"IVX".contains(&b)) && head.len() > 1 && (1..=2).contains(&tail.len())
    });
    let fits = (roman || bare.bytes().any(|b| b.is_ascii_digit()))
        && bare.contains(['-', '.', '/'])
        && bare.len() <= 16
        && bare.bytes().all(|b| !b.is_ascii_lowercase());
    if !fits {
        cursor.at = from;
    }
    fits.then_some(bare)
}

/// Whether the number is an order's rather than a year, a count or an insurer's.
fn acceptable(
    text: &str,
    (start, written): (usize, &str),
    number: &str,
    marked: bool,
    signed: bool,
    after: Cursor<'_>,
) -> bool {
    let parted = number.contains(['.', '-', '/']);
    let digits = number.bytes().filter(u8::is_ascii_digit).count();
    let year =
        number.len() == 4 && !parted && (number.starts_with("20") || number.starts_with("19")) && !marked;
    let lower = written.starts_with(char::is_lowercase);
    let loose = LOOSE.contains(&written);
    let short = written.len() <= 3 && !written.contains('.');
    let mut ahead = after;
    let counted = ahead.spaces() && {
        let word = ahead.take_while(char::is_alphabetic);
        ["years", "pages", "percent", "days", "months", "officers", "people", "times", "hours", "points"]
            .contains(&word)
    };
    let headless = matches!(written, "Order No." | "Notice No." | "Regulation No.");
    let preceded = back_word(text, start).map_or("", |(_, word)| word);
    if headless {
        // An order of a court or a shop has no department before it.
        return parted
            && ["Police", "Department", "Departmental", "PD", "Sheriff's", "Training"].contains(&preceded);
    }
    // "Avalon PD SOP 63"
    if written == "SOP" && digits <= 4 && (preceded.ends_with("PD") || preceded == "Department") {
        return true;
    }
    if matches!(written, "Manual" | "Manual Section") {
        let police =
            preceded.ends_with("PD") || ["Police", "Department", "Sheriff's", "Jail"].contains(&preceded);
        // "Manual section 4/264.50" is Los Angeles.
        return police && (signed || parted) || signed && number.contains('/') && number.contains('.');
    }
    !(year && !signed
        || counted && !parted
        || number.len() > 6 && !parted
        || number.starts_with('$')
        || lower && !(marked && number.len() <= 6 && (number.len() <= 4 || parted) || parted && digits >= 3)
        || loose
            && !lower
            && !(marked || signed || parted || digits >= 3 || named_so(text, start, number, after))
        || short && !(parted || digits >= 3 && written != "SO")
        || matches!(written, "SO" | "S.O." | "SPO") && !parted
        || written == "LEM" && !parted
        || written == "FR" && !(parted && super::bill::near(text, start, start, &["State Police"]))
        || matches!(written, "BP" | "AR") && !(number.contains('.') && digits >= 5)
        || written == "GO" && digits < 3 && !marked)
}

/// Whether what goes around "Policy 14" treats it as the name of a policy in force: ", which", " forbids".
fn named_so(text: &str, start: usize, number: &str, after: Cursor<'_>) -> bool {
    const RULES: [&str; 17] = [
        ", which ",
        ", adopted ",
        ", passed ",
        ", under which ",
        " forbids ",
        " bars ",
        " requires ",
        " says ",
        " tells ",
        " directs ",
        " prohibits ",
        " provides ",
        " states ",
        " allows ",
        " limits ",
        " now reads ",
        " orders ",
    ];
    let digits = number.len() == 2 && number.bytes().all(|b| b.is_ascii_digit());
    let begins = back_word(text, start).is_none_or(|(_, word)| !word.ends_with(|c: char| c.is_ascii_digit()));
    digits && begins && RULES.iter().any(|rule| after.rest().starts_with(rule))
}

/// Where the citation begins, and whose order it is.
fn issuer(text: &str, start: usize, written: &str) -> (usize, Scope) {
    let head = &text[..back_spaces(text, start)];
    // The directive of New Jersey's attorney general on immigration goes by its number.
    if written.ends_with("Directive")
        && text[start + written.len()..].trim_start_matches([' ', 'N', 'o', '.']).starts_with("2018-6")
    {
        return (start, Scope::State(state_ending(head.trim_end()).map(|(state, _)| state)));
    }
    let before = back_word(text, start).filter(|(at, word)| at + word.len() == head.len());
    // "Saint Paul Police Department Policy 405.00": the department's name is no part of it.
    let named =
        before.is_some_and(|(_, word)| ["Police", "Sheriff's", "Sheriff’s", "Safety"].contains(&word));
    if let Some(sort) = written.strip_prefix("Department ").filter(|_| named) {
        return (start + written.len() - sort.len(), Scope::Place(None, None));
    }
    if let Some(state) = of_state_police(head) {
        return (start, Scope::State(Some(state)));
    }
    let initials = before.map(|(at, word)| {
        let opened = word.len() - word.trim_start_matches(['(', '"', '“', '[']).len();
        (at + opened, &word[opened..])
    });
    if let Some((at, word)) = initials {
        if FEDERAL.contains(&word) {
            return (at, Scope::Federal);
        }
        let agency = word.len() >= 3 && word.bytes().all(|b| b.is_ascii_uppercase());
        if agency && (written.to_ascii_lowercase().starts_with("policy") || written.starts_with("Manual")) {
            return (at, Scope::Place(None, None));
        }
    }
    let statewide = written.contains("Attorney General")
        || written.contains("Law Enf")
        || written.starts_with("Att")
        || written.starts_with("AG ")
        || head.ends_with("Attorney General")
        || head.ends_with("Attorney General's");
    if statewide {
        let head = head.strip_suffix("Attorney General").unwrap_or(head);
        return (start, Scope::State(state_ending(head.trim_end()).map(|(state, _)| state)));
    }
    (start, Scope::Place(None, None))
}

/// The state whose police stand right before an order: "Pennsylvania State Police regulation FR 6-18".
fn of_state_police(head: &str) -> Option<crate::State> {
    let head = head.trim_end().trim_end_matches("regulation").trim_end();
    let head = head.strip_suffix("'s").or_else(|| head.strip_suffix("’s")).unwrap_or(head);
    let police = ["State Police", "Highway Patrol", "State Patrol", "State Highway Patrol"];
    let state = police.iter().find_map(|name| state_ending(head.strip_suffix(name)?.trim_end()));
    state.map(|(state, _)| state)
}
