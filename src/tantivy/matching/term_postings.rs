//! Postings of terms in all segments, looked up once per query.

use std::collections::BTreeSet;
use std::sync::Arc;

use tantivy::DocId;
use tantivy::schema::Field;

use super::{Segment, SegmentTerms};
use crate::backend;

/// The merged postings of several terms, by segment.
#[derive(Clone)]
pub struct TermPostings(Arc<[SegmentTerms]>);

impl TermPostings {
    /// Looks up terms.
    pub fn open(segments: &[Segment], field: Field, terms: &BTreeSet<String>) -> tantivy::Result<Self> {
        segments.iter().map(|segment| SegmentTerms::open(&segment.reader, field, terms)).collect()
    }

    /// Returns the postings in a segment.
    pub fn within(&self, segment: &Segment) -> &SegmentTerms {
        &self.0[segment.ordinal]
    }

    /// Returns the live entries of a segment with any of the terms.
    pub fn docs(&self, segment: &Segment) -> tantivy::Result<Vec<DocId>> {
        let mut list = self.within(segment).list(None, false)?;
        segment.keep_alive(&mut list);
        Ok(list.docs)
    }

    /// Returns the number of live postings.
    pub fn alive(&self, segments: &[Segment]) -> tantivy::Result<u64> {
        let mut count = 0;
        for (segment, terms) in segments.iter().zip(&*self.0) {
            count += terms.alive(segment)?;
        }
        Ok(count as u64)
    }
}

impl FromIterator<SegmentTerms> for TermPostings {
    fn from_iter<T: IntoIterator<Item = SegmentTerms>>(terms: T) -> Self {
        Self(terms.into_iter().collect())
    }
}

/// Returns the postings behind the result of a lookup.
///
/// # Panics
/// The result is of another backend.
pub fn found(terms: &backend::Terms) -> &TermPostings {
    terms.handle.downcast_ref().expect("a result of this backend")
}
