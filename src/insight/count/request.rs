//! Requests for counts.

use super::bucket::By;
use crate::model::Field;
use crate::query::Selection;

/// A request for a count.
#[derive(Debug, Clone)]
pub struct CountRequest {
    /// Which entries.
    pub selection: Selection,
    /// The fields to count by, two at most. Days are those of publication, or of digests where the filters say so.
    pub by: Vec<By>,
    /// Whether to tell which share the entries are of those that pass the same filters, whatever they say.
    pub share: bool,
    /// So many values of a field that is no span of days, the most frequent; all without it.
    pub top: Option<usize>,
}

impl CountRequest {
    /// Where shares are asked for and no kind is: of titles, since these are what is sampled.
    pub fn new(mut selection: Selection, by: Vec<By>, share: bool, top: Option<usize>) -> Self {
        if share && by.contains(&By::Facet(Field::Kind)) {
            selection.filters.of_digests = true;
        } else if share {
            selection.as_sampled();
        }
        Self { selection, by, share, top }
    }
}
