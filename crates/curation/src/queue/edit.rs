//! Small changes of a record by key: another label, another boundary.

use goldrule_schema::{AgencyKind, Attribution, CharSpan, CitationKind, Document, Form, Position, Topic};

use crate::record::Record;

/// A label with a closed list of values.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Field {
    /// The agency that a mention or stance belongs to.
    Agency,
    /// A mention's form.
    Form,
    /// A stance's topic.
    Topic,
    /// A stance's position.
    Position,
    /// Who says so.
    Attribution,
    /// An agency's or citation's kind.
    Kind,
}

impl Field {
    /// The key that files give it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Agency => "agency",
            Self::Form => "form",
            Self::Topic => "topic",
            Self::Position => "position",
            Self::Attribution => "attribution",
            Self::Kind => "kind",
        }
    }
}

/// One of the two boundaries of a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Edge {
    /// Its first character.
    Start,
    /// Behind its last.
    End,
}

/// How far a boundary moves.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Step {
    /// One code point.
    Character,
    /// To the next edge of a word.
    Word,
}

/// The labels of a record that [`cycle`] changes.
pub fn fields(record: &Record) -> &'static [Field] {
    match record {
        Record::Agency(_) | Record::Citation(_) => &[Field::Kind],
        Record::Mention { .. } => &[Field::Agency, Field::Form],
        Record::Stance(_) => &[Field::Agency, Field::Topic, Field::Position, Field::Attribution],
    }
}

/// Gives a label its next value, behind the last the first again; `agencies` are the ids to choose from.
/// A label that the record does not have is left alone.
///
/// ```
/// use goldrule_curation::Record;
/// use goldrule_curation::queue::edit::{Field, cycle};
/// use goldrule_schema::{CharSpan, Citation, CitationKind};
///
/// let mut record = Record::Citation(Citation {
///     id: None, span: CharSpan::new(0, 5), text: None, kind: CitationKind::Secondary,
///     canonical: None, rule: None, extra: goldrule_schema::Extra::new(),
/// });
/// cycle(&mut record, Field::Kind, &[]);
/// assert_eq!(record.as_ref().labels()[0].1, Some("statute"));
/// ```
pub fn cycle(record: &mut Record, field: Field, agencies: &[String]) {
    match (record, field) {
        (Record::Mention { agency, .. }, Field::Agency) => next_of(agency, agencies),
        (Record::Mention { mention, .. }, Field::Form) => next_of(&mut mention.form, Form::ALL),
        (Record::Stance(stance), Field::Agency) => next_of(&mut stance.agency, agencies),
        (Record::Stance(stance), Field::Topic) => next_of(&mut stance.topic, Topic::ALL),
        (Record::Stance(stance), Field::Position) => next_of(&mut stance.position, Position::ALL),
        (Record::Stance(stance), Field::Attribution) => next_of(&mut stance.attribution, Attribution::ALL),
        (Record::Citation(citation), Field::Kind) => next_of(&mut citation.kind, CitationKind::ALL),
        (Record::Agency(agency), Field::Kind) => next_of(&mut agency.kind, AgencyKind::ALL),
        _ => {}
    }
}

fn next_of<T: Clone + PartialEq>(value: &mut T, values: &[T]) {
    let at = values.iter().position(|known| known == value).map_or(0, |at| (at + 1) % values.len());
    if let Some(next) = values.get(at) {
        value.clone_from(next);
    }
}

/// Moves a boundary, never past the other one or out of the text; whether it moved.
pub fn shift(record: &mut Record, edge: Edge, step: Step, forward: bool, document: &Document) -> bool {
    let Some(span) = record.as_ref().span() else { return false };
    let at = if edge == Edge::Start { span.start } else { span.end };
    let Some(to) = target(at, edge, step, forward, document) else { return false };
    let (start, end) = if edge == Edge::Start { (to, span.end) } else { (span.start, to) };
    if start >= end {
        return false;
    }
    let new = CharSpan::new(start, end);
    match record {
        Record::Agency(_) => return false,
        Record::Mention { mention, .. } => mention.span = new,
        Record::Stance(stance) => stance.span = new,
        Record::Citation(citation) => citation.span = new,
    }
    true
}

fn target(mut at: u32, edge: Edge, step: Step, forward: bool, document: &Document) -> Option<u32> {
    loop {
        at = if forward { at + 1 } else { at.checked_sub(1)? };
        if at > document.char_len() {
            return None;
        }
        if step == Step::Character || is_edge(at, edge, document) {
            return Some(at);
        }
    }
}

/// Whether a span may well start or end here: at the edge of a word or sign, not at white space.
fn is_edge(at: u32, edge: Edge, document: &Document) -> bool {
    let char = |at: u32| {
        let end = at.checked_add(1).filter(|&end| end <= document.char_len())?;
        document.quote(CharSpan::new(at, end))?.chars().next()
    };
    let (before, after) = (at.checked_sub(1).and_then(char), char(at));
    let inside = if edge == Edge::Start { after } else { before };
    let word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    inside.is_some_and(|c| !c.is_whitespace()) && !(word(before) && word(after))
}

/// Gives a citation another canonical id, or none.
pub fn set_canonical(record: &mut Record, canonical: Option<String>) {
    if let Record::Citation(citation) = record {
        citation.canonical = canonical;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use goldrule_schema::Citation;

    fn record(document: &Document, quote: &str) -> Record {
        Record::Citation(Citation {
            id: None,
            span: document.char_span_of(quote).unwrap(),
            text: None,
            kind: CitationKind::Bill,
            canonical: None,
            rule: None,
            extra: goldrule_schema::Extra::new(),
        })
    }

    fn quote<'d>(record: &Record, document: &'d Document) -> &'d str {
        document.quote(record.as_ref().span().unwrap()).unwrap()
    }

    #[test]
    fn boundaries_go_from_word_to_word_and_stop_at_the_ends() {
        let document = Document::new("d", "Élan vital: SB 54, (the act).");
        let mut record = record(&document, "54");
        let mut moves = Vec::new();
        while shift(&mut record, Edge::Start, Step::Word, false, &document) {
            moves.push(quote(&record, &document).to_owned());
        }
        assert_eq!(moves, ["SB 54", ": SB 54", "vital: SB 54", "Élan vital: SB 54"]);
        assert!(shift(&mut record, Edge::End, Step::Word, true, &document));
        assert_eq!(quote(&record, &document), "Élan vital: SB 54,");
        while shift(&mut record, Edge::End, Step::Character, true, &document) {}
        assert_eq!(quote(&record, &document), document.text());
        while shift(&mut record, Edge::Start, Step::Character, true, &document) {}
        assert_eq!(quote(&record, &document), ".");
    }

    #[test]
    fn an_unknown_agency_cycles_to_the_first() {
        let mut id = "gone".to_owned();
        next_of(&mut id, &["a".into(), "b".into()]);
        assert_eq!(id, "a");
        next_of(&mut id, &[]);
        assert_eq!(id, "a");
    }
}
