//! The words that living entries have: how many have them, which begin alike, which are spelt alike.

use std::collections::BTreeSet;
use std::sync::Arc;

use tantivy::Term;
use tantivy::query::FuzzyTermQuery;
use tantivy::schema::Field;

use super::fields;
use super::matching::{Segment, TermPostings, Terms};
use crate::backend::{self, LookUp};
use crate::query::Stream;

/// Nothing is taken to be spelt like longer words, for which the automaton would take much memory.
const MAX_LETTERS: usize = 64;

/// Answers a question to the dictionary.
pub fn look_up(question: &LookUp<'_>, segments: &[Segment]) -> tantivy::Result<backend::Terms> {
    let (words, found) = match *question {
        LookUp::Terms(stream, terms) => (BTreeSet::new(), TermPostings::open(segments, field(stream), terms)?),
        LookUp::Values(name, values) => (BTreeSet::new(), TermPostings::open(segments, fields::named(name), values)?),
        LookUp::Prefix(stream, prefix) => beginning_with(field(stream), prefix, segments)?,
        LookUp::Spellings(stream, word, edits) => {
            let none = TermPostings::open(segments, field(stream), &BTreeSet::new())?;
            (spelt_like(field(stream), word, edits, segments)?, none)
        }
    };
    Ok(backend::Terms { words, frequency: found.alive(segments)?, handle: Arc::new(found) })
}

/// The words that begin so, the prefix itself included.
fn beginning_with(
    field: Field,
    prefix: &str,
    segments: &[Segment],
) -> tantivy::Result<(BTreeSet<String>, TermPostings)> {
    let mut words = BTreeSet::new();
    let mut note = |word: &str| {
        let begins_so = word.starts_with(prefix);
        if begins_so && !words.contains(word) {
            words.insert(word.to_owned());
        }
        begins_so
    };
    let open = |segment: &Segment| Terms::from(&segment.reader, field, prefix, &mut note);
    let found = segments.iter().map(open).collect::<tantivy::Result<_>>()?;
    Ok((alive(field, words, segments)?, found))
}

/// The words within so many edits of one, itself included.
fn spelt_like(field: Field, word: &str, edits: u8, segments: &[Segment]) -> tantivy::Result<BTreeSet<String>> {
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

/// Without the words of removed entries only, which are in a segment until it is merged.
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

/// Returns the field with a stream.
pub fn field(stream: Stream) -> Field {
    fields::field(match stream {
        Stream::Exact => "exact",
        Stream::Stem => "stem",
        Stream::Source => "source_words",
    })
}
