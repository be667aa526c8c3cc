//! Where the names of the parties to a case begin and end.

use super::cursor::{Cursor, back_spaces, back_word, before};
use super::names::{state_ending, state_starting};

/// Small words inside party names.
const SMALL: &str = "of the and & for ex rel. on behalf de la del von van et al.";

/// Abbreviations that may end in a full stop inside a party name.
const ABBREVIATED: &str = "Cnty. Cty. Inc. Bd. Co. Corp. rel. Twp. Dist. St. Ass'n. Univ. Educ. al. Sch. Sec. Dept. Gov. \
    Comm. Mun. Auth. Nat. Am. Sys. Ctr. Soc. Hosp. Jr. Sr. Ltd. Servs. Pub. Med. Sher. Att. Assoc. \
    Bros. Mfg. Ins. Ry. R.R. Immigr. Enf't. Hum. Rts. Just. Comms. Org. Found. Fed. Mem. Reg. Metro. \
    Ft. Gen. Cmty. Indus. Enters. Sols. Techs. Cos. Cent. Dev. Ctrs. Emps. Fin. Grp. Hous. Indep. \
    Inst. Lab. Mach. Mgmt. Mkt. Pharm. Prod. Prop. Prot. Res. Sav. Serv. Sup. Sur. Tchr. Tel. \
    Transp. Util. Vill. Acad. Admin. Agric. All. Assocs. Auto. Bankr. Bldg. Bus. Cap. Cas. Cath. \
    Chem. Coal. Coll. Comput. Condo. Cong. Const. Contr. Coop. Def. Distrib. Econ. Elec. Equip. \
    Exch. Exec. Fid. Guar. Info. Inv. Jud. Juv. Liab. Libr. Loc. Mar. Maint. Mech. Merch. Mil. Mut. \
    Nw. Pac. Pers. Pol. Priv. Rec. Rehab. Rel. Rev. Sci. Se. Subcomm. Sw. Tech. Tr. Tpk. Unif. \
    Comm'r. Dep't. Att'y. Bhd. Off. Ct. Pros. Sens. Supt. Dir.";

/// Words that stand before a party name without being of it.
const LEADING: &str = "See In Cf. But Under Accord Also E.g. Compare Like After Since The Before And Citing Quoting \
    Says Both While As If When Then On By For From Until Contra With Because That Per To At Of Even \
    Where see cf. Although Unlike Following Is Was Did Does Rejecting Overruling";

fn listed(list: &str, word: &str) -> bool {
    list.split_ascii_whitespace().any(|entry| entry == word)
}

/// Where the party before the "v." begins.
pub(super) fn plaintiff(text: &str, v: usize) -> Option<usize> {
    let (mut at, mut from) = (v, None);
    for count in 0..12 {
        let end = if count == 0 { at } else { back_spaces(text, at) };
        let word_start = text[..end]
            .char_indices()
            .rev()
            .take(30)
            .take_while(|(_, c)| !c.is_whitespace() && !matches!(c, '(' | '"' | '“' | '*' | '[' | '—' | '_'))
            .last()
            .map_or(end, |(i, _)| i);
        let word = &text[word_start..end];
        let bare = word.trim_end_matches(',');
        let upper = bare.starts_with(char::is_uppercase);
        let comma_ok =
            word.len() == bare.len() || count == 0 || text[end..].trim_start().starts_with(['I', 'L', 'e']);
        // "Miranda v. Arizona and Tennessee v. Garner": what goes before "and" is another case.
        if ["v.", "vs."].contains(&word) {
            let between = text[at..v].find(" and ").or_else(|| text[at..v].find(" or "));
            if let Some(and) = between {
                let rest = at + and + 1;
                from = text[rest..v].find(' ').map(|space| rest + space + 1);
            }
            break;
        }
        if ["and", "or"].contains(&bare) && ends_authority(&text[..word_start]) {
            break;
        }
        if word.is_empty() || !comma_ok || !upper && !listed(SMALL, bare) || listed(LEADING, bare) {
            break;
        }
        if count > 0 && bare.ends_with('.') && !abbreviation(bare)
            || bare.ends_with([':', ';', '?', '!', ')', '”', '"'])
        {
            break;
        }
        if upper {
            from = Some(word_start);
        }
        at = word_start;
        if before(text, word_start).is_some_and(|c| !c.is_whitespace()) {
            break;
        }
    }
    from
}

/// Whether a text ends with another authority, which no party's name goes on from: "Tenth Amendment".
fn ends_authority(head: &str) -> bool {
    let head = head.trim_end();
    head.ends_with(|c: char| c.is_ascii_digit() || c == ')')
        || [" Amendment", " Amendments", " Clause", " Act", " Code", " Constitution", " Doctrine"]
            .iter()
            .any(|noun| head.ends_with(noun))
}

/// Where a short name that ends at `end`, right before a report, begins: "Ocean County" in "Ocean County, 8 F.4th 176".
pub(super) fn short_name(text: &str, low: usize, end: usize) -> Option<usize> {
    let (mut at, mut from) = (end, None);
    for _ in 0..5 {
        let Some((start, word)) = back_word(text, at).filter(|(start, _)| *start >= low) else { break };
        let opened = word.len() - word.trim_start_matches(['(', '[', '"', '“', '*', '_']).len();
        let (start, word) = (start + opened, &word[opened..]);
        let name = word.chars().all(|c| c.is_alphabetic() || matches!(c, '-' | '\'' | '’' | '&'));
        let upper = word.starts_with(char::is_uppercase) && !listed(LEADING, word);
        let small = from.is_some() && ["of", "for", "the", "&"].contains(&word);
        if !name || !(upper || small) || NO_CASE.contains(&word) {
            break;
        }
        if upper {
            from = Some(start);
        }
        at = start;
        if opened > 0 {
            break;
        }
    }
    from
}

/// Words that end no case's name.
const NO_CASE: [&str; 15] = [
    "Cases",
    "Circuit",
    "Court",
    "Courts",
    "Act",
    "Amendment",
    "Clause",
    "Code",
    "Id",
    "Judge",
    "Justice",
    "Panel",
    "January",
    "March",
    "May",
];

/// Where the party after the "v." ends.
pub(super) fn defendant(mut cursor: Cursor<'_>) -> Option<usize> {
    let mut end = None;
    for _ in 0..12 {
        let from = cursor.at;
        let word =
            cursor.take_while(|c| c.is_alphanumeric() || matches!(c, '.' | '\'' | '’' | '-' | '&' | '‘'));
        let bare = word.trim_end_matches(['.', '\'', '’']);
        let upper = bare.starts_with(char::is_uppercase);
        if bare.is_empty() && word != "&" || !upper && !listed(SMALL, word) && word != "&" {
            break;
        }
        // "In City of El Cenizo v. Texas the Fifth Circuit upheld"
        if word == "the" && end.is_some() {
            let next = cursor.rest().get(..24).unwrap_or(cursor.rest());
            if ["Circuit", "Court", "court", "justices", "judge"].iter().any(|court| next.contains(court)) {
                break;
            }
        }
        let possessive = bare.strip_suffix("'s").or_else(|| bare.strip_suffix("’s"));
        if let Some(owner) = possessive {
            let bodies = [
                " Office",
                " Off.",
                " County",
                " Cnty.",
                " Cty.",
                " Sheriff",
                " Department",
                " Dep",
                " Ass",
                " Union",
                " Federation",
                " Benevolent",
            ];
            if !bodies.iter().any(|body| cursor.rest().starts_with(body)) {
                end = Some(from + owner.len());
                break;
            }
        }
        // A small word or a comma right after shows an unknown abbreviation: "Supvrs. of".
        let rest = cursor.rest();
        let goes_on =
            [" of ", " & ", " for ", ", 1", ", 2", ", 3", ", 4", ", 5", ", 6", ", 7", ", 8", ", 9", ", No. "];
        let inner = goes_on.iter().any(|next| rest.starts_with(next));
        let stop = word.ends_with('.') && !abbreviation(word) && !inner;
        if upper {
            end = Some(from + if stop { bare.len() } else { word.len() });
        }
        let mut ahead = cursor;
        let incorporated =
            ahead.eat(",") && ahead.spaces() && ahead.eat_any(&["Inc.", "LLC", "Ltd.", "L.P.", "et al."]);
        if incorporated {
            cursor = ahead;
            end = Some(ahead.at);
            break;
        }
        // "Dallas County, Texas, 229 F. Supp. 3d 501"
        let mut state = cursor;
        if state.eat(", ")
            && let Some((_, length)) = state_starting(state.rest())
            && state.rest()[length..]
                .strip_prefix(", ")
                .is_some_and(|r| r.starts_with(|c: char| c.is_ascii_digit()))
        {
            end = Some(state.at + length);
            break;
        }
        // A line break ends a name only where no word goes on.
        if stop || !cursor.spaces() || another_case(cursor) {
            break;
        }
    }
    // "v. Garland." at the end of a sentence keeps no full stop.
    end.map(|end| if ends_sentence(cursor.text, end) { end - 1 } else { end })
}

/// Whether "and" begins the name of the next case: "Miranda v. Arizona and Tennessee v. Garner".
fn another_case(cursor: Cursor<'_>) -> bool {
    let rest = cursor.rest();
    let Some(next) = ["and ", "or "].iter().find_map(|word| rest.strip_prefix(word)) else { return false };
    let clause = next.split([',', ';', '(', ')', '\n']).next().unwrap_or("");
    let words = clause.split(' ').position(|word| word == "v." || word == "vs.");
    words.is_some_and(|count| (1..=6).contains(&count))
}

/// Whether the full stop before `end` closes a sentence rather than an abbreviation.
fn ends_sentence(text: &str, end: usize) -> bool {
    let head = &text[..end];
    head.ends_with('.') && !text[end..].trim_start_matches('*').starts_with(',') && {
        let word = head.rsplit(|c: char| c.is_whitespace()).next().unwrap_or("");
        word.len() > 4 && !listed(ABBREVIATED, word)
    }
}

/// "Cnty.", "S.F.", initials and state abbreviations.
fn abbreviation(word: &str) -> bool {
    let word = word.trim_start_matches(['(', '“', '"']);
    let initials = word.split('.').all(|part| part.chars().count() <= 1);
    initials || listed(ABBREVIATED, word) || state_ending(word).is_some()
}
