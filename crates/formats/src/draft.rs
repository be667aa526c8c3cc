//! An annotation set in the making: what importers hand in piece by piece, checked as a whole at the end.

mod quotes;

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use goldrule_schema::{
    Agency, AgencyKind, AnnotationSet, Attribution, CharSpan, Citation, CitationKind, Diagnostic, Document,
    Extra, Form, Mention, Place, Position, Severity, Stance, Topic, read_annotations, to_canonical_json,
};

use crate::label::Label;
use crate::naming;
use crate::offsets::{Same, Unit, resolve};

/// What a record is, beyond its place.
#[derive(Clone, Debug)]
pub(crate) enum What {
    Mention { form: Form, kind: Option<AgencyKind> },
    Stance { topic: Topic, position: Position, attribution: Attribution },
    Citation { kind: CitationKind },
}

impl From<Label> for What {
    fn from(label: Label) -> Self {
        match label {
            Label::Mention(kind, form) => Self::Mention { form, kind: Some(kind) },
            Label::Stance(topic, position, attribution) => Self::Stance { topic, position, attribution },
            Label::Citation(kind) => Self::Citation { kind },
        }
    }
}

/// A record as a file has it.
#[derive(Clone, Debug)]
pub(crate) struct Raw<'s> {
    /// Where it stands in the file.
    pub(crate) at: Range<usize>,
    /// Its name within the file, for links.
    pub(crate) key: String,
    pub(crate) offsets: (u32, u32),
    pub(crate) quote: Option<&'s str>,
    pub(crate) what: What,
    pub(crate) more: More,
}

/// What only some formats say of a record.
#[derive(Clone, Debug, Default)]
pub(crate) struct More {
    pub(crate) id: Option<String>,
    pub(crate) rule: Option<String>,
    /// `id` of the agency.
    pub(crate) agency: Option<String>,
    pub(crate) canonical: Option<String>,
    pub(crate) extra: Extra,
}

struct Kept {
    at: Range<usize>,
    key: String,
    span: CharSpan,
    what: What,
    more: More,
}

/// Findings about one file.
pub(crate) struct Findings<'s> {
    pub(crate) file: &'s str,
    pub(crate) source: &'s str,
    pub(crate) list: Vec<Diagnostic>,
}

impl<'s> Findings<'s> {
    pub(crate) fn new(file: &'s str, source: &'s str) -> Self {
        Self { file, source, list: Vec::new() }
    }

    pub(crate) fn error(
        &mut self,
        code: &'static str,
        at: &Range<usize>,
        message: impl Into<String>,
        help: &str,
    ) {
        self.add(Severity::Error, code, at, message.into(), help);
    }

    /// What the file says and a gold file has no place for.
    pub(crate) fn left_out(&mut self, at: &Range<usize>, message: impl Into<String>) {
        let help = "it is left out; with `--strict` the file is refused";
        self.add(Severity::Warning, "left-out", at, message.into(), help);
    }

    fn add(
        &mut self,
        severity: Severity,
        code: &'static str,
        at: &Range<usize>,
        message: String,
        help: &str,
    ) {
        let place = Place::locate(self.source, at.start, at.end.max(at.start));
        self.list.push(Diagnostic {
            code,
            severity,
            message,
            help: help.to_owned(),
            file: self.file.to_owned(),
            place: Some(place),
        });
    }
}

/// The record that stands for those joined with this one.
fn find(root: &mut [usize], mut at: usize) -> usize {
    while root[at] != at {
        root[at] = root[root[at]];
        at = root[at];
    }
    at
}

/// The set of one document in the making.
pub(crate) struct Draft<'d> {
    document: &'d Document,
    unit: Unit,
    /// Whether the unit was given and is not to be doubted.
    told: bool,
    /// Spans of records without quotes.
    bare: Vec<(Range<usize>, (u32, u32))>,
    same: Same,
    /// Head of the file, with the agencies it describes; their mentions come as records.
    pub(crate) head: AnnotationSet,
    /// Whether a row of a table has given the head.
    pub(crate) headed: bool,
    records: Vec<Kept>,
    keys: BTreeMap<String, usize>,
    joined: Vec<(usize, usize)>,
    holders: BTreeMap<usize, (usize, Range<usize>)>,
    /// Records that were refused, so that a link to one is not reported as well.
    refused: BTreeSet<String>,
}

impl<'d> Draft<'d> {
    /// A set whose file counts in the unit given, else in its format's.
    pub(crate) fn new(document: &'d Document, given: Option<Unit>, own: Unit) -> Self {
        Self {
            document,
            unit: given.unwrap_or(own),
            told: given.is_some(),
            bare: Vec::new(),
            same: |a, b| a == b,
            head: AnnotationSet::new(document.id()),
            headed: false,
            records: Vec::new(),
            keys: BTreeMap::new(),
            joined: Vec::new(),
            holders: BTreeMap::new(),
            refused: BTreeSet::new(),
        }
    }

    /// Compares quotes by another rule.
    pub(crate) fn comparing(mut self, same: Same) -> Self {
        self.same = same;
        self
    }

    /// Adds a record whose span holds what its quote says.
    pub(crate) fn add(&mut self, raw: Raw<'_>, findings: &mut Findings<'_>) {
        if self.keys.contains_key(&raw.key) {
            findings.error(
                "duplicate-id",
                &raw.at,
                format!("`{}` is given twice", raw.key),
                "give each its own",
            );
            return;
        }
        match resolve(self.document, self.unit, raw.offsets, raw.quote, self.same) {
            Ok(span) => {
                if raw.quote.is_none() {
                    self.bare.push((raw.at.clone(), raw.offsets));
                }
                self.keys.insert(raw.key.clone(), self.records.len());
                self.records.push(Kept { at: raw.at, key: raw.key, span, what: raw.what, more: raw.more });
            }
            Err((code, message, help)) => {
                findings.error(code, &raw.at, message, &help);
                self.refused.insert(raw.key);
            }
        }
    }

    /// Notes a record that was refused before it came here.
    pub(crate) fn refuse(&mut self, key: String) {
        self.refused.insert(key);
    }

    /// Links two records as a relation says; one of another name than ours is left out.
    pub(crate) fn relate(
        &mut self,
        name: Option<&str>,
        (one, other): (&str, &str),
        at: &Range<usize>,
        findings: &mut Findings<'_>,
    ) {
        let mention = |key| {
            let index: Option<&usize> = self.keys.get(key);
            index.map(|&index| matches!(self.records[index].what, What::Mention { .. }))
        };
        let both = mention(one).zip(mention(other));
        match (name, both) {
            (Some("holder"), Some((true, true)))
            | (Some("same_agency"), Some((true, false) | (false, true))) => {
                let help = "`holder` leads from a stance to a mention, `same_agency` joins mentions";
                findings.error("unknown-link", at, "this relation cannot join these two records", help);
            }
            (None | Some("holder" | "same_agency"), _) => self.link(one, other, at, findings),
            (Some(name), _) => findings.left_out(at, format!("a relation `{name}`")),
        }
    }

    /// Links two records: two mentions of one agency, or a stance and a mention of its holder.
    pub(crate) fn link(&mut self, one: &str, other: &str, at: &Range<usize>, findings: &mut Findings<'_>) {
        let (Some(&a), Some(&b)) = (self.keys.get(one), self.keys.get(other)) else {
            for key in [one, other] {
                if !self.keys.contains_key(key) && !self.refused.contains(key) {
                    findings.error(
                        "unknown-link",
                        at,
                        format!("there is no record `{key}` to link"),
                        "mend the link",
                    );
                }
            }
            return;
        };
        let kinds = (&self.records[a].what, &self.records[b].what);
        let holder = match kinds {
            (What::Mention { .. }, What::Mention { .. }) => return self.joined.push((a, b)),
            (What::Stance { .. }, What::Mention { .. }) => (a, b),
            (What::Mention { .. }, What::Stance { .. }) => (b, a),
            _ => {
                let help =
                    "link a stance to a mention of its holder, and mentions of one agency to each other";
                findings.error("unknown-link", at, "these two records cannot be linked", help);
                return;
            }
        };
        if self.holders.insert(holder.0, (holder.1, at.clone())).is_some_and(|(old, _)| old != holder.1) {
            findings.error("unknown-link", at, "the stance has two holders", "make a stance for each holder");
        }
    }

    /// The set, where nothing is wrong; what is wrong with the whole is added to the findings.
    pub(crate) fn finish(mut self, findings: &mut Findings<'_>) -> AnnotationSet {
        self.doubt(findings);
        let groups = self.groups();
        let mut set = std::mem::take(&mut self.head);
        self.document.id().clone_into(&mut set.document);
        let mut taken: BTreeSet<String> = set.agencies.iter().map(|agency| agency.id.clone()).collect();
        taken.extend(self.records.iter().filter_map(|record| record.more.agency.clone()));
        let mut names = BTreeMap::new();
        for group in &groups {
            if let Some(id) = self.agency(group, &mut set, &mut taken, findings) {
                names.extend(group.iter().map(|&index| (index, id.clone())));
            }
        }
        for index in 0..self.records.len() {
            self.place(index, &names, &mut set, findings);
        }
        crate::feature::quote(&mut set, self.document);
        set.sort();
        self.check(&set, findings);
        set
    }

    /// Mentions that name one agency, by links and by its id; each group and all of them in text order.
    fn groups(&self) -> Vec<Vec<usize>> {
        let mut root: Vec<usize> = (0..self.records.len()).collect();
        let mut by_id = BTreeMap::new();
        let mut pairs = self.joined.clone();
        for (index, record) in self.records.iter().enumerate() {
            if let (What::Mention { .. }, Some(id)) = (&record.what, &record.more.agency) {
                pairs.push((index, *by_id.entry(id).or_insert(index)));
            }
        }
        for (a, b) in pairs {
            let (a, b) = (find(&mut root, a), find(&mut root, b));
            root[a.max(b)] = a.min(b);
        }
        let mut order: Vec<usize> = (0..self.records.len())
            .filter(|&index| matches!(self.records[index].what, What::Mention { .. }))
            .collect();
        order.sort_by_key(|&index| self.records[index].span);
        let (mut groups, mut of_root): (Vec<Vec<usize>>, BTreeMap<usize, usize>) = Default::default();
        for index in order {
            let group = *of_root.entry(find(&mut root, index)).or_insert_with(|| {
                groups.push(Vec::new());
                groups.len() - 1
            });
            groups[group].push(index);
        }
        groups
    }

    /// Puts the mentions of one agency into the set; its id.
    fn agency(
        &self,
        group: &[usize],
        set: &mut AnnotationSet,
        taken: &mut BTreeSet<String>,
        findings: &mut Findings<'_>,
    ) -> Option<String> {
        let first = &self.records[*group.first()?];
        let (mut ids, mut kinds, mut mentions) = (BTreeSet::new(), BTreeSet::new(), Vec::new());
        for &index in group {
            let record = &self.records[index];
            let What::Mention { form, kind } = record.what else { continue };
            ids.extend(record.more.agency.as_ref());
            kinds.extend(kind);
            let More { id, rule, extra, .. } = record.more.clone();
            mentions.push(Mention { id, span: record.span, text: None, form, rule, extra });
        }
        if ids.len() > 1 {
            let listed: Vec<_> = ids.iter().map(|id| id.as_str()).collect();
            let message = format!("links join mentions of different agencies: {}", listed.join(", "));
            findings.error("disagreement", &first.at, message, "take the wrong link away");
            return None;
        }
        let known = ids.first().and_then(|id| set.agencies.iter_mut().find(|agency| agency.id == **id));
        if let Some(agency) = known {
            if kinds.iter().any(|&kind| kind != agency.kind) {
                let message =
                    format!("the kind of `{}` is {} and a mention says otherwise", agency.id, agency.kind);
                findings.error("disagreement", &first.at, message, "give all its mentions one kind");
            }
            agency.mentions = mentions;
            return Some(agency.id.clone());
        }
        if kinds.len() != 1 {
            let listed: Vec<_> = kinds.iter().map(|kind| kind.as_str()).collect();
            let message = if kinds.is_empty() {
                "the kind of this agency is not said".to_owned()
            } else {
                format!("mentions of one agency are of different kinds: {}", listed.join(", "))
            };
            findings.error("disagreement", &first.at, message, "give all its mentions one kind");
        }
        let name = naming::name_of(&mentions, self.document);
        let id = ids.first().map_or_else(|| naming::slug(&name, taken), |id| (*id).clone());
        let kind = kinds.first().copied()?;
        set.agencies.push(Agency {
            id: id.clone(),
            name,
            kind,
            jurisdiction: None,
            mentions,
            rule: None,
            extra: Extra::new(),
        });
        Some(id)
    }

    /// Puts a stance or a citation into the set.
    fn place(
        &self,
        index: usize,
        names: &BTreeMap<usize, String>,
        set: &mut AnnotationSet,
        findings: &mut Findings<'_>,
    ) {
        let record = &self.records[index];
        let More { id, rule, agency, canonical, extra } = record.more.clone();
        let span = record.span;
        match record.what {
            What::Mention { .. } => {}
            What::Citation { kind } => {
                set.citations.push(Citation { id, span, text: None, kind, canonical, rule, extra });
            }
            What::Stance { topic, position, attribution } => {
                let linked = self.holders.get(&index);
                let agency = if let Some((mention, _)) = linked {
                    // An agency at fault was reported: no second finding for its stance.
                    names.get(mention).cloned()
                } else {
                    if agency.is_none() {
                        let help = "link it to a mention of the agency whose position it is";
                        findings.error("no-holder", &record.at, "this stance has no holder", help);
                    }
                    agency
                };
                if let Some(agency) = agency {
                    let stance =
                        Stance { id, agency, topic, position, attribution, span, text: None, rule, extra };
                    set.stances.push(stance);
                }
            }
        }
    }

    /// Checks the set as `goldrule check` does; findings point at the records they came from.
    fn check(&self, set: &AnnotationSet, findings: &mut Findings<'_>) {
        let json = to_canonical_json(set);
        let lines: Vec<_> = json.lines().collect();
        for finding in read_annotations("import", &json, Some(self.document)).diagnostics {
            // Unknown keys are kept; that they are unknown is for `check` to say.
            if !finding.is_error() {
                continue;
            }
            let line =
                finding.place.and_then(|place| lines.get(place.line as usize - 1)).copied().unwrap_or("");
            let here = self.records.iter().find(|record| {
                line.contains(&format!("\"start\": {}, \"end\": {},", record.span.start, record.span.end))
                    && line.contains(match record.what {
                        What::Mention { .. } => "\"form\": ",
                        What::Stance { .. } => "\"topic\": ",
                        What::Citation { .. } => "\"kind\": ",
                    })
            });
            let at = here.map_or(0..1, |record| record.at.clone());
            let named = here.map(|record| format!(" (`{}`)", record.key)).unwrap_or_default();
            findings.error(finding.code, &at, format!("{}{named}", finding.message), &finding.help);
        }
    }
}
