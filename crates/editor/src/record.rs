//! Records one by one, as the page and the journal hold them, and changes of them.
//!
//! A record carries no quote: the text at its offsets says what it is. Offsets are code points.

use goldrule_curation::Record as Curated;
use goldrule_schema::{
    Agency, AgencyKind, AnnotationSet, Attribution, CharSpan, Citation, CitationKind, Document, Extra, Form,
    Mention, Position, Stance, Status, Topic,
};
use serde::{Deserialize, Serialize};

/// A record of an annotation set.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "layer", rename_all = "snake_case")]
pub enum Record {
    /// An agency without its mentions.
    Agency(AgencyRecord),
    /// A mention with its agency's id.
    Mention(MentionRecord),
    /// A stance.
    Stance(StanceRecord),
    /// A citation.
    Citation(CitationRecord),
    /// What is said of the set as a whole.
    Meta(MetaRecord),
}

/// An agency without its mentions.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AgencyRecord {
    /// Slug, unique in the set.
    pub id: String,
    /// Full official name.
    pub name: String,
    /// What sort of body it is.
    pub kind: AgencyKind,
    /// Open Civic Data division id.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub jurisdiction: Option<String>,
    /// The rule that made it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rule: Option<String>,
    /// Unknown keys.
    #[serde(flatten)]
    pub extra: Extra,
}

/// A mention.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct MentionRecord {
    /// Id of its agency.
    pub agency: String,
    /// First code point.
    pub start: u32,
    /// First code point behind it.
    pub end: u32,
    /// How it refers to its agency.
    pub form: Form,
    /// Its own id.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// The rule that made it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rule: Option<String>,
    /// Unknown keys.
    #[serde(flatten)]
    pub extra: Extra,
}

/// A stance.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct StanceRecord {
    /// Id of its holder.
    pub agency: String,
    /// First code point of the evidence.
    pub start: u32,
    /// First code point behind it.
    pub end: u32,
    /// The conduct.
    pub topic: Topic,
    /// Where the holder stands.
    pub position: Position,
    /// Who says so.
    pub attribution: Attribution,
    /// Its own id.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// The rule that made it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rule: Option<String>,
    /// Unknown keys.
    #[serde(flatten)]
    pub extra: Extra,
}

/// A citation.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CitationRecord {
    /// First code point.
    pub start: u32,
    /// First code point behind it.
    pub end: u32,
    /// What sort of authority it names.
    pub kind: CitationKind,
    /// Canonical id of the authority.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub canonical: Option<String>,
    /// Its own id.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// The rule that made it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rule: Option<String>,
    /// Unknown keys.
    #[serde(flatten)]
    pub extra: Extra,
}

/// What is said of the set as a whole and may be changed on the page.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MetaRecord {
    /// How far the annotation has come.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<Status>,
    /// Who annotated.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub annotators: Vec<String>,
    /// Whether suggestions were shown while annotating.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub assisted: Option<bool>,
}

/// A record put in, taken out, or put in another's place.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Change {
    /// What is there before; `None` where a record is new.
    #[serde(default)]
    pub old: Option<Record>,
    /// What is there after; `None` where a record is removed.
    #[serde(default)]
    pub new: Option<Record>,
}

impl From<&Agency> for Record {
    fn from(agency: &Agency) -> Self {
        Self::Agency(AgencyRecord {
            id: agency.id.clone(),
            name: agency.name.clone(),
            kind: agency.kind,
            jurisdiction: agency.jurisdiction.clone(),
            rule: agency.rule.clone(),
            extra: agency.extra.clone(),
        })
    }
}

impl From<&Stance> for Record {
    fn from(stance: &Stance) -> Self {
        Self::Stance(StanceRecord {
            agency: stance.agency.clone(),
            start: stance.span.start,
            end: stance.span.end,
            topic: stance.topic,
            position: stance.position,
            attribution: stance.attribution,
            id: stance.id.clone(),
            rule: stance.rule.clone(),
            extra: stance.extra.clone(),
        })
    }
}

impl From<&Citation> for Record {
    fn from(citation: &Citation) -> Self {
        Self::Citation(CitationRecord {
            start: citation.span.start,
            end: citation.span.end,
            kind: citation.kind,
            canonical: citation.canonical.clone(),
            id: citation.id.clone(),
            rule: citation.rule.clone(),
            extra: citation.extra.clone(),
        })
    }
}

/// The record of a mention.
fn mention_record(agency: &str, mention: &Mention) -> Record {
    Record::Mention(MentionRecord {
        agency: agency.to_owned(),
        start: mention.span.start,
        end: mention.span.end,
        form: mention.form,
        id: mention.id.clone(),
        rule: mention.rule.clone(),
        extra: mention.extra.clone(),
    })
}

fn meta_record(set: &AnnotationSet) -> Record {
    let meta = &set.meta;
    Record::Meta(MetaRecord {
        status: meta.status,
        annotators: meta.annotators.clone(),
        assisted: meta.assisted,
    })
}

/// The records of a set: what is said of the whole, the agencies, and everything that refers to them.
pub fn records(set: &AnnotationSet) -> Vec<Record> {
    let mut records = vec![meta_record(set)];
    records.extend(set.agencies.iter().map(Record::from));
    records.extend(set.mentions().map(|(agency, mention)| mention_record(&agency.id, mention)));
    records.extend(set.stances.iter().map(Record::from));
    records.extend(set.citations.iter().map(Record::from));
    records
}

/// The record as the curation crate has it; none for what is said of the whole.
pub(crate) fn to_curation(record: &Record) -> Option<Curated> {
    let span = |start: u32, end: u32| (start <= end).then(|| CharSpan::new(start, end));
    Some(match record.clone() {
        Record::Meta(_) => return None,
        Record::Agency(agency) => Curated::Agency(agency.with(Vec::new())),
        Record::Mention(mention) => {
            let span = span(mention.start, mention.end)?;
            Curated::Mention { agency: mention.agency.clone(), mention: mention.at(span, None) }
        }
        Record::Stance(stance) => {
            let span = span(stance.start, stance.end)?;
            Curated::Stance(stance.at(span, None))
        }
        Record::Citation(citation) => {
            let span = span(citation.start, citation.end)?;
            Curated::Citation(citation.at(span, None))
        }
    })
}

/// A record of the curation crate.
pub(crate) fn from_curation(record: &Curated) -> Record {
    match record {
        Curated::Agency(agency) => agency.into(),
        Curated::Mention { agency, mention } => mention_record(agency, mention),
        Curated::Stance(stance) => stance.into(),
        Curated::Citation(citation) => citation.into(),
    }
}

impl AgencyRecord {
    fn with(self, mentions: Vec<Mention>) -> Agency {
        let Self { id, name, kind, jurisdiction, rule, extra } = self;
        Agency { id, name, kind, jurisdiction, mentions, rule, extra }
    }
}

impl MentionRecord {
    fn at(self, span: CharSpan, text: Option<String>) -> Mention {
        let Self { form, id, rule, extra, .. } = self;
        Mention { id, span, text, form, rule, extra }
    }
}

impl StanceRecord {
    fn at(self, span: CharSpan, text: Option<String>) -> Stance {
        let Self { agency, topic, position, attribution, id, rule, extra, .. } = self;
        Stance { id, agency, topic, position, attribution, span, text, rule, extra }
    }
}

impl CitationRecord {
    fn at(self, span: CharSpan, text: Option<String>) -> Citation {
        let Self { kind, canonical, id, rule, extra, .. } = self;
        Citation { id, span, text, kind, canonical, rule, extra }
    }
}

/// The changes that make `after` of `before`, in an order in which each can be made.
pub fn changes_between(before: &AnnotationSet, after: &AnnotationSet) -> Vec<Change> {
    let mut old = records(before);
    let mut new = records(after);
    new.retain(|record| match old.iter().position(|one| one == record) {
        Some(at) => {
            old.remove(at);
            false
        }
        None => true,
    });
    let mut changes = Vec::new();
    let mut heads = Vec::new();
    for record in new {
        let at = old.iter().position(|one| one.is_same(&record));
        let change = Change { old: at.map(|at| old.remove(at)), new: Some(record) };
        if matches!(change.new, Some(Record::Agency(_))) {
            heads.push(change);
        } else {
            changes.push(change);
        }
    }
    let (late, early): (Vec<_>, Vec<_>) =
        old.into_iter().partition(|record| matches!(record, Record::Agency(_)));
    let removal = |record| Change { old: Some(record), new: None };
    heads
        .into_iter()
        .chain(early.into_iter().map(removal))
        .chain(changes)
        .chain(late.into_iter().map(removal))
        .collect()
}

impl Record {
    /// Whether both say something of the same thing, be it different (guidelines, section 4): the set,
    /// an agency by id, a mention by agency and span, a stance by agency, topic and span, a citation by span.
    pub fn is_same(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Meta(_), Self::Meta(_)) => true,
            (Self::Agency(a), Self::Agency(b)) => a.id == b.id,
            (Self::Mention(a), Self::Mention(b)) => {
                (a.start, a.end, &a.agency) == (b.start, b.end, &b.agency)
            }
            (Self::Stance(a), Self::Stance(b)) => {
                (a.start, a.end, &a.agency, a.topic) == (b.start, b.end, &b.agency, b.topic)
            }
            (Self::Citation(a), Self::Citation(b)) => (a.start, a.end) == (b.start, b.end),
            _ => false,
        }
    }

    /// Whether a set has a record that [is the same](Self::is_same); what is said of the whole can always be
    /// said anew.
    fn is_in(&self, set: &AnnotationSet) -> bool {
        let at = |span: CharSpan, start: u32, end: u32| (span.start, span.end) == (start, end);
        match self {
            Self::Meta(_) => false,
            Self::Agency(new) => set.agency(&new.id).is_some(),
            Self::Mention(new) => set.agency(&new.agency).is_some_and(|agency| {
                agency.mentions.iter().any(|mention| at(mention.span, new.start, new.end))
            }),
            Self::Stance(new) => set.stances.iter().any(|stance| {
                at(stance.span, new.start, new.end)
                    && stance.agency == new.agency
                    && stance.topic == new.topic
            }),
            Self::Citation(new) => set.citations.iter().any(|citation| at(citation.span, new.start, new.end)),
        }
    }

    /// Where it stands; `None` for an agency and for the whole.
    pub fn span(&self) -> Option<(u32, u32)> {
        match self {
            Self::Agency(_) | Self::Meta(_) => None,
            Self::Mention(mention) => Some((mention.start, mention.end)),
            Self::Stance(stance) => Some((stance.start, stance.end)),
            Self::Citation(citation) => Some((citation.start, citation.end)),
        }
    }

    fn take_from(&self, set: &mut AnnotationSet) -> Result<Taken, String> {
        let gone = || "the record is not there any more, or not as it was".to_owned();
        match self {
            Self::Meta(_) => (meta_record(set) == *self).then(Taken::default).ok_or_else(gone),
            Self::Agency(_) => {
                let at =
                    set.agencies.iter().position(|agency| Self::from(agency) == *self).ok_or_else(gone)?;
                Ok(Taken { agency: Some((at, set.agencies.remove(at))) })
            }
            Self::Mention(wanted) => {
                let agency =
                    set.agencies.iter_mut().find(|agency| agency.id == wanted.agency).ok_or_else(gone)?;
                let id = agency.id.clone();
                let at = agency.mentions.iter().position(|mention| mention_record(&id, mention) == *self);
                agency.mentions.remove(at.ok_or_else(gone)?);
                Ok(Taken::default())
            }
            Self::Stance(_) => {
                let at =
                    set.stances.iter().position(|stance| Self::from(stance) == *self).ok_or_else(gone)?;
                set.stances.remove(at);
                Ok(Taken::default())
            }
            Self::Citation(_) => {
                let at = set.citations.iter().position(|one| Self::from(one) == *self).ok_or_else(gone)?;
                set.citations.remove(at);
                Ok(Taken::default())
            }
        }
    }

    fn put_into(&self, set: &mut AnnotationSet, taken: Taken, document: &Document) -> Result<(), String> {
        let place = |start: u32, end: u32| {
            if start >= end || end > document.char_len() {
                return Err(format!("{start}..{end} is no place of the text"));
            }
            Ok(CharSpan::new(start, end))
        };
        let quote = |span| document.quote(span).map(str::to_owned);
        let known = |set: &AnnotationSet, id: &str| match set.agency(id) {
            Some(_) => Ok(()),
            None => Err(format!("there is no agency `{id}`")),
        };
        match self {
            Self::Meta(meta) => {
                set.meta.status = meta.status;
                set.meta.annotators.clone_from(&meta.annotators);
                set.meta.assisted = meta.assisted;
            }
            Self::Agency(new) => {
                if new.id.is_empty() {
                    return Err("an agency needs an id".to_owned());
                }
                let at = taken.agency.as_ref().map_or(set.agencies.len(), |(at, _)| *at);
                let mentions = taken.agency.map(|(_, agency)| agency.mentions).unwrap_or_default();
                set.agencies.insert(at, new.clone().with(mentions));
            }
            Self::Mention(new) => {
                known(set, &new.agency)?;
                let span = place(new.start, new.end)?;
                let mention = new.clone().at(span, quote(span));
                let agency = set.agencies.iter_mut().find(|agency| agency.id == new.agency);
                if let Some(agency) = agency {
                    agency.mentions.push(mention);
                }
            }
            Self::Stance(new) => {
                known(set, &new.agency)?;
                let span = place(new.start, new.end)?;
                set.stances.push(new.clone().at(span, quote(span)));
            }
            Self::Citation(new) => {
                let span = place(new.start, new.end)?;
                set.citations.push(new.clone().at(span, quote(span)));
            }
        }
        Ok(())
    }
}

/// What has to stay with an agency that is put in another's place.
#[derive(Default)]
struct Taken {
    agency: Option<(usize, Agency)>,
}

/// Makes all changes or none.
///
/// # Errors
/// Why the first that cannot be made cannot, with the change.
pub fn apply(
    set: &mut AnnotationSet,
    document: &Document,
    changes: &[Change],
) -> Result<(), (String, Box<Change>)> {
    let mut after = set.clone();
    make(&mut after, document, changes)?;
    *set = after;
    Ok(())
}

/// Makes changes until one cannot be made: for a set that is thrown away then.
pub(crate) fn make(
    set: &mut AnnotationSet,
    document: &Document,
    changes: &[Change],
) -> Result<(), (String, Box<Change>)> {
    for change in changes {
        one(set, document, change).map_err(|why| (why, Box::new(change.clone())))?;
    }
    Ok(())
}

fn one(set: &mut AnnotationSet, document: &Document, change: &Change) -> Result<(), String> {
    // Two windows may say the same of the whole: that it is annotated blind, or done.
    if matches!(&change.new, Some(new @ Record::Meta(_)) if *new == meta_record(set)) {
        return Ok(());
    }
    let taken = match &change.old {
        Some(old) => old.take_from(set)?,
        None => Taken::default(),
    };
    let Some(new) = &change.new else {
        return match taken.agency {
            Some((_, agency)) if !agency.mentions.is_empty() => {
                Err("the agency still has mentions".to_owned())
            }
            Some((_, agency)) if set.stances.iter().any(|stance| stance.agency == agency.id) => {
                Err("the agency still holds stances".to_owned())
            }
            _ => Ok(()),
        };
    };
    if new.is_in(set) {
        return Err("there is such a record already".to_owned());
    }
    if matches!(new, Record::Meta(_)) && change.old.is_none() {
        return Err("what is said of the whole can only be replaced".to_owned());
    }
    if let (Some((_, agency)), Record::Agency(head)) = (&taken.agency, new)
        && agency.id != head.id
    {
        return Err("an agency's id is changed by making a new one".to_owned());
    }
    new.put_into(set, taken, document)
}
