//! Suggestions for a search without hits: words with similar spelling, and counts of wider searches.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use super::expand::streams;
use super::selected::{Selected, count};
use crate::backend::{Error, Lookup, Snapshot};
use crate::model::Field;
use crate::query::{
    Filters, NodeKind, ParseOptions, Selection, Spelling, Stream, Suggestions, TextQuery, WordMatch, Words,
};
use crate::text::{Token, stems, tokens};

/// Maximum number of suggestions for a word.
const MAX_SUGGESTIONS: usize = 3;

/// Maximum number of unknown words.
const MAX_UNKNOWN: usize = 8;

/// Minimum length of words with two edits; shorter ones allow one.
const TWO_EDITS_MIN_LENGTH: usize = 5;

/// Returns suggestions.
pub fn suggest(snapshot: &dyn Snapshot, text: &TextQuery, selection: &Selection) -> Result<Suggestions, Error> {
    let mut unknown: Vec<Spelling> = Vec::new();
    for node in text.root.words() {
        let NodeKind::Words(words) = &node.kind else { continue };
        for i in 0..words.tokens.len() {
            if unknown.len() < MAX_UNKNOWN
                && let Some(spelling) = unknown_word(snapshot, words, i)?
                && !unknown.contains(&spelling)
            {
                unknown.push(spelling);
            }
        }
    }
    let unfiltered = Selection { filters: Filters::default(), ..selection.clone() };
    let any = any(snapshot, text, selection)?;
    Ok(Suggestions {
        unknown,
        any,
        unfiltered: if selection.filters == Filters::default() { 0 } else { count(&unfiltered, snapshot)? },
        empty_days: any == 0 && is_empty_of_days(snapshot, &selection.filters)?,
    })
}

/// Returns the number of entries that match any of the words; 0 if the query does so already.
fn any(snapshot: &dyn Snapshot, text: &TextQuery, selection: &Selection) -> Result<usize, Error> {
    let options = ParseOptions { any: true, ..text.options };
    match TextQuery::parse(&text.text, options) {
        Ok(any) if !text.options.any => count(&Selection { text: any, ..selection.clone() }, snapshot),
        _ => Ok(0),
    }
}

/// Reports whether the topics have no entry on the selected days.
fn is_empty_of_days(snapshot: &dyn Snapshot, filters: &Filters) -> Result<bool, Error> {
    if filters.days.is_empty() {
        return Ok(false);
    }
    let mut filters = filters.clone();
    filters.values.retain(|field| field == Field::Topic);
    let Selected { filters, .. } = Selected::of(&Selection { filters, ..Selection::default() }, snapshot)?;
    Ok(!snapshot.has_any(&filters)?)
}

/// Returns a word that no entry has, with similarly spelt ones.
fn unknown_word(snapshot: &dyn Snapshot, words: &Words, i: usize) -> Result<Option<Spelling>, Error> {
    let term = &words.tokens[i].term;
    if words.form != WordMatch::Prefix || i + 1 < words.tokens.len() {
        let near = || Ok(Spelling { typed: term.clone(), words: nearest(snapshot, term)? });
        return (!is_known(snapshot, term, words)?).then(near).transpose();
    }
    let questions: Vec<Lookup<'_>> = streams(words).iter().map(|stream| Lookup::Prefix(*stream, term)).collect();
    let is_known = snapshot.look_up(&questions)?.iter().any(|found| !found.words.is_empty());
    Ok((!is_known).then(|| Spelling { typed: format!("{term}*"), words: Vec::new() }))
}

/// Reports whether any entry has a word, in any form.
fn is_known(snapshot: &dyn Snapshot, term: &str, words: &Words) -> Result<bool, Error> {
    let (stems, typed) = (stems(term), BTreeSet::from([term.to_owned()]));
    let mut questions = vec![Lookup::Terms(Stream::Stem, &stems), Lookup::Terms(Stream::Exact, &typed)];
    if !words.only_text {
        questions.push(Lookup::Terms(Stream::Source, &typed));
    }
    Ok(snapshot.look_up(&questions)?.iter().any(|found| found.frequency > 0))
}

/// Returns the indexed words with the fewest edits, the most frequent first.
fn nearest(snapshot: &dyn Snapshot, word: &str) -> Result<Vec<String>, Error> {
    // A single character is one edit from every other.
    if word.chars().count() < 2 || tokens(word).first().is_some_and(Token::is_unspaced) {
        return Ok(Vec::new());
    }
    let edits = if word.chars().count() < TWO_EDITS_MIN_LENGTH { 1 } else { 2 };
    let streams = [Stream::Exact, Stream::Source];
    let spelt_alike = snapshot.look_up(&streams.map(|stream| Lookup::Spellings(stream, word, edits)))?;
    let found =
        streams.iter().zip(&spelt_alike).flat_map(|(stream, found)| found.words.iter().map(|term| (*stream, term)));
    let found: Vec<(Stream, BTreeSet<String>)> = found.map(|(stream, term)| (stream, [term.clone()].into())).collect();
    let questions: Vec<Lookup<'_>> = found.iter().map(|(stream, terms)| Lookup::Terms(*stream, terms)).collect();
    let frequencies = snapshot.look_up(&questions)?;
    let terms = found.iter().flat_map(|(_, terms)| terms);
    let near = terms.zip(frequencies).map(|(term, of)| (strsim::osa_distance(word, term), Reverse(of.frequency), term));
    let mut near: Vec<_> = near.collect();
    near.sort();
    let mut words: Vec<String> = Vec::new();
    for (_, _, term) in near {
        if words.len() < MAX_SUGGESTIONS && !words.contains(term) {
            words.push(term.clone());
        }
    }
    Ok(words)
}
