//! Provisions of constitutions: amendments, clauses, articles.

use goldrule_schema::CitationKind;

use super::cursor::{Cursor, back_spaces, back_word, before};
use super::names::{state_ending, state_starting};
use super::section::section_prefix;
use super::{Authority, Found, MOST_ITEMS, Scope, slug, subject};

/// Before Roman numbers.
pub(super) const NUMBERED: &[&str] = &["Amendment", "Amendments"];
pub(super) const AMENDMENT: &[&str] =
    &["Amendment", "Amendments", "amendment", "amendments", "Amend.", "Amends."];
pub(super) const CLAUSE: &[&str] = &["Clause", "clause"];
pub(super) const ABBREVIATED: &[&str] = &["Const.", "Constitution"];
pub(super) const ARTICLE: &[&str] = &["Article", "article", "Art.", "art. "];

const KIND: CitationKind = CitationKind::Constitution;

const ORDINALS: &[&str] = &[
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
    "eleventh",
    "twelfth",
    "thirteenth",
    "fourteenth",
    "fifteenth",
    "sixteenth",
    "seventeenth",
    "eighteenth",
    "nineteenth",
    "twentieth",
    "twenty-first",
    "twenty-second",
    "twenty-third",
    "twenty-fourth",
    "twenty-fifth",
    "twenty-sixth",
    "twenty-seventh",
];

/// Clauses of the federal constitution that go by a name.
const CLAUSES: &[&str] = &[
    "Supremacy",
    "Commerce",
    "Spending",
    "Equal Protection",
    "Due Process",
    "Establishment",
    "Free Exercise",
    "Contracts",
    "Contract",
    "Take Care",
    "Necessary and Proper",
    "Takings",
    "Full Faith and Credit",
    "Guarantee",
    "Appointments",
    "Naturalization",
    "Citizenship",
    "Privileges and Immunities",
    "Privileges or Immunities",
    "Confrontation",
    "Appropriations",
    "Suspension",
    "Free Speech",
    "Elections",
    "Excessive Fines",
    "Double Jeopardy",
    "Just Compensation",
    "Ex Post Facto",
    "Speech or Debate",
    "Foreign Commerce",
    "Dormant Commerce",
];

/// "Fourth Amendment", "4th Amendment", "Fourth and Fourteenth Amendments".
pub(super) fn amendment(text: &str, start: usize, end: usize, out: &mut Vec<Found>) {
    let rule = "constitution.amendment";
    let Some((from, number)) = ordinal_before(text, start) else { return };
    if text[start..end].starts_with('a') && text[from..].starts_with(char::is_lowercase) && number < 4 {
        return; // "the first amendment to the plan"
    }
    let plain = &text[start..end] == "amendments" && text[from..].starts_with(char::is_lowercase);
    if plain {
        return; // "the third and fourth amendments to the bill"
    }
    let authority = |n: usize| Authority::federal(format!("/const/amendment/{n}"));
    let many = text[start..end].trim_end_matches('.').ends_with(['s', 'S']);
    let mut at = from;
    for _ in 0..if many { MOST_ITEMS } else { 0 } {
        let Some((and, word)) = back_word(text, at) else { break };
        let comma = text[..back_spaces(text, at)].ends_with(',');
        let before_and = if ["and", "or", "&", "and/or"].contains(&word) { and } else { at };
        if before_and == at && !comma {
            break;
        }
        let Some((start, number)) = ordinal_before(text, before_and) else { break };
        let len = text[start..].find([' ', ',', '\n', '\u{a0}']).unwrap_or(0);
        out.push(Found { start, end: start + len, kind: KIND, rule, authority: authority(number) });
        at = start;
    }
    out.push(Found { start: from, end, kind: KIND, rule, authority: authority(number) });
}

/// The ordinal that ends, spaces and a comma apart, before `at`.
fn ordinal_before(text: &str, at: usize) -> Option<(usize, usize)> {
    let (_, word) = back_word(text, at)?;
    let end = back_spaces(text, at);
    let word = word.trim_start_matches(['(', '"', '“', '*', '[']);
    let from = end - word.len();
    let bare = word.trim_end_matches(',');
    let lower = bare.rsplit(['—', '/']).next()?.to_lowercase();
    let from = from + bare.len() - lower.len().min(bare.len());
    if let Some(i) = ORDINALS.iter().position(|o| *o == lower) {
        return Some((from, i + 1));
    }
    let digits = lower.trim_end_matches(|c: char| c.is_ascii_lowercase());
    let suffix = lower.get(digits.len()..)?;
    let number = digits.parse::<usize>().ok().filter(|n| (1..=27).contains(n))?;
    ["st", "nd", "rd", "th"].contains(&suffix).then_some((from, number))
}

/// "Supremacy Clause" and its like.
pub(super) fn clause(text: &str, start: usize, end: usize, out: &mut Vec<Found>) {
    let Some((from, name)) = clause_name(text, start) else { return };
    // In lower case many are clauses of contracts too.
    let plain = [
        "Supremacy",
        "Commerce",
        "Equal Protection",
        "Due Process",
        "Establishment",
        "Takings",
        "Free Exercise",
    ];
    let lower = text[start..end].starts_with('c') && text[from..].starts_with(char::is_lowercase);
    if lower && !plain.contains(&name) || before(text, from).is_some_and(char::is_alphanumeric) {
        return;
    }
    let rule = "constitution.clause";
    let authority = |name| Authority::federal(format!("/const/clause/{}", slug(name)));
    let many = text[end..].starts_with('s') && text[start..end].starts_with('C');
    let end = end + usize::from(many);
    let end = if many { end } else { of_constitution(text, end) };
    out.push(Found { start: from, end, kind: KIND, rule, authority: authority(name) });
    // "Commerce and Spending Clauses"
    let mut at = from;
    for _ in 0..if many { MOST_ITEMS } else { 0 } {
        let and = back_word(text, at).filter(|(_, word)| ["and", "or", "&"].contains(word)).map(|(at, _)| at);
        let comma = text[..back_spaces(text, at)].strip_suffix(',').map(str::len);
        let Some(joint) = and.or(comma) else { return };
        let joint = text[..back_spaces(text, joint)].trim_end_matches(',').len();
        let Some((from, name)) = clause_name(text, joint) else { return };
        out.push(Found { start: from, end: from + name.len(), kind: KIND, rule, authority: authority(name) });
        at = from;
    }
}

/// The end of " of the U.S. Constitution" at `end`, or `end` itself.
fn of_constitution(text: &str, end: usize) -> usize {
    let mut cursor = Cursor::new(text, end);
    if !(cursor.spaces() && cursor.eat("of the ")) {
        return end;
    }
    if cursor.eat_any(&["U.S.", "United States", "US", "federal", "Federal"]) {
        cursor.spaces();
    }
    let named = cursor.eat_word("Constitution");
    // "of the Constitution, Article II" goes on, "of the Constitution of Illinois" is another.
    let goes_on = [", art", ", Art", " of "].iter().any(|next| cursor.rest().starts_with(next));
    if named && !goes_on { cursor.at } else { end }
}

/// The longest name of a clause that ends, spaces apart, before `at`.
fn clause_name(text: &str, at: usize) -> Option<(usize, &'static str)> {
    let head = &text[..back_spaces(text, at)];
    let named = CLAUSES.iter().filter(|name| {
        let at = head.len().checked_sub(name.len());
        at.and_then(|at| head.get(at..)).is_some_and(|tail| tail.eq_ignore_ascii_case(name))
    });
    let name = named.max_by_key(|name| name.len())?;
    Some((head.len() - name.len(), name))
}

/// "U.S. Const. amend. IV", "Cal. Const. art. I, § 13", "Illinois Constitution, article I".
pub(super) fn abbreviated(text: &str, start: usize, end: usize, out: &mut Vec<Found>) {
    let head = &text[..back_spaces(text, start)];
    let (from, scope) = match state_ending(head) {
        _ if head.ends_with("U.S.") => (head.len() - 4, Scope::Federal),
        _ if head.ends_with("U. S.") => (head.len() - 5, Scope::Federal),
        _ if head.ends_with("US") && text[start..end].len() > 3 => (head.len() - 2, Scope::Federal),
        _ if head.ends_with("United States") => (head.len() - "United States".len(), Scope::Federal),
        Some((state, from)) => (from, Scope::State(Some(state))),
        None => return,
    };
    // "the 1970 Illinois Constitution"
    let from = back_word(text, from)
        .filter(|(_, year)| {
            year.len() == 4 && year.bytes().all(|b| b.is_ascii_digit()) && scope != Scope::Federal
        })
        .filter(|(at, _)| back_word(text, *at).is_some_and(|(_, the)| the.eq_ignore_ascii_case("the")))
        .map_or(from, |(at, _)| at);
    let mut cursor = Cursor::new(text, end);
    cursor.eat(",");
    cursor.spaces();
    let Some(base) = provision(&mut cursor) else { return };
    let many = text[end..cursor.at].contains("amends") || text[end..cursor.at].contains("amdts");
    let authority = with_section(&mut cursor, Authority::new(scope.clone(), base));
    let rule = "constitution.abbreviated";
    out.push(Found { start: from, end: cursor.at, kind: KIND, rule, authority });
    let mut last = cursor;
    // "U.S. Const. amends. IV, XIV"
    for _ in 0..if many { MOST_ITEMS } else { 0 } {
        cursor.eat(",");
        cursor.spaces();
        cursor.eat_any(&["and", "&"]);
        cursor.spaces();
        let start = cursor.at;
        let Some(number) = numeral(&mut cursor) else { break };
        let authority = Authority::new(scope.clone(), format!("/const/amendment/{number}"));
        out.push(Found { start, end: cursor.at, kind: KIND, rule, authority });
        last = cursor;
    }
    // "; art. VI, cl. 2" goes on with the same constitution.
    for _ in 0..MOST_ITEMS {
        if !((last.eat(";") || last.eat(",")) && last.spaces()) {
            return;
        }
        last.eat_any(&["and", "&"]);
        last.spaces();
        let start = last.at;
        let Some(base) = provision(&mut last) else { return };
        let authority = with_section(&mut last, Authority::new(scope.clone(), base));
        out.push(Found { start, end: last.at, kind: KIND, rule, authority });
    }
}

/// "art. I", "amend. XIV" as a path.
fn provision(cursor: &mut Cursor<'_>) -> Option<String> {
    let sort = if cursor.eat_any(&["amends.", "amend.", "amendment", "amdt.", "amdts."]) {
        "amendment"
    } else if cursor.eat_any(&["art.", "article", "arts."]) {
        "article"
    } else {
        return None;
    };
    cursor.spaces();
    Some(format!("/const/{sort}/{}", numeral(cursor)?))
}

/// A number in digits or Roman numerals.
pub(super) fn numeral(cursor: &mut Cursor<'_>) -> Option<usize> {
    let mut ahead = *cursor;
    let word = ahead.take_while(|c| c.is_ascii_alphanumeric());
    let value = word.parse().ok().or_else(|| roman(word)).filter(|n| (1..=200).contains(n))?;
    *cursor = ahead;
    Some(value)
}

fn roman(word: &str) -> Option<usize> {
    let digit = |c| match c {
        'I' => Some(1),
        'V' => Some(5),
        'X' => Some(10),
        'L' => Some(50),
        _ => None,
    };
    let digits: Vec<usize> = word.chars().take(9).map(digit).collect::<Option<_>>()?;
    let signed = digits.iter().enumerate().map(|(i, d)| (*d, digits.get(i + 1).is_some_and(|next| next > d)));
    let (plus, minus) = signed
        .fold((0, 0), |(plus, minus), (d, less)| if less { (plus, minus + d) } else { (plus + d, minus) });
    (!digits.is_empty()).then_some(plus - minus.min(plus))
}

/// ", § 13", ", Section 13", ", cl. 2".
fn with_section(cursor: &mut Cursor<'_>, mut authority: Authority) -> Authority {
    let mut ahead = *cursor;
    ahead.eat(",");
    ahead.spaces();
    let marked = ahead.section_mark().is_some() || ahead.eat("¶");
    ahead.spaces();
    if marked && let Some(number) = ahead.section_number() {
        authority = authority.section(format!("s{number}"), ahead.subdivisions());
        *cursor = ahead;
        ahead.eat(",");
        ahead.spaces();
    }
    if ahead.eat_any(&["cl.", "clause"])
        && ahead.spaces()
        && let Some(number) = ahead.digits(2)
    {
        authority.subdivisions = format!("/{number}");
        *cursor = ahead;
    }
    authority
}

/// Whose constitution the words right before an article name: "the state constitution (article I, section 7)".
fn said_before(text: &str, start: usize) -> Option<Scope> {
    let low = (start.saturating_sub(60)..=start).find(|at| text.is_char_boundary(*at))?;
    let head = text.get(low..start)?;
    let at = head.rfind("onstitution")?;
    let between = head[at + "onstitution".len()..].trim_start_matches(['\'', '’', 's']);
    if between.len() > 24 || between.contains(['\n', ';']) || between.contains(". ") {
        return None;
    }
    let before = head[..at].trim_end_matches(['C', 'c']).trim_end();
    if let Some((state, _)) = state_ending(before) {
        return Some(Scope::State(Some(state)));
    }
    let federal = ["U.S.", "United States", "federal"].iter().any(|name| before.ends_with(name));
    let state = before.ends_with("state") || before.ends_with("State") || before.ends_with("state's");
    if federal { Some(Scope::Federal) } else { state.then_some(Scope::State(None)) }
}

/// Whether "Article VI, Clause 2" is of the federal constitution, no other having articles in Roman numbers with
/// clauses.
fn clause_of_union(text: &str, start: usize, authority: &Authority, base: &str) -> bool {
    let word = text[start..].split([' ', ',']).nth(1).unwrap_or("");
    let roman = !word.is_empty() && word.bytes().all(|b| b"IVX".contains(&b));
    let few = base.rsplit('/').next().and_then(|n| n.parse::<usize>().ok()).is_some_and(|n| n <= 7);
    roman && few && text[start..].starts_with('A') && !authority.subdivisions.is_empty()
}

/// "Amendment X", "Amendments IV and XIV", in Roman numbers alone.
pub(super) fn numbered(text: &str, start: usize, end: usize, out: &mut Vec<Found>) {
    let mut cursor = Cursor::new(text, end);
    if !cursor.spaces() {
        return amendment(text, start, end, out);
    }
    let many = text[start..end].ends_with('s');
    let (mut from, mut any) = (start, false);
    for _ in 0..if many { MOST_ITEMS } else { 1 } {
        let mut ahead = cursor;
        let word = ahead.take_while(char::is_alphanumeric);
        let Some(number) = roman(word).filter(|n| (1..=27).contains(n)) else { break };
        // "the amendment I wrote"
        if word == "I" && ahead.rest().starts_with(' ') && ahead.rest()[1..].starts_with(char::is_lowercase) {
            break;
        }
        // "Amendment V to the lease"
        if ahead.rest().starts_with(" to ") {
            return;
        }
        let authority = Authority::federal(format!("/const/amendment/{number}"));
        out.push(Found { start: from, end: ahead.at, kind: KIND, rule: "constitution.amendment", authority });
        any = true;
        cursor = ahead;
        cursor.eat(",");
        cursor.spaces();
        cursor.eat_any(&["and", "or", "&"]);
        cursor.spaces();
        from = cursor.at;
    }
    if !any {
        amendment(text, start, end, out);
    }
}

/// "Article I, Section 13 of the California Constitution"; "Article 36 of the Vienna Convention".
pub(super) fn article(text: &str, start: usize, end: usize, out: &mut Vec<Found>) {
    let mut cursor = Cursor::new(text, start);
    let Some(base) = provision(&mut cursor) else {
        return subject::article(text, start, end, out);
    };
    let article = cursor.subdivisions();
    let mut authority = with_section(&mut cursor, Authority::federal(base.clone()));
    if authority.section.is_empty() && !article.is_empty() {
        authority.subdivisions = article;
    }
    if clause_of_union(text, start, &authority, &base) {
        out.push(Found { start, end: cursor.at, kind: KIND, rule: "constitution.article", authority });
        return;
    }
    if let Some(scope) = said_before(text, start).filter(|_| !authority.section.is_empty()) {
        let mut of = cursor;
        of.eat(",");
        of.spaces();
        if !of.eat_word("of") {
            authority.scope = scope;
            out.push(Found { start, end: cursor.at, kind: KIND, rule: "constitution.article", authority });
            return;
        }
    }
    cursor.eat(",");
    let mut behind = cursor;
    // "Art. VIII, § 1(d), Fla. Const."
    if behind.spaces()
        && let Some((state, length)) = state_starting(behind.rest())
    {
        behind.at += length;
        behind.spaces();
        if behind.eat("Constitution") || behind.eat("Const.") {
            authority.scope = Scope::State(Some(state));
            out.push(Found { start, end: behind.at, kind: KIND, rule: "constitution.article", authority });
            return;
        }
    }
    if !(cursor.spaces() && cursor.eat_word("of")) {
        return subject::article(text, start, end, out);
    }
    cursor.spaces();
    cursor.eat_word("the");
    cursor.spaces();
    let number = base.rsplit('/').next().and_then(|n| n.parse().ok()).unwrap_or(0);
    if let Some((end, authority)) = super::treaty::of_article(cursor, number, &authority.subdivisions) {
        let (kind, rule) = (CitationKind::Treaty, "treaty.article");
        out.push(Found { start, end, kind, rule, authority });
        return;
    }
    if let Some((state, length)) = state_starting(cursor.rest()) {
        authority.scope = Scope::State(Some(state));
        cursor.at += length;
    } else if cursor.eat_any(&["state", "our own", "our", "its own", "its", "their", "their own"]) {
        authority.scope = Scope::State(None);
    } else if !(cursor.eat("United States") || cursor.eat("U.S.") || cursor.eat("federal")) {
        authority.scope = Scope::Federal;
    }
    cursor.eat("'s");
    cursor.spaces();
    cursor.eat("State ");
    let own = ["Constitution", "Declaration of Rights", "Bill of Rights"];
    let stated = matches!(authority.scope, Scope::State(_));
    if cursor.eat_word(own[0])
        || cursor.eat_word("Declaration of Rights")
        || stated && own.iter().any(|name| cursor.eat_word(name))
    {
        let mut from = start;
        if authority.section.is_empty()
            && let Some((earlier, number, subdivisions)) = section_prefix(text, start)
        {
            from = earlier;
            authority = authority.section(format!("s{number}"), subdivisions);
        }
        out.push(Found { start: from, end: cursor.at, kind: KIND, rule: "constitution.article", authority });
    } else if out.is_empty() || out.last().is_some_and(|found| found.end <= start) {
        subject::article(text, start, end, out);
    }
}
