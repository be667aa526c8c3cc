//! The parts of a citation with their own spans, read from its words when asked for.

use goldrule_schema::{ByteSpan, CitationKind};

use super::cursor::{Cursor, back_word, year_in};
use super::{Citation, volume};

/// What a part of a citation is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum FieldName {
    /// Names of the parties, title of an act, name of a treaty or clause.
    Name,
    /// Volume of a reporter, journal or register; year before a neutral citation.
    Volume,
    /// Reporter, court, journal or register.
    Reporter,
    /// First page, or number of a database.
    Page,
    /// Pages or paragraphs inside.
    Pinpoint,
    /// Docket number.
    Docket,
    /// Court in the bracket.
    Court,
    /// Year in the bracket, of a session or of an act.
    Year,
    /// Number of a title.
    Title,
    /// Words that name a code, with "Ann." and the like.
    Code,
    /// Section, chapter, article or amendment.
    Section,
    /// `(a)(1)` and the like.
    Subdivisions,
    /// Chamber and sort of a bill: `SB`, `House Joint Resolution`.
    Chamber,
    /// Number of a bill, order, law, ordinance or policy.
    Number,
    /// Session of a legislature: `119th Cong.`
    Session,
    /// "See", "cf." and the like before the citation, outside its span.
    Signal,
    /// What stands in brackets after the citation, outside its span.
    Parenthetical,
}

impl FieldName {
    /// Its name in files: `volume`, `pinpoint`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Volume => "volume",
            Self::Reporter => "reporter",
            Self::Page => "page",
            Self::Pinpoint => "pinpoint",
            Self::Docket => "docket",
            Self::Court => "court",
            Self::Year => "year",
            Self::Title => "title",
            Self::Code => "code",
            Self::Section => "section",
            Self::Subdivisions => "subdivisions",
            Self::Chamber => "chamber",
            Self::Number => "number",
            Self::Session => "session",
            Self::Signal => "signal",
            Self::Parenthetical => "parenthetical",
        }
    }
}

/// A part of a citation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Field<'t> {
    /// What it is.
    pub name: FieldName,
    /// Where it stands in the text, in bytes.
    pub span: ByteSpan,
    /// Its words.
    pub quote: &'t str,
}

/// Words that say how a citation supports a sentence.
const SIGNALS: &[&str] = &[
    "See also",
    "see also",
    "See generally",
    "see generally",
    "But see",
    "but see",
    "But cf.",
    "but cf.",
    "See, e.g.,",
    "see, e.g.,",
    "E.g.,",
    "e.g.,",
    "Accord",
    "accord",
    "Compare",
    "compare",
    "Contra",
    "contra",
    "See",
    "see",
    "Cf.",
    "cf.",
];

impl<'t> Citation<'t> {
    /// The parts that its words have, in text order.
    ///
    /// ```
    /// use goldrule_extractor::citation::{FieldName, find_citations};
    ///
    /// let text = "See Galarza v. Szalczyk, 745 F.3d 634, 640-45 (3d Cir. 2014).";
    /// let case = find_citations(text).next().unwrap();
    /// let fields: Vec<_> = case.fields().map(|field| (field.name, field.quote)).collect();
    /// assert_eq!(
    ///     fields,
    ///     [
    ///         (FieldName::Name, "Galarza v. Szalczyk"),
    ///         (FieldName::Volume, "745"),
    ///         (FieldName::Reporter, "F.3d"),
    ///         (FieldName::Page, "634"),
    ///         (FieldName::Pinpoint, "640-45"),
    ///         (FieldName::Court, "3d Cir."),
    ///         (FieldName::Year, "2014"),
    ///     ]
    /// );
    /// assert_eq!(case.signal(text).unwrap().quote, "See");
    /// ```
    pub fn fields(&self) -> impl Iterator<Item = Field<'t>> {
        let mut reader = Reader { citation: self, fields: Vec::new() };
        reader.read();
        let mut fields = reader.fields;
        fields.sort_by_key(|field| field.span.start);
        let mut end = 0;
        fields.retain(|field| {
            let apart = field.span.start >= end;
            end = if apart { field.span.end } else { end };
            apart
        });
        fields.into_iter()
    }

    /// The signal before it: "See", "cf.". `text` is the text it was found in.
    pub fn signal(&self, text: &'t str) -> Option<Field<'t>> {
        let head = text.get(..self.span.start as usize)?.trim_end();
        let signal =
            SIGNALS.iter().filter(|signal| head.ends_with(**signal)).max_by_key(|signal| signal.len())?;
        let start = head.len() - signal.len();
        let alone = !head[..start].ends_with(char::is_alphanumeric);
        alone.then(|| field(FieldName::Signal, start, text.get(start..head.len()).unwrap_or("")))
    }

    /// The explanation in brackets after a case: "(per curiam)", "(quoting …)".
    pub fn parenthetical(&self, text: &'t str) -> Option<Field<'t>> {
        if self.kind != CitationKind::Case {
            return None;
        }
        let end = self.span.end as usize;
        let rest = text.get(end..)?;
        let inner = rest.trim_start_matches(' ').strip_prefix('(')?;
        let close = inner.char_indices().take(400).find(|(_, c)| *c == ')')?.0;
        let start = text.len() - inner.len();
        Some(field(FieldName::Parenthetical, start, inner.get(..close)?))
    }
}

fn field(name: FieldName, start: usize, quote: &str) -> Field<'_> {
    Field { name, span: ByteSpan::new(start as u32, (start + quote.len()) as u32), quote }
}

struct Reader<'c, 't> {
    citation: &'c Citation<'t>,
    fields: Vec<Field<'t>>,
}

/// Months as brackets have them.
const MONTHS: &[&str] =
    &["Jan.", "Feb.", "Mar.", "Apr.", "May ", "June ", "July ", "Aug.", "Sept.", "Oct.", "Nov.", "Dec."];

impl<'t> Reader<'_, 't> {
    fn quote(&self) -> &'t str {
        self.citation.quote
    }

    /// Adds what stands between two bytes of the quote, spaces and commas apart.
    fn push(&mut self, name: FieldName, from: usize, to: usize) {
        let Some(part) = self.quote().get(from..to) else { return };
        let left = part.len() - part.trim_start_matches([' ', ',', '\u{a0}', '\n', '§', '*']).len();
        let part = part.trim_matches([' ', ',', '\u{a0}', '\n', '§', '*']);
        if !part.is_empty() {
            self.fields.push(field(name, self.citation.span.start as usize + from + left, part));
        }
    }

    fn read(&mut self) {
        match self.citation.kind {
            _ if self.citation.rule == "short.id" && self.citation.authority.section.is_empty() => self.id(),
            CitationKind::Case if self.citation.rule == "short.id" => self.id(),
            CitationKind::Case | CitationKind::Secondary => self.volume(),
            CitationKind::Bill => self.bill(),
            CitationKind::NamedAct => self.act(),
            CitationKind::SessionLaw | CitationKind::Regulation if self.report_at().is_some() => {
                self.volume();
            }
            CitationKind::Regulation if self.citation.rule.contains("rule") => self.court_rule(),
            CitationKind::Statute | CitationKind::Regulation => self.code(),
            CitationKind::Ordinance if !self.citation.authority.section.is_empty() => self.code(),
            CitationKind::SessionLaw | CitationKind::Constitution | CitationKind::Treaty => self.sections(),
            _ => self.number(),
        }
    }

    /// "Id. at 642": the pages.
    fn id(&mut self) {
        let quote = self.quote();
        if let Some(at) = quote.find([' ', '\u{a0}', '\n']) {
            self.push(FieldName::Pinpoint, at, quote.len());
        }
    }

    /// The first place where volume, name and page stand.
    fn report_at(&self) -> Option<(usize, volume::Parts)> {
        let quote = self.quote();
        quote
            .char_indices()
            .filter(|(at, c)| {
                c.is_ascii_digit() && !quote[..*at].ends_with(|c: char| c.is_ascii_alphanumeric())
            })
            .find_map(|(at, _)| Some((at, volume::parts(Cursor::new(quote, at))?)))
    }

    fn volume(&mut self) {
        let quote = self.quote();
        let report = self.report_at();
        let before = report.as_ref().map_or(quote.len(), |(at, _)| *at);
        let mut name_end = before;
        if let Some(at) = quote[..before].find("No. ").or_else(|| quote[..before].find("Nos. ")) {
            let number = at + quote[at..].find(' ').unwrap_or(0);
            let end = quote[number + 1..before].find([',', ' ']).map_or(before, |i| number + 1 + i);
            self.push(FieldName::Docket, number, end);
            name_end = at;
        }
        let bracket = quote.ends_with(')').then(|| quote.rfind('(')).flatten();
        if report.is_none() {
            name_end = name_end.min(bracket.unwrap_or(name_end));
        }
        // "Restatement (Second) of Torts § 35"
        if self.citation.kind == CitationKind::Secondary
            && let Some(mark) = quote.find('§')
        {
            self.push(FieldName::Name, 0, mark);
            self.push(FieldName::Section, mark, quote.len());
            return;
        }
        let name = quote.get(..name_end).unwrap_or("").trim_end_matches([' ', ',', '*', '_']);
        let name =
            ["Case", "Docket", "Civil Action"].iter().fold(name, |name, mark| name.trim_end_matches(mark));
        self.push(FieldName::Name, 0, name.len());
        if let Some((at, parts)) = report {
            self.push(FieldName::Volume, at, parts.volume);
            self.push(FieldName::Reporter, parts.volume, parts.name);
            let end = bracket.filter(|open| *open > parts.page).unwrap_or(quote.len());
            if parts.short {
                self.push(FieldName::Pinpoint, parts.name, end);
            } else {
                self.push(FieldName::Page, parts.name, parts.page);
                self.push(FieldName::Pinpoint, parts.page, end);
            }
        }
        if let Some(open) = bracket {
            self.bracket(open);
        }
    }

    /// "(9th Cir. 2019)": court and year.
    fn bracket(&mut self, open: usize) {
        let inner = self.quote().get(open + 1..self.quote().len() - 1).unwrap_or("");
        let Some(year) = year_in(inner) else { return };
        let year_at = open + 1 + inner.len() - year.len();
        // "(D.D.C. Mar. 3, 2025)": the day is no part of the court.
        let day = MONTHS.iter().filter_map(|month| inner.find(month)).min();
        let court_end = day.map_or(year_at, |at| open + 1 + at);
        if matches!(self.citation.kind, CitationKind::Case | CitationKind::Bill) {
            self.push(FieldName::Court, open + 1, court_end);
        }
        self.push(FieldName::Year, year_at, year_at + year.len());
    }

    fn bill(&mut self) {
        let (quote, folded) = (self.quote(), self.quote().to_ascii_lowercase());
        let Some(last) = self.citation.authority.base.rsplit('/').next().filter(|n| !n.is_empty()) else {
            return;
        };
        let whole = |at: &usize| {
            let head = quote[..*at].trim_end_matches('0');
            !head.ends_with(|c: char| c.is_ascii_digit())
                && !quote[at + last.len()..].starts_with(|c: char| c.is_ascii_digit())
        };
        let Some(at) = folded.match_indices(last).map(|(at, _)| at).find(whole) else {
            // "House Bill three eighteen"
            let number = quote.find("Bill ").map_or(0, |at| at + "Bill ".len());
            self.push(FieldName::Chamber, 0, number);
            self.push(FieldName::Number, number, quote.len());
            return;
        };
        let start = at - (quote[..at].len() - quote[..at].trim_end_matches('0').len());
        let chamber = quote[..start].trim_end_matches(['-', ' ', '#']);
        let chamber =
            ["No.", "Nos.", "Number"].iter().fold(chamber, |c, mark| c.trim_end_matches(mark).trim_end());
        self.push(FieldName::Chamber, 0, chamber.len());
        self.push(FieldName::Number, start, at + last.len());
        let bracket = quote.ends_with(')').then(|| quote.rfind('(')).flatten();
        self.push(FieldName::Session, at + last.len(), bracket.unwrap_or(quote.len()));
        if let Some(open) = bracket {
            self.bracket(open);
        }
    }

    fn act(&mut self) {
        let quote = self.quote();
        match quote.rsplit_once(" of ").filter(|(_, year)| year.len() == 4 && year.starts_with(['1', '2'])) {
            Some((name, _)) => {
                self.push(FieldName::Name, 0, name.len());
                self.push(FieldName::Year, quote.len() - 4, quote.len());
            }
            None => self.push(FieldName::Name, 0, quote.len()),
        }
    }

    /// Title, code, section and subdivisions, in whatever order they stand.
    fn code(&mut self) {
        let quote = self.quote();
        if let Some(at) = ["ILCS", "Ill. Comp. Stat."].iter().find_map(|name| quote.find(name)) {
            return self.compiled(at);
        }
        let authority = &self.citation.authority;
        let number = |part: &str| part.trim_start_matches(|c: char| c.is_ascii_lowercase()).to_owned();
        let title = authority
            .base
            .rsplit('/')
            .next()
            .filter(|part| part.starts_with('t') && part.len() <= 6)
            .map(number);
        let section = number(authority.section.rsplit('/').next().unwrap_or(""));
        let section_at = (!section.is_empty()).then(|| token(quote, &section, true)).flatten();
        let title_at = title
            .as_deref()
            .and_then(|title| token(quote, title, false))
            .filter(|at| Some(*at) != section_at);
        let mut taken = Vec::new();
        if let (Some(at), Some(title)) = (title_at, &title) {
            self.push(FieldName::Title, at, at + title.len());
            taken.push((at, at + title.len()));
        }
        if let Some(at) = section_at {
            let end = at + section.len();
            self.push(FieldName::Section, at, end);
            let mut cursor = Cursor::new(quote, end);
            cursor.subdivisions();
            self.push(FieldName::Subdivisions, end, cursor.at);
            taken.push((at, cursor.at));
        }
        if section_at.is_none() && quote.starts_with('(') {
            self.push(FieldName::Subdivisions, 0, quote.len());
        }
        self.code_name(&mut taken);
        if quote.ends_with(')')
            && let Some(open) = quote.rfind('(')
        {
            self.bracket(open);
        }
    }

    /// "Fed. R. Civ. P. 23(b)(2)".
    fn court_rule(&mut self) {
        let quote = self.quote();
        let Some(number) = quote.find(|c: char| c.is_ascii_digit()) else {
            return self.push(FieldName::Name, 0, quote.len());
        };
        let mut cursor = Cursor::new(quote, number);
        cursor.section_number();
        let section = cursor.at;
        cursor.subdivisions();
        self.push(FieldName::Code, 0, number);
        self.push(FieldName::Section, number, section);
        self.push(FieldName::Subdivisions, section, cursor.at);
    }

    /// "5 ILCS 805/15(a)": what stands before the name is the chapter.
    fn compiled(&mut self, name: usize) {
        let quote = self.quote();
        let Some(number) = quote[name..].find(|c: char| c.is_ascii_digit()).map(|at| name + at) else {
            return;
        };
        let mut cursor = Cursor::new(quote, number);
        cursor.section_number();
        let section = cursor.at;
        cursor.subdivisions();
        self.push(FieldName::Title, 0, name);
        self.push(FieldName::Code, name, number);
        self.push(FieldName::Section, number, section);
        self.push(FieldName::Subdivisions, section, cursor.at);
    }

    /// The longest stretch of words that is not a section or title and not their marks.
    fn code_name(&mut self, taken: &mut [(usize, usize)]) {
        taken.sort_unstable();
        let quote = self.quote();
        let mut gaps = Vec::new();
        let mut from = 0;
        for (start, end) in taken.iter().chain(&[(quote.len(), quote.len())]) {
            gaps.push((from, *start));
            from = *end;
        }
        let trimmed = gaps.into_iter().filter_map(|(from, to)| {
            let part = quote.get(from..to)?;
            let name = strip_marks(part);
            let at = from + part.find(name)?;
            (name.len() > 1 && !name.starts_with('(')).then_some((at, at + name.len()))
        });
        if let Some((from, to)) = trimmed.max_by_key(|(from, to)| to - from) {
            self.push(FieldName::Code, from, to);
        }
    }

    /// Numbers of articles, chapters and sections, each a field.
    fn sections(&mut self) {
        let quote = self.quote();
        let mut at = 0;
        for word in quote.split([' ', ',', '\u{a0}', '\n']) {
            let start = at;
            at += word.len() + quote[at + word.len()..].chars().next().map_or(0, char::len_utf8);
            let bare = word.trim_start_matches('§');
            let number = bare.trim_end_matches(['.', ')']);
            let year = number.len() == 4 && number.bytes().all(|b| b.is_ascii_digit());
            let roman = !number.is_empty() && number.bytes().all(|b| b"IVXL".contains(&b));
            let from = start + word.len() - bare.len();
            if year && self.citation.kind == CitationKind::SessionLaw {
                self.push(FieldName::Year, from, from + number.len());
            } else if roman || number.starts_with(|c: char| c.is_ascii_digit()) {
                self.push(FieldName::Section, from, from + number.len());
            }
        }
        if self.fields.is_empty() {
            self.push(FieldName::Name, 0, quote.len());
        }
    }

    /// The number of an order, law or policy.
    fn number(&mut self) {
        let quote = self.quote();
        // "Pub. L. No. 104-208, § 642"
        if let Some(mark) = quote.find(['§', ',']).filter(|_| self.citation.kind == CitationKind::PublicLaw)
            && let Some((at, _)) = back_word(quote, mark)
        {
            self.push(FieldName::Number, at, mark);
            let section = quote[mark..].find(|c: char| c.is_ascii_digit());
            let mut cursor = Cursor::new(quote, section.map_or(quote.len(), |from| mark + from));
            let from = cursor.at;
            cursor.section_number();
            self.push(FieldName::Section, from, cursor.at);
            let end = cursor.at;
            cursor.subdivisions();
            self.push(FieldName::Subdivisions, end, cursor.at);
            return;
        }
        let found =
            back_word(quote, quote.len()).filter(|(_, word)| word.bytes().any(|b| b.is_ascii_digit()));
        match found {
            Some((at, _)) => self.push(FieldName::Number, at, quote.len()),
            None => self.push(FieldName::Name, 0, quote.len()),
        }
    }
}

/// A part as a word of its own, the last or the first.
fn token(quote: &str, part: &str, last: bool) -> Option<usize> {
    let alone = |at: &usize| {
        !quote[..*at].ends_with(|c: char| c.is_alphanumeric() || c == '.')
            && !quote[at + part.len()..].starts_with(char::is_alphanumeric)
    };
    let mut found = quote.match_indices(part).map(|(at, _)| at).filter(alone);
    if last { found.last() } else { found.next() }
}

/// Words around the name of a code that are not of it.
fn strip_marks(part: &str) -> &str {
    const MARKS: &[&str] = &[
        "of the", "of", "§§", "§", "Sections", "sections", "Section", "section", "Sec.", "sec.", "Title",
        "title", "tit.", "chapter", "Chapter", "ch.", "Ch.", "part", "Part", "pt.", "art.", "article",
        "et seq.", "note", ",", ".",
    ];
    let mut name = part.trim();
    loop {
        let before = name;
        for mark in MARKS {
            let word = mark.ends_with(char::is_alphabetic);
            if let Some(rest) =
                name.strip_prefix(mark).filter(|r| !word || !r.starts_with(char::is_alphabetic))
            {
                name = rest.trim_start();
            }
            if *mark != "."
                && let Some(rest) =
                    name.strip_suffix(mark).filter(|r| !word || r.is_empty() || r.ends_with([' ', ',']))
            {
                name = rest.trim_end();
            }
        }
        if name == before {
            return name;
        }
    }
}
