//! A query for units of some days. Tantivy's own range query may not be asked to seek as its boolean queries do: it
//! takes the distance from the last place sought, which may lie behind the new one (0.27, overflow in debug builds).

use tantivy::query::{ConstScorer, EnableScoring, Explanation, Query, Scorer, Weight};
use tantivy::{DocId, DocSet, Score, SegmentReader, TERMINATED};

use super::fields;
use super::passing::{Numbers, numbers};
use crate::query::Days;

/// Units of a span of days, without a say in the score.
#[derive(Debug, Clone)]
pub struct InDays {
    first: u64,
    last: u64,
}

impl InDays {
    pub fn new(days: &Days) -> Self {
        Self { first: days.first.map_or(0, fields::number), last: days.last.map_or(u64::MAX, fields::number) }
    }

    pub fn contains(&self, day: u64) -> bool {
        (self.first..=self.last).contains(&day)
    }
}

impl Query for InDays {
    fn weight(&self, _: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        Ok(Box::new(self.clone()))
    }
}

impl Weight for InDays {
    fn scorer(&self, segment: &SegmentReader, _: Score) -> tantivy::Result<Box<dyn Scorer>> {
        let dates = numbers(segment, "date")?;
        let mut units = UnitsInDays { days: self.clone(), dates, doc: 0, end: segment.max_doc() };
        units.settle();
        Ok(Box::new(ConstScorer::new(units, 0.0)))
    }

    fn explain(&self, _: &SegmentReader, _: DocId) -> tantivy::Result<Explanation> {
        Ok(Explanation::new("of the days", 0.0))
    }
}

struct UnitsInDays {
    days: InDays,
    dates: Numbers,
    doc: DocId,
    end: DocId,
}

impl UnitsInDays {
    /// To the next unit of the days, this one included.
    fn settle(&mut self) -> DocId {
        while self.doc < self.end && !self.days.contains(self.dates.get_val(self.doc)) {
            self.doc += 1;
        }
        if self.doc >= self.end {
            self.doc = TERMINATED;
        }
        self.doc
    }
}

impl DocSet for UnitsInDays {
    fn advance(&mut self) -> DocId {
        if self.doc != TERMINATED {
            self.doc += 1;
        }
        self.settle()
    }

    fn seek(&mut self, target: DocId) -> DocId {
        self.doc = self.doc.max(target);
        self.settle()
    }

    fn doc(&self) -> DocId {
        self.doc
    }

    fn size_hint(&self) -> u32 {
        self.end
    }
}
