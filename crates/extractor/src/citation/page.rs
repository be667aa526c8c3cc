//! Public pages on which authorities can be read, where the address follows from the id by rule.

use super::canonical::codified;
use super::{CanonicalId, Family};

/// Sites of state codes whose addresses follow from the section alone; `{}` stands for the section.
const CODES: &[(&str, &str)] = &[
    ("ia", "https://www.legis.iowa.gov/docs/code/{}.pdf"),
    ("mi", "https://legislature.mi.gov/doc.aspx?mcl-{}"),
    ("mn", "https://www.revisor.mn.gov/statutes/cite/{}"),
    ("mo", "https://revisor.mo.gov/main/OneSection.aspx?section={}"),
    ("ne", "https://nebraskalegislature.gov/laws/statutes.php?statute={}"),
    ("oh", "https://codes.ohio.gov/ohio-revised-code/section-{}"),
    ("or", "https://oregon.public.law/statutes/ors_{}"),
    ("sd", "https://sdlegislature.gov/Statutes/{}"),
    ("va", "https://law.lis.virginia.gov/vacode/{}/"),
    ("wa", "https://app.leg.wa.gov/RCW/default.aspx?cite={}"),
    ("wi", "https://docs.legis.wisconsin.gov/document/statutes/{}"),
];

/// Texas codes by subject, as their site abbreviates them.
const TEXAS: &[(&str, &str)] = &[
    ("ccp", "CR"),
    ("civ", "CP"),
    ("cprc", "CP"),
    ("edu", "ED"),
    ("educ", "ED"),
    ("elec", "EL"),
    ("fam", "FA"),
    ("gov", "GV"),
    ("hsc", "HS"),
    ("lab", "LA"),
    ("loc", "LG"),
    ("occ", "OC"),
    ("pen", "PE"),
    ("tax", "TX"),
    ("transp", "TN"),
];

/// Californian codes by subject whose abbreviation there is another one than in ids.
const CALIFORNIA: &[(&str, &str)] =
    &[("edu", "EDC"), ("educ", "EDC"), ("elec", "ELEC"), ("evid", "EVID"), ("gov", "GOV"), ("prob", "PROB")];

/// First Congress whose public laws are at congress.gov by number.
const FIRST_CONGRESS_WITH_LAWS: u32 = 104;

impl CanonicalId {
    /// A public page on which the authority can be read, where one follows from the id alone.
    ///
    /// A section of the Immigration and Nationality Act leads to its section of the United States Code.
    ///
    /// ```
    /// use goldrule_extractor::citation::CanonicalId;
    ///
    /// let id: CanonicalId = "/us/usc/t8/s1373/a".parse().unwrap();
    /// let url = id.url().unwrap();
    /// assert_eq!(url, "https://uscode.house.gov/view.xhtml?req=granuleid:USC-prelim-title8-section1373");
    /// ```
    pub fn url(&self) -> Option<String> {
        let parts: Vec<&str> = self.parts().collect();
        let address = match (self.family(), parts.as_slice()) {
            (Family::Usc, [title, section, ..]) => {
                let (title, section) = (title.strip_prefix('t')?, section.strip_prefix('s')?);
                format!(
                    "https://uscode.house.gov/view.xhtml?req=granuleid:USC-prelim-title{title}-section{section}"
                )
            }
            (Family::Cfr, [title, section, ..]) => {
                let title = title.strip_prefix('t')?;
                match section.strip_prefix('s') {
                    Some(section) => format!("https://www.ecfr.gov/current/title-{title}/section-{section}"),
                    None => {
                        format!(
                            "https://www.ecfr.gov/current/title-{title}/part-{}",
                            section.strip_prefix("pt")?
                        )
                    }
                }
            }
            (Family::FederalRegister, [volume, page]) => {
                format!("https://www.federalregister.gov/citation/{volume}-FR-{page}")
            }
            (Family::PublicLaw, [congress, law, ..]) => {
                let number: u32 = congress.parse().ok()?;
                if number < FIRST_CONGRESS_WITH_LAWS {
                    return None;
                }
                format!("https://www.congress.gov/{congress}/plaws/publ{law}/PLAW-{congress}publ{law}.pdf")
            }
            (Family::StatutesAtLarge, [volume, page]) => {
                format!("https://www.govinfo.gov/link/statute/{volume}/{page}")
            }
            (Family::ExecutiveOrder, [number, ..]) if self.state().is_none() => {
                format!("https://www.federalregister.gov/executive-order/{number}")
            }
            (Family::Constitution, ["amendment", number, ..]) if self.state().is_none() => {
                format!("https://constitution.congress.gov/constitution/amendment-{number}/")
            }
            (Family::Constitution, ["article", number, ..]) if self.state().is_none() => {
                format!("https://constitution.congress.gov/constitution/article-{number}/")
            }
            (Family::Case, [reporter, volume, page]) if *reporter != "wl" && !reporter.ends_with("lexis") => {
                format!("https://www.courtlistener.com/c/{reporter}/{volume}/{page}/")
            }
            (Family::Act, _) => return codified(&self.to_string())?.parse::<Self>().ok()?.url(),
            (Family::Code, parts) if self.place().is_none() => code(self.state()?.code(), parts)?,
            _ => return None,
        };
        Some(encoded(&address))
    }
}

/// The page of a section of a state's code.
fn code(state: &str, parts: &[&str]) -> Option<String> {
    let section = |part: &str| part.strip_prefix('s').filter(|s| !s.is_empty()).map(str::to_owned);
    let subject = |table: &[(&str, &'static str)], word: &str| {
        table.iter().find(|(own, _)| *own == word).map(|(_, theirs)| *theirs)
    };
    match (state, parts) {
        ("az", [part, ..]) => {
            let section = section(part)?;
            let (title, number) = section.split_once('-').filter(|(_, number)| number.len() <= 5)?;
            let digits = number.bytes().all(|b| b.is_ascii_digit());
            digits.then(|| format!("https://www.azleg.gov/ars/{title}/{number:0>5}.htm"))
        }
        ("fl", [part, ..]) => {
            let section = section(part)?;
            let (chapter, rest) = section.split_once('.')?;
            let number: u32 = chapter.parse().ok()?;
            let hundred = number / 100 * 100;
            let range = format!("{hundred:04}-{:04}", hundred + 99);
            Some(format!(
                "http://www.leg.state.fl.us/statutes/index.cfm?App_mode=Display_Statute&URL={range}/{number:04}/Sections/{number:04}.{rest}.html"
            ))
        }
        ("nc", [part, ..]) => {
            let section = section(part)?;
            let (chapter, _) = section.split_once('-')?;
            Some(format!(
                "https://www.ncleg.gov/EnactedLegislation/Statutes/HTML/BySection/Chapter_{chapter}/GS_{section}.html"
            ))
        }
        ("ca", [code, part, ..]) => {
            let section = section(part)?;
            let code = subject(CALIFORNIA, code).map_or_else(|| code.to_uppercase(), str::to_owned);
            Some(format!(
                "https://leginfo.legislature.ca.gov/faces/codes_displaySection.xhtml?lawCode={code}&sectionNum={section}"
            ))
        }
        ("tx", [code, part, ..]) => {
            let section = section(part)?;
            let (chapter, code) = (section.split_once('.')?.0, subject(TEXAS, code)?);
            Some(format!("https://statutes.capitol.texas.gov/Docs/{code}/htm/{code}.{chapter}.htm#{section}"))
        }
        _ => {
            let (_, pattern) = CODES.iter().find(|(code, _)| *code == state)?;
            let part = parts.first()?;
            let chapter = || part.strip_prefix("ch").filter(|_| ["ia", "mn", "wa"].contains(&state));
            let section = section(part).or_else(|| chapter().map(str::to_owned))?;
            let section = match state {
                "or" => section.to_lowercase(),
                "mi" => section.replace('.', "-"),
                _ => section,
            };
            Some(pattern.replace("{}", &section))
        }
    }
}

/// The page of an authority by its id and the words that cite it, which may name a bill's Congress.
///
/// ```
/// use goldrule_extractor::citation::page_of;
///
/// assert!(page_of("/us/bill/hr/29", "H.R. 29, 119th Cong. (2025)").is_some());
/// assert!(page_of("/us/bill/hr/29", "H.R. 29").is_none());
/// ```
pub fn page_of(id: &str, words: &str) -> Option<String> {
    let id: CanonicalId = id.parse().ok()?;
    id.url().or_else(|| bill(&id, words))
}

/// The page of a bill of Congress: `words` have "119th Cong."
fn bill(id: &CanonicalId, session: &str) -> Option<String> {
    if id.family() != Family::Bill || id.state().is_some() {
        return None;
    }
    let parts: Vec<&str> = id.parts().collect();
    let [sort, number] = parts.as_slice() else { return None };
    let sort = match *sort {
        "hr" => "house-bill",
        "s" => "senate-bill",
        "hres" => "house-resolution",
        "sres" => "senate-resolution",
        "hjres" => "house-joint-resolution",
        "sjres" => "senate-joint-resolution",
        "hconres" => "house-concurrent-resolution",
        "sconres" => "senate-concurrent-resolution",
        _ => return None,
    };
    let mut words = session.split([' ', '\u{a0}', '\n']).zip(session.split([' ', '\u{a0}', '\n']).skip(1));
    let ordinal = words.find(|(_, next)| next.starts_with("Cong"))?.0;
    let digits = ordinal.bytes().take_while(u8::is_ascii_digit).count();
    (digits > 0 && ["st", "nd", "rd", "th", "d"].contains(&&ordinal[digits..]))
        .then(|| format!("https://www.congress.gov/bill/{ordinal}-congress/{sort}/{number}"))
}

/// Percent-encodes what would end or split an address in HTML or Markdown.
pub(super) fn encoded(address: &str) -> String {
    let mut encoded = String::with_capacity(address.len());
    let mut utf8 = [0; 4];
    for c in address.chars() {
        if c.is_ascii_graphic() && !matches!(c, '(' | ')' | '<' | '>' | '"' | '\'' | '\\' | '`' | '[' | ']') {
            encoded.push(c);
            continue;
        }
        for byte in c.encode_utf8(&mut utf8).bytes() {
            let digit = |nibble: u8| char::from(b"0123456789ABCDEF"[usize::from(nibble)]);
            encoded.extend(['%', digit(byte >> 4), digit(byte & 15)]);
        }
    }
    encoded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_by_rule() {
        let pages = [
            (
                "/us/usc/t8/s1373/a",
                "https://uscode.house.gov/view.xhtml?req=granuleid:USC-prelim-title8-section1373",
            ),
            ("/us/cfr/t8/s287.7/d", "https://www.ecfr.gov/current/title-8/section-287.7"),
            ("/us/cfr/t8/pt287", "https://www.ecfr.gov/current/title-8/part-287"),
            ("/us/fr/90/8443", "https://www.federalregister.gov/citation/90-FR-8443"),
            ("/us/pl/104/208", "https://www.congress.gov/104/plaws/publ208/PLAW-104publ208.pdf"),
            ("/us/stat/110/3009", "https://www.govinfo.gov/link/statute/110/3009"),
            ("/us/eo/14159", "https://www.federalregister.gov/executive-order/14159"),
            ("/us/const/amendment/4", "https://constitution.congress.gov/constitution/amendment-4/"),
            ("/us/case/us/567/387", "https://www.courtlistener.com/c/us/567/387/"),
            ("/us-ma/case/mass/477/517", "https://www.courtlistener.com/c/mass/477/517/"),
            (
                "/us/act/immigration-and-nationality-act/s287/g",
                "https://uscode.house.gov/view.xhtml?req=granuleid:USC-prelim-title8-section1357",
            ),
            ("/us-wa/code/s10.93.160/5", "https://app.leg.wa.gov/RCW/default.aspx?cite=10.93.160"),
            ("/us-or/code/s181A.820", "https://oregon.public.law/statutes/ors_181a.820"),
            ("/us-az/code/s11-1051/B", "https://www.azleg.gov/ars/11/01051.htm"),
            ("/us-tx/code/gov/s752.053", "https://statutes.capitol.texas.gov/Docs/GV/htm/GV.752.htm#752.053"),
            (
                "/us-ca/code/gov/s7284.6",
                "https://leginfo.legislature.ca.gov/faces/codes_displaySection.xhtml?lawCode=GOV&sectionNum=7284.6",
            ),
        ];
        for (id, page) in pages {
            assert_eq!(id.parse::<CanonicalId>().unwrap().url().as_deref(), Some(page), "{id}");
        }
        for none in
            ["/us/pl/89/236", "/us/case/wl/2024/1234567", "/us-wa/seattle/code/s4.18", "/us/bill/hr/29"]
        {
            assert_eq!(none.parse::<CanonicalId>().unwrap().url(), None, "{none}");
        }
    }

    #[test]
    fn odd_characters_cannot_leave_the_address() {
        let id: CanonicalId = "/us-wa/code/s1)\"é".parse().unwrap();
        assert_eq!(id.url().unwrap(), "https://app.leg.wa.gov/RCW/default.aspx?cite=1%29%22%C3%A9");
    }
}
