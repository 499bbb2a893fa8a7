//! Entries one by one, with what they are: for questions that no count answers.

use super::{Key, Spelling};

/// Entries in the order of their digests: by day, then by topic, then as they stand in the file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sample {
    /// A number for each entry, the same in all samples of a commit.
    pub entries: Vec<u64>,
    /// The same number for all copies of an article.
    pub copies: Vec<u64>,
    /// What the entries are: a column for each dimension asked for.
    pub columns: Vec<Column>,
    /// Typed words that stood for other spellings.
    pub spellings: Vec<Spelling>,
}

/// What entries are in one respect.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Column {
    /// The keys that there are, in order.
    pub keys: Vec<Key>,
    /// Which of them each entry has.
    pub codes: Vec<u32>,
}

impl Sample {
    /// How many entries there are.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// Which of the entries are in another sample, too.
    pub fn found_in(&self, other: &Self) -> Vec<bool> {
        let mut found = other.entries.clone();
        found.sort_unstable();
        self.entries.iter().map(|entry| found.binary_search(entry).is_ok()).collect()
    }
}

impl Column {
    /// What an entry is.
    pub fn key(&self, entry: usize) -> &Key {
        &self.keys[self.codes[entry] as usize]
    }
}

/// The stems of entries, word for word.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Stems {
    /// The stems that there are, in order; the empty one stands for words that are not known.
    pub terms: Vec<String>,
    /// Which of them stand in the entries, entry after entry.
    pub codes: Vec<u32>,
    /// Where each entry's stems begin among these, and behind them all where the last entry's end.
    pub starts: Vec<usize>,
}

impl Stems {
    /// The stems of an entry, as they stand in its text.
    pub fn of(&self, entry: usize) -> &[u32] {
        &self.codes[self.starts[entry]..self.starts[entry + 1]]
    }
}
