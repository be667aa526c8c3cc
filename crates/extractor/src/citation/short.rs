//! Short forms: "id.", continued subdivisions, acronyms and case names introduced before.

use goldrule_schema::CitationKind;
use memchr::memmem::{self, Finder};

use super::cursor::{Cursor, back_word, before};
use super::known::{self, marked_as_case};
use super::{Authority, Citation, Found, Reference, Scope, again, compiled, party, volume};

pub(super) const ID: &[&str] = &["Id.", "id.", "Ibid.", "ibid."];

/// "Id.", "id. § 2-173-005", "id. (6)", "Id. at 5".
pub(super) fn id(text: &str, start: usize, end: usize, out: &mut Vec<Found>) {
    let mut cursor = Cursor::new(text, end);
    let mut authority = Authority::new(Scope::Earlier(Reference::Last), "");
    let mut ahead = cursor;
    ahead.eat(",");
    ahead.spaces();
    if ahead.section_mark().is_some() {
        if let Some(number) = ahead.section_number() {
            authority = authority.section(format!("s{number}"), ahead.subdivisions());
            cursor = ahead;
        } else if !ahead.take_while(|c| c.is_ascii_uppercase()).is_empty() {
            cursor = ahead;
        }
    } else if ahead.peek() == Some('(') {
        authority.subdivisions = ahead.subdivisions();
        if !authority.subdivisions.is_empty() {
            cursor = ahead;
        }
    } else if ahead.eat_word("at") && ahead.spaces() && volume::page_after_at(&mut ahead) {
        authority.scope = Scope::Earlier(Reference::Page);
        authority.base = page_of(&text[end..ahead.at]);
        cursor = ahead;
    }
    let (kind, rule) = (CitationKind::Statute, "short.id");
    out.push(Found { start, end: cursor.at, kind, rule, authority });
}

/// The first page that " at p. 640-45" gives.
fn page_of(words: &str) -> String {
    let digits = words.trim_start_matches(|c: char| !c.is_ascii_digit());
    digits.chars().take_while(char::is_ascii_digit).collect()
}

/// A name that a citation introduces, and where that citation is in the list.
struct Introduced<'t> {
    name: &'t str,
    by: usize,
}

/// Short forms of what `citations` introduce: acronyms, case names, subdivisions, numbers of orders.
pub(super) fn find(text: &str, citations: &[Citation<'_>]) -> Vec<Found> {
    let mut found = Vec::new();
    subdivisions(text, citations, &mut found);
    compiled::find(text, citations, &mut found);
    // A text introduces few names: looking for each is cheaper than to build an automaton of them.
    for one in introduced(text, citations) {
        let citation = &citations[one.by];
        let person = citation.kind == CitationKind::Case && again::names_a_person(text, one.name);
        found.extend(occurrences(text, one.name).filter_map(|(start, end)| match citation.kind {
            CitationKind::Case => case_mention(text, (start, end), citation, citations, person),
            CitationKind::Policy => Some(order_mention(text, (start, end), citation)),
            CitationKind::ExecutiveOrder => later((start, end), citation, "short.order"),
            CitationKind::Bill => bill_mention(text, (start, end), citation),
            _ => later((start, end), citation, "short.acronym"),
        }));
    }
    found
}

/// Where a name stands as a whole word.
fn occurrences<'t>(text: &'t str, name: &str) -> impl Iterator<Item = (usize, usize)> + use<'t> {
    let finder = Finder::new(name).into_owned();
    let mut from = 0;
    let hits = std::iter::from_fn(move || {
        let start = from + finder.find(&text.as_bytes()[from..])?;
        let end = start + finder.needle().len();
        // The next one may overlap this one.
        from = start + 1;
        Some((start, end))
    });
    hits.filter(move |&(start, end)| whole_word(text, start, end))
}

/// The names that citations introduce, each once, with the first to do so.
fn introduced<'t>(text: &'t str, citations: &[Citation<'t>]) -> Vec<Introduced<'t>> {
    let mut introduced: Vec<Introduced<'t>> = Vec::new();
    let (mut names, mut numbers) = (0, 0);
    for (by, citation) in citations.iter().enumerate() {
        let bill = citation.kind == CitationKind::Bill;
        let count = if bill { &mut numbers } else { &mut names };
        if *count >= MOST_NAMES {
            continue;
        }
        let name = match citation.kind {
            CitationKind::Case => case_name(citation.quote),
            CitationKind::Policy => order_number(citation.quote),
            CitationKind::ExecutiveOrder => lettered_number(citation.quote),
            CitationKind::NamedAct => acronym_after(text, citation).or_else(|| initials(text, citation)),
            CitationKind::Ordinance => acronym_after(text, citation),
            CitationKind::Bill => bill_number(citation.quote),
            _ => None,
        };
        if let Some(name) = name.filter(|name| !introduced.iter().any(|one| one.name == *name)) {
            *count += 1;
            introduced.push(Introduced { name, by });
        }
    }
    introduced
}

/// Whether no letter, digit or hyphen joins a hit to its neighbours.
fn whole_word(text: &str, start: usize, end: usize) -> bool {
    let joined = |c: char| c.is_alphanumeric() || c == '-';
    !before(text, start).is_some_and(joined) && !text[end..].starts_with(|c| joined(c) || c == '@')
}

/// Short names of cases and the like looked for in one text, and as many of bills.
const MOST_NAMES: usize = 24;

/// Settles "567 U.S. at 400" by the report given before, and takes in the name right before it: "Arizona, ".
pub(super) fn join_reports<'t>(text: &'t str, citations: &mut Vec<Citation<'t>>) {
    for i in 0..citations.len() {
        let (before, rest) = citations.split_at_mut(i);
        let Some(short) = rest.first_mut().filter(|c| c.rule.starts_with("case.short_report")) else {
            continue;
        };
        let low = before.last().map_or(0, |c| c.span.end as usize);
        let full = before.iter().rev().take(LOOK_BACK).find(|c| {
            c.kind == CitationKind::Case
                && !c.rule.starts_with("case.short_report")
                && c.authority.base.strip_prefix(&short.authority.base).is_some_and(|page| !page.is_empty())
        });
        let start = short.span.start as usize;
        // "Murphy, 138 S. Ct. at 1477" after "Murphy v. NCAA, 584 U.S. 453 (2018)".
        let named = |c: &&Citation<'_>| {
            c.kind == CitationKind::Case
                && c.quote.contains(" v. ")
                && name_before(text, low, start, c.quote) < start
        };
        let Some(full) = full.or_else(|| before.iter().rev().take(LOOK_BACK).find(named)) else {
            short.authority = known::report(&short.authority.base).unwrap_or_else(Authority::none);
            if short.rule == "case.short_report" {
                begin_at(text, short, low);
            }
            continue;
        };
        short.authority = full.authority.clone();
        let from = name_before(text, low, start, full.quote);
        if from == start && short.rule == "case.short_report" {
            begin_at(text, short, low);
            continue;
        }
        short.begin(text, from);
    }
    citations.retain(|c| c.rule != "case.short_report_weak" || c.authority != Authority::none());
    join_full_names(text, citations);
}

/// Lets a report begin at the short name that stands before it, a comma apart.
fn begin_at<'t>(text: &'t str, report: &mut Citation<'t>, low: usize) {
    let start = report.span.start as usize;
    let head = text[low..start].trim_end();
    let Some(head) = head.strip_suffix(',').map(|head| head.trim_end_matches(['*', '_'])) else { return };
    if let Some(from) = party::short_name(text, low, low + head.len()) {
        report.begin(text, from);
    }
}

/// Takes names into reports: "United States v. California, 921 F.3d at 891", "Ocean County, 8 F.4th 176".
fn join_full_names<'t>(text: &'t str, citations: &mut Vec<Citation<'t>>) {
    let mut low = 0;
    for citation in citations.iter_mut() {
        if citation.rule == "case.report" {
            begin_at(text, citation, low);
        }
        low = citation.span.end as usize;
    }
    for i in 1..citations.len() {
        let (left, right) = citations.split_at_mut(i);
        let (Some(name), Some(report)) = (left.last(), right.first_mut()) else { return };
        let gap = text.get(name.span.end as usize..report.span.start as usize);
        if name.rule == "case.name" && report.rule == "case.short_report" && gap == Some(", ") {
            report.begin(text, name.span.start as usize);
        }
    }
    let spans: Vec<_> = citations.iter().map(|c| c.span).collect();
    let mut next = spans.iter().skip(1);
    citations.retain(|c| next.next().is_none_or(|after| after.start >= c.span.end));
}

/// How far back a short report looks for its full citation.
const LOOK_BACK: usize = 200;

/// Where the words of the case's name that stand right before `start`, a comma apart, begin.
fn name_before(text: &str, low: usize, start: usize, full: &str) -> usize {
    let head = text[low..start].trim_end();
    let Some(head) = head.strip_suffix(',').map(|head| head.trim_end_matches(['*', '_'])) else {
        return start;
    };
    let mut from = low + head.len();
    let mut best = start;
    while let Some((at, word)) = back_word(text, from).filter(|(at, _)| *at >= low) {
        let marks = word.len() - word.trim_start_matches(['*', '_', '(', '"', '“']).len();
        let name = text.get(at + marks..low + head.len()).unwrap_or("");
        if name.is_empty() || !full.contains(name) && !abbreviates(name, full) {
            break;
        }
        if name.starts_with(char::is_uppercase) {
            best = at + word.find(|c: char| !matches!(c, '(' | '"' | '“')).unwrap_or(0);
        }
        from = at;
    }
    best
}

/// Whether each word of a short name stands in the full one, there perhaps abbreviated: "Ocean County" for
/// "Ocean Cnty. Bd. of Comm'rs".
fn abbreviates(name: &str, full: &str) -> bool {
    let stands_for = |word: &str| {
        full.split([' ', ',']).any(|other| {
            let short = other.trim_end_matches('.');
            let mut letters = word.chars();
            let mut in_order = || short.chars().all(|c| !c.is_alphanumeric() || letters.any(|l| l == c));
            other == word || short.len() < other.len() && short.len() > 1 && in_order()
        })
    };
    name.split_whitespace().all(stands_for)
}

/// "(a)(2)" between punctuation, long after "§ 2-173-020(a)(1)".
fn subdivisions(text: &str, citations: &[Citation<'_>], found: &mut Vec<Found>) {
    if !citations.iter().any(|c| c.authority.subdivisions.matches('/').count() >= 2) {
        return;
    }
    for (start, _) in text.match_indices(" (") {
        let mut cursor = Cursor::new(text, start + 1);
        let path = cursor.subdivisions();
        let opened = text[..start].ends_with([',', ';']) || text[..start].ends_with(" and");
        let closed = cursor.rest().is_empty() || cursor.rest().starts_with([',', ';', '.']);
        if path.matches('/').count() < 2 || !opened || !closed {
            continue;
        }
        let mut authority = Authority::new(Scope::Earlier(Reference::Subdivision), "");
        authority.subdivisions = path;
        let (kind, rule) = (CitationKind::Statute, "short.subdivision");
        found.push(Found { start: start + 1, end: cursor.at, kind, rule, authority });
    }
}

/// The party by which a case goes: the first, or the second where the first is a government.
fn case_name(quote: &str) -> Option<&str> {
    let (first, rest) = quote.split_once(" v. ")?;
    let second = rest.split([',', '(']).next().unwrap_or(rest);
    let parties = [first.trim(), second.trim()];
    let known = parties.into_iter().find(|party| {
        let one = party.chars().all(|c| c.is_alphabetic() || matches!(c, '-' | '\'' | '’'));
        let general = ["State", "People", "Commonwealth", "Doe", "Roe"].contains(party);
        one && party.len() > 3 && !general && crate::State::from_name(party).is_none()
    });
    known.or_else(|| parties.into_iter().find(|party| crate::State::from_name(party).is_some()))
}

/// "Nash" where it is marked as a case, "Nash, 2024 COA 68" before a report.
fn case_mention(
    text: &str,
    (start, mut end): (usize, usize),
    case: &Citation<'_>,
    citations: &[Citation<'_>],
    person: bool,
) -> Option<Found> {
    let mut cursor = Cursor::new(text, end);
    cursor.eat("*");
    cursor.eat(",");
    cursor.eat("*");
    cursor.spaces();
    let next = citations.binary_search_by_key(&(cursor.at as u32), |c| c.span.start).ok();
    let report =
        next.and_then(|i| citations.get(i)).filter(|c| c.kind == CitationKind::Case && cursor.at > end);
    let italic = matches!(before(text, start), Some('*' | '_'));
    let state = crate::State::from_name(&text[start..end]).is_some();
    if let Some(report) = report {
        end = report.span.end as usize;
    } else {
        let marked = marked_as_case(text, start, end) && (!state || italic);
        let later = start >= case.span.end as usize;
        let again = || (state || !person) && again::read_as_decision(text, start, end, state);
        if !(marked || later && again()) {
            return None;
        }
    }
    let authority = match report {
        Some(report) if !report.authority.base.ends_with('/') => report.authority.clone(),
        _ => case.authority.clone(),
    };
    let start = if italic && report.is_some() { start - 1 } else { start };
    Some(Found { start, end, kind: CitationKind::Case, rule: "short.case_name", authority })
}

/// The number of a bill, where people may say it alone.
fn bill_number(quote: &str) -> Option<&str> {
    let number = quote.rsplit([' ', '.', '-']).next().filter(|number| number.len() >= 3)?;
    let digits = number.bytes().all(|b| b.is_ascii_digit());
    let year = number.len() == 4 && (number.starts_with("19") || number.starts_with("20"));
    (digits && !year).then_some(number)
}

/// "1070" for S.B. 1070, where it begins a sentence or a quotation or follows a word such as "under".
fn bill_mention(text: &str, (start, end): (usize, usize), bill: &Citation<'_>) -> Option<Found> {
    const LED: [&str; 9] = ["under", "of", "like", "since", "before", "after", "called", "and", "with"];
    const VERBS: [&str; 13] = [
        "is", "was", "has", "does", "passed", "says", "cost", "took", "did", "made", "came", "would", "will",
    ];
    let rest = &text[end..];
    let quoted = before(text, start).is_some_and(|c| matches!(c, '"' | '“' | '‘'));
    let led = || {
        back_word(text, start).is_some_and(|(_, word)| LED.contains(&word) || word.ends_with(['.', '?', '!']))
    };
    let mut after = Cursor::new(text, end);
    if quoted {
        after.eat_any(&["\"", "”", "’"]);
    }
    let word = if after.spaces() { after.take_while(char::is_alphabetic) } else { "" };
    let closed =
        rest.starts_with(['.', ',', '?', '!', '"', '”', ';']) && !rest.starts_with(",0") && word.is_empty();
    let verb = VERBS.contains(&word);
    let later = start >= bill.span.end as usize;
    if !later || !(verb && (quoted || led()) || closed && led()) {
        return None;
    }
    let (kind, rule, authority) = (bill.kind, "short.bill", bill.authority.clone());
    Some(Found { start, end, kind, rule, authority })
}

/// The number of an order, where it is unlike any other number: "S06-14-03".
fn order_number(quote: &str) -> Option<&str> {
    let number = quote
        .split_whitespace()
        .find(|word| word.contains('-') && word.bytes().any(|b| b.is_ascii_digit()))?;
    (number.len() >= 6 && number.bytes().any(|b| b.is_ascii_alphabetic())).then_some(number)
}

/// "S06-14-03, § II".
fn order_mention(text: &str, (start, end): (usize, usize), order: &Citation<'_>) -> Found {
    let mut cursor = Cursor::new(text, end);
    let mut ahead = cursor;
    ahead.eat(",");
    ahead.spaces();
    if ahead.section_mark().is_some() && !ahead.take_while(|c| c.is_ascii_alphanumeric()).is_empty() {
        cursor = ahead;
    }
    let authority = order.authority.clone();
    Found { start, end: cursor.at, kind: order.kind, rule: "short.order", authority }
}

/// The initials in brackets right after a title: "Welcoming City Ordinance (WCO)".
fn acronym_after<'t>(text: &'t str, citation: &Citation<'_>) -> Option<&'t str> {
    let rest = text.get(citation.span.end as usize..)?.trim_start_matches([' ', '"', '”']);
    let inner = rest.strip_prefix('(')?.trim_start_matches(['"', '“']);
    let name = inner.get(..inner.bytes().take(10).position(|b| !b.is_ascii_uppercase())?)?;
    let words = || citation.quote.split([' ', '-']).filter_map(|word| word.chars().next());
    let capitals: String = words().filter(char::is_ascii_uppercase).collect();
    let initials: String = words().map(|c| c.to_ascii_uppercase()).collect();
    (name.len() >= 2 && (capitals.starts_with(name) || initials.starts_with(name))).then_some(name)
}

/// The initials of an act that the text says with "the" somewhere after it: "the APA".
fn initials<'t>(text: &'t str, citation: &Citation<'_>) -> Option<&'t str> {
    let title = citation.quote.rsplit_once(" of ").filter(|(_, year)| year.len() == 4);
    let title = title.map_or(citation.quote, |(title, _)| title);
    let capitals = |word: &str| word.chars().next().filter(char::is_ascii_uppercase);
    let name: String = title.split([' ', '-']).filter_map(capitals).collect();
    let rest = text.get(citation.span.end as usize..)?;
    let known = crate::State::from_code(&name.to_ascii_lowercase()).is_some();
    if !(3..=7).contains(&name.len()) || !title.ends_with("Act") || known {
        return None;
    }
    let with_article = format!("the {name}");
    let at = memmem::find(rest.as_bytes(), with_article.as_bytes())? + "the ".len();
    let whole = !rest[at + name.len()..].starts_with(char::is_alphanumeric);
    whole.then(|| &rest[at..at + name.len()])
}

/// The number of a governor's order that letters make unlike any other: "GA-54".
fn lettered_number(quote: &str) -> Option<&str> {
    let number = quote.rsplit(' ').next()?;
    let (letters, digits) = number.split_once('-')?;
    let fits = letters.bytes().all(|b| b.is_ascii_uppercase()) && digits.bytes().any(|b| b.is_ascii_digit());
    (fits && (1..=3).contains(&letters.len())).then_some(number)
}

/// Whatever stands for a citation after it.
fn later((start, end): (usize, usize), citation: &Citation<'_>, rule: &'static str) -> Option<Found> {
    let (kind, authority) = (citation.kind, citation.authority.clone());
    (start >= citation.span.end as usize).then_some(Found { start, end, kind, rule, authority })
}

/// Gives a short title in brackets the authority of the act before it: "Arizona Immigration, Cooperation and
/// Enforcement Act (Arizona ICE Act)".
pub(super) fn join_aliases(text: &str, citations: &mut [Citation<'_>]) {
    let act = |citation: &Citation<'_>| citation.rule == "named_act.title";
    for i in 1..citations.len() {
        let (left, right) = citations.split_at_mut(i);
        let (Some(full), Some((alias, later))) = (left.last(), right.split_first_mut()) else { return };
        if !act(full) || !act(alias) {
            continue;
        }
        let gap = text.get(full.span.end as usize..alias.span.start as usize).unwrap_or("");
        let gap = gap.trim_end_matches("the ").trim_end_matches(['“', '"']).trim_end_matches("the ");
        let closed = text[alias.span.end as usize..].trim_start_matches(['”', '"']).starts_with(')');
        if gap != " (" || !closed {
            continue;
        }
        alias.authority = full.authority.clone();
        for again in later.iter_mut().filter(|c| act(c) && c.quote == alias.quote) {
            again.authority = full.authority.clone();
        }
    }
}

/// Gives a named ordinance the authority of the code citation that follows it: "Welcoming City Ordinance
/// (WCO), Chi., Ill., Mun. Code ch. 2-173".
pub(super) fn join_names(text: &str, citations: &mut [Citation<'_>]) {
    for i in 1..citations.len() {
        let (left, right) = citations.split_at_mut(i);
        let (Some(name), Some(code)) = (left.last_mut(), right.first()) else { return };
        let gap = text.get(name.span.end as usize..code.span.start as usize).unwrap_or("");
        let bracket =
            gap.trim_end_matches([',', ' ', '(']).trim_start_matches([' ', '(']).trim_end_matches(')');
        let near = !gap.is_empty() && bracket.len() <= 12 && bracket.bytes().all(|b| b.is_ascii_uppercase());
        if name.rule == "ordinance.name"
            && code.kind == CitationKind::Ordinance
            && near
            && code.rule != name.rule
        {
            name.authority = code.authority.clone();
        }
    }
    // The same name later is of the same code.
    for i in 1..citations.len() {
        let (before, rest) = citations.split_at_mut(i);
        let Some(again) = rest.first_mut().filter(|c| c.rule == "ordinance.name") else { continue };
        let same = |c: &&Citation<'_>| c.rule == "ordinance.name" && c.quote == again.quote;
        if let Some(first) = before.iter().rev().take(LOOK_BACK).find(same) {
            again.authority = first.authority.clone();
        }
    }
}
