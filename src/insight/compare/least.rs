//! The least p-value that a term could have: with few blocks of days none is small.

use std::collections::{BTreeMap, BTreeSet};

use super::chance::Chance;
use super::partition::Split;
use crate::statistics::{Draw, ends_of_each, least_of_draws};

impl Chance<'_> {
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
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::insight::compare::chance::Portion;
    use crate::model::Field;

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
}
