//! The lists of terms in a segment, any of several terms taken for one.

use std::collections::BTreeSet;
use std::sync::Arc;

use tantivy::postings::{BlockSegmentPostings, Postings, SegmentPostings, TermInfo};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocId, DocSet, InvertedIndexReader, SegmentReader, TERMINATED, Term};

use super::ScoredDocs;
use super::Segment;
use super::union::union;

/// Where there are so many times fewer dead entries than a term has, they are looked up among these.
const FEWER: usize = 16;

/// Terms that a segment has.
#[derive(Clone)]
pub struct Terms {
    index: Arc<InvertedIndexReader>,
    terms: Vec<TermInfo>,
}

impl Terms {
    pub fn open(segment: &SegmentReader, field: Field, terms: &BTreeSet<String>) -> tantivy::Result<Self> {
        let index = segment.inverted_index(field)?;
        let mut found = Vec::with_capacity(terms.len());
        for term in terms {
            found.extend(index.get_term_info(&Term::from_field_text(field, term))?);
        }
        Ok(Self { index, terms: found })
    }

    /// Those from a term on, as long as they are wanted.
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

    /// How many entries have them, each term counted.
    pub fn frequency(&self) -> usize {
        self.terms.iter().map(|term| term.doc_freq as usize).sum()
    }

    /// How many live entries have them, each term counted. Tantivy's own count has dead ones in it until a merge drops
    /// them, so that the same corpus would rank differently depending on how its index came about.
    pub fn alive(&self, segment: &Segment) -> tantivy::Result<usize> {
        let Some(alive_docs) = segment.reader.alive_bitset() else { return Ok(self.frequency()) };
        let mut alive = 0;
        for term in &self.terms {
            let mut postings = self.index.read_block_postings_from_terminfo(term, IndexRecordOption::Basic)?;
            let all = term.doc_freq as usize;
            if let Some(dead) = segment.dead(all).filter(|dead| dead.len() * FEWER < all) {
                alive += all - looked_up(postings, dead, false).docs.len();
                continue;
            }
            while postings.block_len() > 0 {
                alive += postings.docs().iter().filter(|doc| alive_docs.is_alive(**doc)).count();
                postings.advance();
            }
        }
        Ok(alive)
    }

    /// The entries that have any of them; with how often, where they are `counted`.
    pub fn list(&self, within: Option<&[DocId]>, counted: bool) -> tantivy::Result<ScoredDocs> {
        let option = if counted { IndexRecordOption::WithFreqs } else { IndexRecordOption::Basic };
        let mut lists = Vec::with_capacity(self.terms.len());
        for term in &self.terms {
            let postings = self.index.read_block_postings_from_terminfo(term, option)?;
            lists.push(match within {
                None => whole(postings, counted),
                Some(docs) if docs.len() < term.doc_freq as usize => looked_up(postings, docs, counted),
                Some(docs) => whole(postings, counted).within(docs),
            });
        }
        Ok(union(1, lists))
    }

    /// Reads where they stand.
    pub fn places(&self) -> tantivy::Result<Places> {
        let open = |term| self.index.read_postings_from_terminfo(term, IndexRecordOption::WithFreqsAndPositions);
        Ok(Places { terms: self.terms.iter().map(open).collect::<Result<_, _>>()? })
    }
}

fn whole(mut postings: BlockSegmentPostings, counted: bool) -> ScoredDocs {
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

fn looked_up(mut postings: BlockSegmentPostings, docs: &[DocId], counted: bool) -> ScoredDocs {
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

/// Where terms stand in entries, which must be asked for in order.
pub struct Places {
    terms: Vec<SegmentPostings>,
}

impl Places {
    /// The positions of any of the terms in an entry, in order.
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
