//! Other spellings of typed words: those within one edit, where that is asked for or no entry has the word.

use std::collections::BTreeSet;

use super::expand::{MAX_EXPANSIONS, streams};
use crate::backend::{Error, LookUp, Snapshot};
use crate::query::{Node, NodeKind, WordMatch, Words};
use crate::text::Token;

/// The spellings of each token of some words, itself among them.
pub type Variants = Vec<BTreeSet<String>>;

/// Returns the words of a query in the order in which they are planned.
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

/// Looks up the spellings of all words of a query: in one batch whether they are there, and in one those near the others.
/// `fuzzy`: a word that no entry has stands for those within one edit.
pub fn variants(words: &[(&Node, &Words)], fuzzy: bool, snapshot: &dyn Snapshot) -> Result<Vec<Variants>, Error> {
    let typed = |words: &Words| words.tokens.iter().map(|token| BTreeSet::from([token.term.clone()])).collect();
    let mut variants: Vec<Variants> = words.iter().map(|(_, words)| typed(words)).collect();
    let respelt = respelt(words, &variants, fuzzy, snapshot)?;
    let (mut questions, mut asked): (Vec<LookUp<'_>>, Vec<(usize, usize)>) = Default::default();
    for &(of, at) in &respelt {
        let (_, words) = words[of];
        questions.extend(streams(words).iter().map(|stream| LookUp::Spellings(*stream, &words.tokens[at].term, 1)));
        asked.extend(streams(words).iter().map(|_| (of, at)));
    }
    if questions.is_empty() {
        return Ok(variants);
    }
    for ((of, at), terms) in asked.into_iter().zip(snapshot.look_up(&questions)?) {
        variants[of][at].extend(terms.words);
    }
    for (of, at) in respelt {
        let found = variants[of][at].len();
        if found > MAX_EXPANSIONS {
            return Err(Error::TooManyWords { words: found, most: MAX_EXPANSIONS, span: words[of].0.span.clone() });
        }
    }
    Ok(variants)
}

/// The tokens that stand for others, too: each by its words and its place in them.
fn respelt(
    words: &[(&Node, &Words)],
    typed: &[Variants],
    fuzzy: bool,
    snapshot: &dyn Snapshot,
) -> Result<Vec<(usize, usize)>, Error> {
    let mut respelt = Vec::new();
    let (mut questions, mut asked): (Vec<LookUp<'_>>, Vec<(usize, usize)>) = Default::default();
    for (of, (_, words)) in words.iter().enumerate() {
        for (at, token) in words.tokens.iter().enumerate() {
            if words.form == WordMatch::Fuzzy {
                respelt.push((of, at));
            } else if fuzzy && words.form == WordMatch::Any && is_plain_word(token) {
                questions.extend(streams(words).iter().map(|stream| LookUp::Terms(*stream, &typed[of][at])));
                asked.extend(streams(words).iter().map(|_| (of, at)));
            }
        }
    }
    if !questions.is_empty() {
        let found = snapshot.look_up(&questions)?;
        let known = asked.iter().zip(found).filter(|(_, terms)| terms.frequency > 0);
        let known: BTreeSet<(usize, usize)> = known.map(|(at, _)| *at).collect();
        respelt.extend(asked.into_iter().filter(|at| !known.contains(at)));
        respelt.sort_unstable();
        respelt.dedup();
    }
    Ok(respelt)
}

/// Returns whether a word may stand for others. All that is one character is one edit from any other.
fn is_plain_word(token: &Token) -> bool {
    token.term.chars().count() > 1 && !token.is_unspaced() && !token.term.contains(char::is_numeric)
}
