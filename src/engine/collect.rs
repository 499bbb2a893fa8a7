//! Collects everything that matches: what is needed to rank it, and the counts of its facets.

use std::collections::HashMap;
use std::sync::Arc;

use tantivy::collector::{Collector, SegmentCollector};
use tantivy::columnar::{ColumnValues, StrColumn};
use tantivy::{DocAddress, DocId, Score, SegmentOrdinal, SegmentReader};

use super::fields;
use super::rank::Candidate;
use crate::query::{Days, FacetField};

/// A unit counts where its day is in one of the spans, if there are any.
pub struct Matches<'a> {
    pub days: &'a [Days],
    pub facets: &'a [FacetField],
    /// Topic ids in order: a topic's place in the list ranks its units.
    pub topics: &'a [&'a str],
    pub scoring: bool,
    /// Copies of an article that don't count.
    pub but_copies_of: Option<u64>,
}

/// What matches, in no order.
#[derive(Default)]
pub struct Collected {
    pub candidates: Vec<Candidate>,
    /// For each facet asked for, how many units have each value.
    pub facets: Vec<HashMap<Option<String>, usize>>,
}

pub struct SegmentMatches {
    segment: SegmentOrdinal,
    spans: Vec<(u64, u64)>,
    but_copies_of: Option<u64>,
    date: Numbers,
    digest_date: Numbers,
    place: Numbers,
    copy: Numbers,
    topic: StrColumn,
    /// Topic's number in this segment → its place among all topics.
    topic_ranks: Vec<u32>,
    candidates: Vec<Candidate>,
    facets: Vec<SegmentFacet>,
}

type Numbers = Arc<dyn ColumnValues<u64>>;

struct SegmentFacet {
    column: Option<StrColumn>,
    counts: Vec<usize>,
    without: usize,
}

impl Collector for Matches<'_> {
    type Fruit = Collected;
    type Child = SegmentMatches;

    fn for_segment(&self, segment: SegmentOrdinal, reader: &SegmentReader) -> tantivy::Result<SegmentMatches> {
        let columns = reader.fast_fields();
        let numbers = |name| Ok::<_, tantivy::TantivyError>(columns.u64(name)?.first_or_default_col(0));
        let topic = columns.str("topic")?.ok_or_else(|| tantivy::TantivyError::FieldNotFound("topic".to_owned()))?;
        let mut topic_ranks = Vec::new();
        let mut name = String::new();
        for ord in 0..topic.num_terms() as u64 {
            topic.ord_to_str(ord, &mut name)?;
            // A topic whose last digest was removed is in the segment until it is merged; none of its units live.
            topic_ranks.push(self.topics.binary_search(&name.as_str()).unwrap_or_default() as u32);
        }
        let facets = self.facets.iter().map(|field| {
            let column = columns.str(field.as_str())?;
            let counts = vec![0; column.as_ref().map_or(0, |c| c.num_terms())];
            Ok(SegmentFacet { column, counts, without: 0 })
        });
        Ok(SegmentMatches {
            segment,
            spans: self
                .days
                .iter()
                .map(|d| (d.first.map_or(0, fields::number), d.last.map_or(u64::MAX, fields::number)))
                .collect(),
            but_copies_of: self.but_copies_of,
            date: numbers("date")?,
            digest_date: numbers("digest_date")?,
            place: numbers("place")?,
            copy: numbers("copy")?,
            topic,
            topic_ranks,
            candidates: Vec::new(),
            facets: facets.collect::<tantivy::Result<_>>()?,
        })
    }

    fn requires_scoring(&self) -> bool {
        self.scoring
    }

    fn merge_fruits(&self, segments: Vec<tantivy::Result<Collected>>) -> tantivy::Result<Collected> {
        let mut all = Collected { candidates: Vec::new(), facets: vec![HashMap::new(); self.facets.len()] };
        for segment in segments {
            let segment = segment?;
            all.candidates.extend(segment.candidates);
            for (counts, more) in all.facets.iter_mut().zip(segment.facets) {
                for (value, count) in more {
                    *counts.entry(value).or_default() += count;
                }
            }
        }
        Ok(all)
    }
}

impl SegmentCollector for SegmentMatches {
    type Fruit = tantivy::Result<Collected>;

    fn collect(&mut self, doc: DocId, score: Score) {
        let date = self.date.get_val(doc);
        if !self.spans.is_empty() && !self.spans.iter().any(|(first, last)| (first..=last).contains(&&date)) {
            return;
        }
        let copy = self.copy.get_val(doc);
        if self.but_copies_of == Some(copy) {
            return;
        }
        let topic = self.topic.ords().first(doc).and_then(|ord| self.topic_ranks.get(ord as usize));
        self.candidates.push(Candidate {
            score: Candidate::steps(score),
            date: date as u32,
            topic: topic.copied().unwrap_or_default(),
            digest_date: self.digest_date.get_val(doc) as u32,
            place: self.place.get_val(doc) as u32,
            copy,
            address: DocAddress::new(self.segment, doc),
        });
        for facet in &mut self.facets {
            match facet.column.as_ref().and_then(|c| c.ords().first(doc)) {
                Some(ord) => facet.counts[ord as usize] += 1,
                None => facet.without += 1,
            }
        }
    }

    fn harvest(self) -> Self::Fruit {
        let facets = self.facets.into_iter().map(SegmentFacet::named).collect::<tantivy::Result<_>>()?;
        Ok(Collected { candidates: self.candidates, facets })
    }
}

impl SegmentFacet {
    fn named(self) -> tantivy::Result<HashMap<Option<String>, usize>> {
        let mut named = HashMap::new();
        if self.without > 0 {
            named.insert(None, self.without);
        }
        let Some(column) = self.column else { return Ok(named) };
        for (ord, count) in (0..).zip(self.counts).filter(|(_, count)| *count > 0) {
            let mut value = String::new();
            column.ord_to_str(ord, &mut value)?;
            named.insert(Some(value), count);
        }
        Ok(named)
    }
}
