//! Whether chance alone could make a side use a term so often, or two sides differ so much. Chance swaps the sides of
//! digests, or shuffles digests between periods (Fisher 1935, "The Design of Experiments", section 21). What comes
//! together in a digest is no independent evidence, and outlets stay on a story for some days: so the digests of three
//! days are swapped as one.
//!
//! In a digest a side with n texts, of which y have the term, has the score y − n·Σy/Σn: what it uses the term more than
//! the digest's sides together would. Scores add up, over the digests in which there is something to be compared; chance
//! gives each side of a block any of the block's scores. Between periods Σy/Σn is that of both.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};

use super::groups::Parting;
use crate::insight::statistics::{one_of_each, some_of};

/// So many days are swapped together where it is about a term.
pub const TERM_DAYS: i32 = 3;

/// And where it is about all terms together, in which even a little dependence adds up.
pub const DISTANCE_DAYS: i32 = 7;

/// Fewer blocks allow too few arrangements to say what is chance.
pub const MIN_BLOCKS: usize = 6;

/// A digest's texts that may go to another side, and how many of them have the term.
#[derive(Debug, Clone, Copy)]
pub struct Told {
    pub block: i32,
    pub digest: (u32, u32),
    pub side: usize,
    pub texts: f64,
    pub uses: f64,
}

/// The block of so many days that a day is in. Blocks of a week begin on Mondays.
pub fn block(day: NaiveDate, days: i32) -> i32 {
    (day.num_days_from_ce() - 1).div_euclid(days)
}

/// The probability that chance makes a side's use of a term at least so uncommon, in either direction: twice the smaller
/// tail, 1 at most. None where there are fewer than [`MIN_BLOCKS`] blocks to swap, or all arrangements are alike.
pub fn p_value(told: &[Told], side: usize, parting: &Parting) -> Option<f64> {
    let (high, low) = match parting {
        Parting::Sides => {
            let blocks = swapped(told, side);
            let seen: f64 = blocks.values().filter_map(|scores| scores.get(&side)).sum();
            let lists: Vec<Vec<f64>> = blocks.values().map(|scores| scores.values().copied().collect()).collect();
            enough(blocks.len()).then(|| one_of_each(&lists, seen))??
        }
        Parting::Periods(_) => {
            let blocks = shuffled(told);
            let of_side = blocks.iter().filter(|((other, _), _)| *other == side).map(|(_, score)| *score);
            let list: Vec<f64> = blocks.values().copied().collect();
            enough(list.len()).then(|| some_of(&list, of_side.clone().count(), of_side.sum()))??
        }
    };
    Some((2.0 * high.min(low)).min(1.0))
}

fn enough(blocks: usize) -> bool {
    blocks >= MIN_BLOCKS
}

/// The scores of the sides in each block that has anything to swap with a side.
fn swapped(told: &[Told], side: usize) -> BTreeMap<i32, BTreeMap<usize, f64>> {
    let mut digests: BTreeMap<(u32, u32), Vec<&Told>> = BTreeMap::new();
    told.iter().for_each(|part| digests.entry(part.digest).or_default().push(part));
    digests.retain(|_, parts| parts.len() > 1 && parts.iter().any(|part| part.side == side));
    let mut blocks: BTreeMap<i32, BTreeMap<usize, f64>> = BTreeMap::new();
    for parts in digests.into_values() {
        let rate = rate(parts.iter().copied());
        for part in parts {
            *blocks.entry(part.block).or_default().entry(part.side).or_default() += part.uses - part.texts * rate;
        }
    }
    blocks
}

/// The score of each block of each period.
fn shuffled(told: &[Told]) -> BTreeMap<(usize, i32), f64> {
    let rate = rate(told.iter());
    let mut blocks = BTreeMap::new();
    for part in told {
        *blocks.entry((part.side, part.block)).or_default() += part.uses - part.texts * rate;
    }
    blocks
}

fn rate<'a>(told: impl Iterator<Item = &'a Told> + Clone) -> f64 {
    told.clone().map(|part| part.uses).sum::<f64>() / told.map(|part| part.texts).sum::<f64>()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::Value;

    /// Against all arrangements, counted by other means: `tests/reference/statistics.py`.
    #[test]
    fn p_values_are_those_of_the_reference() {
        let all: Value = serde_json::from_str(include_str!("../../../tests/reference/statistics.json")).expect("JSON");
        let cases = all["swap"].as_array().expect("cases");
        let mut surprises = 0;
        for case in cases {
            let mut told = Vec::new();
            for (at, digest) in (0..).zip(case["in"]["digests"].as_array().expect("digests")) {
                let block = digest[0].as_i64().expect("a block") as i32;
                for (side, part) in digest[1].as_array().expect("sides").iter().enumerate() {
                    let [uses, texts] = [0, 1].map(|i| part[i].as_f64().unwrap_or_default());
                    told.extend((texts > 0.0).then_some(Told { block, digest: (0, at), side, texts, uses }));
                }
            }
            let side = case["in"]["side"].as_u64().expect("a side") as usize;
            let Some(expected) = case["out"]["p"].as_f64() else {
                assert_eq!(p_value(&told, side, &Parting::Sides), None, "{case}");
                continue;
            };
            let blocks = swapped(&told, side).len();
            match p_value(&told, side, &Parting::Sides) {
                None => assert!(blocks < MIN_BLOCKS, "{case}"),
                // What is no surprise is told by the normal distribution.
                Some(p) if expected > 0.1 => assert!(p > 0.08, "{p}: {case}"),
                Some(p) => {
                    surprises += 1;
                    assert!(p > expected * 0.9999 && p < expected * 1.1, "{p}: {case}");
                }
            }
        }
        assert!(surprises > 1);
    }
}
