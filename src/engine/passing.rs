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
    /// Copies of an article that don't pass.
    pub but_copies_of: Option<u64>,
    /// Contents that don't pass.
    pub known: Option<&'a Known>,
    pub collector: C,
}

pub struct SegmentPassing<S> {
    date: Numbers,
    spans: Vec<InDays>,
    copy: Numbers,
    but_copies_of: Option<u64>,
    content: Numbers,
    known: Option<Known>,
    collector: S,
}

impl<C: Collector> Collector for Passing<'_, C> {
    type Fruit = C::Fruit;
    type Child = SegmentPassing<C::Child>;

    fn for_segment(&self, segment: SegmentOrdinal, reader: &SegmentReader) -> tantivy::Result<Self::Child> {
        Ok(SegmentPassing {
            date: numbers(reader, "date")?,
            spans: self.days.iter().map(InDays::new).collect(),
            copy: numbers(reader, "copy")?,
            but_copies_of: self.but_copies_of,
            content: numbers(reader, "content")?,
            known: self.known.cloned(),
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

impl<S: SegmentCollector> SegmentCollector for SegmentPassing<S> {
    type Fruit = S::Fruit;

    fn collect(&mut self, doc: DocId, score: Score) {
        if !self.spans.is_empty() {
            let date = self.date.get_val(doc);
            if !self.spans.iter().any(|days| days.contains(date)) {
                return;
            }
        }
        if self.but_copies_of.is_some_and(|copy| self.copy.get_val(doc) == copy)
            || self.known.as_ref().is_some_and(|known| known.has(self.content.get_val(doc)))
        {
            return;
        }
        self.collector.collect(doc, score);
    }

    fn harvest(self) -> S::Fruit {
        self.collector.harvest()
    }
}
