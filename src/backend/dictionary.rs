//! Lookups in the term dictionary of a snapshot.

use std::any::Any;
use std::collections::BTreeSet;
use std::fmt;
use std::sync::Arc;

use crate::model::Field;
use crate::query::Stream;

/// A lookup in the dictionary. Frequencies count live entries only.
#[derive(Debug, Clone, Copy)]
pub enum Lookup<'a> {
    /// Terms of a stream, merged.
    Terms(Stream, &'a BTreeSet<String>),
    /// The terms of a stream with a prefix, merged.
    Prefix(Stream, &'a str),
    /// The terms of a stream within some edits of a word (insertions, deletions, substitutions and transpositions, at most
    /// two), including the word itself. Returns only the terms, to be looked up next.
    Spellings(Stream, &'a str, u8),
    /// Values of a field, merged.
    Values(Field, ValueForm, &'a BTreeSet<String>),
}

/// The form in which values of a field are indexed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ValueForm {
    /// Values as counted; of all fields.
    Counted,
    /// Folded values: all names of a source, and the values of custom fields.
    Folded,
}

/// The backend's opaque handle of a lookup, passed back in a tree so that nothing is looked up twice.
pub type Handle = Arc<dyn Any + Send + Sync>;

/// The result of a lookup.
#[derive(Clone)]
pub struct Terms {
    /// The terms found; empty for a lookup of given terms.
    pub words: BTreeSet<String>,
    /// The sum of the terms' document frequencies.
    pub frequency: u64,
    /// The backend's handle.
    pub handle: Handle,
}

impl fmt::Debug for Terms {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Terms").field("words", &self.words).field("frequency", &self.frequency).finish_non_exhaustive()
    }
}
