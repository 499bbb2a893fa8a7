//! Lookups in the term dictionary, for live entries.

use std::collections::BTreeSet;
use std::sync::Arc;

use tantivy::Term;
use tantivy::query::FuzzyTermQuery;
use tantivy::schema::Field;

use super::fields;
use super::matching::{Segment, SegmentTerms, TermPostings};
use crate::backend::{self, Lookup};
use crate::query::Stream;

/// Maximum length of words with spelling variants, since the automaton of a longer one takes much memory.
const MAX_LETTERS: usize = 64;

/// Runs a lookup.
pub fn look_up(question: &Lookup<'_>, segments: &[Segment]) -> tantivy::Result<backend::Terms> {
    let (words, found) = match *question {
        Lookup::Terms(stream, terms) => (BTreeSet::new(), TermPostings::open(segments, field(stream), terms)?),
        Lookup::Values(field, form, values) => {
            (BTreeSet::new(), TermPostings::open(segments, fields::values(field, form), values)?)
        }
        Lookup::Prefix(stream, prefix) => with_prefix(field(stream), prefix, segments)?,
        Lookup::Spellings(stream, word, edits) => {
            let none = TermPostings::open(segments, field(stream), &BTreeSet::new())?;
            (within_edits(field(stream), word, edits, segments)?, none)
        }
    };
    Ok(backend::Terms { words, frequency: found.alive(segments)?, handle: Arc::new(found) })
}

/// Returns the words with a prefix, itself included.
fn with_prefix(field: Field, prefix: &str, segments: &[Segment]) -> tantivy::Result<(BTreeSet<String>, TermPostings)> {
    let mut words = BTreeSet::new();
    let mut add_word = |word: &str| {
        let has_prefix = word.starts_with(prefix);
        if has_prefix && !words.contains(word) {
            words.insert(word.to_owned());
        }
        has_prefix
    };
    let open = |segment: &Segment| SegmentTerms::from(&segment.reader, field, prefix, &mut add_word);
    let found = segments.iter().map(open).collect::<tantivy::Result<_>>()?;
    Ok((alive(field, words, segments)?, found))
}

/// Returns the words within some edits of one, itself included.
fn within_edits(field: Field, word: &str, edits: u8, segments: &[Segment]) -> tantivy::Result<BTreeSet<String>> {
    let mut found = BTreeSet::new();
    if word.chars().count() > MAX_LETTERS {
        return Ok(found);
    }
    let automaton = FuzzyTermQuery::new(Term::from_field_text(field, word), edits, true).automaton()?;
    for segment in segments {
        let index = segment.reader.inverted_index(field)?;
        let mut terms = index.terms().search(&automaton).into_stream()?;
        while terms.advance() {
            found.insert(String::from_utf8_lossy(terms.key()).into_owned());
        }
    }
    alive(field, found, segments)
}

/// Removes the words of dead entries only, which stay in a segment until it is merged.
fn alive(field: Field, terms: BTreeSet<String>, segments: &[Segment]) -> tantivy::Result<BTreeSet<String>> {
    if !segments.iter().any(|segment| segment.reader.has_deletes()) {
        return Ok(terms);
    }
    let mut alive = BTreeSet::new();
    for term in terms {
        let found = TermPostings::open(segments, field, &[term.clone()].into())?;
        if found.alive(segments)? > 0 {
            alive.insert(term);
        }
    }
    Ok(alive)
}

/// Returns the field of a stream.
pub fn field(stream: Stream) -> Field {
    fields::field(match stream {
        Stream::Exact => "exact",
        Stream::Stem => "stem",
        Stream::Source => "source_words",
    })
}
