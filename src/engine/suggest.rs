//! What may help where nothing matches: words that are spelt alike, and how much would match a wider question.

use super::expand::is_known;
use super::{Error, Reader};
use crate::query::{Filters, Form, Reading, Selection, Spelling, Stream, Suggestions, TextQuery, What};

/// So many words are offered for one.
const OFFERED: usize = 3;

/// So many unknown words are named.
const NAMED: usize = 8;

/// Words of so many letters may be two edits away, shorter ones only one.
const LONG: usize = 5;

/// Looks for what may help.
pub fn suggest(reader: &Reader, text: &TextQuery, selection: &Selection) -> Result<Suggestions, Error> {
    let tantivy = |e| Error::tantivy(&reader.held.path)(e);
    let mut unknown: Vec<Spelling> = Vec::new();
    for node in text.root.words() {
        let What::Words(typed) = &node.what else { continue };
        for token in typed.tokens.iter().filter(|_| typed.form != Form::Prefix) {
            let is_new = unknown.len() < NAMED && !unknown.iter().any(|other| other.typed == token.term);
            if is_new && !is_known(&token.term, typed, &reader.dictionary()).map_err(tantivy)? {
                let words = nearest(reader, &token.term).map_err(tantivy)?;
                unknown.push(Spelling { typed: token.term.clone(), words });
            }
        }
    }
    let unfiltered = Selection { filters: Filters::default(), ..selection.clone() };
    Ok(Suggestions {
        unknown,
        any: any(reader, text, selection)?,
        unfiltered: if selection.filters == Filters::default() { 0 } else { reader.count(&unfiltered)? },
    })
}

/// How many units match what was typed if any of its words will do; none where that can't be asked for, or was.
fn any(reader: &Reader, text: &TextQuery, selection: &Selection) -> Result<usize, Error> {
    let reading = Reading { any: true, ..text.reading };
    match TextQuery::parse(&text.text, reading) {
        Ok(any) if !text.reading.any => reader.count(&Selection { text: any, ..selection.clone() }),
        _ => Ok(0),
    }
}

/// The indexed words with the fewest edits, of those the most frequent.
fn nearest(reader: &Reader, word: &str) -> tantivy::Result<Vec<String>> {
    let dictionary = reader.dictionary();
    let edits = if word.chars().count() < LONG { 1 } else { 2 };
    let mut near = Vec::new();
    for stream in [Stream::Exact, Stream::Source] {
        for term in dictionary.spelt_like(stream, word, edits)? {
            near.push((
                strsim::osa_distance(word, &term),
                std::cmp::Reverse(dictionary.frequency(stream, &term)?),
                term,
            ));
        }
    }
    near.sort();
    let mut words: Vec<String> = Vec::new();
    for (_, _, term) in near {
        if words.len() < OFFERED && !words.contains(&term) {
            words.push(term);
        }
    }
    Ok(words)
}
