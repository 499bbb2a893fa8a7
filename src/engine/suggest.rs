//! What may help where nothing matches: words that are spelt alike, and how much would match a wider question.

use super::expand::{is_known, streams};
use super::filter::Filter;
use super::matching::{List, Scoring};
use super::selected::Selected;
use super::{Error, Reader};
use crate::query::{Filters, Form, Reading, Selection, Spelling, Stream, Suggestions, TextQuery, What, Words};
use crate::text::{Token, tokens};

/// So many words are offered for one.
const OFFERED: usize = 3;

/// So many unknown words are named.
const NAMED: usize = 8;

/// Words of so many letters may be two edits away, shorter ones only one.
const LONG: usize = 5;

/// A digest's units stand together, most of them of its day: one in so many most often tells whether there is any of some
/// days.
const STRIDE: usize = 16;

/// Looks for what may help.
pub fn suggest(reader: &Reader, text: &TextQuery, selection: &Selection) -> Result<Suggestions, Error> {
    let mut unknown: Vec<Spelling> = Vec::new();
    for node in text.root.words() {
        let What::Words(words) = &node.what else { continue };
        for i in 0..words.tokens.len() {
            if unknown.len() < NAMED
                && let Some(spelling) = unknown_word(reader, words, i).map_err(Error::tantivy(&reader.held.path))?
                && !unknown.contains(&spelling)
            {
                unknown.push(spelling);
            }
        }
    }
    let unfiltered = Selection { filters: Filters::default(), ..selection.clone() };
    let any = any(reader, text, selection)?;
    Ok(Suggestions {
        unknown,
        any,
        unfiltered: if selection.filters == Filters::default() { 0 } else { reader.count(&unfiltered)? },
        empty_days: any == 0 && is_empty_of_days(reader, &selection.filters)?,
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

/// Whether days are asked for of which the topics have no unit at all.
fn is_empty_of_days(reader: &Reader, filters: &Filters) -> Result<bool, Error> {
    let Filters { topics, days, of_digests, .. } = filters;
    if days.is_empty() {
        return Ok(false);
    }
    let days = Filter::days(days, *of_digests);
    let of_topics = Filters { topics: topics.clone(), ..Filters::default() };
    let lists =
        if topics.is_empty() { None } else { Some(reader.lists(&Selected::default(), &of_topics, Scoring::Never)?) };
    for stride in [STRIDE, 1] {
        let units = reader.dictionary().units() as usize / stride;
        let found = reader.each_segment(units, |segment| {
            let docs = match &lists {
                Some(lists) => lists[segment.ordinal].docs.iter().step_by(stride).copied().collect(),
                None => (0..segment.reader.max_doc()).step_by(stride).collect(),
            };
            let mut list = List::new(docs, None);
            segment.keep_alive(&mut list);
            Ok(!days.docs(segment, Some(&list.docs))?.is_empty())
        })?;
        if found.contains(&true) {
            return Ok(false);
        }
    }
    Ok(true)
}

/// One of some words, if no unit has it, and what is spelt like it.
fn unknown_word(reader: &Reader, words: &Words, i: usize) -> tantivy::Result<Option<Spelling>> {
    let (term, dictionary) = (&words.tokens[i].term, reader.dictionary());
    if words.form != Form::Prefix || i + 1 < words.tokens.len() {
        let is_known = is_known(term, words, &dictionary)?;
        let near = || Ok(Spelling { typed: term.clone(), words: nearest(reader, term)? });
        return (!is_known).then(near).transpose();
    }
    for stream in streams(words) {
        if !dictionary.beginning_with(*stream, term)?.0.is_empty() {
            return Ok(None);
        }
    }
    Ok(Some(Spelling { typed: format!("{term}*"), words: Vec::new() }))
}

/// The indexed words with the fewest edits, of those the most frequent.
fn nearest(reader: &Reader, word: &str) -> tantivy::Result<Vec<String>> {
    // All that is one character is one edit from any other.
    if word.chars().count() < 2 || tokens(word).first().is_some_and(Token::is_unspaced) {
        return Ok(Vec::new());
    }
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
