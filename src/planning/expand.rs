//! What typed words stand for: terms of the streams, and how much each way to match them counts.

use std::collections::BTreeSet;

use crate::query::{MatchKind, Sequence, Slot, Stream, WordMatch, Words};
use crate::text;
use crate::text::{Token, stems};

/// What a word is worth where it stands as typed, on top of what any form of it is worth. This weight and those of
/// [`NEAR`] and [`FUNCTION_WORD`] are those with the best mean over Cranfield (nDCG@10), MED (nDCG@10), the Spanish part
/// of XQuAD and titles of a real corpus sought by a few of their words in other forms (success at 1, both); near them
/// the mean hardly changes.
const EXACT: f32 = 0.2;

/// What a word is worth in a source's name.
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
    /// These add to the score.
    pub also: Vec<Way>,
}

/// A sequence and what it is worth.
pub struct Way {
    pub how: MatchKind,
    /// Where its last slot is a prefix, this is the one term of it.
    pub sequence: Sequence,
    /// A factor of its score.
    pub weight: f32,
}

/// Returns what words stand for. `variants` are the spellings of each token, itself among them.
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

/// Returns whether words are one that says little of what a text is about.
pub fn is_function_word(words: &Words) -> bool {
    matches!(&words.tokens[..], [word] if text::is_function_word(&word.term))
}

/// Returns the streams in which words are looked for as they are written.
pub fn streams(words: &Words) -> &'static [Stream] {
    if words.only_text { &[Stream::Exact] } else { &[Stream::Exact, Stream::Source] }
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
