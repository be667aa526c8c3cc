//! One record from its three versions, part by part.

use goldrule_schema::{Agency, CharSpan, Citation, Extra, Mention, Stance};

use super::Versions;
use super::slots::Item;
use crate::conflicts::Reason;
use crate::record::Record;

/// What became of a record.
#[derive(Clone, Debug)]
pub(super) enum Combined {
    /// It is settled; `None` where it is gone.
    Clean(Option<Item>),
    /// It is not, for this reason, and these keys were changed on both sides.
    Conflict(Reason, Vec<&'static str>),
}

pub(super) fn combine(versions: &Versions<Item>) -> Combined {
    let Versions { base, ours, theirs } = versions;
    let one_sided = |kept: &Item| match base {
        None => Combined::Clean(Some(kept.clone())),
        Some(base) if same(base, kept) => Combined::Clean(None),
        Some(_) => Combined::Conflict(Reason::RemovedAndEdited, Vec::new()),
    };
    match (ours, theirs) {
        (None, None) => Combined::Clean(None),
        (Some(kept), None) | (None, Some(kept)) => one_sided(kept),
        (Some(ours), Some(theirs)) => {
            let mut parts = Parts { clashes: Vec::new() };
            let merged = parts.item(base.as_ref(), ours, theirs);
            let reason = if base.is_some() { Reason::EditedDifferently } else { Reason::AddedDifferently };
            match merged {
                Some(merged) if parts.clashes.is_empty() => Combined::Clean(Some(merged)),
                _ => Combined::Conflict(reason, parts.clashes),
            }
        }
    }
}

/// Whether two versions say the same. A quote that only one of them spells out is no difference.
pub(super) fn same(a: &Item, b: &Item) -> bool {
    let plain = |item: &Item| {
        let mut record = item.record.clone();
        match &mut record {
            Record::Mention { agency, .. } => agency.clear(),
            Record::Stance(stance) => stance.agency.clear(),
            Record::Agency(_) | Record::Citation(_) => {}
        }
        record.withhold();
        record
    };
    let quotes_agree = match (a.record.as_ref().text(), b.record.as_ref().text()) {
        (Some(a), Some(b)) => a == b,
        _ => true,
    };
    a.body == b.body && quotes_agree && plain(a) == plain(b)
}

/// Merges parts and remembers which ones clash.
struct Parts {
    clashes: Vec<&'static str>,
}

impl Parts {
    fn item(&mut self, base: Option<&Item>, ours: &Item, theirs: &Item) -> Option<Item> {
        let body = self.pick("agency", base.map(|base| &base.body), &ours.body, &theirs.body);
        let old = base.map(|base| &base.record);
        let record = match (&ours.record, &theirs.record) {
            (Record::Agency(o), Record::Agency(t)) => {
                let old =
                    old.and_then(|record| if let Record::Agency(old) = record { Some(old) } else { None });
                Record::Agency(self.agency(old, o, t))
            }
            (Record::Mention { agency, mention: o }, Record::Mention { mention: t, .. }) => {
                let old = old.and_then(|record| match record {
                    Record::Mention { mention, .. } => Some(mention),
                    _ => None,
                });
                Record::Mention { agency: agency.clone(), mention: self.mention(old, o, t) }
            }
            (Record::Stance(o), Record::Stance(t)) => {
                let old =
                    old.and_then(|record| if let Record::Stance(old) = record { Some(old) } else { None });
                Record::Stance(self.stance(old, o, t))
            }
            (Record::Citation(o), Record::Citation(t)) => {
                let old =
                    old.and_then(|record| if let Record::Citation(old) = record { Some(old) } else { None });
                Record::Citation(self.citation(old, o, t))
            }
            _ => return None,
        };
        Some(Item { record, body })
    }

    /// The side that changed the part; where both did and differently, a clash.
    fn pick<T: PartialEq + Clone>(
        &mut self,
        field: &'static str,
        base: Option<&T>,
        ours: &T,
        theirs: &T,
    ) -> T {
        if ours == theirs || base == Some(theirs) {
            return ours.clone();
        }
        if base != Some(ours) {
            self.clashes.push(field);
        }
        theirs.clone()
    }

    /// As [`Parts::pick`] for what a record may lack: added on one side alone it is no clash, and of two
    /// names that both sides gave a new record either will do.
    #[allow(clippy::ref_option, reason = "the part is the option, as `pick` takes it")]
    fn name(
        &mut self,
        field: &'static str,
        base: Option<&Option<String>>,
        ours: &Option<String>,
        theirs: &Option<String>,
    ) -> Option<String> {
        match (base, ours, theirs) {
            (None, Some(ours), Some(theirs)) => Some(ours.min(theirs).clone()),
            _ => self.pick(field, Some(base.unwrap_or(&None)), ours, theirs),
        }
    }

    fn extra(&mut self, base: Option<&Extra>, ours: &Extra, theirs: &Extra) -> Extra {
        let mut merged = Extra::new();
        for key in ours.keys().chain(theirs.keys()) {
            let old = base.and_then(|base| base.get(key));
            let value = self.pick("other keys", Some(&old), &ours.get(key), &theirs.get(key));
            merged.extend(value.map(|value| (key.clone(), value.clone())));
        }
        merged
    }

    fn place(
        &mut self,
        base: Option<(CharSpan, &Option<String>)>,
        ours: (CharSpan, &Option<String>),
        theirs: (CharSpan, &Option<String>),
    ) -> (CharSpan, Option<String>) {
        let span = self.pick("span", base.as_ref().map(|(span, _)| span), &ours.0, &theirs.0);
        if ours.0 != theirs.0 {
            return (span, if span == ours.0 { ours.1.clone() } else { theirs.1.clone() });
        }
        let old = base.filter(|(old, _)| *old == span).map(|(_, text)| text);
        let text = match (ours.1, theirs.1, old) {
            (Some(_), Some(_), _) => self.pick("text", old, ours.1, theirs.1),
            (ours, theirs, Some(old)) => self.pick("text", Some(old), ours, theirs),
            (ours, theirs, None) => ours.as_ref().or(theirs.as_ref()).cloned(),
        };
        (span, text)
    }

    fn agency(&mut self, base: Option<&Agency>, ours: &Agency, theirs: &Agency) -> Agency {
        let id = match base {
            Some(base) => self.pick("id", Some(&base.id), &ours.id, &theirs.id),
            None => ours.id.clone().min(theirs.id.clone()),
        };
        Agency {
            id,
            name: self.pick("name", base.map(|base| &base.name), &ours.name, &theirs.name),
            kind: self.pick("kind", base.map(|base| &base.kind), &ours.kind, &theirs.kind),
            jurisdiction: self.pick(
                "jurisdiction",
                base.map(|base| &base.jurisdiction),
                &ours.jurisdiction,
                &theirs.jurisdiction,
            ),
            mentions: Vec::new(),
            rule: self.name("rule", base.map(|base| &base.rule), &ours.rule, &theirs.rule),
            extra: self.extra(base.map(|base| &base.extra), &ours.extra, &theirs.extra),
        }
    }

    fn mention(&mut self, base: Option<&Mention>, ours: &Mention, theirs: &Mention) -> Mention {
        let (span, text) = self.place(
            base.map(|base| (base.span, &base.text)),
            (ours.span, &ours.text),
            (theirs.span, &theirs.text),
        );
        Mention {
            id: self.name("id", base.map(|base| &base.id), &ours.id, &theirs.id),
            span,
            text,
            form: self.pick("form", base.map(|base| &base.form), &ours.form, &theirs.form),
            rule: self.name("rule", base.map(|base| &base.rule), &ours.rule, &theirs.rule),
            extra: self.extra(base.map(|base| &base.extra), &ours.extra, &theirs.extra),
        }
    }

    fn stance(&mut self, base: Option<&Stance>, ours: &Stance, theirs: &Stance) -> Stance {
        let (span, text) = self.place(
            base.map(|base| (base.span, &base.text)),
            (ours.span, &ours.text),
            (theirs.span, &theirs.text),
        );
        // A position is one on its topic: changed apart they may not go together.
        let view = |stance: &Stance| (stance.topic, stance.position);
        let (topic, position) =
            self.pick("topic and position", base.map(view).as_ref(), &view(ours), &view(theirs));
        Stance {
            id: self.name("id", base.map(|base| &base.id), &ours.id, &theirs.id),
            agency: ours.agency.clone(),
            topic,
            position,
            attribution: self.pick(
                "attribution",
                base.map(|base| &base.attribution),
                &ours.attribution,
                &theirs.attribution,
            ),
            span,
            text,
            rule: self.name("rule", base.map(|base| &base.rule), &ours.rule, &theirs.rule),
            extra: self.extra(base.map(|base| &base.extra), &ours.extra, &theirs.extra),
        }
    }

    fn citation(&mut self, base: Option<&Citation>, ours: &Citation, theirs: &Citation) -> Citation {
        let (span, text) = self.place(
            base.map(|base| (base.span, &base.text)),
            (ours.span, &ours.text),
            (theirs.span, &theirs.text),
        );
        let view = |citation: &Citation| (citation.kind, citation.canonical.clone());
        let (kind, canonical) =
            self.pick("kind and canonical", base.map(view).as_ref(), &view(ours), &view(theirs));
        Citation {
            id: self.name("id", base.map(|base| &base.id), &ours.id, &theirs.id),
            span,
            text,
            kind,
            canonical,
            rule: self.name("rule", base.map(|base| &base.rule), &ours.rule, &theirs.rule),
            extra: self.extra(base.map(|base| &base.extra), &ours.extra, &theirs.extra),
        }
    }
}
