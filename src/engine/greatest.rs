//! The n-th greatest of values, without putting more of them into order than need be.

use std::cmp::Reverse;
use std::collections::HashSet;

/// The `n`-th greatest of some values; 0 where there are fewer.
pub fn nth_greatest(values: &[impl AsRef<[u32]>], n: usize) -> u32 {
    let (mut greatest, mut least) = (Vec::new(), 0);
    for values in values {
        for &value in values.as_ref() {
            if value <= least {
                continue;
            }
            greatest.push(value);
            if greatest.len() == n.saturating_mul(2) {
                least = *greatest.select_nth_unstable_by_key(n - 1, |value| Reverse(*value)).1;
                greatest.truncate(n);
            }
        }
    }
    if greatest.len() < n { 0 } else { *greatest.select_nth_unstable_by_key(n - 1, |value| Reverse(*value)).1 }
}

/// The greatest key of the `n`-th of those that are told apart by a number, if there are so many; `n` is 1 at least.
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
        fn finds_the_nth_of_those_that_differ(mut keys in prop::collection::vec((0u32..50, 0u64..20), 0..200), n in 1usize..25) {
            let found = nth_distinct(keys.clone(), n);
            keys.sort_unstable_by_key(|(key, _)| Reverse(*key));
            let mut seen = HashSet::new();
            keys.retain(|(_, number)| seen.insert(*number));
            prop_assert_eq!(found, keys.get(n - 1).map(|(key, _)| *key));
        }
    }
}
