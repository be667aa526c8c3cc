//! The agencies of annotation sets as clusters of mentions.

use goldrule_schema::AnnotationSet;

use crate::compare::strict_mentions;
use crate::content::{MentionView, Side};
use crate::coreference::{Coreference, score_clusters};
use crate::entities::align;
use crate::policy::Policies;

/// Compares how two sets of one document group their mentions. A mention is the same on both sides where
/// the measure [`mention.strict`](crate::Measure::MentionStrict) matches it.
pub fn score_coreference(gold: &AnnotationSet, pred: &AnnotationSet, policies: Policies) -> Coreference {
    let side = |set| Side::new(set, policies.duplicates);
    let (gold, pred) = (side(gold), side(pred));
    let pairs = strict_mentions(&gold, &pred, &align(&gold, &pred));
    let names: Vec<u32> = (0..gold.mentions.len() as u32).collect();
    // Predicted mentions without a gold one are numbered after the gold ones.
    let mut pred_names: Vec<u32> =
        (0..pred.mentions.len()).map(|at| (gold.mentions.len() + at) as u32).collect();
    for (g, p) in pairs {
        pred_names[p as usize] = g;
    }
    let ours = clusters(&gold.mentions, gold.agencies.len(), &names);
    let theirs = clusters(&pred.mentions, pred.agencies.len(), &pred_names);
    score_clusters(&ours, &theirs, policies.singletons)
}

fn clusters(mentions: &[MentionView], agencies: usize, names: &[u32]) -> Vec<Vec<u32>> {
    let mut clusters = vec![Vec::new(); agencies];
    for (mention, &name) in mentions.iter().zip(names) {
        clusters[mention.agency as usize].push(name);
    }
    clusters
}
