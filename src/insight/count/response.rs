//! What was counted.

use super::bucket::By;
use super::difference::ShareDifference;
use super::sampled::Sampled;
use crate::query::{Spelling, Suggestions};

/// How many entries there are.
#[derive(Debug, Clone, PartialEq)]
pub struct CountResponse {
    /// How many in all.
    pub total_entries: usize,
    /// What they are a share of, where that was asked for.
    pub sampled: Option<Sampled>,
    /// The counts, in the order of the fields: spans of days by time, other values by number.
    pub rows: Vec<Row>,
    /// The values of each field in their order.
    pub values: Vec<Vec<Named>>,
    /// The difference of the shares of two perspectives, as places among the rows, where there are two and nothing else is
    /// counted by.
    pub differences: Vec<ShareDifference>,
    /// What was left out, where only some values were asked for.
    pub left_out: LeftOut,
    /// Typed words that stood for other spellings.
    pub spellings: Vec<Spelling>,
    /// What may help, where nothing matches the words.
    pub suggestions: Option<Suggestions>,
}

/// A value and its name for people; none for entries without one.
pub type Named = Option<(String, String)>;

/// How many entries have the same values.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// The place of their value among those of each field; 0 where there is no second field.
    pub at: [usize; 2],
    /// How many; none where there was no digest, so that none could be.
    pub count: Option<usize>,
    /// What they are a share of.
    pub sampled: Option<Sampled>,
}

/// What is not among the rows.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LeftOut {
    /// How many entries.
    pub entries: usize,
    /// How many values of each field.
    pub values: Vec<(By, usize)>,
}

impl CountResponse {
    /// The value that the entries of a row have of a field, which is at a place among the fields.
    pub fn value(&self, row: &Row, field: usize) -> &Named {
        &self.values[field][row.at[field]]
    }
}
