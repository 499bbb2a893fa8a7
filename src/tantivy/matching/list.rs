//! Lists of entries and operations on them.

use std::ops::Range;

use tantivy::DocId;

/// Entries of a segment in order, each with a number, which is a term frequency or a score in thousandths. Without
/// scoring there are no numbers.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ScoredDocs {
    pub docs: Vec<DocId>,
    pub numbers: Vec<u32>,
}

impl ScoredDocs {
    /// Returns a list in which all entries have the same number, if any.
    pub fn new(docs: Vec<DocId>, number: Option<u32>) -> Self {
        Self { numbers: number.map_or_else(Vec::new, |number| vec![number; docs.len()]), docs }
    }

    /// Adds the numbers of a sublist.
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

    /// Returns a sublist, with the sums of both numbers.
    pub fn intersect(self, mut part: Self) -> Self {
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

    pub fn extend(&mut self, other: &Self, run: Range<usize>) {
        self.docs.extend_from_slice(&other.docs[run.clone()]);
        if !other.numbers.is_empty() {
            self.numbers.extend_from_slice(&other.numbers[run]);
        }
    }

    /// Removes a sublist.
    pub fn remove(&mut self, part: &[DocId]) {
        let mut part = part.iter().peekable();
        self.retain(|doc| part.next_if_eq(&&doc).is_none());
    }

    /// Keeps the entries that pass a test.
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

    /// Returns the intersection, with the numbers of the first list.
    pub fn within(mut self, docs: &[DocId]) -> Self {
        let mut rest = docs;
        self.retain(|doc| {
            rest = &rest[place(rest, doc)..];
            rest.first() == Some(&doc)
        });
        self
    }
}

/// Returns the index of the first entry not before an entry, by galloping search.
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

    fn list() -> impl Strategy<Value = ScoredDocs> {
        prop::collection::btree_map(0u32..60, 0u32..9, 0..40).prop_map(|entries| ScoredDocs {
            docs: entries.keys().copied().collect(),
            numbers: entries.into_values().collect(),
        })
    }

    fn part(list: &ScoredDocs, of: &ScoredDocs) -> ScoredDocs {
        list.clone().within(&of.docs)
    }

    proptest! {
        #[test]
        fn operations_agree_with_maps(one in list(), other in list()) {
            let numbers: BTreeMap<DocId, u32> = one.docs.iter().copied().zip(one.numbers.iter().copied()).collect();
            let part = part(&other, &one);
            prop_assert!(part.docs.iter().all(|doc| numbers.contains_key(doc) && other.docs.contains(doc)));
            prop_assert_eq!(part.docs.len(), other.docs.iter().filter(|doc| numbers.contains_key(doc)).count());
            let sums: Vec<u32> = part.docs.iter().zip(&part.numbers).map(|(doc, number)| number + numbers[doc]).collect();
            prop_assert_eq!(&one.clone().intersect(part.clone()).numbers, &sums);
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
