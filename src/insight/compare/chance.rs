//! The significance of a group's use of a term. Chance swaps the groups of digests, or shuffles digests between periods
//! (Fisher 1935, "The Design of Experiments", section 21). Texts of one digest are not independent, and sources stay on
//! a story for some days: so the digests of three days are swapped as one.
//!
//! In a digest a group with n texts, of which y have the term, has the score y − n·Σy/Σn: its excess over the rate of the
//! digest. Scores are added over the digests with several groups; chance gives each group of a block any of the block's
//! scores. Between periods Σy/Σn is that of both.
//!
//! Whole scores are exchangeable only between groups of about equal size: the score of two titles of twelve has another
//! distribution than that of ten. So chance also draws as many texts of each digest for the group as it has (Fisher 1935,
//! "The logic of inductive inference"); of both probabilities the greater counts.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use chrono::NaiveDate;

use super::partition::Split;
use crate::insight::count::day_number;
use crate::statistics::{Draw, block_of, one_of_each, some_of, some_of_each};

/// The number of days swapped together in tests of terms.
pub const TERM_DAYS: i32 = 3;

/// The number of days moved together for the distance, in which even a little dependence adds up.
pub const DISTANCE_DAYS: i32 = 7;

/// The minimum number of blocks: fewer have too few arrangements.
pub const MIN_BLOCKS: usize = 6;

/// The texts of a group in a digest, which may go to another group.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Portion {
    pub block: i32,
    pub digest: (u32, u32),
    pub group: usize,
    pub texts: f64,
}

/// The significance of a group's use of a term.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Significance {
    /// The probability that chance makes it at least so uncommon.
    pub p: f64,
    /// Whether it is more than chance would give, not less.
    pub is_more: bool,
}

impl Significance {
    /// That of the other of two groups.
    pub fn of_other(self) -> Self {
        Self { is_more: !self.is_more, ..self }
    }
}

/// The texts that may be swapped or shuffled.
pub struct Chance<'a> {
    pub portions: Vec<Portion>,
    pub split: &'a Split,
    /// The parts of each digest.
    pub digests: HashMap<(u32, u32), Vec<usize>>,
    /// The groups that are in each block, in digests with a group and another; by the group.
    pub swapped: Vec<BTreeMap<i32, BTreeSet<usize>>>,
}

impl<'a> Chance<'a> {
    pub fn new(portions: Vec<Portion>, groups: usize, split: &'a Split) -> Self {
        let mut digests: HashMap<_, Vec<usize>> = HashMap::new();
        for (at, part) in portions.iter().enumerate() {
            digests.entry(part.digest).or_default().push(at);
        }
        let mut swapped = vec![BTreeMap::<_, BTreeSet<usize>>::new(); groups];
        for parts in digests.values().filter(|parts| parts.len() > 1) {
            for group in parts.iter().map(|part| portions[*part].group) {
                let groups = parts.iter().map(|part| portions[*part].group);
                swapped[group].entry(portions[parts[0]].block).or_default().extend(groups);
            }
        }
        Self { portions, split, digests, swapped }
    }

    /// Returns the significance of a group's use of a term, in either direction: twice the smaller tail, 1 at most. None where there
    /// are fewer than [`MIN_BLOCKS`] blocks to swap, or all arrangements are alike. Takes the parts with the term, and how
    /// many of their texts have it.
    pub fn significance(&self, uses: &[(usize, f64)], group: usize) -> Option<Significance> {
        let (high, low) = match self.split {
            Split::Field(_) | Split::Queries(_) => self.of_swaps(uses, group)?,
            Split::Periods(_) => self.of_draws(uses, group)?,
        };
        Some(Significance { p: (2.0 * high.min(low)).min(1.0), is_more: high <= low })
    }

    fn of_swaps(&self, uses: &[(usize, f64)], group: usize) -> Option<(f64, f64)> {
        if self.swapped[group].len() < MIN_BLOCKS {
            return None;
        }
        // Where no group has the term all scores are 0.
        let mut digests: BTreeMap<(u32, u32), BTreeMap<usize, f64>> = BTreeMap::new();
        for (part, uses) in uses {
            digests.entry(self.portions[*part].digest).or_default().insert(*part, *uses);
        }
        let mut blocks: BTreeMap<i32, BTreeMap<usize, f64>> = BTreeMap::new();
        let (mut draws, mut used) = (Vec::new(), 0.0);
        for (digest, uses) in digests {
            let parts = &self.digests[&digest];
            let has_group = parts.iter().any(|part| self.portions[*part].group == group);
            if parts.len() < 2 || !has_group {
                continue;
            }
            let texts: f64 = parts.iter().map(|part| self.portions[*part].texts).sum();
            let with: f64 = uses.values().sum();
            let rate = with / texts;
            let of_group = |part: &&usize| self.portions[**part].group == group;
            let drawn: f64 = parts.iter().filter(of_group).map(|part| self.portions[*part].texts).sum();
            used += parts.iter().filter(of_group).filter_map(|part| uses.get(part)).sum::<f64>();
            draws.push(Draw { all: texts as usize, drawn: drawn as usize, with: with as usize });
            for part in parts {
                let Portion { block, group, texts, .. } = self.portions[*part];
                let score = uses.get(part).copied().unwrap_or_default() - texts * rate;
                *blocks.entry(block).or_default().entry(group).or_default() += score;
            }
        }
        let seen: f64 = blocks.values().filter_map(|scores| scores.get(&group)).sum();
        let scores = |(block, scores): (&i32, &BTreeMap<usize, f64>)| {
            let groups = self.swapped[group][block].iter();
            groups.map(|group| scores.get(group).copied().unwrap_or_default()).collect()
        };
        let (high, low) = one_of_each(&blocks.iter().map(scores).collect::<Vec<_>>(), seen)?;
        let (high_of_draws, low_of_draws) = some_of_each(&draws, used as usize)?;
        Some((high.max(high_of_draws), low.max(low_of_draws)))
    }

    fn of_draws(&self, uses: &[(usize, f64)], group: usize) -> Option<(f64, f64)> {
        let rate =
            uses.iter().map(|(_, uses)| uses).sum::<f64>() / self.portions.iter().map(|part| part.texts).sum::<f64>();
        let mut blocks: BTreeMap<(usize, i32), f64> = BTreeMap::new();
        for part in &self.portions {
            *blocks.entry((part.group, part.block)).or_default() -= part.texts * rate;
        }
        for (part, uses) in uses {
            *blocks.entry((self.portions[*part].group, self.portions[*part].block)).or_default() += uses;
        }
        let of_group = blocks.iter().filter(|((other, _), _)| *other == group).map(|(_, score)| *score);
        let list: Vec<f64> = blocks.values().copied().collect();
        if list.len() < MIN_BLOCKS {
            return None;
        }
        let (drawn, seen) = (of_group.clone().count(), of_group.sum());
        some_of(&list, drawn, seen)
    }
}

/// The block of so many days that a day is in. Blocks of a week begin on Mondays.
pub fn block(day: NaiveDate, days: i32) -> i32 {
    block_of(day_number(day), days)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Field;
    use serde_json::Value;

    /// Against all arrangements, counted by other means: `tests/reference/statistics.py`.
    #[test]
    fn p_values_are_those_of_the_reference() {
        let all: Value = serde_json::from_str(include_str!("../../../tests/reference/statistics.json")).expect("JSON");
        let cases = all["swap"].as_array().expect("cases");
        let mut significant = 0;
        for case in cases {
            let (mut portions, mut uses) = (Vec::new(), Vec::new());
            for (at, digest) in (0..).zip(case["in"]["digests"].as_array().expect("digests")) {
                let block = digest[0].as_i64().expect("a block") as i32;
                for (group, part) in digest[1].as_array().expect("groups").iter().enumerate() {
                    let [used, texts] = [0, 1].map(|i| part[i].as_f64().unwrap_or_default());
                    if texts > 0.0 {
                        uses.extend((used > 0.0).then_some((portions.len(), used)));
                        portions.push(Portion { block, digest: (0, at), group, texts });
                    }
                }
            }
            let group = case["in"]["side"].as_u64().expect("a group") as usize;
            let groups = 1 + portions.iter().map(|part| part.group).max().unwrap_or_default().max(group);
            let chance = Chance::new(portions, groups, &Split::Field(Field::Perspective));
            let Some(expected) = case["out"]["p"].as_f64() else {
                assert_eq!(chance.significance(&uses, group), None, "{case}");
                continue;
            };
            let blocks = chance.swapped[group].len();
            match chance.significance(&uses, group).map(|significance| significance.p) {
                None => assert!(blocks < MIN_BLOCKS, "{case}"),
                // Near the mean, p is from the normal distribution.
                Some(p) if expected > 0.1 => assert!(p > 0.08, "{p}: {case}"),
                Some(p) => {
                    significant += 1;
                    assert!(p > expected * 0.9999 && p < expected * 1.1, "{p}: {case}");
                }
            }
        }
        assert!(significant > 1);
    }

    /// A term of the last week alone, of 68: its p is not below twice that of one week in 68.
    #[test]
    fn no_p_of_periods_is_below_that_of_one_draw() {
        let portion = |block: i32, group| Portion { block, digest: (0, block as u32), group, texts: 10.0 };
        for (last, draws) in [(1, 68.0), (2, 2278.0), (3, 50116.0)] {
            let weeks: Vec<Portion> = (0..68).map(|week| portion(week, usize::from(week >= 68 - last))).collect();
            let uses: Vec<(usize, f64)> = (68 - last..68).map(|week| (week as usize, 9.0)).collect();
            let least = 2.0 / draws;
            let split = Split::Periods(Vec::new());
            let chance = Chance::new(weeks, 2, &split);
            for group in [0, 1] {
                let significance = chance.significance(&uses, group).expect("68 weeks");
                assert_eq!(significance.is_more, group == 1);
                assert!((significance.p / least - 1.0).abs() < 1e-6, "{}: {least}", significance.p);
            }
        }
    }

    /// Of ten titles and two, with one in 50 titles of either about something: chance is seldom significant.
    #[test]
    fn unequal_groups_are_seldom_surprising() {
        let mut rng = fastrand::Rng::with_seed(1935);
        let (mut all, mut false_ones) = (0, 0);
        for _ in 0..2000 {
            let (mut portions, mut uses) = (Vec::new(), Vec::new());
            for day in 0..60 {
                for (group, texts) in [(0, 10), (1, 2)] {
                    let used = (0..texts).filter(|_| rng.u32(0..50) == 0).count() as f64;
                    uses.extend((used > 0.0).then_some((portions.len(), used)));
                    portions.push(Portion { block: day / 3, digest: (0, day as u32), group, texts: f64::from(texts) });
                }
            }
            let p = Chance::new(portions, 2, &Split::Field(Field::Perspective))
                .significance(&uses, 1)
                .map_or(1.0, |significance| significance.p);
            all += 1;
            false_ones += usize::from(p <= 0.001);
        }
        // One in a thousand of 2,000 are 2; 7 or more come once in 200 times.
        assert!(false_ones < 7, "{false_ones} of {all}");
    }

    /// A word with 70 uses here and 30 there, or 20 and none, on random days of 200 with ten titles each: how often both tests
    /// find it, and how often that within digests would by itself.
    #[test]
    #[expect(clippy::print_stdout, reason = "what a long run is for")]
    fn planted_words_are_found_as_often_as_within_digests() {
        let mut rng = fastrand::Rng::with_seed(1912);
        let all = option_env!("PLANTED_RUNS").and_then(|runs| runs.parse().ok()).unwrap_or(20);
        for uses in [[70, 30], [20, 0]] {
            let (mut found, mut within) = (0, 0);
            for _ in 0..all {
                let mut days = [[0.0; 2]; 200];
                for (group, uses) in uses.into_iter().enumerate() {
                    (0..uses).for_each(|_| days[rng.usize(0..200)][group] += 1.0);
                }
                let portion = |(at, group): (usize, usize)| Portion {
                    block: at as i32 / TERM_DAYS,
                    digest: (0, at as u32),
                    group,
                    texts: 10.0,
                };
                let places: Vec<(usize, usize)> = (0..200).flat_map(|day| [(day, 0), (day, 1)]).collect();
                let used = places.iter().enumerate().map(|(at, (day, group))| (at, days[*day][*group]));
                let used: Vec<(usize, f64)> = used.filter(|(_, uses)| *uses > 0.0).collect();
                let chance =
                    Chance::new(places.into_iter().map(portion).collect(), 2, &Split::Field(Field::Perspective));
                let p = chance.significance(&used, 0).map_or(1.0, |significance| significance.p);
                found += usize::from(p <= 0.001);
                let draw = |[here, there]: [f64; 2]| Draw { all: 20, drawn: 10, with: (here + there) as usize };
                let (high, _) = some_of_each(&days.map(draw), uses[0]).expect("uses");
                within += usize::from(2.0 * high <= 0.001);
            }
            println!("{}:{} uses: {found} of {all} have p ≤ 0.001, {within} within digests alone", uses[0], uses[1]);
            assert!(found as f64 >= 0.9 * within as f64, "{found} of {within}");
        }
    }
}
