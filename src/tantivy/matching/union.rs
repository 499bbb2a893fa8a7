//! Unions of lists.

use std::hint::select_unpredictable;

use tantivy::DocId;

use super::ScoredDocs;
use super::list::place;

/// Maximum number of lists that are merge pairwise.
const PAIRWISE_MAX: usize = 4;

/// Length ratio from which whole runs of the longer list are copied.
const RUN_COPY_RATIO: usize = 8;

/// Number of documents per window of an accumulated union, which fits into the processor's cache.
const WINDOW: usize = 1 << 13;

/// Returns the entries that are in at least `least` lists, with the sums of their numbers.
pub fn union(least: usize, mut lists: Vec<ScoredDocs>) -> ScoredDocs {
    lists.retain(|list| !list.docs.is_empty());
    if lists.len() < least {
        return ScoredDocs::default();
    }
    if least == 1 && lists.len() <= PAIRWISE_MAX {
        lists.sort_unstable_by_key(|list| list.docs.len());
        return lists.into_iter().reduce(|shorter, longer| merge(&longer, &shorter)).unwrap_or_default();
    }
    accumulate(least, &lists)
}

fn merge(longer: &ScoredDocs, shorter: &ScoredDocs) -> ScoredDocs {
    if longer.docs.len() > shorter.docs.len() * RUN_COPY_RATIO {
        return merge_runs(longer, shorter);
    }
    if longer.numbers.is_empty() {
        merge_branchless::<false>(longer, shorter)
    } else {
        merge_branchless::<true>(longer, shorter)
    }
}

/// Merges by copying whole runs of the longer list.
fn merge_runs(longer: &ScoredDocs, shorter: &ScoredDocs) -> ScoredDocs {
    let (most, numbers) = (longer.docs.len() + shorter.docs.len(), longer.numbers.len() + shorter.numbers.len());
    let mut out = ScoredDocs { docs: Vec::with_capacity(most), numbers: Vec::with_capacity(numbers) };
    let mut from = 0;
    for (at, doc) in shorter.docs.iter().enumerate() {
        let run = place(&longer.docs[from..], *doc);
        out.extend(longer, from..from + run);
        from += run;
        out.extend(shorter, at..at + 1);
        if longer.docs.get(from) == Some(doc) {
            let also = longer.numbers.get(from).copied().unwrap_or_default();
            out.numbers.last_mut().into_iter().for_each(|number| *number += also);
            from += 1;
        }
    }
    out.extend(longer, from..longer.docs.len());
    out
}

/// Merges entry by entry, without branches on the order of the entries, which are unpredictable.
fn merge_branchless<const NUMBERS: bool>(a: &ScoredDocs, b: &ScoredDocs) -> ScoredDocs {
    let (docs_a, docs_b) = (&a.docs[..], &b.docs[..]);
    let (numbers_a, numbers_b) =
        if NUMBERS { (&a.numbers[..docs_a.len()], &b.numbers[..docs_b.len()]) } else { (&[][..], &[][..]) };
    let most = docs_a.len() + docs_b.len();
    let mut out = ScoredDocs { docs: vec![0; most], numbers: vec![0; if NUMBERS { most } else { 0 }] };
    let (mut at_a, mut at_b, mut len) = (0, 0, 0);
    while at_a < docs_a.len() && at_b < docs_b.len() {
        let (doc_a, doc_b) = (docs_a[at_a], docs_b[at_b]);
        let (takes_a, takes_b) = (doc_a <= doc_b, doc_b <= doc_a);
        out.docs[len] = doc_a.min(doc_b);
        if NUMBERS {
            let number_a = select_unpredictable(takes_a, numbers_a[at_a], 0);
            out.numbers[len] = number_a + select_unpredictable(takes_b, numbers_b[at_b], 0);
        }
        at_a += usize::from(takes_a);
        at_b += usize::from(takes_b);
        len += 1;
    }
    out.docs.truncate(len);
    out.numbers.truncate(len);
    out.extend(a, at_a..a.docs.len());
    out.extend(b, at_b..b.docs.len());
    out
}

/// The accumulators of a window.
struct Window {
    /// A bit for each entry that is in any list.
    seen: [u64; WINDOW / 64],
    /// The number of lists of each entry.
    times: Vec<u16>,
    sums: Vec<u32>,
}

fn accumulate(least: usize, lists: &[ScoredDocs]) -> ScoredDocs {
    let has_numbers = !lists[0].numbers.is_empty();
    let mut window = Window {
        seen: [0; WINDOW / 64],
        times: vec![0; if least > 1 { WINDOW } else { 0 }],
        sums: vec![0; if has_numbers { WINDOW } else { 0 }],
    };
    let mut out = ScoredDocs::default();
    let mut rests: Vec<(&[DocId], &[u32])> = lists.iter().map(|list| (&list.docs[..], &list.numbers[..])).collect();
    while let Some(first) = rests.iter().filter_map(|(docs, _)| docs.first()).min() {
        let start = *first;
        for (docs, numbers) in &mut rests {
            let end = docs.partition_point(|doc| ((doc - start) as usize) < WINDOW);
            window.add(start, &docs[..end], &numbers[..end.min(numbers.len())]);
            (*docs, *numbers) = (&docs[end..], &numbers[end.min(numbers.len())..]);
        }
        window.take(start, least, &mut out);
    }
    out
}

impl Window {
    fn add(&mut self, start: DocId, docs: &[DocId], numbers: &[u32]) {
        for doc in docs {
            let at = (doc - start) as usize;
            self.seen[at / 64] |= 1 << (at % 64);
        }
        for (doc, number) in docs.iter().zip(numbers) {
            self.sums[(doc - start) as usize] += number;
        }
        if !self.times.is_empty() {
            docs.iter().for_each(|doc| self.times[(doc - start) as usize] += 1);
        }
    }

    /// Appends the entries that are in at least `least` lists to the output, and clears the window.
    fn take(&mut self, start: DocId, least: usize, out: &mut ScoredDocs) {
        for (word, bits) in self.seen.iter_mut().enumerate() {
            while *bits != 0 {
                let at = word * 64 + bits.trailing_zeros() as usize;
                *bits &= *bits - 1;
                let is_wanted = self.times.get_mut(at).is_none_or(|times| usize::from(std::mem::take(times)) >= least);
                let sum = self.sums.get_mut(at).map(std::mem::take);
                if is_wanted {
                    out.docs.push(start + at as DocId);
                    out.numbers.extend(sum);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::*;

    use super::*;

    fn list() -> impl Strategy<Value = ScoredDocs> {
        prop::collection::btree_map(prop_oneof![0u32..60, 0u32..60_000], 0u32..9, 0..40).prop_map(|entries| {
            ScoredDocs { docs: entries.keys().copied().collect(), numbers: entries.into_values().collect() }
        })
    }

    proptest! {
        #[test]
        fn unions_agree_with_maps(lists in prop::collection::vec(list(), 0..8), least in 1usize..4) {
            let mut sums: BTreeMap<DocId, (usize, u32)> = BTreeMap::new();
            for (doc, number) in lists.iter().flat_map(|list| list.docs.iter().zip(&list.numbers)) {
                let sum = sums.entry(*doc).or_default();
                *sum = (sum.0 + 1, sum.1 + number);
            }
            sums.retain(|_, (times, _)| *times >= least);
            let found = union(least, lists);
            prop_assert_eq!(found.docs.into_iter().zip(found.numbers).collect::<Vec<_>>(), sums.into_iter().map(|(doc, (_, sum))| (doc, sum)).collect::<Vec<_>>());
        }
    }
}
