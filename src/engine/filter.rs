//! Filters: what units must be, without a say in the score.

use std::collections::BTreeSet;

use tantivy::DocId;

use super::fields;
use super::matching::{Found, Number, Segment};
use crate::query::Days;

/// What a unit must be.
pub enum Filter {
    /// It has one of the values of a field.
    Values(Found),
    /// It is of one of some spans of days, each from its first number to its last.
    Days(Number, Vec<(u64, u64)>),
}

impl Filter {
    /// Any of some values.
    pub fn values(field: &'static str, values: &BTreeSet<String>, segments: &[Segment]) -> tantivy::Result<Self> {
        Ok(Self::Values(Found::open(segments, fields::field(field), values)?))
    }

    /// Any of some spans of days, of units or of their digests.
    pub fn days(days: &[Days], of_digests: bool) -> Self {
        let which = if of_digests { Number::DigestDate } else { Number::Date };
        let numbers = |days: &Days| (days.first.map_or(0, fields::number), days.last.map_or(u64::MAX, fields::number));
        Self::Days(which, days.iter().map(numbers).collect())
    }

    /// No more units pass, as far as is known beforehand.
    pub fn frequency(&self) -> usize {
        match self {
            Self::Values(found) => found.frequency(),
            Self::Days(..) => usize::MAX,
        }
    }

    /// The units of a segment that pass, dead ones among them; of some of them only, if so.
    pub fn docs(&self, segment: &Segment, within: Option<&[DocId]>) -> tantivy::Result<Vec<DocId>> {
        match self {
            Self::Values(found) => Ok(found.within(segment).list(within, false)?.docs),
            Self::Days(which, spans) => {
                let numbers = segment.numbers(*which)?;
                let (least, greatest) = (numbers.min_value(), numbers.max_value());
                if spans.iter().all(|(first, last)| *last < least || greatest < *first) {
                    return Ok(Vec::new());
                }
                let mut docs = segment.docs(within);
                if spans.iter().any(|(first, last)| *first <= least && greatest <= *last) {
                    return Ok(docs);
                }
                let mut days = segment.numbers_of(*which, &docs)?.into_iter();
                docs.retain(|_| {
                    let day = days.next().unwrap_or_default();
                    spans.iter().any(|(first, last)| (*first..=*last).contains(&day))
                });
                Ok(docs)
            }
        }
    }
}
