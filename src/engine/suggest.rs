//! What may help where nothing matches: words that are spelt alike, and how much would match a wider question.

use super::expand::is_known;
use super::{Error, Reader};
use crate::query::{Filters, Form, Node, Selection, Spelling, Stream, Suggestions, TextQuery, What};

/// So many words are offered for one.
const OFFERED: usize = 3;

/// Words of so many letters may be two edits away, shorter ones only one.
const LONG: usize = 5;

/// Looks for what may help.
pub fn suggest(reader: &Reader, text: &TextQuery, selection: &Selection) -> Result<Suggestions, Error> {
    let words = text.root.words();
    let mut unknown: Vec<Spelling> = Vec::new();
    for node in &words {
        let What::Words(typed) = &node.what else { continue };
        for token in typed.tokens.iter().filter(|_| typed.form != Form::Prefix) {
            let tantivy = |e| Error::tantivy(&reader.held.path)(e);
            let is_new = !unknown.iter().any(|other| other.typed == token.term);
            if is_new && !is_known(&token.term, typed, &reader.dictionary()).map_err(tantivy)? {
                let words = nearest(reader, &token.term).map_err(tantivy)?;
                unknown.push(Spelling { typed: token.term.clone(), words });
            }
        }
    }
    let words: Vec<Node> = words.into_iter().cloned().collect();
    let any = Node { what: What::Any(words), span: 0..text.text.len() };
    let any = TextQuery { text: text.text.clone(), root: any };
    let any = Selection { text: Some(any), ..selection.clone() };
    let unfiltered = Selection { filters: Filters::default(), ..selection.clone() };
    Ok(Suggestions {
        unknown,
        any: reader.count(&any)?,
        unfiltered: if selection.filters == Filters::default() { 0 } else { reader.count(&unfiltered)? },
    })
}

/// The indexed words with the fewest edits, of those the most frequent.
fn nearest(reader: &Reader, word: &str) -> tantivy::Result<Vec<String>> {
    let dictionary = reader.dictionary();
    let edits = if word.chars().count() < LONG { 1 } else { 2 };
    let mut near = Vec::new();
    for stream in [Stream::Exact, Stream::Source] {
        for (term, edits) in dictionary.spelt_like(stream, word, edits)? {
            near.push((edits, std::cmp::Reverse(dictionary.frequency(stream, &term)?), term));
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
