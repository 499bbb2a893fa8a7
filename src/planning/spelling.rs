//! Spelling variants of typed words, for fuzzy search.

use std::collections::BTreeSet;

use super::expand::{MAX_EXPANSIONS, streams};
use crate::backend::{Error, Lookup, Snapshot};
use crate::query::{Node, NodeKind, WordMatch, Words};
use crate::text::Token;

/// The spellings of each token of some words, itself included.
pub type Variants = Vec<BTreeSet<String>>;

/// Collects the words of a query in planning order.
pub fn all_words<'a>(node: &'a Node, out: &mut Vec<(&'a Node, &'a Words)>) {
    match &node.kind {
        NodeKind::All(nodes) | NodeKind::Any(nodes) | NodeKind::Either(nodes) => {
            nodes.iter().for_each(|node| all_words(node, out))
        }
        NodeKind::Not(inner) => all_words(inner, out),
        NodeKind::Words(words) => out.push((node, words)),
        NodeKind::Value(..) | NodeKind::Days(_) => {}
    }
}

/// Looks up the spellings of all words of a query, in two batches: first the words, then variants of unknown ones.
/// `fuzzy`: an unknown word gets the words within one edit.
pub fn variants(words: &[(&Node, &Words)], fuzzy: bool, snapshot: &dyn Snapshot) -> Result<Vec<Variants>, Error> {
    let typed = |words: &Words| words.tokens.iter().map(|token| BTreeSet::from([token.term.clone()])).collect();
    let mut variants: Vec<Variants> = words.iter().map(|(_, words)| typed(words)).collect();
    let fuzzy_tokens = fuzzy_tokens(words, &variants, fuzzy, snapshot)?;
    let (mut questions, mut positions): (Vec<Lookup<'_>>, Vec<(usize, usize)>) = Default::default();
    for &(of, at) in &fuzzy_tokens {
        let (_, words) = words[of];
        questions.extend(streams(words).iter().map(|stream| Lookup::Spellings(*stream, &words.tokens[at].term, 1)));
        positions.extend(streams(words).iter().map(|_| (of, at)));
    }
    if questions.is_empty() {
        return Ok(variants);
    }
    for ((of, at), terms) in positions.into_iter().zip(snapshot.look_up(&questions)?) {
        variants[of][at].extend(terms.words);
    }
    for (of, at) in fuzzy_tokens {
        let found = variants[of][at].len();
        if found > MAX_EXPANSIONS {
            return Err(Error::TooManyWords { words: found, most: MAX_EXPANSIONS, span: words[of].0.span.clone() });
        }
    }
    Ok(variants)
}

/// Returns the tokens with variants, by the indices of their words and within them.
fn fuzzy_tokens(
    words: &[(&Node, &Words)],
    typed: &[Variants],
    fuzzy: bool,
    snapshot: &dyn Snapshot,
) -> Result<Vec<(usize, usize)>, Error> {
    let mut fuzzy_tokens = Vec::new();
    let (mut questions, mut positions): (Vec<Lookup<'_>>, Vec<(usize, usize)>) = Default::default();
    for (of, (_, words)) in words.iter().enumerate() {
        for (at, token) in words.tokens.iter().enumerate() {
            if words.form == WordMatch::Fuzzy {
                fuzzy_tokens.push((of, at));
            } else if fuzzy && words.form == WordMatch::Any && is_plain_word(token) {
                questions.extend(streams(words).iter().map(|stream| Lookup::Terms(*stream, &typed[of][at])));
                positions.extend(streams(words).iter().map(|_| (of, at)));
            }
        }
    }
    if !questions.is_empty() {
        let found = snapshot.look_up(&questions)?;
        let known = positions.iter().zip(found).filter(|(_, terms)| terms.frequency > 0);
        let known: BTreeSet<(usize, usize)> = known.map(|(at, _)| *at).collect();
        fuzzy_tokens.extend(positions.into_iter().filter(|at| !known.contains(at)));
        fuzzy_tokens.sort_unstable();
        fuzzy_tokens.dedup();
    }
    Ok(fuzzy_tokens)
}

/// Reports whether a word may have variants. A single character is one edit from every other.
fn is_plain_word(token: &Token) -> bool {
    token.term.chars().count() > 1 && !token.is_unspaced() && !token.term.contains(char::is_numeric)
}
