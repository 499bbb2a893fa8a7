//! How far apart the words of a group and of the others are, and how far chance would put them.

use std::collections::BTreeMap;

use fastrand::Rng;
use rayon::prelude::*;

use super::chance::MIN_BLOCKS;
use super::partition::Split;
use super::terms::{Part, Totals, Uses};
use crate::statistics::jensen_shannon;

/// So many random arrangements are looked at.
const ARRANGEMENTS: usize = 999;

/// The same arrangements each time.
const SEED: u64 = 1991;

/// How far apart the words of a group and of the others are.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Distance {
    /// The Jensen–Shannon distance, from 0 to 1, of the terms in enough digests.
    pub distance: f64,
    /// The mean of the distances that chance makes, and the part of these that is at least as far (Phipson and Smyth 2010:
    /// (b + 1)/(B + 1), with B = 999). None where there is too little to be swapped.
    pub chance: Option<(f64, f64)>,
}

/// The distance of a group from the others. `block` says which digests are swapped together.
pub fn distance(
    uses: &Uses,
    groups: usize,
    group: usize,
    split: &Split,
    block: impl Fn(&Part) -> i32,
) -> Option<Distance> {
    let mut blocks: BTreeMap<(usize, i32), Vec<&Part>> = BTreeMap::new();
    for part in &uses.parts {
        // Periods part blocks.
        let of = if *split == Split::Perspectives { 0 } else { part.group };
        blocks.entry((of, block(part))).or_default().push(part);
    }
    let blocks: Vec<Vec<&Part>> = blocks.into_values().collect();
    let seen = apart(&totals(&blocks, groups, |_, group| group), group)?;
    let can_move =
        |block: &&Vec<&Part>| *split != Split::Perspectives || block.iter().any(|part| part.group != block[0].group);
    if blocks.iter().filter(can_move).count() < MIN_BLOCKS {
        return Some(Distance { distance: seen, chance: None });
    }
    let arranged = |number: usize| {
        let mut rng = Rng::with_seed(SEED + number as u64);
        let to = arrangement(&blocks, split, &mut rng);
        apart(&totals(&blocks, groups, |block, group| to[block].get(&group).copied().unwrap_or(group)), group)
            .unwrap_or_default()
    };
    let null: Vec<f64> = (0..ARRANGEMENTS).into_par_iter().map(arranged).collect();
    let as_far = null.iter().filter(|distance| **distance >= seen - 1e-12).count();
    let mean = null.iter().sum::<f64>() / ARRANGEMENTS as f64;
    let p = (as_far + 1) as f64 / (ARRANGEMENTS + 1) as f64;
    Some(Distance { distance: seen, chance: Some((mean, p)) })
}

/// To which group each group's texts go, by block.
fn arrangement(blocks: &[Vec<&Part>], split: &Split, rng: &mut Rng) -> Vec<BTreeMap<usize, usize>> {
    let groups = |block: &[&Part]| -> Vec<usize> {
        let groups: std::collections::BTreeSet<usize> = block.iter().map(|part| part.group).collect();
        groups.into_iter().collect()
    };
    let from: Vec<Vec<usize>> = blocks.iter().map(|block| groups(block)).collect();
    let mut all: Vec<usize> = from.iter().flatten().copied().collect();
    if *split != Split::Perspectives {
        rng.shuffle(&mut all);
    }
    let mut drawn = all.into_iter();
    let mut to = |from: &Vec<usize>| {
        let mut to: Vec<usize> = drawn.by_ref().take(from.len()).collect();
        if *split == Split::Perspectives {
            rng.shuffle(&mut to);
        }
        from.iter().copied().zip(to).collect()
    };
    from.iter().map(&mut to).collect()
}

fn totals(blocks: &[Vec<&Part>], groups: usize, to: impl Fn(usize, usize) -> usize) -> Totals {
    let terms = blocks.iter().flatten().flat_map(|part| part.uses.last()).map(|(term, _)| *term as usize + 1).max();
    let mut totals = Totals::new(groups, terms.unwrap_or_default());
    for (at, block) in blocks.iter().enumerate() {
        block.iter().for_each(|part| totals.add(part, to(at, part.group)));
    }
    totals
}

fn apart(totals: &Totals, group: usize) -> Option<f64> {
    let here = &totals.uses[group];
    let there = |term: usize| totals.uses.iter().map(|uses| uses[term]).sum::<f64>() - here[term];
    jensen_shannon(here.iter().enumerate().map(|(term, here)| (*here, there(term))))
}
