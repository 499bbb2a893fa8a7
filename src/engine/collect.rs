//! Collects everything that matches, with what is needed to rank it.

use tantivy::collector::{Collector, SegmentCollector};
use tantivy::columnar::StrColumn;
use tantivy::{DocAddress, DocId, Score, SegmentOrdinal, SegmentReader};

use super::passing::{Numbers, numbers};
use super::rank::Candidate;

pub struct Candidates<'a> {
    /// Topic ids in order: a topic's place in the list ranks its units.
    pub topics: &'a [&'a str],
    pub scoring: bool,
}

pub struct SegmentCandidates {
    segment: SegmentOrdinal,
    date: Numbers,
    digest_date: Numbers,
    place: Numbers,
    copy: Numbers,
    topic: StrColumn,
    /// Topic's number in this segment → its place among all topics.
    topic_ranks: Vec<u32>,
    candidates: Vec<Candidate>,
}

impl Collector for Candidates<'_> {
    /// What matches, in no order.
    type Fruit = Vec<Candidate>;
    type Child = SegmentCandidates;

    fn for_segment(&self, segment: SegmentOrdinal, reader: &SegmentReader) -> tantivy::Result<SegmentCandidates> {
        let missing = || tantivy::TantivyError::FieldNotFound("topic".to_owned());
        let topic = reader.fast_fields().str("topic")?.ok_or_else(missing)?;
        let mut topic_ranks = Vec::new();
        let mut name = String::new();
        for ord in 0..topic.num_terms() as u64 {
            topic.ord_to_str(ord, &mut name)?;
            // A topic whose last digest was removed is in the segment until it is merged; none of its units live.
            topic_ranks.push(self.topics.binary_search(&name.as_str()).unwrap_or_default() as u32);
        }
        Ok(SegmentCandidates {
            segment,
            date: numbers(reader, "date")?,
            digest_date: numbers(reader, "digest_date")?,
            place: numbers(reader, "place")?,
            copy: numbers(reader, "copy")?,
            topic,
            topic_ranks,
            candidates: Vec::new(),
        })
    }

    fn requires_scoring(&self) -> bool {
        self.scoring
    }

    fn merge_fruits(&self, segments: Vec<Vec<Candidate>>) -> tantivy::Result<Vec<Candidate>> {
        Ok(segments.concat())
    }
}

impl SegmentCollector for SegmentCandidates {
    type Fruit = Vec<Candidate>;

    fn collect(&mut self, doc: DocId, score: Score) {
        let topic = self.topic.ords().first(doc).and_then(|ord| self.topic_ranks.get(ord as usize));
        self.candidates.push(Candidate {
            score: score as u32,
            date: self.date.get_val(doc) as u32,
            topic: topic.copied().unwrap_or_default(),
            digest_date: self.digest_date.get_val(doc) as u32,
            place: self.place.get_val(doc) as u32,
            copy: self.copy.get_val(doc),
            address: DocAddress::new(self.segment, doc),
        });
    }

    fn harvest(self) -> Vec<Candidate> {
        self.candidates
    }
}
