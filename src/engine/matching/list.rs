//! Lists of units, and what can be made of them.

use std::ops::Range;

use tantivy::DocId;

/// Units of a segment in order, each with a number: how often it has a term, or its score in steps. Where numbers are
/// not asked for there are none.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct List {
    pub docs: Vec<DocId>,
    pub numbers: Vec<u32>,
}

/// So many lists at most are merged one by one.
const FEW: usize = 4;

/// Of a list so many times longer than another whole runs are copied.
const LONGER: usize = 8;

/// Lists with together fewer units than this part of a segment are sorted; of others, each unit of the segment has a
/// place.
const SPARSE: usize = 64;

impl List {
    /// Units that all have the same number, if any.
    pub fn new(docs: Vec<DocId>, number: Option<u32>) -> Self {
        Self { numbers: number.map_or_else(Vec::new, |number| vec![number; docs.len()]), docs }
    }

    /// Adds the numbers of a part of the units.
    pub fn add(&mut self, part: &Self) {
        if self.docs.len() == part.docs.len() {
            self.numbers.iter_mut().zip(&part.numbers).for_each(|(number, more)| *number += more);
            return;
        }
        let mut at = 0;
        for (doc, more) in part.docs.iter().zip(&part.numbers) {
            at += place(&self.docs[at..], *doc);
            self.numbers[at] += more;
        }
    }

    /// A part of the units, with both numbers added up.
    pub fn narrowed(self, mut part: Self) -> Self {
        if self.docs.len() == part.docs.len() {
            part.numbers.iter_mut().zip(&self.numbers).for_each(|(number, more)| *number += more);
            return part;
        }
        let mut at = 0;
        for (doc, number) in part.docs.iter().zip(&mut part.numbers) {
            at += place(&self.docs[at..], *doc);
            *number += self.numbers[at];
        }
        part
    }

    fn extend(&mut self, other: &Self, run: Range<usize>) {
        self.docs.extend_from_slice(&other.docs[run.clone()]);
        if !other.numbers.is_empty() {
            self.numbers.extend_from_slice(&other.numbers[run]);
        }
    }

    /// Takes a part of the units out.
    pub fn remove(&mut self, part: &[DocId]) {
        let mut part = part.iter().peekable();
        self.retain(|doc| part.next_if_eq(&&doc).is_none());
    }

    /// Keeps the units that pass.
    pub fn retain(&mut self, mut passes: impl FnMut(DocId) -> bool) {
        let mut kept = 0;
        for at in 0..self.docs.len() {
            let doc = self.docs[at];
            if passes(doc) {
                self.docs[kept] = doc;
                if let Some(number) = self.numbers.get(at).copied() {
                    self.numbers[kept] = number;
                }
                kept += 1;
            }
        }
        self.docs.truncate(kept);
        self.numbers.truncate(kept);
    }

    /// The units that are in both lists, with the numbers of the first.
    pub fn within(mut self, docs: &[DocId]) -> Self {
        let mut rest = docs;
        self.retain(|doc| {
            rest = &rest[place(rest, doc)..];
            rest.first() == Some(&doc)
        });
        self
    }
}

/// The units that are in at least so many lists, with their numbers added up. `all`: how many units the segment has.
pub fn union(least: usize, mut lists: Vec<List>, all: u32) -> List {
    lists.retain(|list| !list.docs.is_empty());
    if lists.len() < least {
        return List::default();
    }
    if least == 1 && lists.len() <= FEW {
        lists.sort_unstable_by_key(|list| list.docs.len());
        return lists.into_iter().reduce(|shorter, longer| merged(&longer, &shorter)).unwrap_or_default();
    }
    let total: usize = lists.iter().map(|list| list.docs.len()).sum();
    if total * SPARSE < all as usize { sorted(least, &lists, total) } else { counted(least, &lists, all) }
}

fn merged(a: &List, b: &List) -> List {
    let has_numbers = !a.numbers.is_empty();
    let most = a.docs.len() + b.docs.len();
    let mut out =
        List { docs: Vec::with_capacity(most), numbers: Vec::with_capacity(if has_numbers { most } else { 0 }) };
    let (mut at_a, mut at_b) = (0, 0);
    let is_longer = a.docs.len() > b.docs.len() * LONGER;
    while let (Some(doc_a), Some(doc_b)) = (a.docs.get(at_a), b.docs.get(at_b)) {
        if is_longer && doc_a < doc_b {
            let run = place(&a.docs[at_a..], *doc_b);
            out.extend(a, at_a..at_a + run);
            at_a += run;
            continue;
        }
        let (takes_a, takes_b) = (doc_a <= doc_b, doc_b <= doc_a);
        out.docs.push(*doc_a.min(doc_b));
        if has_numbers {
            let number = |takes, list: &List, at: usize| if takes { list.numbers[at] } else { 0 };
            out.numbers.push(number(takes_a, a, at_a) + number(takes_b, b, at_b));
        }
        at_a += usize::from(takes_a);
        at_b += usize::from(takes_b);
    }
    out.extend(a, at_a..a.docs.len());
    out.extend(b, at_b..b.docs.len());
    out
}

fn sorted(least: usize, lists: &[List], total: usize) -> List {
    let mut entries: Vec<(DocId, u32)> = Vec::with_capacity(total);
    for list in lists {
        let numbers = list.numbers.iter().copied().chain(std::iter::repeat(0));
        entries.extend(list.docs.iter().copied().zip(numbers));
    }
    entries.sort_unstable();
    let has_numbers = !lists[0].numbers.is_empty();
    let mut out = List::default();
    for entries in entries.chunk_by(|a, b| a.0 == b.0).filter(|entries| entries.len() >= least) {
        out.docs.push(entries[0].0);
        if has_numbers {
            out.numbers.push(entries.iter().map(|entry| entry.1).sum());
        }
    }
    out
}

fn counted(least: usize, lists: &[List], all: u32) -> List {
    let all = all as usize;
    let has_numbers = !lists[0].numbers.is_empty();
    let mut seen = vec![0u64; all / 64 + 1];
    let mut times = vec![0u16; if least > 1 { all } else { 0 }];
    let mut sums = vec![0u32; if has_numbers { all } else { 0 }];
    for list in lists {
        for doc in &list.docs {
            seen[*doc as usize / 64] |= 1 << (doc % 64);
        }
        for (doc, number) in list.docs.iter().zip(&list.numbers) {
            sums[*doc as usize] += number;
        }
        if least > 1 {
            list.docs.iter().for_each(|doc| times[*doc as usize] += 1);
        }
    }
    let mut out = List::default();
    for (first, mut bits) in (0..).step_by(64).zip(seen) {
        while bits != 0 {
            let doc = first + bits.trailing_zeros();
            bits &= bits - 1;
            if least == 1 || usize::from(times[doc as usize]) >= least {
                out.docs.push(doc);
            }
        }
    }
    if has_numbers {
        out.numbers.extend(out.docs.iter().map(|doc| sums[*doc as usize]));
    }
    out
}

/// The place of the first unit that is no earlier than a unit. It is sought near the start first.
pub fn place(docs: &[DocId], doc: DocId) -> usize {
    let mut step = 1;
    while step < docs.len() && docs[step - 1] < doc {
        step *= 2;
    }
    let start = step / 2;
    start + docs[start..step.min(docs.len())].partition_point(|other| *other < doc)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::*;

    use super::*;

    fn list() -> impl Strategy<Value = List> {
        prop::collection::btree_map(0u32..60, 0u32..9, 0..40)
            .prop_map(|units| List { docs: units.keys().copied().collect(), numbers: units.into_values().collect() })
    }

    fn part(list: &List, of: &List) -> List {
        list.clone().within(&of.docs)
    }

    proptest! {
        #[test]
        fn unions_are_those_of_maps(lists in prop::collection::vec(list(), 0..6), least in 1usize..4, all in 60u32..4000) {
            let mut sums: BTreeMap<DocId, (usize, u32)> = BTreeMap::new();
            for (doc, number) in lists.iter().flat_map(|list| list.docs.iter().zip(&list.numbers)) {
                let sum = sums.entry(*doc).or_default();
                *sum = (sum.0 + 1, sum.1 + number);
            }
            sums.retain(|_, (times, _)| *times >= least);
            let found = union(least, lists, all);
            prop_assert_eq!(found.docs.into_iter().zip(found.numbers).collect::<Vec<_>>(), sums.into_iter().map(|(doc, (_, sum))| (doc, sum)).collect::<Vec<_>>());
        }

        #[test]
        fn parts_are_those_of_maps(one in list(), other in list()) {
            let numbers: BTreeMap<DocId, u32> = one.docs.iter().copied().zip(one.numbers.iter().copied()).collect();
            let part = part(&other, &one);
            prop_assert!(part.docs.iter().all(|doc| numbers.contains_key(doc) && other.docs.contains(doc)));
            prop_assert_eq!(part.docs.len(), other.docs.iter().filter(|doc| numbers.contains_key(doc)).count());
            let sums: Vec<u32> = part.docs.iter().zip(&part.numbers).map(|(doc, number)| number + numbers[doc]).collect();
            prop_assert_eq!(&one.clone().narrowed(part.clone()).numbers, &sums);
            let mut added = one.clone();
            added.add(&part);
            prop_assert_eq!(&added.clone().within(&part.docs).numbers, &sums);
            let mut rest = one.clone();
            rest.remove(&part.docs);
            prop_assert!(rest.docs.iter().all(|doc| !other.docs.contains(doc)));
            prop_assert_eq!(rest.docs.len() + part.docs.len(), one.docs.len());
        }
    }
}
