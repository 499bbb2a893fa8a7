//! Selection of the greatest values, without sorting all.

use std::cmp::Reverse;
use std::collections::HashSet;

/// Number of values whose maximum is checked at once: most runs have no great value and are skipped.
const RUN: usize = 64;

/// Returns the maximum; 0 without values.
fn greatest(values: &[u32]) -> u32 {
    values.iter().fold(0, |greatest, value| greatest.max(*value))
}

/// Returns the `n`-th greatest value; 0 if there are fewer.
pub fn nth_greatest(values: &[impl AsRef<[u32]>], n: usize) -> u32 {
    let (mut found, mut least) = (Vec::new(), 0);
    for run in values.iter().flat_map(|values| values.as_ref().chunks(RUN)) {
        if greatest(run) <= least {
            continue;
        }
        for &value in run {
            if value <= least {
                continue;
            }
            found.push(value);
            if found.len() == n.saturating_mul(2) {
                least = *found.select_nth_unstable_by_key(n - 1, |value| Reverse(*value)).1;
                found.truncate(n);
            }
        }
    }
    if found.len() < n { 0 } else { *found.select_nth_unstable_by_key(n - 1, |value| Reverse(*value)).1 }
}

/// Returns the indices of values of at least `least`, at most `most` of them.
pub fn at_least(values: &[impl AsRef<[u32]>], least: u32, most: usize) -> Vec<Vec<usize>> {
    let mut left = most;
    let places = values.iter().map(|values| {
        let runs = (0..).step_by(RUN).zip(values.as_ref().chunks(RUN)).filter(|(_, run)| greatest(run) >= least);
        let values = runs.flat_map(|(first, run)| (first..).zip(run));
        let places: Vec<usize> = values.filter(|(_, value)| **value >= least).map(|(at, _)| at).take(left).collect();
        left -= places.len();
        places
    });
    places.collect()
}

/// Returns the `n`-th greatest key among keys with distinct numbers, if there are as many; `n` is at least 1.
pub fn nth_distinct<K: Ord + Copy>(mut keys: Vec<(K, u64)>, n: usize) -> Option<K> {
    let (all, mut ahead) = (keys.len(), n);
    loop {
        ahead = ahead.saturating_mul(2).min(all);
        if ahead < all {
            keys.select_nth_unstable_by_key(ahead, |(key, _)| Reverse(*key));
        }
        keys[..ahead].sort_unstable_by_key(|(key, _)| Reverse(*key));
        let mut seen = HashSet::new();
        let last = keys[..ahead].iter().filter(|(_, number)| seen.insert(*number)).nth(n - 1);
        if last.is_some() || ahead == all {
            return last.map(|(key, _)| *key);
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn finds_the_nth(mut values in prop::collection::vec(0u32..50, 0..200), n in 1usize..40) {
            let found = nth_greatest(&[&values[..7.min(values.len())], &values[7.min(values.len())..]], n);
            values.sort_unstable_by_key(|value| Reverse(*value));
            prop_assert_eq!(found, values.get(n - 1).copied().unwrap_or_default());
        }

        #[test]
        fn finds_the_indices(values in prop::collection::vec(prop::collection::vec(0u32..50, 0..200), 0..3), least in 0u32..60, most in 0usize..300) {
            let all = values.iter().enumerate().flat_map(|(list, values)| values.iter().enumerate().map(move |(at, value)| (list, at, *value)));
            let expected: Vec<_> = all.filter(|(.., value)| *value >= least).take(most).map(|(list, at, _)| (list, at)).collect();
            let found = at_least(&values, least, most);
            let found = found.iter().enumerate().flat_map(|(list, places)| places.iter().map(move |at| (list, *at)));
            prop_assert_eq!(found.collect::<Vec<_>>(), expected);
        }

        #[test]
        fn finds_the_nth_distinct(mut keys in prop::collection::vec((0u32..50, 0u64..20), 0..200), n in 1usize..25) {
            let found = nth_distinct(keys.clone(), n);
            keys.sort_unstable_by_key(|(key, _)| Reverse(*key));
            let mut seen = HashSet::new();
            keys.retain(|(_, number)| seen.insert(*number));
            prop_assert_eq!(found, keys.get(n - 1).map(|(key, _)| *key));
        }
    }
}
