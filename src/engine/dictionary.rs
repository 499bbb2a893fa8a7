//! The words that live units have: how many have them, which begin alike, which are spelt alike.

use std::collections::BTreeSet;

use tantivy::Term;
use tantivy::query::FuzzyTermQuery;
use tantivy::schema::Field;

use super::fields;
use super::matching::{Found, Segment, Terms};
use crate::query::Stream;

/// Nothing is taken to be spelt like longer words, for which the automaton would take much memory.
const MAX_LETTERS: usize = 64;

/// The words of a commit.
pub struct Dictionary<'a> {
    pub segments: &'a [Segment],
    /// How many words all live units have together.
    pub words: u64,
}

impl Dictionary<'_> {
    /// How many units there are.
    pub fn units(&self) -> u64 {
        self.segments.iter().map(|segment| u64::from(segment.reader.num_docs())).sum()
    }

    /// How many words a unit has on average.
    pub fn average(&self) -> f32 {
        self.words as f32 / self.units().max(1) as f32
    }

    /// Terms that are taken for one.
    pub fn look_up(&self, stream: Stream, terms: &BTreeSet<String>) -> tantivy::Result<Found> {
        Found::open(self.segments, field(stream), terms)
    }

    /// In how many units a term is.
    pub fn frequency(&self, stream: Stream, term: &str) -> tantivy::Result<u64> {
        self.look_up(stream, &[term.to_owned()].into())?.living(self.segments)
    }

    /// Whether any unit has one of the terms.
    pub fn has_any(&self, stream: Stream, terms: &BTreeSet<String>) -> tantivy::Result<bool> {
        for segment in self.segments {
            if Terms::open(&segment.reader, field(stream), terms)?.living(segment)? > 0 {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// The words that begin so, itself included; and what they are found to be.
    pub fn beginning_with(&self, stream: Stream, prefix: &str) -> tantivy::Result<(BTreeSet<String>, Found)> {
        let mut words = BTreeSet::new();
        let mut note = |word: &str| {
            let begins_so = word.starts_with(prefix);
            if begins_so && !words.contains(word) {
                words.insert(word.to_owned());
            }
            begins_so
        };
        let open = |segment: &Segment| Terms::from(&segment.reader, field(stream), prefix, &mut note);
        let found = self.segments.iter().map(open).collect::<tantivy::Result<_>>()?;
        Ok((self.living(stream, words)?, found))
    }

    /// The words that so many insertions, deletions, substitutions and swaps of neighbours turn it into, at most two;
    /// itself included.
    pub fn spelt_like(&self, stream: Stream, word: &str, edits: u8) -> tantivy::Result<BTreeSet<String>> {
        let mut found = BTreeSet::new();
        if word.chars().count() > MAX_LETTERS {
            return Ok(found);
        }
        let term = Term::from_field_text(field(stream), word);
        let automaton = FuzzyTermQuery::new(term, edits, true).automaton()?;
        for segment in self.segments {
            let index = segment.reader.inverted_index(field(stream))?;
            let mut terms = index.terms().search(&automaton).into_stream()?;
            while terms.advance() {
                found.insert(String::from_utf8_lossy(terms.key()).into_owned());
            }
        }
        self.living(stream, found)
    }

    /// Without the words of removed units only, which are in a segment until it is merged.
    fn living(&self, stream: Stream, mut terms: BTreeSet<String>) -> tantivy::Result<BTreeSet<String>> {
        if self.segments.iter().any(|segment| segment.reader.has_deletes()) {
            let mut living = BTreeSet::new();
            for term in terms {
                if self.frequency(stream, &term)? > 0 {
                    living.insert(term);
                }
            }
            terms = living;
        }
        Ok(terms)
    }
}

/// The field with a stream.
pub fn field(stream: Stream) -> Field {
    fields::field(match stream {
        Stream::Exact => "exact",
        Stream::Stem => "stem",
        Stream::Source => "source_words",
    })
}
