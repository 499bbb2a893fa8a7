//! Questions to the dictionary, collected so that one batch answers all of them.

use std::collections::BTreeSet;

use crate::backend::{Error, LookUp, Snapshot, Terms};
use crate::query::Stream;

/// What is to be looked up; see [`LookUp`].
pub enum Question {
    Terms(Stream, BTreeSet<String>),
    Prefix(Stream, String),
    Values(&'static str, BTreeSet<String>),
}

impl Question {
    fn look_up(&self) -> LookUp<'_> {
        match self {
            Self::Terms(stream, terms) => LookUp::Terms(*stream, terms),
            Self::Prefix(stream, prefix) => LookUp::Prefix(*stream, prefix),
            Self::Values(field, values) => LookUp::Values(field, values),
        }
    }
}

/// Questions in the order in which they were asked.
#[derive(Default)]
pub struct Questions(Vec<Question>);

impl Questions {
    /// Adds a question, and returns the place of its answer.
    pub fn ask(&mut self, question: Question) -> usize {
        self.0.push(question);
        self.0.len() - 1
    }

    /// Returns the terms asked for at a place; none where these are not known before they are looked up.
    pub fn terms(&self, at: usize) -> BTreeSet<String> {
        match &self.0[at] {
            Question::Terms(_, terms) => terms.clone(),
            Question::Prefix(..) | Question::Values(..) => BTreeSet::new(),
        }
    }

    /// Looks all of them up.
    pub fn answers(&self, snapshot: &dyn Snapshot) -> Result<Vec<Terms>, Error> {
        if self.0.is_empty() {
            return Ok(Vec::new());
        }
        let look_ups: Vec<LookUp<'_>> = self.0.iter().map(Question::look_up).collect();
        snapshot.look_up(&look_ups)
    }
}
