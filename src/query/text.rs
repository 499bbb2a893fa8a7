//! A query as it was understood: a tree of words, phrases and fields, each with its bytes in what was typed.

use std::ops::Range;

use chrono::NaiveDate;

use super::Days;
use crate::model::Field;
use crate::text::Token;

/// What an entry's text must say, and what the entry must be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TextQuery {
    /// What was typed.
    pub text: String,
    /// How it was to be understood.
    pub reading: ParseOptions,
    /// How it was understood.
    pub root: Node,
}

/// How a query is to be understood.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct ParseOptions {
    /// Any of the words will do, where else all must match. What excludes, and fields, restrict as ever.
    pub any: bool,
    /// The text is plain words: nothing in it is an operator, a phrase or a field.
    pub words: bool,
    /// The day that relative dates count from.
    pub as_of: Option<NaiveDate>,
}

/// A part of a query.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Node {
    /// What it asks for.
    pub kind: NodeKind,
    /// Its bytes in what was typed.
    pub span: Range<usize>,
}

/// What a part of a query asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NodeKind {
    /// All of these.
    All(Vec<Node>),
    /// Any of these, which were typed side by side as what all must match is: `--any`.
    Any(Vec<Node>),
    /// Any of these, which are alternatives to each other: `OR`.
    Either(Vec<Node>),
    /// Not this.
    Not(Box<Node>),
    /// Words side by side.
    Words(Words),
    /// A value of a field: one of those that filters have.
    Value(Field, String),
    /// Days of publication.
    Days(Days),
}

/// Words side by side, mostly one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Words {
    /// The words, folded; at least one.
    pub tokens: Vec<Token>,
    /// What may stand for them.
    pub form: WordMatch,
    /// Whether a source's name does not count, only the entry's text.
    pub only_text: bool,
}

/// What may stand for words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WordMatch {
    /// Any of their forms (`controls` for `control`).
    Any,
    /// They as they are, moved against each other by so many places at most: see [`Sequence`](super::Sequence).
    Exact {
        /// How many.
        slop: u32,
    },
    /// They as they are, and what begins with the last of them.
    Prefix,
    /// Words within one edit, in any of their forms. One word only.
    Fuzzy,
}

impl TextQuery {
    /// Whether it asks for words, so that hits have scores.
    pub fn has_words(&self) -> bool {
        self.root.wants_words()
    }

    /// The values of a field that entries are to have.
    pub fn values(&self, field: Field) -> Vec<&str> {
        self.root.values(field)
    }

    /// Of what all must match, the parts in which nothing but what is kept is asked for; none where there are none.
    pub fn only(&self, keep: impl Fn(&NodeKind) -> bool) -> Option<Self> {
        let parts = match &self.root.kind {
            NodeKind::All(nodes) => &nodes[..],
            _ => std::slice::from_ref(&self.root),
        };
        let parts: Vec<Node> = parts.iter().filter(|node| node.asks_only(&keep)).cloned().collect();
        let root = Node { kind: NodeKind::All(parts), span: self.root.span.clone() };
        (!matches!(&root.kind, NodeKind::All(parts) if parts.is_empty())).then(|| Self {
            text: self.text.clone(),
            root,
            reading: self.reading,
        })
    }
}

impl Node {
    /// Whether an entry can match it by what it says.
    pub(super) fn wants_words(&self) -> bool {
        match &self.kind {
            NodeKind::All(nodes) | NodeKind::Any(nodes) | NodeKind::Either(nodes) => {
                nodes.iter().any(Self::wants_words)
            }
            NodeKind::Words(_) => true,
            NodeKind::Not(_) | NodeKind::Value(..) | NodeKind::Days(_) => false,
        }
    }

    fn values(&self, of: Field) -> Vec<&str> {
        match &self.kind {
            NodeKind::All(nodes) | NodeKind::Any(nodes) | NodeKind::Either(nodes) => {
                nodes.iter().flat_map(|node| node.values(of)).collect()
            }
            NodeKind::Value(field, value) if *field == of => vec![value],
            NodeKind::Value(..) | NodeKind::Not(_) | NodeKind::Words(_) | NodeKind::Days(_) => Vec::new(),
        }
    }

    fn asks_only(&self, keep: &impl Fn(&NodeKind) -> bool) -> bool {
        match &self.kind {
            NodeKind::All(nodes) | NodeKind::Any(nodes) | NodeKind::Either(nodes) => {
                nodes.iter().all(|node| node.asks_only(keep))
            }
            NodeKind::Not(node) => node.asks_only(keep),
            leaf => keep(leaf),
        }
    }

    /// Whether a day passes, where nothing but days is asked for.
    pub fn allows(&self, day: NaiveDate) -> bool {
        match &self.kind {
            NodeKind::All(nodes) => nodes.iter().all(|node| node.allows(day)),
            NodeKind::Any(nodes) | NodeKind::Either(nodes) => nodes.iter().any(|node| node.allows(day)),
            NodeKind::Not(node) => !node.allows(day),
            NodeKind::Days(days) => days.contains(day),
            NodeKind::Words(_) | NodeKind::Value(..) => true,
        }
    }

    /// The words that an entry can match by, in the order typed.
    pub fn words(&self) -> Vec<&Self> {
        match &self.kind {
            NodeKind::All(nodes) | NodeKind::Any(nodes) | NodeKind::Either(nodes) => {
                nodes.iter().flat_map(Self::words).collect()
            }
            NodeKind::Words(_) => vec![self],
            NodeKind::Not(_) | NodeKind::Value(..) | NodeKind::Days(_) => Vec::new(),
        }
    }
}
