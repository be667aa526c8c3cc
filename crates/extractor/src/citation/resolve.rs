//! Fills in what citations leave open: states, places, and what short forms refer to.

use goldrule_schema::CitationKind;
use memchr::memmem;

use super::lists::merge;
use super::{Authority, Citation, Reference, Scope, find};
use crate::State;

/// What a document tells its citations.
pub struct Context<'c> {
    /// State whose law the document is about.
    pub state: Option<State>,
    /// State and place (a slug: `los-angeles`, `skalloway-county`) of the agency that is spoken of at a byte.
    pub place_at: &'c dyn Fn(u32) -> Option<(State, String)>,
}

/// Sections of titles 8 and 42 that are cited by their number alone.
pub(super) const WELL_KNOWN: &[&str] = &["s1373", "s1644", "s1357", "s1226", "s1324", "s1983"];

/// How many citations a short form looks back over, so that time stays linear.
const LOOK_BACK: usize = 200;

/// Settles each citation in text order, so that short forms see what stands before them.
pub fn resolve(citations: &mut [Citation<'_>], context: &Context<'_>) {
    lengthen_titles(citations);
    join_equals(citations);
    join_parallel(citations);
    date_acts(citations);
    for i in 0..citations.len() {
        let (before, rest) = citations.split_at_mut(i);
        let Some((citation, after)) = rest.split_first_mut() else { return };
        let at = citation.span.start;
        let setting = citation.setting.clone();
        match &mut citation.authority.scope {
            // "S. 17" after "H. 4764" of South Carolina
            scope
                if citation.rule == "bill.letter"
                    && letter_before(before).is_some()
                    && setting.state.is_none() =>
            {
                *scope = letter_before(before).unwrap_or(Scope::State(None));
            }
            scope if citation.rule == "bill.letter" => {
                if let (Scope::Federal | Scope::State(None), Some(state)) = (&*scope, setting.state) {
                    let own = *scope != Scope::Federal || setting.same_sentence && !setting.congress;
                    if own {
                        *scope = Scope::State(Some(state));
                    }
                } else if *scope == Scope::State(None) {
                    *scope = context.state.map_or(Scope::State(None), |state| Scope::State(Some(state)));
                }
            }
            _ if citation.rule == "short.known_case" => {
                let mut near = before.iter().rev().take(LOOK_BACK).chain(after.iter().take(LOOK_BACK));
                let full = near.find(|c| {
                    c.kind == CitationKind::Case && c.quote.contains(" v. ") && named(c.quote, citation.quote)
                });
                if let Some(full) = full {
                    citation.authority = full.authority.clone();
                }
            }
            _ if citation.rule == "case.name" => {
                let name = citation.quote;
                let full = before.iter().rev().take(LOOK_BACK).find(|c| {
                    c.kind == CitationKind::Case
                        && c.quote.strip_prefix(name).is_some_and(|r| r.starts_with([',', ' ']))
                });
                if let Some(full) = full {
                    citation.authority = full.authority.clone();
                } else if citation.authority.scope == Scope::State(None) {
                    citation.authority.scope = Scope::State(setting.state.or(context.state));
                }
            }
            Scope::State(None) if setting.federal && citation.kind == CitationKind::NamedAct => {
                citation.authority.scope = Scope::Federal;
            }
            Scope::State(state @ None) => {
                let base = &citation.authority.base;
                let same = before.iter().rev().take(LOOK_BACK).find(|c| c.authority.base == *base);
                let bill = citation.kind == CitationKind::Bill;
                let session = before
                    .iter()
                    .rev()
                    .take(if bill { LOOK_BACK } else { 0 })
                    .find(|c| c.kind == CitationKind::Bill && same_bill(&c.authority.base, base));
                if let Some(session) = session.filter(|c| matches!(c.authority.scope, Scope::State(Some(_))))
                {
                    citation.authority = session.authority.clone();
                    continue;
                }
                let known = same.and_then(|c| match c.authority.scope {
                    Scope::State(state) if citation.kind == CitationKind::Bill => state,
                    _ => None,
                });
                // A state of the sentence counts more than the document's, one further off less.
                let near = setting.state.filter(|_| setting.same_sentence);
                *state = known.or(near).or(context.state).or(setting.state);
            }
            Scope::Place(state, place) => {
                // A town that the sentence names before its ordinance counts more than the agency spoken of.
                let of_town = citation.kind == CitationKind::Ordinance && place.is_none();
                let known = setting
                    .near_place
                    .filter(|_| of_town)
                    .or_else(|| (context.place_at)(at))
                    .or(setting.place);
                *state =
                    state.or(known.as_ref().map(|(state, _)| *state)).or(context.state).or(setting.state);
                if place.is_none() {
                    *place = known.map(|(_, place)| place);
                }
            }
            Scope::Earlier(reference) => {
                let reference = reference.clone();
                if let Some((authority, kind)) = referent(&citation.authority, &reference, before) {
                    citation.authority = authority;
                    citation.kind = kind.unwrap_or(citation.kind);
                }
            }
            _ => {}
        }
    }
}

/// The state of the bill by a single letter before, where it is a state's.
fn letter_before(before: &[Citation<'_>]) -> Option<Scope> {
    let letter = before.iter().rev().take(LOOK_BACK).find(|c| c.rule == "bill.letter")?;
    matches!(letter.authority.scope, Scope::State(Some(_))).then(|| letter.authority.scope.clone())
}

/// Gives a shortened title of an act the id of the longer one: "TRUST Act" after "Illinois TRUST Act".
fn lengthen_titles(citations: &mut [Citation<'_>]) {
    let acts = citations.iter().filter(|c| c.kind == CitationKind::NamedAct);
    let mut titles: Vec<Authority> = Vec::new();
    for act in acts {
        if titles.len() < LOOK_BACK && !titles.contains(&act.authority) {
            titles.push(act.authority.clone());
        }
    }
    for citation in citations.iter_mut().filter(|c| c.kind == CitationKind::NamedAct) {
        let Some(title) = citation.authority.base.strip_prefix("/act/") else { continue };
        let tail = format!("-{title}");
        let whole = citation.authority.base.clone();
        // "KWW Act" for the Keep Washington Working Act.
        let initials = title.strip_suffix("-act").filter(|name| (2..=6).contains(&name.len()));
        let open = citation.authority.scope == Scope::State(None);
        if let Some(dated) = titles.iter().find(|long| {
            let bare = undated(&long.base);
            bare.len() < long.base.len() && (bare == whole || open && bare.ends_with(&tail))
        }) {
            citation.authority = dated.clone();
            continue;
        }
        if open
            && let Some(longer) = titles.iter().find(|long| {
                long.base.ends_with(&tail)
                    || initials.is_some_and(|name| initials_of(&long.base).starts_with(name))
            })
        {
            citation.authority = longer.clone();
        }
    }
}

/// The path of an act without the year of its title.
fn undated(base: &str) -> &str {
    let (head, year) = base.rsplit_once("-of-").unwrap_or((base, ""));
    if year.len() == 4 && year.bytes().all(|b| b.is_ascii_digit()) { head } else { base }
}

/// First letters of the words of an act's path.
fn initials_of(base: &str) -> String {
    base.trim_start_matches("/act/").split('-').filter_map(|word| word.chars().next()).collect()
}

/// An act that stands right beside a bill or law of known jurisdiction is of the same: "H.R. 29, the … Act".
fn join_equals(citations: &mut [Citation<'_>]) {
    for i in 1..citations.len() {
        let (left, right) = citations.split_at_mut(i);
        let (Some(one), Some(two)) = (left.last_mut(), right.first_mut()) else { return };
        let near = two.span.start - one.span.end <= 6;
        let (act, law) = match (one.kind, two.kind) {
            (CitationKind::NamedAct, CitationKind::NamedAct) => continue,
            (CitationKind::NamedAct, _) => (one, two),
            (_, CitationKind::NamedAct) => (two, one),
            _ => continue,
        };
        let equal = matches!(law.kind, CitationKind::Bill | CitationKind::PublicLaw | CitationKind::Statute);
        let settled = matches!(law.authority.scope, Scope::Federal | Scope::State(Some(_)));
        if near && equal && settled && act.authority.scope == Scope::State(None) {
            act.authority.scope = law.authority.scope.clone();
        }
    }
}

/// A report of several states that stands parallel to a state's own takes its state.
fn join_parallel(citations: &mut [Citation<'_>]) {
    for i in 1..citations.len() {
        let (left, right) = citations.split_at_mut(i);
        let (Some(own), Some(parallel)) = (left.last(), right.first_mut()) else { return };
        let near = parallel.span.start - own.span.end <= 2;
        if near && own.kind == CitationKind::Case && parallel.authority.scope == Scope::State(None) {
            parallel.authority.scope = own.authority.scope.clone();
        }
    }
}

/// Gives "Act 399" the year of "Act 399 of the 2025 Regular Session", which may stand after it.
fn date_acts(citations: &mut [Citation<'_>]) {
    let dated: Vec<Authority> = citations
        .iter()
        .filter(|c| c.kind == CitationKind::SessionLaw && !c.authority.section.is_empty())
        .take(LOOK_BACK)
        .map(|c| c.authority.clone())
        .collect();
    for citation in citations.iter_mut() {
        if citation.kind == CitationKind::SessionLaw && citation.authority.scope == Scope::None {
            let number = citation.quote.rsplit(' ').next().unwrap_or("");
            let same = |law: &&Authority| law.section.trim_start_matches("ch") == number;
            citation.authority = dated.iter().find(same).unwrap_or(&citation.authority).clone();
        }
    }
}

type Referent = (Authority, Option<CitationKind>);

/// The authority a short form stands for, and its kind where the short form does not show it.
fn referent(short: &Authority, reference: &Reference, before: &[Citation<'_>]) -> Option<Referent> {
    let with_kind = |c: &Citation<'_>, authority| (authority, Some(c.kind));
    // A bare section that nothing explains will be taken out.
    let explained =
        |c: &&Citation<'_>| !matches!(&c.authority.scope, Scope::Earlier(r) if *r != Reference::Name);
    let last = || before.iter().rev().find(explained);
    match reference {
        Reference::Last if !short.section.is_empty() && last().is_some_and(|c| is_code(&c.authority)) => {
            let code = section_before(short, before).or_else(last);
            code.map(|c| with_kind(c, continued(&c.authority, short)))
        }
        Reference::Last => last().map(|c| with_kind(c, continued(&c.authority, short))),
        Reference::Page => {
            let case = |c: &&Citation<'_>| c.kind == CitationKind::Case && c.rule != "short.known_case";
            let holds = |c: &&Citation<'_>| case(c) && holds_page(&c.authority, &short.base);
            let near = || before.iter().rev().filter(explained).take(6);
            let found = near().find(holds).or_else(|| near().take(3).find(case)).or_else(last);
            found.map(|c| with_kind(c, c.authority.clone()))
        }
        Reference::Name => before
            .iter()
            .rev()
            .take(LOOK_BACK)
            .find(|c| c.kind == CitationKind::Case && named(c.quote, &short.base))
            .map(|c| with_kind(c, c.authority.clone())),
        Reference::Subdivision => before
            .iter()
            .rev()
            .filter(explained)
            .take(4)
            .find(|c| !c.authority.subdivisions.is_empty() && same_depth(&c.authority, short))
            .map(|c| with_kind(c, continued(&c.authority, short))),
        Reference::Section => {
            let found = section_before(short, before).map(|c| {
                let base = c.authority.clone();
                with_kind(c, base.section(short.section.clone(), short.subdivisions.clone()))
            });
            found.or_else(|| {
                let known = WELL_KNOWN.contains(&short.section.as_str());
                known.then(|| {
                    let title = if short.section == "s1983" { "/usc/t42" } else { "/usc/t8" };
                    let authority = Authority::federal(title);
                    (authority.section(short.section.clone(), short.subdivisions.clone()), None)
                })
            })
        }
    }
}

/// Whether a page may be one of a reported decision, few being longer than a hundred pages.
fn holds_page(case: &Authority, page: &str) -> bool {
    let first = case.base.rsplit('/').next().and_then(|first| first.parse::<u32>().ok());
    let report = case.base.matches('/').count() == 4;
    let (Some(first), Ok(page)) = (first.filter(|_| report), page.parse::<u32>()) else { return false };
    (first..first + 100).contains(&page)
}

/// Whether `short` is the bill `full` without the year of its session: "HB 1124" after "HB 19-1124".
fn same_bill(full: &str, short: &str) -> bool {
    let parts = |base| str::strip_prefix(base, "/bill/").and_then(|bill| bill.split_once('/'));
    let (Some((other, short)), Some((chamber, number))) = (parts(short), parts(full)) else { return false };
    chamber == other && number.split_once('-').is_some_and(|(_, tail)| tail == short)
}

/// Whether a case goes by this name: its own, or the beginning of that of one of its parties.
fn named(quote: &str, name: &str) -> bool {
    let name = name.trim_end_matches('.');
    memmem::find_iter(quote.as_bytes(), name).any(|at| {
        let begins = at == 0 || quote[..at].ends_with(|c: char| !c.is_alphanumeric());
        begins && !quote[at + name.len()..].starts_with(char::is_alphanumeric)
    })
}

fn same_depth(full: &Authority, short: &Authority) -> bool {
    full.subdivisions.matches('/').count() == short.subdivisions.matches('/').count()
}

/// `full` with the section or subdivisions that "Id." gives.
fn continued(full: &Authority, short: &Authority) -> Authority {
    let mut authority = full.clone();
    if short.section.is_empty() {
        if !short.subdivisions.is_empty() {
            authority.subdivisions = merge(&full.subdivisions, &short.subdivisions);
        }
    } else if full.section.starts_with(['s', 'c']) && is_code(full) {
        authority = authority.section(short.section.clone(), short.subdivisions.clone());
    }
    authority
}

/// Whether sections of the authority are parts of its canonical id; those of a policy are not.
fn is_code(authority: &Authority) -> bool {
    !authority.base.starts_with("/policy") && !authority.base.starts_with("/case")
}

/// The latest citation with the same section, else one whose sections are written alike.
pub(super) fn section_before<'c, 't>(
    short: &Authority,
    before: &'c [Citation<'t>],
) -> Option<&'c Citation<'t>> {
    let settled = |c: &&Citation<'_>| {
        !matches!(c.authority.scope, Scope::Earlier(_) | Scope::None) && is_code(&c.authority)
    };
    let same =
        before.iter().rev().take(LOOK_BACK).filter(settled).find(|c| c.authority.section == short.section);
    if same.is_some() || WELL_KNOWN.contains(&short.section.as_str()) {
        return same;
    }
    let alike = |test: fn(&str, &str) -> bool| {
        before
            .iter()
            .rev()
            .take(LOOK_BACK)
            .filter(settled)
            .find(|c| test(&c.authority.section, &short.section))
    };
    let of_state = |c: &&Citation<'_>| matches!(c.authority.scope, Scope::State(_));
    // "§ 428.6" may be a section of Policy 428.
    let of_policy = || before.iter().any(|c| c.kind == CitationKind::Policy && begins_alike(c, short));
    alike(written_alike)
        .or_else(|| alike(parted_alike).filter(of_state))
        .or_else(|| alike(titled_alike).filter(of_state))
        .or_else(|| alike(decimal_alike).filter(of_state).filter(|_| !of_policy()))
}

/// Whether two sections are of one title, and have as many parts: "24-76.6-102" and "24-74-103".
fn titled_alike(full: &str, short: &str) -> bool {
    let parts = |s: &str| s.matches('-').count();
    parts(full) >= 2 && parts(full) == parts(short) && full.split('-').next() == short.split('-').next()
}

/// Whether two sections are a chapter and a number behind a point: "19.35" and "165.84".
fn decimal_alike(full: &str, short: &str) -> bool {
    let plain = |s: &str| {
        let (chapter, number) = s.trim_start_matches('s').split_once('.')?;
        let digits = |s: &str| s.bytes().all(|byte| byte.is_ascii_digit());
        (digits(chapter) && digits(number) && (1..=3).contains(&chapter.len())).then_some(number.len())
    };
    matches!((plain(full), plain(short)), (Some(1..), Some(2..)))
}

/// Whether the number of a policy begins as a section does: "428" and "428.6".
fn begins_alike(policy: &Citation<'_>, section: &Authority) -> bool {
    let chapter = section.section.trim_start_matches('s').split('.').next().unwrap_or_default();
    let number = policy.authority.base.rsplit('/').next().unwrap_or_default();
    number.strip_prefix(chapter).is_some_and(|rest| !rest.starts_with(|c: char| c.is_ascii_digit()))
}

/// Whether two sections have the same two marks and more between their numbers: "53.1-220.2" and "15.2-1102".
fn parted_alike(full: &str, short: &str) -> bool {
    let marks = |s: &str| s.chars().filter(|c| matches!(c, '.' | '-' | ':')).take(2).collect::<String>();
    let (full, short) = (marks(full), marks(short));
    full == short && short.len() == 2
}

/// Whether two sections belong to one scheme: the same beginning up to the last separator or, for a
/// chapter, the chapter as the beginning of the section.
fn written_alike(full: &str, short: &str) -> bool {
    let number = |s: &str| s.trim_start_matches(|c: char| c.is_ascii_lowercase()).to_owned();
    let (full, short) = (number(full), number(short));
    let head = |s: &str| s.rfind(['.', '-', '/', ':']).map(|at| s[..at].to_owned());
    match (head(&full), head(&short)) {
        (Some(full), Some(short)) if full == short => true,
        (_, Some(short)) => short == full,
        _ => false,
    }
}

/// Takes out bare sections, "id." and the like that nothing before them explains.
pub(super) fn prune(citations: &mut Vec<Citation<'_>>) {
    // What short forms stand for is put in their place for the time of the pass, so that later ones see it.
    let mut written: Vec<(usize, Authority)> = Vec::new();
    let mut unexplained: Vec<usize> = Vec::new();
    for i in 0..citations.len() {
        let (before, rest) = citations.split_at_mut(i);
        let Some(citation) = rest.first_mut() else { break };
        let Scope::Earlier(reference) = &citation.authority.scope else { continue };
        match referent(&citation.authority, reference, before) {
            Some((authority, _)) => {
                written.push((i, std::mem::replace(&mut citation.authority, authority)));
            }
            None if *reference == Reference::Name => {}
            None => unexplained.push(i),
        }
    }
    for (i, authority) in written {
        citations[i].authority = authority;
    }
    let (mut index, mut next) = (0, unexplained.into_iter().peekable());
    citations.retain(|_| {
        let keep = next.next_if_eq(&index).is_none();
        index += 1;
        keep
    });
}

/// Votes for the document's state by the citations that name one, most votes first.
pub fn state_evidence(citations: &[Citation<'_>]) -> Vec<(State, u32)> {
    let mut votes: Vec<(State, u32)> = Vec::new();
    for citation in citations {
        let (Scope::State(Some(state)) | Scope::Place(Some(state), _)) = citation.authority.scope else {
            continue;
        };
        match votes.iter_mut().find(|(s, _)| *s == state) {
            Some((_, count)) => *count += 1,
            None => votes.push((state, 1)),
        }
    }
    votes.sort_by_key(|(state, count)| (std::cmp::Reverse(*count), *state));
    votes
}

/// [`find`], then [`resolve`] with the state that most citations name and no place.
///
/// ```
/// use goldrule_extractor::citation::find_citations;
///
/// let text = "Washington's SB 5497 became RCW 10.93.160.";
/// let ids: Vec<_> = find_citations(text).filter_map(|citation| citation.canonical()).collect();
/// assert_eq!(ids, ["/us-wa/bill/sb/5497", "/us-wa/code/s10.93.160"]);
/// ```
pub fn find_citations(text: &str) -> impl Iterator<Item = Citation<'_>> {
    let mut citations = find(text);
    let cited = state_evidence(&citations).first().map(|(state, _)| *state);
    let state = cited.or_else(|| citations.iter().find_map(|citation| citation.setting.state));
    resolve(&mut citations, &Context { state, place_at: &|_| None });
    citations.into_iter()
}
