//! The weight of pairs of titles in a comparison of clusters.
//!
//! Titles of one source are written alike, whatever they are about: its formulas, series and suffixes come back in them.
//! So a pair of titles of one source is less evidence than a pair of two.

use std::collections::HashMap;

/// The weight of a pair of titles of two sources, or of unknown ones.
const TWO_SOURCES: u64 = 2;

/// The weight of a pair of titles of one source; chosen on stories judged by reading them.
const ONE_SOURCE: u64 = 1;

/// The size of a cluster, from which the weights of its pairs with another follow.
#[derive(Debug, Default)]
pub struct Size {
    items: u64,
    /// The numbers of items of known sources.
    of_source: HashMap<u32, u64>,
}

impl Size {
    /// Returns the size of a cluster of one item.
    pub fn of(source: Option<u32>) -> Self {
        Self { items: 1, of_source: source.map(|source| (source, 1)).into_iter().collect() }
    }

    /// Returns the weight of all pairs of an item of one cluster and an item of another.
    pub fn pairs(&self, other: &Self) -> u64 {
        let (few, many) = if self.of_source.len() <= other.of_source.len() { (self, other) } else { (other, self) };
        let of_one_source = |(source, items): (&u32, &u64)| items * many.of_source.get(source).unwrap_or(&0);
        let of_one_source: u64 = few.of_source.iter().map(of_one_source).sum();
        TWO_SOURCES * self.items * other.items - (TWO_SOURCES - ONE_SOURCE) * of_one_source
    }

    /// Adds the items of another cluster.
    pub fn add(&mut self, other: Self) {
        self.items += other.items;
        for (source, items) in other.of_source {
            *self.of_source.entry(source).or_default() += items;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pairs_of_one_source_weigh_half() {
        let size = |sources: &[Option<u32>]| {
            sources.iter().fold(Size::default(), |mut size, source| {
                size.add(Size::of(*source));
                size
            })
        };
        let cluster = size(&[Some(1), Some(1), Some(2), None]);
        for (other, expected) in [
            (&[Some(3)][..], 2 * 4),
            (&[None], 2 * 4),
            (&[Some(1)], 2 * 2 + 2),
            (&[Some(1), Some(2), Some(3), None], 2 * 16 - 3),
        ] {
            assert_eq!((cluster.pairs(&size(other)), size(other).pairs(&cluster)), (expected, expected), "{other:?}");
        }
    }
}
