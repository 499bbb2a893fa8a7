//! Stems of entries, reconstructed from postings without tokenizing the text.

use std::collections::BTreeMap;

use tantivy::postings::Postings;
use tantivy::schema::IndexRecordOption;
use tantivy::{DocSet, SegmentReader, TERMINATED};

use super::sample::address;
use crate::query::Stems;
use crate::tantivy::fields;
use crate::tantivy::matching::Segments;

/// Marks documents that are not requested.
const NONE: u32 = u32::MAX;

/// Returns the stems of the entries with some numbers of a sample, in their order.
pub fn stems(entries: &[u64], segments: &Segments) -> tantivy::Result<Stems> {
    let segments: Vec<&SegmentReader> = segments.iter().map(|segment| &segment.reader).collect();
    let mut slots: Vec<Vec<u32>> = segments.iter().map(|segment| vec![NONE; segment.max_doc() as usize]).collect();
    for (slot, number) in (0..).zip(entries) {
        let address = address(*number);
        slots[address.segment_ord as usize][address.doc_id as usize] = slot;
    }
    // First pass: the number of words of each entry, and all stems.
    let mut starts = vec![0; entries.len() + 1];
    // The empty stem marks an unknown one: of a word too long to be indexed, or in a damaged index.
    let mut terms: BTreeMap<String, u32> = BTreeMap::from([(String::new(), 0)]);
    for (segment, slots) in segments.iter().zip(&slots) {
        each_term(segment, IndexRecordOption::WithFreqs, |term, postings| {
            let mut is_requested = false;
            while postings.doc() != TERMINATED {
                let slot = slots[postings.doc() as usize];
                if slot != NONE {
                    starts[slot as usize + 1] += postings.term_freq() as usize;
                    is_requested = true;
                }
                postings.advance();
            }
            if is_requested && !terms.contains_key(term) {
                terms.insert(term.to_owned(), 0);
            }
        })?;
    }
    for (code, known) in (0..).zip(terms.values_mut()) {
        *known = code;
    }
    for entry in 0..entries.len() {
        starts[entry + 1] += starts[entry];
    }
    // Second pass: each word has one stem, so a position is an index.
    let mut codes = vec![0; starts[entries.len()]];
    let mut positions = Vec::new();
    for (segment, slots) in segments.iter().zip(&slots) {
        each_term(segment, IndexRecordOption::WithFreqsAndPositions, |term, postings| {
            let Some(code) = terms.get(term) else { return };
            while postings.doc() != TERMINATED {
                let slot = slots[postings.doc() as usize];
                if slot != NONE {
                    postings.positions(&mut positions);
                    let words = &mut codes[starts[slot as usize]..starts[slot as usize + 1]];
                    for position in &positions {
                        words.get_mut(*position as usize).into_iter().for_each(|word| *word = *code);
                    }
                }
                postings.advance();
            }
        })?;
    }
    Ok(Stems { terms: terms.into_keys().collect(), codes, starts })
}

/// Calls `with` for each stem of a segment, with its postings.
fn each_term(
    segment: &SegmentReader,
    option: IndexRecordOption,
    mut with: impl FnMut(&str, &mut tantivy::postings::SegmentPostings),
) -> tantivy::Result<()> {
    let index = segment.inverted_index(fields::field("stem"))?;
    let mut terms = index.terms().stream()?;
    while terms.advance() {
        let Ok(term) = std::str::from_utf8(terms.key()) else { continue };
        let mut postings = index.read_postings_from_terminfo(terms.value(), option)?;
        with(term, &mut postings);
    }
    Ok(())
}
