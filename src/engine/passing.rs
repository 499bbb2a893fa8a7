//! Lets units through to a collector whose day is asked for, that are no copies of the unit that others should be like,
//! and that say something new.

use std::sync::Arc;

use tantivy::collector::{Collector, SegmentCollector};
use tantivy::columnar::ColumnValues;
use tantivy::{DocId, Score, SegmentOrdinal, SegmentReader};

use super::days::InDays;
use crate::query::{Days, Known};

/// Numbers of a segment's units.
pub type Numbers = Arc<dyn ColumnValues<u64>>;

/// The numbers of a field, which every unit has.
pub fn numbers(reader: &SegmentReader, field: &str) -> tantivy::Result<Numbers> {
    Ok(reader.fast_fields().u64(field)?.first_or_default_col(0))
}

pub struct Passing<'a, C> {
    /// A unit passes where its day is in one of the spans, if there are any.
    pub days: &'a [Days],
    /// Whether it is the day of the digest, and not of publication.
    pub of_digests: bool,
    /// Copies of an article that don't pass.
    pub but_copies_of: Option<u64>,
    /// Contents that don't pass.
    pub known: Option<&'a Known>,
    pub collector: C,
}

/// What is not asked for is not opened.
pub struct SegmentPassing<S> {
    days: Option<(Numbers, Vec<InDays>)>,
    but_copies_of: Option<(Numbers, u64)>,
    known: Option<(Numbers, Known)>,
    collector: S,
}

impl<C: Collector> Collector for Passing<'_, C> {
    type Fruit = C::Fruit;
    type Child = SegmentPassing<C::Child>;

    fn for_segment(&self, segment: SegmentOrdinal, reader: &SegmentReader) -> tantivy::Result<Self::Child> {
        let days: Vec<InDays> = self.days.iter().map(InDays::new).collect();
        Ok(SegmentPassing {
            days: with(
                if self.of_digests { "digest_date" } else { "date" },
                (!days.is_empty()).then_some(days),
                reader,
            )?,
            but_copies_of: with("copy", self.but_copies_of, reader)?,
            known: with("content", self.known.cloned(), reader)?,
            collector: self.collector.for_segment(segment, reader)?,
        })
    }

    fn requires_scoring(&self) -> bool {
        self.collector.requires_scoring()
    }

    fn merge_fruits(&self, segments: Vec<<C::Child as SegmentCollector>::Fruit>) -> tantivy::Result<C::Fruit> {
        self.collector.merge_fruits(segments)
    }
}

/// A condition with the numbers that it is about.
fn with<T>(field: &str, condition: Option<T>, reader: &SegmentReader) -> tantivy::Result<Option<(Numbers, T)>> {
    condition.map(|condition| Ok((numbers(reader, field)?, condition))).transpose()
}

impl<S: SegmentCollector> SegmentCollector for SegmentPassing<S> {
    type Fruit = S::Fruit;

    fn collect(&mut self, doc: DocId, score: Score) {
        let is_held_back = self.days.as_ref().is_some_and(|(dates, spans)| {
            let date = dates.get_val(doc);
            !spans.iter().any(|days| days.contains(date))
        }) || self.but_copies_of.as_ref().is_some_and(|(copies, copy)| copies.get_val(doc) == *copy)
            || self.known.as_ref().is_some_and(|(contents, known)| known.has(contents.get_val(doc)));
        if !is_held_back {
            self.collector.collect(doc, score);
        }
    }

    fn harvest(self) -> S::Fruit {
        self.collector.harvest()
    }
}
