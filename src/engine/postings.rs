//! Where any of several terms is, as if they were one.

use std::cmp::Reverse;
use std::collections::{BTreeSet, BinaryHeap};

use tantivy::postings::{Postings, SegmentPostings};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocId, DocSet, SegmentReader, TERMINATED, Term};

/// The postings of some terms in a segment, merged.
pub struct Merged {
    terms: Vec<SegmentPostings>,
    /// The terms that the current document has.
    here: Vec<usize>,
    /// The next document of each of the others.
    next: BinaryHeap<Reverse<(DocId, usize)>>,
    doc: DocId,
}

impl Merged {
    /// On the first document; none where no document has any of the terms.
    pub fn open(
        segment: &SegmentReader,
        field: Field,
        terms: &BTreeSet<String>,
        option: IndexRecordOption,
    ) -> tantivy::Result<Option<Self>> {
        let index = segment.inverted_index(field)?;
        let mut postings = Vec::new();
        for term in terms {
            postings.extend(index.read_postings(&Term::from_field_text(field, term), option)?);
        }
        if postings.is_empty() {
            return Ok(None);
        }
        let next = postings.iter().enumerate().map(|(i, postings)| Reverse((postings.doc(), i))).collect();
        let mut merged = Self { terms: postings, here: Vec::new(), next, doc: 0 };
        merged.gather();
        Ok(Some(merged))
    }

    /// How often the current document has any of the terms.
    pub fn count(&self) -> u32 {
        self.here.iter().map(|&i| self.terms[i].term_freq()).sum()
    }

    /// Where it has them, in order.
    pub fn positions(&mut self, out: &mut Vec<u32>) {
        out.clear();
        for &i in &self.here {
            self.terms[i].append_positions_with_offset(0, out);
        }
        if self.here.len() > 1 {
            out.sort_unstable();
        }
    }

    /// Takes the terms of the next document together.
    fn gather(&mut self) -> DocId {
        self.doc = self.next.peek().map_or(TERMINATED, |Reverse((doc, _))| *doc);
        while let Some(Reverse((_, i))) = self.next.peek().filter(|Reverse((doc, _))| *doc == self.doc) {
            self.here.push(*i);
            self.next.pop();
        }
        self.doc
    }

    fn put_back(&mut self, i: usize, doc: DocId) {
        if doc != TERMINATED {
            self.next.push(Reverse((doc, i)));
        }
    }
}

impl DocSet for Merged {
    fn advance(&mut self) -> DocId {
        if self.doc == TERMINATED {
            return TERMINATED;
        }
        if let ([i], true) = (&self.here[..], self.next.is_empty()) {
            self.doc = self.terms[*i].advance();
            return self.doc;
        }
        while let Some(i) = self.here.pop() {
            let doc = self.terms[i].advance();
            self.put_back(i, doc);
        }
        self.gather()
    }

    fn seek(&mut self, target: DocId) -> DocId {
        if target <= self.doc {
            return self.doc;
        }
        if let ([i], true) = (&self.here[..], self.next.is_empty()) {
            self.doc = self.terms[*i].seek(target);
            return self.doc;
        }
        while let Some(i) = self.here.pop() {
            let doc = self.terms[i].seek(target);
            self.put_back(i, doc);
        }
        while let Some(Reverse((_, i))) = self.next.peek().copied().filter(|Reverse((doc, _))| *doc < target) {
            self.next.pop();
            let doc = self.terms[i].seek(target);
            self.put_back(i, doc);
        }
        self.gather()
    }

    fn doc(&self) -> DocId {
        self.doc
    }

    fn size_hint(&self) -> u32 {
        self.terms.iter().map(DocSet::size_hint).fold(0, u32::saturating_add)
    }
}
