//! Similarity search: entries that share the rare words of an entry.

use std::collections::HashSet;

use super::called::spelled;
use super::questions::{Question, Questions};
use crate::backend::{Error, Snapshot, Tree};
use crate::model::{EntryId, is_same_text};
use crate::query::{Entry, Node, NodeKind, Stream, WordMatch, Words};
use crate::text::tokens;

/// Number of words of the entry to search for, the rarest.
const WORDS: usize = 25;

/// Divisor of that number that gives the words a similar entry must have.
const SHARE: usize = 3;

/// The query of a similarity search.
pub struct Like {
    /// The rarest words, any of them.
    pub root: Node,
    /// Number of these words that an entry must have.
    pub least: usize,
    /// The copy key of the entry.
    pub copy: u64,
}

impl Like {
    /// Selects the rarest words of an entry.
    pub fn of(id: &str, snapshot: &dyn Snapshot) -> Result<Self, Error> {
        let (entry, copy) = find(id, snapshot)?;
        let mut questions = Questions::default();
        let mut nodes: Vec<Node> = Vec::new();
        let mut seen = HashSet::new();
        for token in tokens(&entry.text) {
            if seen.insert(token.term.clone()) {
                questions.ask(Question::Terms(Stream::Exact, [token.term.clone()].into()));
                let span = token.span.clone();
                let words = Words { tokens: vec![token], form: WordMatch::Any, only_text: true };
                nodes.push(Node { kind: NodeKind::Words(words), span });
            }
        }
        let frequencies: Vec<u64> = questions.answers(snapshot)?.iter().map(|terms| terms.frequency).collect();
        // The rarest, in the order of the text.
        let mut rarest = frequencies.clone();
        rarest.sort_unstable();
        let limit = rarest.get(WORDS - 1).copied().unwrap_or(u64::MAX);
        let rare = nodes.into_iter().zip(frequencies).filter(|(_, frequency)| *frequency <= limit);
        let nodes: Vec<Node> = rare.map(|(node, _)| node).take(WORDS).collect();
        let least = nodes.len().div_ceil(SHARE).max(1);
        Ok(Self { root: Node { kind: NodeKind::Any(nodes), span: 0..entry.text.len() }, least, copy })
    }

    /// Sets the number of words that the tree requires.
    pub fn tree(&self, tree: Tree) -> Tree {
        match tree {
            Tree::Any(_, trees, near) => Tree::Any(self.least, trees, near),
            tree => tree,
        }
    }
}

/// Returns the entry of an id, with its copy key.
fn find(id: &str, snapshot: &dyn Snapshot) -> Result<(Entry, u64), Error> {
    let unknown =
        || Error::UnknownEntry { id: id.to_owned(), instead: EntryId::parse_lenient(id).map(|id| id.to_string()) };
    let parsed: EntryId = id.parse().map_err(|()| unknown())?;
    let mut found = None;
    for digest in spelled(&parsed.digest, snapshot.catalog()) {
        let id = EntryId { digest: digest.clone(), ..parsed.clone() }.to_string();
        snapshot.digest(&digest, &mut |(entry, copy)| {
            if found.is_none() && is_same_text(&entry.id, &id) {
                found = Some((entry, copy));
            }
            Ok(())
        })?;
    }
    found.ok_or_else(unknown)
}
