//! Terms looked up in every segment, once for all that is asked of them.

use std::collections::BTreeSet;
use std::sync::Arc;

use tantivy::DocId;
use tantivy::schema::Field;

use super::{Segment, Terms};
use crate::backend;

/// Any of several terms taken for one, as each segment has them.
#[derive(Clone)]
pub struct TermPostings(Arc<[Terms]>);

impl TermPostings {
    /// Looks terms up.
    pub fn open(segments: &[Segment], field: Field, terms: &BTreeSet<String>) -> tantivy::Result<Self> {
        segments.iter().map(|segment| Terms::open(&segment.reader, field, terms)).collect()
    }

    /// Those of a segment.
    pub fn within(&self, segment: &Segment) -> &Terms {
        &self.0[segment.ordinal]
    }

    /// Returns the living entries of a segment that have one of them.
    pub fn docs(&self, segment: &Segment) -> tantivy::Result<Vec<DocId>> {
        let mut list = self.within(segment).list(None, false)?;
        segment.keep_alive(&mut list);
        Ok(list.docs)
    }

    /// How many live entries have them, each term counted.
    pub fn alive(&self, segments: &[Segment]) -> tantivy::Result<u64> {
        let mut count = 0;
        for (segment, terms) in segments.iter().zip(&*self.0) {
            count += terms.alive(segment)?;
        }
        Ok(count as u64)
    }
}

impl FromIterator<Terms> for TermPostings {
    fn from_iter<T: IntoIterator<Item = Terms>>(terms: T) -> Self {
        Self(terms.into_iter().collect())
    }
}

/// Returns the slot that an answer of the dictionary stands for.
///
/// # Panics
/// The answer is another backend's.
pub fn found(terms: &backend::Terms) -> &TermPostings {
    terms.handle.downcast_ref().expect("an answer of this dictionary")
}
