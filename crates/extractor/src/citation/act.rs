//! Acts by their titles: "Laken Riley Act", "Keep Washington Working Act".

use goldrule_schema::CitationKind;

use super::cursor::{Cursor, back_spaces, back_word};
use super::names::{self, state_before};
use super::towns::known_city;
use super::{Authority, Found, Scope, immigration, slug};

pub(super) const ANCHORS: &[&str] = &["Act"];
/// Popular names that do not end in "Act", and initials that stand for one act alone.
pub(super) const POPULAR: &[&str] = &[
    "Green Light Law",
    "Sanctuary Promise",
    "Taylor Law",
    "Kate's Law",
    "Kate’s Law",
    "Marsy's Law",
    "Marsy’s Law",
    "Officers Bill of Rights",
    "Officers' Bill of Rights",
    "Officers’ Bill of Rights",
    "Officer's Bill of Rights",
    "Officer’s Bill of Rights",
    "Officer Bill of Rights",
    "Open Records Law",
    "Right-to-Know Law",
    "Right to Know Law",
    "Open Meetings Law",
    "Open Meeting Law",
    "Freedom of Information Law",
    "Sunshine Law",
    "Megan's Law",
    "Megan’s Law",
    "FOIA",
    "IIRIRA",
    "HIPAA",
    "FERPA",
    "PRWORA",
    "One Big Beautiful Bill",
    "Big Beautiful Bill",
    "Driver's Privacy Protection Act",
    "Drivers' Privacy Protection Act",
];

/// Capitalised words that begin a sentence, a headline or a pointer, and are no part of a title.
const LEADING: &str = "The This That These Those Under An A But If In When While Since See \
    Also Because Both Each Every Their His Her Its My As At Like Neither Nor Or So Then After \
    Before Does Did Do Is Was Are Were Although Though Despite Unlike Cf. Per Passing Cite Citing Section \
    Sections Title Can Could How What Where Which Who Why Will Would Not Any Some Until Unless Whether \
    President Gov. Governor Congress Legislature Pass Repeal Signs Signed Passes Passed Backs Cites Violates \
    Defends Opposes Supports Vetoes Repeals Says Said Amends Amending Enacting Repealing Signing Invoking Using \
    Violating Because Today Yesterday Accordingly However Moreover Further Finally Instead Meanwhile Here There \
    Creates Create Creating Establishes Enacts Enact Enacted Adopts Revises Expands Updates Codifies Implements \
    Yes Only Even Just Through Without Within Once Today's It He She They We You I Enter Citing Compare Following \
    Pursuant Consider Remember Call Called Representative Senator Rep. Sen. Mr. Ms. Mrs. Dr.";

/// Words before "Act" that, alone, make it something else than a statute.
const NOT_TITLES: &str = "First Second Third Fourth Fifth Final Opening Sister Balancing Class Last Same New \
    Proposed Federal State Said Caught Circus Magic Vaudeville Opener Session Special Public General Disappearing \
    Closing Solo Tribute Comedy Juggling Support Supporting Main Next Previous Current Entire Whole Principal \
    Original Amended Model Uniform Parent Local Big Musical Headline Headlining Warm-up Two-Man One-Man Local";

/// Small words that titles hold between their capitals.
const SMALL: &str = "and of the for to in on & from with against by a an our or at";

/// The same at the head of a word in a title.
const CAPITAL_SMALL: &str = "And Of For To On With From By Our Your Or";

/// Owners that a title may hold: "Driver's Privacy Protection Act".
const OWNERS: &str = "Driver Drivers Children Child Women Woman Men People Person Officer Worker Employee Veteran \
    Victim Citizen Parent Farmer Patient Consumer Taxpayer Student Homeowner Tenant Immigrant Servicemember \
    Soldier Mother Father Nation America Jessica Megan Kari Aimee Kate Sarah Lulu Emmett";

/// Words before the "the" of a title.
const JOINTS: [&str; 10] = [
    " and the ",
    " of the ",
    " to the ",
    " in the ",
    " under the ",
    " for the ",
    " with the ",
    " on the ",
    " by the ",
    " or the ",
];

fn listed(list: &str, word: &str) -> bool {
    list.split_ascii_whitespace().any(|entry| entry == word)
}

/// Takes the capitalised words before "Act".
pub(super) fn parse(text: &str, start: usize, end: usize, out: &mut Vec<Found>) {
    let mut cursor = Cursor::new(text, end);
    if numbered(cursor) {
        return super::session::numbered(text, start, end, out);
    }
    if cursor.inside_word() && cursor.peek().is_some_and(|c| matches!(c, '-' | '!')) {
        return;
    }
    if let Some(long) = long_title(text, start, end) {
        return out.push(long);
    }
    let Some(from) = title_start(text, start) else { return };
    let title = &text[from..end];
    let words = title.split_whitespace().count();
    let first = title.split_whitespace().next().unwrap_or("");
    let shouted = title.bytes().all(|b| !b.is_ascii_lowercase());
    if words < 2 || words == 2 && listed(NOT_TITLES, first) {
        return;
    }
    if shouted && !names::known_act(title) {
        return shouted_title(text, from, end, out);
    }
    year(&mut cursor);
    let title = &text[from..cursor.at];
    let (scope, base) = authority_of(text, from, title);
    let (mut kind, mut rule) = (CitationKind::NamedAct, "named_act.title");
    let mut authority = Authority::new(scope, base);
    let mut ahead = cursor;
    // "the Immigration and Nationality Act (INA), section 287(g)"
    bracketed_initials(&mut ahead);
    ahead.eat(",");
    ahead.spaces();
    if ahead.section_mark() == Some(false)
        && let Some(number) = ahead.section_number()
    {
        authority = authority.section(format!("s{number}"), ahead.subdivisions());
        let mut of = ahead;
        of.spaces();
        if of.eat_word("of") {
            authority = authority.section("", "");
        } else {
            (kind, rule, cursor) = (CitationKind::Statute, "statute.section_of_act", ahead);
        }
    }
    out.push(Found { start: from, end: cursor.at, kind, rule, authority });
}

/// " (INA)" before a comma.
fn bracketed_initials(cursor: &mut Cursor<'_>) {
    let Some(inner) = cursor.rest().strip_prefix(" (") else { return };
    let letters = inner.bytes().take(10).take_while(u8::is_ascii_uppercase).count();
    if letters >= 2 && inner[letters..].starts_with("),") {
        cursor.at += " (".len() + letters + ")".len();
    }
}

/// “An Act to Require Compliance with Immigration Detainers”, in quotation marks.
fn long_title(text: &str, start: usize, end: usize) -> Option<Found> {
    let head = text[..start].strip_suffix("An ")?;
    let closing = match head.chars().next_back()? {
        '“' => '”',
        '"' => '"',
        _ => return None,
    };
    let named = ["titled", "entitled", "called", "named", "known as", "title", ":"];
    let introduced = text[..head.len() - closing.len_utf8()].trim_end();
    let numbered =
        introduced.strip_suffix(',').is_some_and(|bill| bill.ends_with(|c: char| c.is_ascii_digit()));
    if !numbered && !named.iter().any(|word| introduced.ends_with(word)) {
        return None;
    }
    let rest = &text[end..];
    let purpose = [" to ", " To ", " relating ", " Relating ", " concerning ", " Concerning ", " regarding "];
    if !purpose.iter().any(|word| rest.starts_with(word)) {
        return None;
    }
    let length = rest
        .char_indices()
        .take(200)
        .take_while(|(_, c)| !matches!(c, '\n' | '“'))
        .find(|(_, c)| *c == closing)?
        .0;
    let end = end + rest[..length].trim_end_matches([',', '.', ';']).len();
    let title = &text[head.len()..end];
    let authority = Authority::new(names::act_scope(title), format!("/act/{}", slug(title)));
    let (kind, rule) = (CitationKind::NamedAct, "named_act.long_title");
    Some(Found { start: head.len(), end, kind, rule, authority })
}

/// How far from a heading the title in it is looked for, in bytes.
const PAGES: usize = 8000;

/// A title in capitals at the end of other words in capitals, where the text writes it as a title elsewhere: "WHAT'S
/// NEXT FOR THE SAFE COMMUNITIES ACT".
fn shouted_title(text: &str, from: usize, end: usize, out: &mut Vec<Found>) {
    let starts = text[from..end].match_indices(' ').map(|(at, _)| from + at + 1);
    let low = (0..=from.saturating_sub(PAGES)).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
    let high = (end..=text.len().min(end + PAGES)).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(end);
    let around = &text[low..high];
    let opens = |at: &usize| {
        let first = capitalised(text[*at..end].split(' ').next().unwrap_or(""));
        text[*at..end].contains(' ') && first.starts_with(char::is_uppercase) && !listed(LEADING, &first)
    };
    // "AB 4 (TRUST ACT)"
    let bill =
        text[..from].strip_suffix(" (").is_some_and(|head| head.ends_with(|c: char| c.is_ascii_digit()));
    let bracketed = bill && text[end..].starts_with(')');
    let title = std::iter::once(from).filter(|_| bracketed).chain(starts.filter(opens)).find(|at| {
        let title = &text[*at..end];
        bracketed || names::known_act(title) || around.contains(&capitalised(title))
    });
    if let Some(start) = title {
        let (scope, base) = authority_of(text, start, &text[start..end]);
        let (kind, rule) = (CitationKind::NamedAct, "named_act.title");
        out.push(Found { start, end, kind, rule, authority: Authority::new(scope, base) });
    }
}

/// "Safe Communities Act" for the same in capitals.
fn capitalised(title: &str) -> String {
    let word = |word: &str| {
        let lower = word.to_lowercase();
        let mut letters = lower.chars();
        let first = letters.next().filter(|_| !listed(SMALL, &lower)).map(|c| c.to_uppercase().to_string());
        first.map_or_else(|| lower.clone(), |first| first + letters.as_str())
    };
    title.split(' ').map(word).collect::<Vec<_>>().join(" ")
}

/// "of 1996" after a title.
fn year(cursor: &mut Cursor<'_>) {
    let mut ahead = *cursor;
    let of = ahead.spaces() && ahead.eat_word("of") && ahead.spaces();
    if of && ahead.digits(4).is_some_and(|y| y.len() == 4 && (y.starts_with('1') || y.starts_with("20"))) {
        *cursor = ahead;
    }
}

/// A name that needs no "Act".
pub(super) fn popular(text: &str, start: usize, end: usize, out: &mut Vec<Found>) {
    let mut cursor = Cursor::new(text, end);
    let written = &text[start..end];
    if written.ends_with("Bill") && cursor.spaces() && cursor.eat_word("Act") {
        return parse(text, cursor.at - "Act".len(), cursor.at, out);
    }
    let end = if written.ends_with("Bill") { end } else { cursor.at };
    let law = text[end..].trim_start_matches(['”', '"', ',']).trim_start().starts_with("law");
    if written == "Sanctuary Promise" && !law {
        return;
    }
    let start = if written.ends_with("Rights") { title_start(text, start).unwrap_or(start) } else { start };
    let written = &text[start..end];
    let (scope, base) = match written {
        "FOIA" => (Scope::Federal, "/act/freedom-of-information-act".to_owned()),
        "IIRIRA" => {
            (Scope::Federal, "/act/illegal-immigration-reform-and-immigrant-responsibility-act".to_owned())
        }
        "HIPAA" => (Scope::Federal, "/act/health-insurance-portability-and-accountability-act".to_owned()),
        "FERPA" => (Scope::Federal, "/act/family-educational-rights-and-privacy-act".to_owned()),
        "PRWORA" => (
            Scope::Federal,
            "/act/personal-responsibility-and-work-opportunity-reconciliation-act".to_owned(),
        ),
        name if name.ends_with("Bill") => (Scope::Federal, "/act/one-big-beautiful-bill-act".to_owned()),
        name => authority_of(text, start, name),
    };
    let scope = match state_before(text, start) {
        Some(state) if written == "FOIA" => Scope::State(Some(state)),
        _ => scope,
    };
    let (kind, rule) = (CitationKind::NamedAct, "named_act.popular");
    // "IIRIRA § 642(a)"
    let mut ahead = Cursor::new(text, end);
    ahead.eat(",");
    ahead.spaces();
    let initials = written.bytes().all(|b| b.is_ascii_uppercase());
    if initials
        && ahead.section_mark() == Some(false)
        && let Some(number) = ahead.section_number()
    {
        let authority = Authority::new(scope, base).section(format!("s{number}"), ahead.subdivisions());
        let (kind, rule) = (CitationKind::Statute, "statute.section_of_act");
        out.push(Found { start, end: ahead.at, kind, rule, authority });
        return;
    }
    out.push(Found { start, end, kind, rule, authority: Authority::new(scope, base) });
}

/// An act by its initials right at the cursor, as after "section 642 of": its end and path.
pub(super) fn initials_at(cursor: Cursor<'_>) -> Option<(usize, &'static str)> {
    const INITIALS: [(&str, &str); 3] = [
        ("IIRIRA", "/act/illegal-immigration-reform-and-immigrant-responsibility-act"),
        ("PRWORA", "/act/personal-responsibility-and-work-opportunity-reconciliation-act"),
        ("FOIA", "/act/freedom-of-information-act"),
    ];
    let mut ahead = cursor;
    let (_, base) = INITIALS.iter().find(|(name, _)| ahead.eat_word(name))?;
    Some((ahead.at, base))
}

/// Whose act a title that begins at `from` is, and its path.
pub(super) fn authority_of(text: &str, from: usize, title: &str) -> (Scope, String) {
    let bare = title.rsplit_once(" of ").filter(|(_, year)| year.bytes().all(|b| b.is_ascii_digit()));
    let bare = bare.map_or(title, |(bare, _)| bare);
    if ["immigration-and-nationality-act", "immigration-and-naturalization-act"]
        .contains(&slug(bare).as_str())
    {
        return (Scope::Federal, immigration::BASE.to_owned());
    }
    // "Using State Tools (TRUST) Act" goes by its initials.
    let initials = |title: &str| title.rfind('(').map_or(0, |at| at + 1);
    let (bare, title) = (&bare[initials(bare)..], &title[initials(title)..]);
    let scope = state_before(text, from).map_or_else(|| names::act_scope(bare), |s| Scope::State(Some(s)));
    // The year belongs to the short title of a state's act; the federal ones are as well known without it.
    let title = if scope == Scope::Federal { bare } else { title };
    (scope, format!("/act/{}", slug(full_title(title))))
}

/// The official title where a shortened one is as well known.
fn full_title(title: &str) -> &str {
    match title {
        "Values Act" => "California Values Act",
        // Without their state, as the statute's own title and the Justice Department's bulletins have them.
        "California TRUST Act" | "California Trust Act" => "TRUST Act",
        "California TRUTH Act" | "California Truth Act" => "TRUTH Act",
        "Sanctuary Promise" => "Sanctuary Promise Act",
        _ => title,
    }
}

/// "Act II", "Act 399", "Act No. 5", "Act One": a play or a session law.
fn numbered(mut cursor: Cursor<'_>) -> bool {
    let from = cursor.at;
    if !cursor.spaces() {
        return false;
    }
    // "the Laken Riley Act", and an item "2. The next one" on the line below
    let item = cursor.text[from..cursor.at].contains('\n') && {
        let digits = cursor.rest().bytes().take_while(u8::is_ascii_digit).count();
        digits > 0 && cursor.rest()[digits..].starts_with(['.', ')'])
    };
    if item {
        return false;
    }
    let word = cursor.take_while(char::is_alphanumeric);
    !word.is_empty()
        && (word.bytes().all(|b| b.is_ascii_digit() || b"IVX".contains(&b))
            || ["One", "Two", "Three", "Four", "Five", "No", "Blue"].contains(&word))
}

/// Where the title that ends in "Act" at `act` begins.
fn title_start(text: &str, act: usize) -> Option<usize> {
    let (mut at, mut from, mut series, mut due) = (act, None, false, "");
    for _ in 0..16 {
        let end = back_spaces(text, at);
        if end == at {
            break;
        }
        let head = &text[..end];
        // The okina of "Ho‘okipa" opens no quotation.
        let inside = |i: usize, c: char| c == '‘' && text[..i].ends_with(char::is_alphabetic);
        let start = head
            .char_indices()
            .rev()
            .take(40)
            .take_while(|&(i, c)| {
                !c.is_whitespace() && (inside(i, c) || !matches!(c, '(' | '"' | '“' | '[' | '*' | '—' | '‘'))
            })
            .last()
            .map_or(end, |(i, _)| i);
        let word = &text[start..end];
        let bare = word.trim_end_matches(',');
        let opened = start > 0 && !text[..start].ends_with(char::is_whitespace);
        // "Using State Tools (TRUST) Act"
        let initials = bare.strip_suffix(')').is_some_and(|letters| {
            letters.len() >= 3
                && letters.bytes().all(|b| b.is_ascii_uppercase())
                && text[..start].ends_with('(')
        });
        if initials && at == act {
            (at, due) = (start - 1, &bare[..bare.len() - 1]);
            continue;
        }
        let ends_sentence = bare.ends_with(['.', ':', ';', '!', '?', '"', '”', ')', '—', '–', ']']);
        // The line above ends in a title of its own.
        if word == "Act" && text[end..at].contains('\n') {
            break;
        }
        // A comma belongs to a title only in a series: "Illegal Drugs, Guns and Gangs Act".
        if word.is_empty() || ends_sentence || word.len() != bare.len() && !series {
            break;
        }
        if bare.starts_with(char::is_uppercase) {
            // "Dignity Not Detention Act", but no title begins with "Not".
            let inner = bare == "Not" && back_word(text, start).is_some_and(|(_, w)| opens_title(w));
            let initial = bare.chars().next().and_then(|first| due.strip_suffix(first));
            if listed(LEADING, bare) && !inner && initial.is_none() {
                break;
            }
            due = initial.unwrap_or(due);
            // "Protect Our Courts Act" goes on before "Our", and no title begins with it.
            if !listed(CAPITAL_SMALL, bare) {
                from = Some(start);
            }
        } else if !listed(SMALL, bare) || word.len() != bare.len() {
            break;
        }
        series |= ["and", "&"].contains(&bare);
        at = start;
        if opened {
            break;
        }
    }
    let from = after_owner(text, from?, act);
    let rest = &text[from..act];
    // "Congress and the Laken Riley Act" names one act, and no title begins before its "the".
    // "in Santa Fe the Immigrant Safety Act was signed"
    let placed =
        back_word(text, from).is_some_and(|(_, word)| ["in", "In", "at", "from", "by"].contains(&word));
    let told = rest.find(" the ").filter(|&at| placed && known_city(&rest[..at]).is_some());
    let told = told.map(|at| at + " the ".len());
    let cut = JOINTS
        .iter()
        .filter_map(|joint| rest.rfind(joint).map(|i| i + joint.len()))
        .chain(told)
        .max()
        .unwrap_or(0);
    // "the Department of Homeland Security (DHS) Act" is none that its words spell.
    let body = ["Department", "Bureau", "Agency", "Office", "Immigration and Customs"];
    let initials = text[..act].trim_end().ends_with(')');
    let spelt = due.is_empty() && !body.iter().any(|word| rest[cut..].starts_with(word));
    (from + cut < act && (!initials || spelt)).then_some(from + cut)
}

/// Whether a word may stand in a title before a word that begins none.
fn opens_title(word: &str) -> bool {
    let word = word.trim_start_matches(['(', '“', '"']);
    word.starts_with(char::is_uppercase) && word.chars().all(char::is_alphabetic) && !listed(LEADING, word)
}

/// A possessive owner is no part of the title: "Washington's Keep Washington Working Act".
fn after_owner(text: &str, from: usize, act: usize) -> usize {
    let title = &text[from..act];
    let owners = ["'s ", "’s ", "s' ", "s’ "].iter().filter_map(|mark| {
        let at = title.rfind(mark)?;
        let owner = title[..at].rsplit(' ').next().unwrap_or("");
        (!listed(OWNERS, owner)).then_some(at + mark.len())
    });
    let from = from + owners.max().unwrap_or(0);
    // "That's the TRUST Act"
    from + ["the ", "a ", "an ", "our "]
        .iter()
        .find(|word| text[from..act].starts_with(**word))
        .map_or(0, |w| w.len())
}

/// The title of an act that stands at the cursor: its end, and it.
pub(super) fn title_at(cursor: Cursor<'_>) -> Option<(usize, &str)> {
    let mut ahead = cursor;
    for _ in 0..14 {
        let word = ahead.take_while(|c| c.is_alphanumeric() || matches!(c, '\'' | '’' | '-' | '&' | '.'));
        let fits = word.starts_with(char::is_uppercase) || listed(SMALL, word);
        if !fits || word.is_empty() {
            return None;
        }
        if word.trim_end_matches('.') == "Act" {
            ahead.at -= word.len() - "Act".len();
            if ahead.at - cursor.at <= 4 {
                return None;
            }
            year(&mut ahead);
            return Some((ahead.at, &cursor.text[cursor.at..ahead.at]));
        }
        ahead.eat(",");
        if !ahead.spaces() {
            return None;
        }
    }
    None
}
