//! Terms looked up in every segment, once for all that is asked of them.

use std::collections::BTreeSet;
use std::sync::Arc;

use tantivy::schema::Field;

use super::{Segment, Terms};

/// Any of several terms taken for one, as each segment has them.
#[derive(Clone)]
pub struct Found(Arc<[Terms]>);

impl Found {
    /// Looks terms up.
    pub fn open(segments: &[Segment], field: Field, terms: &BTreeSet<String>) -> tantivy::Result<Self> {
        segments.iter().map(|segment| Terms::open(&segment.reader, field, terms)).collect()
    }

    /// The terms of any of several; of one, at least.
    pub fn any(mut all: impl Iterator<Item = Self>) -> Option<Self> {
        let first = all.next()?;
        Some(all.fold(first, |a, b| a.0.iter().zip(&*b.0).map(|(a, b)| a.or(b)).collect()))
    }

    /// Those of a segment.
    pub fn within(&self, segment: &Segment) -> &Terms {
        &self.0[segment.ordinal]
    }

    /// How many units have them, each term counted, dead units among them.
    pub fn frequency(&self) -> usize {
        self.0.iter().map(Terms::frequency).sum()
    }

    /// How many live units have them, each term counted.
    pub fn living(&self, segments: &[Segment]) -> tantivy::Result<u64> {
        let mut count = 0;
        for (segment, terms) in segments.iter().zip(&*self.0) {
            count += terms.living(segment)?;
        }
        Ok(count as u64)
    }
}

impl FromIterator<Terms> for Found {
    fn from_iter<T: IntoIterator<Item = Terms>>(terms: T) -> Self {
        Self(terms.into_iter().collect())
    }
}
