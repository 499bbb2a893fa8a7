//! The distance of the vocabularies of a group and of the others, and its expectation by chance.

use std::collections::BTreeMap;

use fastrand::Rng;
use rayon::prelude::*;

use super::chance::{DISTANCE_DAYS, block};
use super::partition::{Partition, Split};
use super::terms::{Texts, Uses};
use crate::statistics::jensen_shannon;

/// The number of random arrangements.
const ARRANGEMENTS: usize = 199;

/// The same arrangements each time.
const SEED: u64 = 1991;

/// A distance of vocabularies.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Distance {
    /// The Jensen–Shannon distance, from 0 to 1, of the terms in enough digests.
    pub distance: f64,
    /// The mean distance where texts change groups by chance: within each digest, with as many for each group as before;
    /// between periods, all texts of a week together. None where no text can change.
    pub expected: Option<f64>,
}

/// A text that is compared.
pub struct Text {
    digest: (u32, u32),
    group: usize,
    /// Its terms, as places among those of the uses.
    terms: Vec<u32>,
}

/// Returns the texts of all groups with their terms of so many words.
pub fn all_texts(words: usize, uses: &Uses, found: &[Vec<usize>], partition: &Partition, texts: &Texts) -> Vec<Text> {
    let mut terms = Vec::new();
    let mut all: Vec<Text> = Vec::new();
    for (group, entries) in found.iter().enumerate() {
        for &entry in entries {
            let Some(slot) = texts.slot(partition.sample.entries[entry]) else { continue };
            texts.terms(slot, words, &mut terms);
            let terms = terms.iter().filter_map(|term| Some(uses.terms.binary_search(term).ok()? as u32)).collect();
            all.push(Text { digest: partition.digest(entry), group, terms });
        }
    }
    all
}

/// Returns the distance of a group from the others, among so many groups.
pub fn distance(texts: &[Text], groups: usize, group: usize, partition: &Partition, split: &Split) -> Option<Distance> {
    let terms = texts.iter().flat_map(|text| &text.terms).max().map_or(0, |last| *last as usize + 1);
    let seen: Vec<usize> = texts.iter().map(|text| text.group).collect();
    let distance = apart(texts, terms, &seen, group)?;
    // The texts that change groups with one another, in sets that move as one.
    let mut pools: BTreeMap<_, BTreeMap<_, Vec<usize>>> = BTreeMap::new();
    for (at, text) in texts.iter().enumerate() {
        let week = block(partition.day_of(text.digest), DISTANCE_DAYS);
        let (pool, set) = match split {
            Split::Field(_) | Split::Queries(_) => (text.digest, (at as i32, 0)),
            Split::Periods(_) => ((0, 0), (week, text.group)),
        };
        pools.entry(pool).or_default().entry(set).or_default().push(at);
    }
    let pools: Vec<Vec<Vec<usize>>> = pools.into_values().map(|sets| sets.into_values().collect()).collect();
    let can_change = |sets: &Vec<Vec<usize>>| sets.iter().any(|set| seen[set[0]] != seen[sets[0][0]]);
    // A text that is in several groups cannot change them.
    if groups < 2 || partition.shared > 0 || !pools.iter().any(can_change) {
        return Some(Distance { distance, expected: None });
    }
    let arranged = |number: usize| {
        let mut rng = Rng::with_seed(SEED + number as u64);
        let mut to = seen.clone();
        for sets in &pools {
            let mut labels: Vec<usize> = sets.iter().map(|set| seen[set[0]]).collect();
            rng.shuffle(&mut labels);
            sets.iter().zip(labels).for_each(|(set, label)| set.iter().for_each(|text| to[*text] = label));
        }
        apart(texts, terms, &to, group).unwrap_or_default()
    };
    let all: Vec<f64> = (0..ARRANGEMENTS).into_par_iter().map(arranged).collect();
    Some(Distance { distance, expected: Some(all.iter().sum::<f64>() / ARRANGEMENTS as f64) })
}

/// Returns how far the texts that are of a group, and all others, are apart.
fn apart(texts: &[Text], terms: usize, groups: &[usize], group: usize) -> Option<f64> {
    let mut uses = vec![(0.0, 0.0); terms];
    for (text, of) in texts.iter().zip(groups) {
        for term in &text.terms {
            let (here, there) = &mut uses[*term as usize];
            *(if *of == group { here } else { there }) += 1.0;
        }
    }
    jensen_shannon(uses.into_iter())
}
