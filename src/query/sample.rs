//! Units one by one, with what they are: for questions that no count answers.

use super::{Key, Spelling};

/// Units in the order of their digests: by day, then by topic, then as they stand in the file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sample {
    /// A number for each unit, the same in all samples of a commit.
    pub units: Vec<u64>,
    /// The same number for all copies of an article.
    pub copies: Vec<u64>,
    /// What the units are: a column for each dimension asked for.
    pub columns: Vec<Column>,
    /// Typed words that stood for other spellings.
    pub spellings: Vec<Spelling>,
}

/// What units are in one respect.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Column {
    /// The keys that there are, in order.
    pub keys: Vec<Key>,
    /// Which of them each unit has.
    pub codes: Vec<u32>,
}

impl Sample {
    /// How many units there are.
    pub fn len(&self) -> usize {
        self.units.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.units.is_empty()
    }

    /// Which of the units are in another sample, too.
    pub fn found_in(&self, other: &Self) -> Vec<bool> {
        let mut found = other.units.clone();
        found.sort_unstable();
        self.units.iter().map(|unit| found.binary_search(unit).is_ok()).collect()
    }
}

impl Column {
    /// What a unit is.
    pub fn key(&self, unit: usize) -> &Key {
        &self.keys[self.codes[unit] as usize]
    }
}

/// The stems of units, word for word.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Stems {
    /// The stems that there are, in order; the empty one stands for words that are not known.
    pub terms: Vec<String>,
    /// Which of them stand in the units, unit after unit.
    pub codes: Vec<u32>,
    /// Where each unit's stems begin among these, and behind them all where the last unit's end.
    pub starts: Vec<usize>,
}

impl Stems {
    /// The stems of a unit, as they stand in its text.
    pub fn of(&self, unit: usize) -> &[u32] {
        &self.codes[self.starts[unit]..self.starts[unit + 1]]
    }
}
