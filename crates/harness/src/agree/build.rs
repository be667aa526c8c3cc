//! Documents compared one by one and put together by group.

use std::collections::BTreeMap;

use goldrule_schema::hex;
use goldrule_scorer::{
    Bootstrap, Codings, Continuum, GammaPlan, LabelledSpan, MAX_DEPTH, Measure, SplitMix64, Text, gamma,
};
use rayon::prelude::*;
use sha2::{Digest, Sha256};

use crate::agree::ANY;
use crate::agree::digest::digest;
use crate::agree::document::{Classes, Compared, LAYERS, labels, pairs};
use crate::agree::names::Subject;
use crate::agree::read::{Annotated, Annotations};
use crate::agree::result::{
    Agreement, AgreementGroup, AgreementSignature, ClassCount, Coefficients, DocumentAgreement, PairAgreement,
};
use crate::group::Group;
use crate::report::{Show, is_open};

/// The strictest measure of each layer.
pub(crate) const STRICT: [Measure; 3] =
    [Measure::MentionStrict, Measure::StanceTuple, Measure::CitationStrictKind];

/// How agreement is figured.
#[derive(Clone, Copy, Debug, Default)]
pub struct AgreePlan {
    /// What single documents may be named, and whether disagreements are listed.
    pub show: Show,
    /// How intervals of F1 are made.
    pub intervals: Bootstrap,
    /// How gamma is estimated; `None` where it is not asked for.
    pub gamma: Option<GammaPlan>,
}

/// Says how far annotators agree, on all threads of the current pool; the result does not depend on how many
/// there are. `done` is called after each document.
///
/// # Panics
/// Where figures are not the sums of the ledger's rows, which would be a fault of the scorer.
pub fn agree(annotations: &Annotations<'_>, plan: &AgreePlan, done: impl Fn() + Sync) -> Agreement {
    let documents = &annotations.documents;
    let open = |document: &Annotated<'_>| plan.show.reveal || is_open(document.split());
    let compared: Vec<(Compared<'_>, Vec<Option<[u8; 32]>>)> = documents
        .par_iter()
        .map(|document| {
            let compared = Compared::new(document, plan.show.mistakes && open(document));
            done();
            (compared, hashes(document))
        })
        .collect();
    let (compared, hashes): (Vec<_>, Vec<_>) = compared.into_iter().unzip();
    let all = All { annotators: annotations.annotators.len(), documents, compared, plan };
    let mut unnamed = BTreeMap::new();
    for document in documents.iter().filter(|document| !open(document)) {
        *unnamed.entry(document.split().unwrap_or_default().to_owned()).or_default() += 1;
    }
    let worst = all.worst_first(open);
    let listed = worst.iter().flat_map(|&at| all.compared[at].disagreements.iter().cloned());
    let agreement = Agreement {
        annotators: annotations.annotators.clone(),
        groups: all.groups(),
        disagreements: plan.show.mistakes.then(|| listed.collect()),
        documents: worst.par_iter().map(|&at| all.named(at)).collect(),
        unnamed,
        skipped: annotations.skipped.clone(),
        signature: signature(all.annotators, documents, &hashes, plan),
    };
    // Many small pieces: one thread alone would take a while to give them back.
    all.compared.into_par_iter().for_each(drop);
    agreement
}

fn hashes(document: &Annotated<'_>) -> Vec<Option<[u8; 32]>> {
    document.sets.iter().map(|set| set.as_ref().map(digest)).collect()
}

fn signature(
    annotators: usize,
    documents: &[Annotated<'_>],
    hashes: &[Vec<Option<[u8; 32]>>],
    plan: &AgreePlan,
) -> AgreementSignature {
    let of = |annotator: usize| {
        let mut sum = Sha256::new();
        for (document, hashes) in documents.iter().zip(hashes) {
            if let Some(hash) = &hashes[annotator] {
                sum.update(format!("{}\0{}\n", document.document, hex(hash)));
            }
        }
        hex(&sum.finalize())
    };
    let Bootstrap { method, level, resamples, seed, .. } = plan.intervals;
    let gamma = |gamma: &GammaPlan| {
        let d = gamma.dissimilarity;
        format!(
            "alpha:{},beta:{},delta_empty:{},shuffle,samples:{},{},seed:{}",
            d.alpha,
            d.beta,
            d.delta_empty,
            gamma.samples,
            SplitMix64::NAME,
            gamma.seed
        )
    };
    AgreementSignature {
        version: env!("CARGO_PKG_VERSION").to_owned(),
        scheme: format!("one-to-one,exact-first,depth:{MAX_DEPTH}"),
        units: "code-points,aligned-records".to_owned(),
        intervals: format!(
            "{method},{}%,resamples:{resamples},{},seed:{seed}",
            level * 100.0,
            SplitMix64::NAME
        ),
        gamma: plan.gamma.as_ref().map(gamma),
        sets: (0..annotators).map(of).collect(),
    }
}

struct All<'a> {
    annotators: usize,
    documents: &'a [Annotated<'a>],
    compared: Vec<Compared<'a>>,
    plan: &'a AgreePlan,
}

impl All<'_> {
    /// Places of the documents that may be named.
    fn worst_first(&self, open: impl Fn(&Annotated<'_>) -> bool) -> Vec<usize> {
        let mut worst: Vec<usize> =
            (0..self.documents.len()).filter(|&at| open(&self.documents[at])).collect();
        worst.sort_by_key(|&at| (std::cmp::Reverse(self.compared[at].disagreed()), at));
        worst
    }

    fn named(&self, at: usize) -> DocumentAgreement {
        let (document, compared) = (&self.documents[at], &self.compared[at]);
        let records = (0..self.annotators).map(|annotator| {
            let counts = compared.spans.iter().map(|spans| spans[annotator].as_ref().map(Vec::len));
            counts.map(|count| count.map(|count| count as u64)).sum()
        });
        let layers = || LAYERS.iter().enumerate();
        let gamma_of = |plan: &GammaPlan| {
            layers().map(|(layer, name)| (name.as_str(), gamma(&self.texts(layer, &[at]), plan))).collect()
        };
        DocumentAgreement {
            document: document.document.clone(),
            split: document.split().map(str::to_owned),
            withheld: document.is_withheld(),
            records: records.collect(),
            disagreements: compared.disagreed(),
            f1: STRICT.iter().map(|&measure| (measure.as_str(), compared.mean_f1(measure))).collect(),
            unitizing: layers()
                .map(|(layer, name)| (name.as_str(), compared.continua[layer].unitizing()))
                .collect(),
            gamma: self.plan.gamma.as_ref().map(gamma_of),
        }
    }

    /// The groups: splits by name, the withheld documents, and all.
    fn groups(&self) -> Vec<AgreementGroup> {
        let places = |of: &dyn Fn(&Annotated<'_>) -> bool| -> Vec<usize> {
            (0..self.documents.len()).filter(|&at| of(&self.documents[at])).collect()
        };
        let mut splits: Vec<&str> = self.documents.iter().filter_map(Annotated::split).collect();
        splits.sort_unstable();
        splits.dedup();
        let mut named: Vec<(String, Vec<usize>)> = splits
            .into_iter()
            .map(|split| (split.to_owned(), places(&|document| document.split() == Some(split))))
            .collect();
        let withheld = places(&|document| document.is_withheld());
        if !withheld.is_empty() && withheld.len() < self.documents.len() {
            named.push(("withheld".to_owned(), withheld));
        }
        if !(named.len() == 1 && named[0].1.len() == self.documents.len()) {
            named.push(("all".to_owned(), places(&|_| true)));
        }
        named.into_iter().map(|(name, places)| self.group(name, &places)).collect()
    }

    fn group(&self, name: String, places: &[usize]) -> AgreementGroup {
        AgreementGroup {
            name,
            documents: places.len(),
            pairs: self.pairs(places),
            coefficients: self.coefficients(places),
            classes: self.classes(places),
        }
    }

    fn pairs(&self, places: &[usize]) -> Vec<PairAgreement> {
        let pair = |(at, (first, second)): (usize, (usize, usize))| {
            let scores = places.iter().filter_map(|&place| self.compared[place].pairs[at].clone());
            let group = Group::new("", scores.collect());
            let intervals = group.intervals(&self.plan.intervals);
            let intervals = Measure::ALL.iter().map(|measure| measure.as_str()).zip(intervals).collect();
            PairAgreement { first, second, documents: group.documents.len(), score: group.total, intervals }
        };
        pairs(self.annotators).into_iter().enumerate().map(pair).collect()
    }

    fn classes(&self, places: &[usize]) -> Vec<ClassCount> {
        let mut sum = Classes::new();
        for (key, (count, by)) in places.iter().flat_map(|&at| &self.compared[at].classes) {
            let entry = sum.entry(*key).or_insert_with(|| (0, vec![0; self.annotators]));
            entry.0 += count;
            entry.1.iter_mut().zip(by).for_each(|(sum, by)| *sum += by);
        }
        let counts = sum.into_iter().map(|((layer, class), (count, by))| {
            let by_annotator = if by.iter().any(|&count| count > 0) { by } else { Vec::new() };
            ClassCount { layer, class, count, by_annotator }
        });
        counts.collect()
    }

    fn coefficients(&self, places: &[usize]) -> Vec<Coefficients> {
        let rows = |&subject: &Subject| match LAYERS.iter().position(|layer| *layer == subject) {
            Some(layer) => {
                let mut continuum = Continuum::new(self.annotators);
                for &at in places {
                    continuum += &self.compared[at].continua[layer];
                }
                self.of_characters(layer, subject, &continuum, places)
            }
            None => self.of_records(subject, places),
        };
        Subject::ALL.par_iter().flat_map_iter(rows).collect()
    }

    /// The rows of a label of records: all labels, and each that is in use.
    fn of_records(&self, subject: Subject, places: &[usize]) -> Vec<Coefficients> {
        let mut sum = Codings::new(self.annotators);
        for codings in places.iter().filter_map(|&at| self.compared[at].codings.get(&subject)) {
            sum += codings;
        }
        let mut rows = vec![self.row(subject, None, &sum, |at| sum.labels_of(at).values().sum())];
        for label in labels(subject) {
            let alone = sum.map(|&given| given == *label);
            let given = |at: usize| alone.labels_of(at).get(&true).copied().unwrap_or(0);
            if (0..self.annotators).any(|at| given(at) > 0) {
                rows.push(self.row(subject, Some((*label).to_owned()), &alone, given));
            }
        }
        rows
    }

    /// The rows of a layer of spans: all labels, marked or not, and each label that is in use.
    fn of_characters(
        &self,
        layer: usize,
        subject: Subject,
        continuum: &Continuum,
        places: &[usize],
    ) -> Vec<Coefficients> {
        let counts: Vec<Vec<u64>> = (0..self.annotators).map(|at| self.spans_of(layer, at, places)).collect();
        let given = |at: usize, label: Option<u32>| match label {
            Some(label) => counts[at][label as usize],
            None => counts[at].iter().sum(),
        };
        let gamma_of = |label: Option<u32>| {
            let plan = self.plan.gamma.as_ref()?;
            let texts = self.texts(layer, places);
            let Some(label) = label else { return Some(gamma(&texts, plan)) };
            let alone: Vec<Vec<Vec<LabelledSpan>>> = texts
                .iter()
                .map(|text| {
                    let of = |units: &&[LabelledSpan]| {
                        units.iter().filter(|u| u.label == label).copied().collect()
                    };
                    text.annotators.iter().map(of).collect()
                })
                .collect();
            let texts: Vec<Text<'_>> = texts
                .iter()
                .zip(&alone)
                .map(|(text, units)| Text {
                    annotators: units.iter().map(Vec::as_slice).collect(),
                    ..text.clone()
                })
                .collect();
            Some(gamma(&texts, plan))
        };
        let mut rows = vec![
            Coefficients {
                unitizing: Some(continuum.unitizing()),
                gamma: gamma_of(None),
                ..self.row(subject, None, continuum.codings(), |at| given(at, None))
            },
            Coefficients {
                unitizing: Some(continuum.unitizing_binary()),
                ..self.row(subject, Some(ANY.to_owned()), &continuum.marked(), |at| given(at, None))
            },
        ];
        for (label, word) in (0..).zip(labels(subject)) {
            if (0..self.annotators).any(|at| given(at, Some(label)) > 0) {
                let under = continuum.under(label);
                rows.push(Coefficients {
                    unitizing: Some(continuum.unitizing_of(label)),
                    gamma: gamma_of(Some(label)),
                    ..self.row(subject, Some((*word).to_owned()), &under, |at| given(at, Some(label)))
                });
            }
        }
        rows
    }

    /// How many spans of each label an annotator has.
    fn spans_of(&self, layer: usize, annotator: usize, places: &[usize]) -> Vec<u64> {
        let mut counts = vec![0; labels(LAYERS[layer]).len()];
        let spans = places.iter().filter_map(|&at| self.compared[at].spans[layer][annotator].as_ref());
        spans.flatten().for_each(|unit| counts[unit.label as usize] += 1);
        counts
    }

    fn row<L: Ord + Clone>(
        &self,
        subject: Subject,
        label: Option<String>,
        codings: &Codings<L>,
        records: impl Fn(usize) -> u64,
    ) -> Coefficients {
        let pairs = pairs(self.annotators).into_iter();
        Coefficients {
            subject,
            label,
            units: codings.units(),
            records: (0..self.annotators).map(records).collect(),
            observed: codings.observed(),
            kappa: codings.kappa(),
            pairwise_kappa: pairs.map(|(one, other)| codings.pair(one, other).kappa()).collect(),
            fleiss: codings.pi(),
            alpha: codings.alpha(),
            unitizing: None,
            gamma: None,
        }
    }

    /// The texts of a layer, for gamma: of each the annotators who have seen it.
    fn texts(&self, layer: usize, places: &[usize]) -> Vec<Text<'_>> {
        let text = |&at: &usize| {
            let compared = &self.compared[at];
            let annotators = compared.spans[layer].iter().flatten().map(Vec::as_slice).collect();
            Text { annotators, length: compared.length, number: at as u64 }
        };
        places.iter().map(text).collect()
    }
}
