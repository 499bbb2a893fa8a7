//! The counts.

use super::bucket::By;
use super::difference::ShareDifference;
use super::sampled::Sampled;
use crate::query::{Spelling, Suggestions};

/// The result of a count.
#[derive(Debug, Clone, PartialEq)]
pub struct CountResponse {
    /// The total.
    pub total_entries: usize,
    /// Whether entries with several values count in several rows.
    pub is_multiple: bool,
    /// The sample, if shares were requested.
    pub sampled: Option<Sampled>,
    /// The counts, in the order of the fields: spans of days by time, other values by number.
    pub rows: Vec<Row>,
    /// The values of each field in their order.
    pub values: Vec<Vec<Named>>,
    /// The difference of the shares of two perspectives, as places among the rows, where there are two and nothing else is
    /// counted by.
    pub differences: Vec<ShareDifference>,
    /// Omitted values, if only some were requested.
    pub left_out: LeftOut,
    /// Typed words that stood for other spellings.
    pub spellings: Vec<Spelling>,
    /// Suggestions for a query without matches.
    pub suggestions: Option<Suggestions>,
}

/// A value and its name for people; none for entries without one.
pub type Named = Option<(String, String)>;

/// Entries with the same values.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// The place of their value among those of each field; 0 where there is no second field.
    pub at: [usize; 2],
    /// The count; none without a digest.
    pub count: Option<usize>,
    /// The sample.
    pub sampled: Option<Sampled>,
}

/// Returns the values and entries that are not among the rows.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LeftOut {
    /// The number of entries; one with several omitted values counts once for each.
    pub entries: usize,
    /// The numbers of values of each field.
    pub values: Vec<(By, usize)>,
}

impl CountResponse {
    /// The value that the entries of a row have of a field, which is at a place among the fields.
    pub fn value(&self, row: &Row, field: usize) -> &Named {
        &self.values[field][row.at[field]]
    }
}
