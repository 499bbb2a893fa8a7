//! Parsed queries: a tree of words, phrases and fields, each with its byte range in the query.

use std::ops::Range;

use chrono::NaiveDate;

use super::Days;
use crate::model::{CustomFields, Field};
use crate::text::Token;

/// A parsed query.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TextQuery {
    /// Query as typed.
    pub text: String,
    /// Options of the parser.
    pub options: ParseOptions,
    /// Root of the tree.
    pub root: Node,
}

/// Options of the parser.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct ParseOptions {
    /// Match any word instead of all. Exclusions and fields still restrict.
    pub any: bool,
    /// Read the text as plain words, without operators, phrases and fields.
    pub words: bool,
    /// Reference day of relative dates.
    pub as_of: Option<NaiveDate>,
    /// Custom fields of the index.
    pub fields: CustomFields,
}

/// A node of a query.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Node {
    /// Kind of the node.
    pub kind: NodeKind,
    /// Byte range in the query.
    pub span: Range<usize>,
}

/// Kind of a node.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NodeKind {
    /// Conjunction.
    All(Vec<Node>),
    /// Disjunction of adjacent nodes: `--any`.
    Any(Vec<Node>),
    /// Disjunction of alternatives: `OR`.
    Either(Vec<Node>),
    /// Negation.
    Not(Box<Node>),
    /// Adjacent words.
    Words(Words),
    /// Value of a field.
    Value(Field, String),
    /// Range of dates.
    Days(Days),
}

/// Adjacent words, mostly a single one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Words {
    /// Folded words; at least one.
    pub tokens: Vec<Token>,
    /// Match mode.
    pub form: WordMatch,
    /// True if only the text of an entry matches, not the name of its source.
    pub only_text: bool,
}

/// Match mode of words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WordMatch {
    /// Any form of the words (`controls` for `control`).
    Any,
    /// Exact words, with slop: see [`Sequence`](super::Sequence).
    Exact {
        /// Maximum displacement in words.
        slop: u32,
    },
    /// Exact words, the last of which is a prefix.
    Prefix,
    /// Words within one edit, in any form. Only for a single word.
    Fuzzy,
}

impl TextQuery {
    /// Reports whether the query contains words, so that hits have scores.
    pub fn has_words(&self) -> bool {
        self.root.has_words()
    }

    /// Returns the required values of a field.
    pub fn values(&self, field: Field) -> Vec<&str> {
        self.root.values(field)
    }

    /// Keeps the parts of the top-level conjunction whose leaves all satisfy a predicate; `None` if no part does.
    pub fn only(&self, keep: impl Fn(&NodeKind) -> bool) -> Option<Self> {
        let parts = match &self.root.kind {
            NodeKind::All(nodes) => &nodes[..],
            _ => std::slice::from_ref(&self.root),
        };
        let parts: Vec<Node> = parts.iter().filter(|node| node.has_only(&keep)).cloned().collect();
        let root = Node { kind: NodeKind::All(parts), span: self.root.span.clone() };
        (!matches!(&root.kind, NodeKind::All(parts) if parts.is_empty())).then(|| Self {
            text: self.text.clone(),
            root,
            options: self.options,
        })
    }
}

impl Node {
    /// Reports whether a node contains words that are not negated.
    pub(super) fn has_words(&self) -> bool {
        match &self.kind {
            NodeKind::All(nodes) | NodeKind::Any(nodes) | NodeKind::Either(nodes) => nodes.iter().any(Self::has_words),
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

    fn has_only(&self, keep: &impl Fn(&NodeKind) -> bool) -> bool {
        match &self.kind {
            NodeKind::All(nodes) | NodeKind::Any(nodes) | NodeKind::Either(nodes) => {
                nodes.iter().all(|node| node.has_only(keep))
            }
            NodeKind::Not(node) => node.has_only(keep),
            leaf => keep(leaf),
        }
    }

    /// Reports whether a node of date ranges matches a day. Other leaves match every day.
    pub fn allows(&self, day: NaiveDate) -> bool {
        match &self.kind {
            NodeKind::All(nodes) => nodes.iter().all(|node| node.allows(day)),
            NodeKind::Any(nodes) | NodeKind::Either(nodes) => nodes.iter().any(|node| node.allows(day)),
            NodeKind::Not(node) => !node.allows(day),
            NodeKind::Days(days) => days.contains(day),
            NodeKind::Words(_) | NodeKind::Value(..) => true,
        }
    }

    /// Returns the words that are not negated, in order.
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
