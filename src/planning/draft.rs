//! A query with its look-ups as questions, before they are answered.

use std::collections::BTreeSet;

use super::expand::Way;
use crate::backend::LookUp;
use crate::query::{Node, Stream, Words};

/// What is to be looked up.
pub enum Question {
    Terms(Stream, BTreeSet<String>),
    Prefix(Stream, String),
}

impl Question {
    pub fn look_up(&self) -> LookUp<'_> {
        match self {
            Self::Terms(stream, terms) => LookUp::Terms(*stream, terms),
            Self::Prefix(stream, prefix) => LookUp::Prefix(*stream, prefix),
        }
    }
}

/// A tree that names its look-ups by their places among the questions.
pub enum Draft<'a> {
    All(Vec<Draft<'a>>, Vec<Near>),
    Any(usize, Vec<Draft<'a>>, Vec<Near>),
    Not(Box<Draft<'a>>),
    Words { node: &'a Node, words: &'a Words, ways: Vec<Sought>, also: Vec<Sought> },
    Other(&'a Node),
}

/// A way to match words, and the place of its first slot among the questions.
pub struct Sought {
    pub way: Way,
    pub first: usize,
}

/// Two neighbours, by the places of their stems among the questions.
pub struct Near {
    pub typed: String,
    pub words: [usize; 2],
}
