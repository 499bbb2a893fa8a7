//! Postings of terms in a segment, merged.

use std::collections::BTreeSet;
use std::sync::Arc;

use tantivy::postings::{BlockSegmentPostings, Postings, SegmentPostings, TermInfo};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocId, DocSet, InvertedIndexReader, SegmentReader, TERMINATED, Term};

use super::ScoredDocs;
use super::Segment;
use super::union::union;

/// If a term has this many times more postings than there are dead entries, those are looked up in the postings.
const FEWER: usize = 16;

/// Terms of a segment.
#[derive(Clone)]
pub struct SegmentTerms {
    index: Arc<InvertedIndexReader>,
    terms: Vec<TermInfo>,
}

impl SegmentTerms {
    pub fn open(segment: &SegmentReader, field: Field, terms: &BTreeSet<String>) -> tantivy::Result<Self> {
        let index = segment.inverted_index(field)?;
        let mut found = Vec::with_capacity(terms.len());
        for term in terms {
            found.extend(index.get_term_info(&Term::from_field_text(field, term))?);
        }
        Ok(Self { index, terms: found })
    }

    /// Returns the terms from a term on, while they are wanted.
    pub fn from(
        segment: &SegmentReader,
        field: Field,
        first: &str,
        mut is_wanted: impl FnMut(&str) -> bool,
    ) -> tantivy::Result<Self> {
        let index = segment.inverted_index(field)?;
        let mut found = Vec::new();
        let mut terms = index.terms().range().ge(first).into_stream()?;
        while terms.advance() && std::str::from_utf8(terms.key()).is_ok_and(&mut is_wanted) {
            found.push(terms.value().clone());
        }
        drop(terms);
        Ok(Self { index, terms: found })
    }

    /// Returns the sum of the document frequencies.
    pub fn frequency(&self) -> usize {
        self.terms.iter().map(|term| term.doc_freq as usize).sum()
    }

    /// Returns the number of live postings. Tantivy's document frequency includes dead entries until a merge, so that
    /// scores would depend on the history of the index.
    pub fn alive(&self, segment: &Segment) -> tantivy::Result<usize> {
        let Some(alive_docs) = segment.reader.alive_bitset() else { return Ok(self.frequency()) };
        let mut alive = 0;
        for term in &self.terms {
            let mut postings = self.index.read_block_postings_from_terminfo(term, IndexRecordOption::Basic)?;
            let all = term.doc_freq as usize;
            if let Some(dead) = segment.dead(all).filter(|dead| dead.len() * FEWER < all) {
                alive += all - seek_each(postings, dead, false).docs.len();
                continue;
            }
            while postings.block_len() > 0 {
                alive += postings.docs().iter().filter(|doc| alive_docs.is_alive(**doc)).count();
                postings.advance();
            }
        }
        Ok(alive)
    }

    /// Returns the entries with any of the terms; with `counted`, their frequencies.
    pub fn list(&self, within: Option<&[DocId]>, counted: bool) -> tantivy::Result<ScoredDocs> {
        let option = if counted { IndexRecordOption::WithFreqs } else { IndexRecordOption::Basic };
        let mut lists = Vec::with_capacity(self.terms.len());
        for term in &self.terms {
            let postings = self.index.read_block_postings_from_terminfo(term, option)?;
            lists.push(match within {
                None => read_all(postings, counted),
                Some(docs) if docs.len() < term.doc_freq as usize => seek_each(postings, docs, counted),
                Some(docs) => read_all(postings, counted).within(docs),
            });
        }
        Ok(union(1, lists))
    }

    /// Returns a reader of positions.
    pub fn positions(&self) -> tantivy::Result<PositionReader> {
        let open = |term| self.index.read_postings_from_terminfo(term, IndexRecordOption::WithFreqsAndPositions);
        Ok(PositionReader { terms: self.terms.iter().map(open).collect::<Result<_, _>>()? })
    }
}

fn read_all(mut postings: BlockSegmentPostings, counted: bool) -> ScoredDocs {
    let size = postings.doc_freq() as usize;
    let mut list =
        ScoredDocs { docs: Vec::with_capacity(size), numbers: Vec::with_capacity(if counted { size } else { 0 }) };
    while postings.block_len() > 0 {
        list.docs.extend_from_slice(postings.docs());
        if counted {
            list.numbers.extend_from_slice(postings.freqs());
        }
        postings.advance();
    }
    list
}

fn seek_each(mut postings: BlockSegmentPostings, docs: &[DocId], counted: bool) -> ScoredDocs {
    let mut list = ScoredDocs::default();
    for doc in docs {
        let at = postings.seek(*doc);
        if postings.doc(at) == *doc {
            list.docs.push(*doc);
            if counted {
                list.numbers.push(postings.freq(at));
            }
        }
    }
    list
}

/// A reader of positions, which must be asked for entries in order.
pub struct PositionReader {
    terms: Vec<SegmentPostings>,
}

impl PositionReader {
    /// Reads the sorted positions of all terms in an entry.
    pub fn read(&mut self, doc: DocId, out: &mut Vec<u32>) {
        out.clear();
        let mut found = 0;
        for postings in &mut self.terms {
            let mut at = postings.doc();
            if at < doc && at != TERMINATED {
                at = postings.seek(doc);
            }
            if at == doc {
                postings.append_positions_with_offset(0, out);
                found += 1;
            }
        }
        if found > 1 {
            out.sort_unstable();
        }
    }
}
