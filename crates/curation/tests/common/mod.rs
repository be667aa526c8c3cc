//! Sets and edits of them, made from a list of numbers so that failures shrink.

#![allow(clippy::unwrap_used, reason = "a test may fail where it likes")]
#![allow(dead_code, reason = "no test file uses all of it")]

use goldrule_curation::{Identity, Layer, Record, find, identities, insert, remove};
use goldrule_schema::*;

/// The text that the sets are about, with characters of two and four bytes.
pub(crate) fn text() -> String {
    "Ærø police 👮🏽 do not ask; the sheriff’s office may. ".repeat(8)
}

pub(crate) fn document() -> Document {
    Document::new("d", text())
}

/// A supply of small numbers; zeros once it is used up.
pub(crate) struct Choices<'c>(std::slice::Iter<'c, u32>);

impl<'c> Choices<'c> {
    pub(crate) fn new(numbers: &'c [u32]) -> Self {
        Self(numbers.iter())
    }

    pub(crate) fn left(&self) -> bool {
        !self.0.as_slice().is_empty()
    }

    pub(crate) fn below(&mut self, limit: usize) -> usize {
        self.0.next().map_or(0, |&number| number as usize % limit.max(1))
    }

    pub(crate) fn of<T: Copy>(&mut self, all: &[T]) -> T {
        all[self.below(all.len())]
    }

    fn span(&mut self, longest: usize) -> CharSpan {
        let length = document().char_len() as usize;
        let start = self.below(length - longest) as u32;
        CharSpan::new(start, start + 1 + self.below(longest) as u32)
    }
}

fn quote(span: CharSpan) -> Option<String> {
    document().quote(span).map(str::to_owned)
}

fn record(set: &AnnotationSet, c: &mut Choices<'_>) -> Record {
    let layer = c.of(&[Layer::Mention, Layer::Stance, Layer::Citation, Layer::Agency]);
    let layer = if set.agencies.is_empty() { Layer::Agency } else { layer };
    let agency = |c: &mut Choices<'_>| set.agencies[c.below(set.agencies.len())].id.clone();
    let id = |c: &mut Choices<'_>| (c.below(5) == 1).then(|| format!("r{}", c.below(9)));
    let extra = |c: &mut Choices<'_>| {
        let keys = (c.below(4) == 1).then(|| ("note".to_owned(), serde_json::json!(c.below(3))));
        keys.into_iter().collect::<Extra>()
    };
    let rule = None;
    match layer {
        Layer::Agency => Record::Agency(Agency {
            id: format!("a{}", c.below(7)),
            name: format!("Body {}", c.below(9)),
            kind: c.of(AgencyKind::ALL),
            jurisdiction: (c.below(2) == 1).then(|| "ocd-division/country:us".to_owned()),
            mentions: Vec::new(),
            rule,
            extra: extra(c),
        }),
        Layer::Mention => {
            let span = c.span(12);
            let (id, form, extra) = (id(c), c.of(Form::ALL), extra(c));
            let mention = Mention { id, span, text: quote(span), form, rule, extra };
            Record::Mention { agency: agency(c), mention }
        }
        Layer::Stance => {
            let span = c.span(40);
            Record::Stance(Stance {
                id: id(c),
                agency: agency(c),
                topic: c.of(Topic::ALL),
                position: c.of(Position::ALL),
                attribution: c.of(Attribution::ALL),
                span,
                text: quote(span),
                rule,
                extra: extra(c),
            })
        }
        Layer::Citation => {
            let span = c.span(12);
            Record::Citation(Citation {
                id: id(c),
                span,
                text: quote(span),
                kind: c.of(CitationKind::ALL),
                canonical: (c.below(2) == 1).then(|| format!("/us/pl/{}", c.below(4))),
                rule,
                extra: extra(c),
            })
        }
    }
}

/// A set that reads without errors.
pub(crate) fn set(numbers: &[u32]) -> AnnotationSet {
    let mut set = AnnotationSet::new("d");
    let mut c = Choices::new(numbers);
    while c.left() {
        let new = record(&set, &mut c);
        let _ = insert(&mut set, new);
    }
    set
}

/// The set after some edits, each of which leaves it one that reads without errors.
pub(crate) fn edited(set: &AnnotationSet, numbers: &[u32]) -> AnnotationSet {
    let mut set = set.clone();
    let mut c = Choices::new(numbers);
    while c.left() {
        edit(&mut set, &mut c);
    }
    set
}

fn edit(set: &mut AnnotationSet, c: &mut Choices<'_>) {
    let all: Vec<Identity> = identities(set).into_iter().map(|(identity, _)| identity).collect();
    let kind = c.below(7);
    if all.is_empty() || kind < 2 {
        let new = record(set, c);
        let _ = insert(set, new);
        return;
    }
    let identity = all[c.below(all.len())].clone();
    match (identity.layer, kind) {
        (Layer::Agency, 2) => remove_agency(set, &identity, c.below(2) == 1),
        (Layer::Agency, 3) => rename(set, &identity, &format!("a{}", c.below(9))),
        (_, 2) => drop(remove(set, &identity)),
        (Layer::Agency, _) => {
            let Some(agency) = find(set, &identity).and_then(|found| found.agency().map(str::to_owned))
            else {
                return;
            };
            let agency = set.agencies.iter_mut().find(|known| known.id == agency).unwrap();
            match c.below(3) {
                0 => agency.name = format!("Body {}", c.below(9)),
                1 => agency.kind = c.of(AgencyKind::ALL),
                _ => drop(agency.extra.insert("note".into(), c.below(3).into())),
            }
        }
        (_, 6) => meta(set, c),
        _ => {
            let mut changed = set.clone();
            let mut record = remove(&mut changed, &identity).unwrap();
            relabel(&changed, &mut record, c);
            if insert(&mut changed, record).is_ok() {
                *set = changed;
            }
        }
    }
    set.sort();
}

fn meta(set: &mut AnnotationSet, c: &mut Choices<'_>) {
    match c.below(3) {
        0 => set.meta.status = Some(c.of(Status::ALL)),
        1 => set.meta.annotators = (0..c.below(4)).map(|n| format!("p{n}")).collect(),
        _ => drop(set.extra.insert(format!("k{}", c.below(2)), c.below(3).into())),
    }
}

fn moved(span: CharSpan, c: &mut Choices<'_>) -> CharSpan {
    let length = document().char_len();
    let start = (span.start + c.below(5) as u32).saturating_sub(2).min(length - 1);
    let end = (span.end + c.below(5) as u32).saturating_sub(2).clamp(start + 1, length);
    CharSpan::new(start, end)
}

fn relabel(set: &AnnotationSet, record: &mut Record, c: &mut Choices<'_>) {
    let other = set.agencies.get(c.below(set.agencies.len())).map(|agency| agency.id.clone());
    let which = c.below(5);
    match record {
        Record::Agency(_) => {}
        Record::Mention { agency, mention } => match which {
            0 => mention.form = c.of(Form::ALL),
            1 => *agency = other.unwrap(),
            2 => mention.id = Some(format!("r{}", c.below(9))),
            _ => {
                mention.span = moved(mention.span, c);
                mention.text = quote(mention.span);
            }
        },
        Record::Stance(stance) => match which {
            0 => stance.topic = c.of(Topic::ALL),
            1 => stance.position = c.of(Position::ALL),
            2 => stance.agency = other.unwrap(),
            3 => drop(stance.extra.insert("note".into(), c.below(3).into())),
            _ => {
                stance.span = moved(stance.span, c);
                stance.text = quote(stance.span);
            }
        },
        Record::Citation(citation) => match which {
            0 => citation.kind = c.of(CitationKind::ALL),
            1 => citation.canonical = Some(format!("/us/pl/{}", c.below(4))),
            _ => {
                citation.span = moved(citation.span, c);
                citation.text = quote(citation.span);
            }
        },
    }
}

/// Takes an agency out with all that speaks of it, or hands that to another agency.
fn remove_agency(set: &mut AnnotationSet, identity: &Identity, hand_over: bool) {
    let Some(id) = find(set, identity).and_then(|found| found.agency().map(str::to_owned)) else { return };
    let heir = set.agencies.iter().find(|agency| agency.id != id).map(|agency| agency.id.clone());
    let records: Vec<_> = identities(set)
        .into_iter()
        .filter(|(identity, record)| identity.layer != Layer::Agency && record.agency() == Some(&id))
        .map(|(identity, _)| identity)
        .collect();
    let mut handed = Vec::new();
    for identity in records.iter().rev() {
        handed.extend(remove(set, identity));
    }
    remove(set, identity).unwrap();
    for mut record in handed.into_iter().filter(|_| hand_over) {
        let Some(heir) = &heir else { continue };
        match &mut record {
            Record::Mention { agency, .. } => agency.clone_from(heir),
            Record::Stance(stance) => stance.agency.clone_from(heir),
            _ => {}
        }
        let _ = insert(set, record);
    }
}

pub(crate) fn rename(set: &mut AnnotationSet, identity: &Identity, new: &str) {
    let Some(old) = find(set, identity).and_then(|found| found.agency().map(str::to_owned)) else { return };
    if set.agency(new).is_some() {
        return;
    }
    for agency in set.agencies.iter_mut().filter(|agency| agency.id == old) {
        new.clone_into(&mut agency.id);
    }
    for stance in set.stances.iter_mut().filter(|stance| stance.agency == old) {
        new.clone_into(&mut stance.agency);
    }
}

/// What reading the set's file finds wrong with it.
pub(crate) fn faults(set: &AnnotationSet) -> Vec<Diagnostic> {
    let json = to_canonical_json(set);
    let reading = read_annotations("d.json", &json, Some(&document()));
    reading.diagnostics.into_iter().filter(Diagnostic::is_error).collect()
}
