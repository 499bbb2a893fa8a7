//! Samples: matching entries one by one, with their values.

use super::{Key, Spelling};

/// Matching entries, sorted by day and topic of their digest, then in file order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sample {
    /// Number of each entry, stable within a commit.
    pub entries: Vec<u64>,
    /// For each entry, a number shared by all copies of an article.
    pub copies: Vec<u64>,
    /// A column for each requested dimension.
    pub columns: Vec<Column>,
    /// Typed words that matched other spellings.
    pub spellings: Vec<Spelling>,
}

/// Dictionary-encoded values of a dimension.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Column {
    /// Distinct keys, sorted.
    pub keys: Vec<Key>,
    /// For each entry, the index of its key; of a field with several values per entry, the sorted indices of all of them.
    pub codes: Vec<u32>,
    /// For each entry, the offset of its first code, followed by the number of codes; empty if each entry has one code.
    pub starts: Vec<usize>,
}

impl Sample {
    /// Returns the number of entries.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Reports whether the sample is empty.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// Reports for each entry whether another sample contains it.
    pub fn found_in(&self, other: &Self) -> Vec<bool> {
        let mut found = other.entries.clone();
        found.sort_unstable();
        self.entries.iter().map(|entry| found.binary_search(entry).is_ok()).collect()
    }
}

impl Column {
    /// Returns a column of a field with one value per entry.
    pub fn of_one_each(keys: Vec<Key>, codes: Vec<u32>) -> Self {
        Self { keys, codes, starts: Vec::new() }
    }

    /// Returns the number of entries.
    pub fn entries(&self) -> usize {
        if self.starts.is_empty() { self.codes.len() } else { self.starts.len() - 1 }
    }

    /// Returns the indices of an entry's keys.
    pub fn codes_of(&self, entry: usize) -> &[u32] {
        match &self.starts[..] {
            [] => std::slice::from_ref(&self.codes[entry]),
            starts => &self.codes[starts[entry]..starts[entry + 1]],
        }
    }

    /// Returns the key of an entry, in a column with one per entry.
    pub fn key(&self, entry: usize) -> &Key {
        &self.keys[self.codes[entry] as usize]
    }
}

/// Stems of entries, word by word.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Stems {
    /// Distinct stems, sorted. The empty stem is an unknown word.
    pub terms: Vec<String>,
    /// Indices of stems, entry after entry.
    pub codes: Vec<u32>,
    /// For each entry, the offset of its first code; followed by the total number of codes.
    pub starts: Vec<usize>,
}

impl Stems {
    /// Returns the stems of an entry, in text order.
    pub fn of(&self, entry: usize) -> &[u32] {
        &self.codes[self.starts[entry]..self.starts[entry + 1]]
    }
}
