//! Sorting of matches, and collapsing of copies of an article into one hit.

use std::cmp::Reverse;

use tantivy::DocAddress;

use crate::query::{Collapse, Sort};

/// A matching entry with its sort keys.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Candidate {
    /// The score in thousandths.
    pub score: u32,
    /// The date.
    pub date: u32,
    /// The order of ids: rank of corpus and topic, date of the digest, rank of its variant, rank of the id in its digest. Zeros if
    /// no two entries have the same score and date.
    pub id: [u32; 4],
    /// The copy key, equal for all copies of an article.
    pub copy: u64,
    pub address: DocAddress,
}

/// A hit: the best copy of an article, and the others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ranked {
    pub best: Candidate,
    /// The other copies in order; empty if they are only counted.
    pub copies: Vec<Candidate>,
    /// The number of other copies.
    pub count: usize,
}

impl Candidate {
    /// Returns the sort key, which is unique in an index.
    fn key(&self, sort: Sort) -> impl Ord + use<> {
        let (score, newest) = (Reverse(u64::from(self.score)), Reverse(u64::from(self.date)));
        let first_then = match sort {
            Sort::Relevance => (score, newest),
            Sort::Newest => (newest, score),
            Sort::Oldest => (Reverse(u64::MAX - newest.0), score),
        };
        (first_then, self.id)
    }
}

/// Returns the best `most` hits in order.
pub fn rank(candidates: Vec<Candidate>, sort: Sort, collapse: Collapse, most: usize) -> Vec<Ranked> {
    let mut ranked = match collapse {
        Collapse::Never => candidates.into_iter().map(|best| Ranked { best, copies: Vec::new(), count: 0 }).collect(),
        Collapse::Listed => collapsed(candidates, sort, <[Candidate]>::to_vec),
        Collapse::Counted => collapsed(candidates, sort, |_| Vec::new()),
    };
    // Only returned hits need sorting.
    if 0 < most && most < ranked.len() {
        ranked.select_nth_unstable_by_key(most - 1, |r| r.best.key(sort));
    }
    ranked.truncate(most);
    ranked.sort_unstable_by_key(|r| r.best.key(sort));
    ranked
}

fn collapsed(mut candidates: Vec<Candidate>, sort: Sort, listed: fn(&[Candidate]) -> Vec<Candidate>) -> Vec<Ranked> {
    candidates.sort_unstable_by_key(|c| (c.copy, c.key(sort)));
    candidates
        .chunk_by(|a, b| a.copy == b.copy)
        .map(|copies| Ranked { best: copies[0], copies: listed(&copies[1..]), count: copies.len() - 1 })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn candidates() -> impl Strategy<Value = Vec<Candidate>> {
        let one = (0u32..4, 0u32..4, 0u32..3, 0u64..6);
        prop::collection::vec(one, 0..40).prop_map(|all| {
            let candidate = |(i, (score, date, topic, copy)): (u32, (u32, u32, u32, u64))| Candidate {
                score,
                date,
                id: [topic, date, 0, i],
                copy,
                address: DocAddress::new(0, i),
            };
            (0..).zip(all).map(candidate).collect()
        })
    }

    proptest! {
        #[test]
        fn the_first_hits_agree_with_a_full_sort(mut all in candidates(), sort in 0usize..3, most in 0usize..30, collapse in 0usize..3) {
            let collapse = [Collapse::Listed, Collapse::Counted, Collapse::Never][collapse];
            let sort = Sort::ALL[sort];
            let whole = rank(all.clone(), sort, collapse, usize::MAX);
            prop_assert_eq!(whole.iter().map(|r| 1 + r.count).sum::<usize>(), all.len());
            prop_assert!(whole.windows(2).all(|pair| pair[0].best.key(sort) < pair[1].best.key(sort)));
            all.reverse();
            prop_assert_eq!(&rank(all, sort, collapse, most)[..], &whole[..most.min(whole.len())]);
        }

        #[test]
        fn the_best_copy_represents_the_others(all in candidates()) {
            for hit in rank(all, Sort::Relevance, Collapse::Listed, usize::MAX) {
                prop_assert_eq!(hit.copies.len(), hit.count);
                for copy in &hit.copies {
                    prop_assert!(copy.copy == hit.best.copy && hit.best.key(Sort::Relevance) < copy.key(Sort::Relevance));
                }
            }
        }
    }
}
