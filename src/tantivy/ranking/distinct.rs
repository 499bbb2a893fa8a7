//! Counting of distinct hashes.

/// Returns the number of distinct hashes, or of distinct numbers.
pub fn distinct(hashes: &[&[u64]]) -> usize {
    let total: usize = hashes.iter().map(|hashes| hashes.len()).sum();
    let greatest = hashes.iter().flat_map(|hashes| hashes.iter()).max().copied().unwrap_or_default();
    // For dense numbers, a bitmap takes no more space than the numbers themselves.
    if greatest < total as u64 * 64 { numbers(hashes, greatest) } else { any(hashes, total) }
}

fn numbers(all: &[&[u64]], greatest: u64) -> usize {
    let mut bits = vec![0u64; greatest as usize / 64 + 1];
    all.iter().flat_map(|numbers| numbers.iter()).for_each(|number| bits[*number as usize / 64] |= 1 << (number % 64));
    bits.iter().map(|bits| bits.count_ones() as usize).sum()
}

fn any(hashes: &[&[u64]], total: usize) -> usize {
    // Open addressing, faster than sorting and than a set: the lower bits of a hash give its slot, and collisions take the
    // next one. 0 marks a free slot.
    let mut table = vec![0; (total * 4 / 3 + 1).next_power_of_two()];
    let last = table.len() - 1;
    let (mut count, mut has_zero) = (0, false);
    for hashes in hashes {
        for &hash in *hashes {
            if hash == 0 {
                has_zero = true;
                continue;
            }
            let mut at = hash as usize & last;
            while table[at] != hash && table[at] != 0 {
                at = (at + 1) & last;
            }
            count += usize::from(table[at] == 0);
            table[at] = hash;
        }
    }
    count + usize::from(has_zero)
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn counts_distinct_values(values in prop::collection::vec(prop::collection::vec(0u64..3000, 0..300), 0..4), factor in prop_oneof![1u64..9, 1u64..u64::MAX / 3000]) {
            let values: Vec<Vec<u64>> = values.into_iter().map(|values| values.into_iter().map(|value| value * factor).collect()).collect();
            let lists: Vec<&[u64]> = values.iter().map(Vec::as_slice).collect();
            prop_assert_eq!(distinct(&lists), values.iter().flatten().collect::<HashSet<_>>().len());
        }
    }
}
