//! What typed words stand for in an index: terms of its streams, and how much each way to match them counts.

use std::collections::BTreeSet;

use super::dictionary::Dictionary;
use super::matching::Found;
use crate::query::{Form, How, Sequence, Slot, Stream, Words};
use crate::text;
use crate::text::{Token, stems};

/// What a word is worth where it stands as typed, on top of what any form of it is worth. This weight and those of
/// [`NEAR`] and [`FUNCTION_WORD`] are those with the best mean over Cranfield (nDCG@10), MED (nDCG@10), the Spanish part
/// of XQuAD and titles of a real corpus sought by a few of their words in other forms (success at 1, both); near them
/// the mean hardly changes.
const EXACT: f32 = 0.2;

/// What a word is worth in an outlet's name.
const SOURCE: f32 = 0.2;

/// What neighbours in a query are worth side by side in a text, as a part of the rarer one's idf.
pub const NEAR: f32 = 0.5;

/// What a word such as `the` or `cuando` is worth, as a part of what other words as rare are.
const FUNCTION_WORD: f32 = 0.25;

/// More words are refused where a prefix or other spellings are asked for.
pub const MAX_EXPANSIONS: usize = 1000;

/// Ways to match some words.
pub struct Expanded {
    /// One of these must match.
    pub ways: Vec<Way>,
    /// These count beside.
    pub also: Vec<Way>,
    /// The indexed words that were taken for one that is not, or for other spellings.
    pub spellings: Vec<String>,
}

/// A sequence and what it is worth.
pub struct Way {
    pub how: How,
    pub sequence: Sequence,
    /// Its slots, looked up.
    pub slots: Vec<Found>,
    /// A factor of its score.
    pub weight: f32,
}

/// Why words can't be looked up.
pub enum Error {
    Tantivy(tantivy::TantivyError),
    TooMany(usize),
}

impl From<tantivy::TantivyError> for Error {
    fn from(error: tantivy::TantivyError) -> Self {
        Self::Tantivy(error)
    }
}

/// Looks up what words stand for. `fuzzy`: a word that no unit has stands for those within one edit.
pub fn expand(words: &Words, fuzzy: bool, dictionary: &Dictionary<'_>) -> Result<Expanded, Error> {
    let terms = || words.tokens.iter().map(|token| &token.term);
    let way = |how, sequence: Sequence, weight| {
        let slots = sequence.slots.iter().map(|slot| dictionary.look_up(sequence.stream, &slot.terms));
        Ok::<_, Error>(Way { how, slots: slots.collect::<Result<_, _>>()?, sequence, weight })
    };
    match words.form {
        Form::Exact { slop } => {
            let exact = way(How::Exact, Sequence::phrase(Stream::Exact, terms(), slop), 1.0)?;
            Ok(Expanded { ways: vec![exact], also: vec![], spellings: vec![] })
        }
        Form::Prefix => {
            let mut ways = Vec::new();
            for &stream in streams(words) {
                let (how, weight) = if stream == Stream::Source { (How::Source, SOURCE) } else { (How::Exact, 1.0) };
                let mut way = way(how, Sequence::phrase(stream, terms(), 0), weight)?;
                if let (Some(last), Some(found)) = (way.sequence.slots.last_mut(), way.slots.last_mut()) {
                    let prefix = last.terms.pop_first().unwrap_or_default();
                    (last.terms, *found) = dictionary.beginning_with(stream, &prefix)?;
                    if last.terms.len() > MAX_EXPANSIONS {
                        return Err(Error::TooMany(last.terms.len()));
                    }
                }
                ways.push(way);
            }
            Ok(Expanded { ways, also: vec![], spellings: vec![] })
        }
        Form::Any | Form::Fuzzy => {
            let mut spellings = BTreeSet::new();
            let mut variants: Vec<BTreeSet<String>> = Vec::new();
            for token in &words.tokens {
                let variants_of = respelt(token, words, fuzzy, dictionary)?;
                spellings.extend(variants_of.iter().filter(|variant| **variant != token.term).cloned());
                variants.push(variants_of);
            }
            let slots = |terms: Vec<BTreeSet<String>>| (0..).zip(terms).map(|(at, terms)| Slot { at, terms }).collect();
            let written = |stream| Sequence { stream, slots: slots(variants.clone()), slop: 0 };
            let mut expanded = Expanded { ways: vec![], also: vec![], spellings: spellings.into_iter().collect() };
            match stem_slots(&words.tokens, &variants) {
                Some(slots) => {
                    let is_pair = words.tokens.iter().all(Token::is_unspaced);
                    let sequence = Sequence { stream: Stream::Stem, slots, slop: 0 };
                    expanded.ways.push(way(How::Form, sequence, 1.0)?);
                    if !is_pair {
                        let sequence = written(Stream::Exact);
                        expanded.also.push(way(How::Exact, sequence, EXACT)?);
                    }
                }
                None => expanded.ways.push(way(How::Exact, written(Stream::Exact), 1.0)?),
            }
            if !words.only_text {
                expanded.ways.push(way(How::Source, written(Stream::Source), SOURCE)?);
            }
            if is_function_word(words) {
                expanded.ways.iter_mut().chain(&mut expanded.also).for_each(|way| way.weight *= FUNCTION_WORD);
            }
            Ok(expanded)
        }
    }
}

/// Whether it is one word that says little of what a text is about.
pub fn is_function_word(words: &Words) -> bool {
    matches!(&words.tokens[..], [word] if text::is_function_word(&word.term))
}

/// Where words as they are written are looked for.
pub fn streams(words: &Words) -> &'static [Stream] {
    if words.only_text { &[Stream::Exact] } else { &[Stream::Exact, Stream::Source] }
}

/// A word as it was typed and, where that is wanted, the words within one edit of it.
fn respelt(token: &Token, words: &Words, fuzzy: bool, dictionary: &Dictionary<'_>) -> Result<BTreeSet<String>, Error> {
    let mut found = BTreeSet::from([token.term.clone()]);
    let streams = streams(words);
    // All that is one character is one edit from any other.
    let is_plain_word =
        token.term.chars().count() > 1 && !token.is_unspaced() && !token.term.contains(char::is_numeric);
    let is_written = |found: &BTreeSet<String>| {
        streams.iter().try_fold(false, |is, stream| Ok::<_, Error>(is || dictionary.has_any(*stream, found)?))
    };
    if words.form == Form::Fuzzy || fuzzy && is_plain_word && !is_written(&found)? {
        for stream in streams {
            found.extend(dictionary.spelt_like(*stream, &token.term, 1)?);
        }
    }
    if found.len() > MAX_EXPANSIONS {
        return Err(Error::TooMany(found.len()));
    }
    Ok(found)
}

/// Whether any unit has the word, in any form.
pub fn is_known(term: &str, words: &Words, dictionary: &Dictionary<'_>) -> tantivy::Result<bool> {
    let typed = BTreeSet::from([term.to_owned()]);
    Ok(dictionary.has_any(Stream::Stem, &stems(term))?
        || dictionary.has_any(Stream::Exact, &typed)?
        || !words.only_text && dictionary.has_any(Stream::Source, &typed)?)
}

/// The places of words in the stream of stems, where characters of scripts that do not part words stand in pairs. None
/// where one stands alone: there it is looked up as it is.
fn stem_slots(tokens: &[Token], variants: &[BTreeSet<String>]) -> Option<Vec<Slot>> {
    let mut slots = Vec::new();
    for (i, token) in tokens.iter().enumerate() {
        let next = tokens.get(i + 1).filter(|next| next.is_unspaced() && token.touches(next));
        let last = i.checked_sub(1).and_then(|i| tokens.get(i));
        let last = last.filter(|last| last.is_unspaced() && last.touches(token));
        let terms = match (token.is_unspaced(), next, last) {
            (true, Some(next), _) => BTreeSet::from([format!("{}{}", token.term, next.term)]),
            (true, None, Some(_)) => continue,
            (true, None, None) => return None,
            (false, ..) => variants[i].iter().flat_map(|variant| stems(variant)).collect(),
        };
        slots.push(Slot { at: i as u32, terms });
    }
    Some(slots)
}
