//! Expansion of typed words: the terms of each stream that match, with weights.

use std::collections::BTreeSet;

use crate::query::{MatchKind, Sequence, Slot, Stream, WordMatch, Words};
use crate::text;
use crate::text::{Token, stems};

/// Weight of the exact form, on top of that of any form. This weight, [`NEAR`] and [`FUNCTION_WORD`] have the best mean
/// over Cranfield (nDCG@10), MED (nDCG@10), the Spanish part of XQuAD and titles of a real corpus searched by a few of
/// their words in other forms (success at 1, both); near them the mean hardly changes.
const EXACT: f32 = 0.2;

/// Weight of a match in a source's name.
const SOURCE: f32 = 0.2;

/// Weight of adjacent words of a query that are adjacent in a text, relative to the idf of the rarer one.
pub const NEAR: f32 = 0.5;

/// Weight of function words such as `the` or `cuando`, relative to other words of the same frequency.
const FUNCTION_WORD: f32 = 0.25;

/// Maximum number of terms of a prefix or of other spellings.
pub const MAX_EXPANSIONS: usize = 1000;

/// The ways to match some words.
pub struct Expanded {
    /// One of these must match.
    pub ways: Vec<Way>,
    /// These only add to the score.
    pub also: Vec<Way>,
}

/// A sequence with a weight.
pub struct Way {
    pub how: MatchKind,
    /// The sequence; a prefix is the only term of its last slot.
    pub sequence: Sequence,
    /// A factor of its score.
    pub weight: f32,
}

/// Expands words. `variants` are the spellings of each token, itself included.
pub fn expand(words: &Words, variants: &[BTreeSet<String>]) -> Expanded {
    let terms = || words.tokens.iter().map(|token| &token.term);
    match words.form {
        WordMatch::Exact { slop } => {
            let exact =
                Way { how: MatchKind::Exact, sequence: Sequence::phrase(Stream::Exact, terms(), slop), weight: 1.0 };
            Expanded { ways: vec![exact], also: vec![] }
        }
        WordMatch::Prefix => {
            let way = |stream: &Stream| {
                let (how, weight) =
                    if *stream == Stream::Source { (MatchKind::Source, SOURCE) } else { (MatchKind::Exact, 1.0) };
                Way { how, sequence: Sequence::phrase(*stream, terms(), 0), weight }
            };
            Expanded { ways: streams(words).iter().map(way).collect(), also: vec![] }
        }
        WordMatch::Any | WordMatch::Fuzzy => {
            let slots =
                |terms: &[BTreeSet<String>]| (0..).zip(terms.to_vec()).map(|(at, terms)| Slot { at, terms }).collect();
            let written = |stream| Sequence { stream, slots: slots(variants), slop: 0 };
            let mut expanded = Expanded { ways: vec![], also: vec![] };
            match stem_slots(&words.tokens, variants) {
                Some(slots) => {
                    let is_pair = words.tokens.iter().all(Token::is_unspaced);
                    let sequence = Sequence { stream: Stream::Stem, slots, slop: 0 };
                    expanded.ways.push(Way { how: MatchKind::Form, sequence, weight: 1.0 });
                    if !is_pair {
                        let sequence = written(Stream::Exact);
                        expanded.also.push(Way { how: MatchKind::Exact, sequence, weight: EXACT });
                    }
                }
                None => {
                    expanded.ways.push(Way { how: MatchKind::Exact, sequence: written(Stream::Exact), weight: 1.0 })
                }
            }
            if !words.only_text {
                expanded.ways.push(Way { how: MatchKind::Source, sequence: written(Stream::Source), weight: SOURCE });
            }
            if is_function_word(words) {
                expanded.ways.iter_mut().chain(&mut expanded.also).for_each(|way| way.weight *= FUNCTION_WORD);
            }
            expanded
        }
    }
}

/// Reports whether words are a single function word.
pub fn is_function_word(words: &Words) -> bool {
    matches!(&words.tokens[..], [word] if text::is_function_word(&word.term))
}

/// Returns the streams to search for words as written.
pub fn streams(words: &Words) -> &'static [Stream] {
    if words.only_text { &[Stream::Exact] } else { &[Stream::Exact, Stream::Source] }
}

/// Returns the slots of words in the stem stream, where characters of scripts without spaces are indexed as pairs; `None`
/// for a single such character, which is looked up as it is.
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
