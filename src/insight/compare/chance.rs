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
use crate::statistics::{Draw, block_of, ends_of_each, least_of_draws, one_of_each, some_of, some_of_each};

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
    portions: Vec<Portion>,
    split: &'a Split,
    /// The parts of each digest.
    digests: HashMap<(u32, u32), Vec<usize>>,
    /// The groups that are in each block, in digests with a group and another; by the group.
    swapped: Vec<BTreeMap<i32, BTreeSet<usize>>>,
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

    /// Returns a bound that no p-value of a term in these parts is below, whichever group had all of its uses: that of the one
    /// arrangement in which the group has the most of each block and digest, or the least. Of more than two groups only the
    /// most counts, since what another has less of is no finding.
    pub fn least(&self, uses: &[(usize, f64)], group: usize) -> Option<f64> {
        let (high, low) = match self.split {
            Split::Field(_) | Split::Queries(_) => self.least_of_swaps(uses, group),
            Split::Periods(_) => {
                let blocks: BTreeSet<(usize, i32)> =
                    self.portions.iter().map(|part| (part.group, part.block)).collect();
                let drawn = blocks.iter().filter(|(of, _)| *of == group).count();
                let least = least_of_draws(blocks.len(), drawn);
                (least, least)
            }
        };
        let tail = if self.swapped.len() == 2 { high.min(low) } else { high };
        (tail < 1.0).then(|| (2.0 * tail).min(1.0))
    }

    fn least_of_swaps(&self, uses: &[(usize, f64)], group: usize) -> (f64, f64) {
        let mut digests: BTreeMap<(u32, u32), f64> = BTreeMap::new();
        for (part, uses) in uses {
            *digests.entry(self.portions[*part].digest).or_default() += uses;
        }
        let (mut blocks, mut draws) = (BTreeMap::new(), Vec::new());
        for (digest, with) in digests {
            let parts = &self.digests[&digest];
            let of_group = parts.iter().filter(|part| self.portions[**part].group == group);
            let drawn: f64 = of_group.map(|part| self.portions[*part].texts).sum();
            let block = self.portions[parts[0]].block;
            if let (2.., Some(groups), true) = (parts.len(), self.swapped[group].get(&block), drawn > 0.0) {
                blocks.insert(block, groups.len());
                let all: f64 = parts.iter().map(|part| self.portions[*part].texts).sum();
                draws.push(Draw { all: all as usize, drawn: drawn as usize, with: with as usize });
            }
        }
        let swaps: f64 = blocks.values().map(|groups| 1.0 / *groups as f64).product();
        let (high, low) = ends_of_each(&draws);
        (swaps.max(high), swaps.max(low))
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

    /// A group that has all uses of a term has nearly the least p-value that the term can have, and none has a smaller one.
    #[test]
    fn no_p_of_a_term_is_below_its_least() {
        let field = Split::Field(Field::Perspective);
        for (days, blocks) in [(6, 6.0), (8, 8.0), (12, 12.0)] {
            let places = || (0..days).flat_map(|day| [(day, 0), (day, 1)]);
            let portion = |(day, group)| Portion { block: day, digest: (0, day as u32), group, texts: 10.0 };
            let chance = Chance::new(places().map(portion).collect(), 2, &field);
            for of in [0, 1] {
                // One title a day of one group alone, and of both in turn.
                let own: Vec<(usize, f64)> = (0..days as usize).map(|day| (2 * day + of, 1.0)).collect();
                let turn: Vec<(usize, f64)> = (0..days as usize).map(|day| (2 * day + day % 2, 1.0)).collect();
                let least = chance.least(&own, 0).expect("two groups");
                assert!((least - 2.0 / 2f64.powf(blocks)).abs() < 1e-9, "{least}");
                let p = chance.significance(&own, 0).expect("enough").p;
                assert!(p >= least * (1.0 - 1e-6) && p < 1.2 * least, "{p} {least}");
                assert!(chance.significance(&turn, 0).is_none_or(|other| other.p > 2.0 * least));
            }
        }
        // Ten titles a day and two: the smaller group has all or none, by titles (2/12)^18 or (10/12)^18, by blocks 1/2^6.
        let portion = |(day, group): (i32, usize)| Portion {
            block: day / 3,
            digest: (0, day as u32),
            group,
            texts: [2.0, 10.0][group],
        };
        let parts: Vec<Portion> = (0..18).flat_map(|day| [(day, 0), (day, 1)]).map(portion).collect();
        let uses: Vec<(usize, f64)> = (0..18).map(|day| (2 * day + 1, 1.0)).collect();
        let least = Chance::new(parts, 2, &field).least(&uses, 0).expect("two groups");
        assert!((least - 2.0 * 0.5f64.powi(6)).abs() < 1e-9, "{least}");
        let field = Split::Field(Field::Perspective);
        let three = (0..6).flat_map(|day| [(day, 0), (day, 1), (day, 2)]);
        let three = three.map(|(day, group)| Portion { block: day, digest: (0, day as u32), group, texts: 2.0 });
        let uses: Vec<(usize, f64)> = (0..6).map(|day| (3 * day, 1.0)).collect();
        let least = Chance::new(three.collect(), 3, &field).least(&uses, 0).expect("three groups");
        assert!((least - 2.0 / 3f64.powi(6)).abs() < 1e-9, "{least}");
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
