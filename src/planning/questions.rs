//! Dictionary lookups, collected into one batch.

use std::collections::BTreeSet;

use crate::backend::{Error, Lookup, Snapshot, Terms, ValueForm};
use crate::model::Field;
use crate::query::Stream;

/// An owned lookup; see [`Lookup`].
pub enum Question {
    Terms(Stream, BTreeSet<String>),
    Prefix(Stream, String),
    Values(Field, ValueForm, BTreeSet<String>),
}

impl Question {
    fn look_up(&self) -> Lookup<'_> {
        match self {
            Self::Terms(stream, terms) => Lookup::Terms(*stream, terms),
            Self::Prefix(stream, prefix) => Lookup::Prefix(*stream, prefix),
            Self::Values(field, form, values) => Lookup::Values(*field, *form, values),
        }
    }
}

/// Lookups in order.
#[derive(Default)]
pub struct Questions(Vec<Question>);

impl Questions {
    /// Adds a lookup, and returns the index of its result.
    pub fn ask(&mut self, question: Question) -> usize {
        self.0.push(question);
        self.0.len() - 1
    }

    /// Returns the terms of a lookup; none if the lookup itself finds them.
    pub fn terms(&self, at: usize) -> BTreeSet<String> {
        match &self.0[at] {
            Question::Terms(_, terms) => terms.clone(),
            Question::Prefix(..) | Question::Values(..) => BTreeSet::new(),
        }
    }

    /// Runs all lookups.
    pub fn answers(&self, snapshot: &dyn Snapshot) -> Result<Vec<Terms>, Error> {
        if self.0.is_empty() {
            return Ok(Vec::new());
        }
        let look_ups: Vec<Lookup<'_>> = self.0.iter().map(Question::look_up).collect();
        snapshot.look_up(&look_ups)
    }
}
