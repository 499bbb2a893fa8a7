//! What may help where nothing matches: words that are spelt alike, and how much would match a wider question.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use super::expand::streams;
use super::selected::{Selected, count};
use crate::backend::{Error, LookUp, Snapshot};
use crate::model::Field;
use crate::query::{
    Filters, NodeKind, ParseOptions, Selection, Spelling, Stream, Suggestions, TextQuery, WordMatch, Words,
};
use crate::text::{Token, stems, tokens};

/// So many words are offered for one.
const OFFERED: usize = 3;

/// So many unknown words are named.
const NAMED: usize = 8;

/// Words of so many letters may be two edits away, shorter ones only one.
const LONG: usize = 5;

/// Looks for what may help.
pub fn suggest(snapshot: &dyn Snapshot, text: &TextQuery, selection: &Selection) -> Result<Suggestions, Error> {
    let mut unknown: Vec<Spelling> = Vec::new();
    for node in text.root.words() {
        let NodeKind::Words(words) = &node.kind else { continue };
        for i in 0..words.tokens.len() {
            if unknown.len() < NAMED
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

/// How many entries match what was typed if any of its words will do; none where that cannot be asked for, or was.
fn any(snapshot: &dyn Snapshot, text: &TextQuery, selection: &Selection) -> Result<usize, Error> {
    let options = ParseOptions { any: true, ..text.options };
    match TextQuery::parse(&text.text, options) {
        Ok(any) if !text.options.any => count(&Selection { text: any, ..selection.clone() }, snapshot),
        _ => Ok(0),
    }
}

/// Whether days are asked for of which the topics have no entry at all.
fn is_empty_of_days(snapshot: &dyn Snapshot, filters: &Filters) -> Result<bool, Error> {
    if filters.days.is_empty() {
        return Ok(false);
    }
    let mut filters = filters.clone();
    filters.values.retain(|field| field == Field::Topic);
    let Selected { filters, .. } = Selected::of(&Selection { filters, ..Selection::default() }, snapshot)?;
    Ok(!snapshot.has_any(&filters)?)
}

/// One of some words, if no entry has it, and what is spelt like it.
fn unknown_word(snapshot: &dyn Snapshot, words: &Words, i: usize) -> Result<Option<Spelling>, Error> {
    let term = &words.tokens[i].term;
    if words.form != WordMatch::Prefix || i + 1 < words.tokens.len() {
        let near = || Ok(Spelling { typed: term.clone(), words: nearest(snapshot, term)? });
        return (!is_known(snapshot, term, words)?).then(near).transpose();
    }
    let questions: Vec<LookUp<'_>> = streams(words).iter().map(|stream| LookUp::Prefix(*stream, term)).collect();
    let is_known = snapshot.look_up(&questions)?.iter().any(|found| !found.words.is_empty());
    Ok((!is_known).then(|| Spelling { typed: format!("{term}*"), words: Vec::new() }))
}

/// Whether any entry has a word, in any form.
fn is_known(snapshot: &dyn Snapshot, term: &str, words: &Words) -> Result<bool, Error> {
    let (stems, typed) = (stems(term), BTreeSet::from([term.to_owned()]));
    let mut questions = vec![LookUp::Terms(Stream::Stem, &stems), LookUp::Terms(Stream::Exact, &typed)];
    if !words.only_text {
        questions.push(LookUp::Terms(Stream::Source, &typed));
    }
    Ok(snapshot.look_up(&questions)?.iter().any(|found| found.frequency > 0))
}

/// The indexed words with the fewest edits, of those the most frequent.
fn nearest(snapshot: &dyn Snapshot, word: &str) -> Result<Vec<String>, Error> {
    // All that is one character is one edit from any other.
    if word.chars().count() < 2 || tokens(word).first().is_some_and(Token::is_unspaced) {
        return Ok(Vec::new());
    }
    let edits = if word.chars().count() < LONG { 1 } else { 2 };
    let streams = [Stream::Exact, Stream::Source];
    let spelt_alike = snapshot.look_up(&streams.map(|stream| LookUp::Spellings(stream, word, edits)))?;
    let found =
        streams.iter().zip(&spelt_alike).flat_map(|(stream, found)| found.words.iter().map(|term| (*stream, term)));
    let found: Vec<(Stream, BTreeSet<String>)> = found.map(|(stream, term)| (stream, [term.clone()].into())).collect();
    let questions: Vec<LookUp<'_>> = found.iter().map(|(stream, terms)| LookUp::Terms(*stream, terms)).collect();
    let frequencies = snapshot.look_up(&questions)?;
    let terms = found.iter().flat_map(|(_, terms)| terms);
    let near = terms.zip(frequencies).map(|(term, of)| (strsim::osa_distance(word, term), Reverse(of.frequency), term));
    let mut near: Vec<_> = near.collect();
    near.sort();
    let mut words: Vec<String> = Vec::new();
    for (_, _, term) in near {
        if words.len() < OFFERED && !words.contains(term) {
            words.push(term.clone());
        }
    }
    Ok(words)
}
