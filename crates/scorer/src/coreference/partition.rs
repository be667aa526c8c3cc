//! Clusters by content: the order in which they or their mentions are given changes nothing.

use std::collections::BTreeMap;

use crate::policy::Singletons;

pub(super) struct Partition {
    /// Sorted clusters of sorted mentions.
    clusters: Vec<Vec<u32>>,
    cluster_of: BTreeMap<u32, usize>,
}

impl Partition {
    pub(super) fn new(clusters: &[Vec<u32>], singletons: Singletons) -> Self {
        let mut sorted: Vec<Vec<u32>> = clusters.to_vec();
        for cluster in &mut sorted {
            cluster.sort_unstable();
            cluster.dedup();
        }
        sorted.sort();
        let mut cluster_of = BTreeMap::new();
        for (place, cluster) in sorted.iter_mut().enumerate() {
            cluster.retain(|mention| *cluster_of.entry(*mention).or_insert(place) == place);
        }
        let fewest = if singletons == Singletons::Drop { 2 } else { 1 };
        sorted.retain(|cluster| cluster.len() >= fewest);
        cluster_of.clear();
        for (place, cluster) in sorted.iter().enumerate() {
            cluster_of.extend(cluster.iter().map(|&mention| (mention, place)));
        }
        Self { clusters: sorted, cluster_of }
    }

    pub(super) fn clusters(&self) -> &[Vec<u32>] {
        &self.clusters
    }

    pub(super) fn size(&self, cluster: usize) -> usize {
        self.clusters[cluster].len()
    }

    /// Mentions of both this side and the other.
    pub(super) fn shared(&self, other: &Self) -> u64 {
        self.cluster_of.keys().filter(|mention| other.cluster_of.contains_key(mention)).count() as u64
    }

    pub(super) fn mentions(&self) -> u64 {
        self.cluster_of.len() as u64
    }

    /// The clusters of this side that have mentions of `cluster`, with how many.
    pub(super) fn parts_of(&self, cluster: &[u32]) -> Vec<(usize, u64)> {
        let mut parts = BTreeMap::new();
        for mention in cluster {
            if let Some(&place) = self.cluster_of.get(mention) {
                *parts.entry(place).or_insert(0) += 1;
            }
        }
        parts.into_iter().collect()
    }
}
