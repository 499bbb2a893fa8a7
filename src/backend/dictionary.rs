//! Look-ups in the words of a snapshot.

use std::any::Any;
use std::collections::BTreeSet;
use std::fmt;
use std::sync::Arc;

use crate::query::Stream;

/// A question to the dictionary. All answers count living entries only.
#[derive(Debug, Clone, Copy)]
pub enum LookUp<'a> {
    /// Terms of a stream, taken as one.
    Terms(Stream, &'a BTreeSet<String>),
    /// The terms of a stream that begin with a prefix, taken as one.
    Prefix(Stream, &'a str),
    /// The terms of a stream within some edits of a word: insertions, deletions, substitutions and swaps of neighbours,
    /// at most two. The word itself is one, if it is there. Only the terms are answered: those of use are looked up next.
    Spellings(Stream, &'a str, u8),
    /// Values of a field, taken as one.
    Values(&'static str, &'a BTreeSet<String>),
}

/// What the backend knows a looked-up slot by: given back to it in a tree, so that nothing is looked up twice.
pub type Handle = Arc<dyn Any + Send + Sync>;

/// The answer to a look-up.
#[derive(Clone)]
pub struct Terms {
    /// The terms found; empty where the question names them.
    pub words: BTreeSet<String>,
    /// The number of entries that have each, added up.
    pub frequency: u64,
    /// The backend's own.
    pub handle: Handle,
}

impl fmt::Debug for Terms {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Terms").field("words", &self.words).field("frequency", &self.frequency).finish_non_exhaustive()
    }
}
