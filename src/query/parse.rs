//! Parser of the query language. Negation binds closest, then `OR`, then adjacency:
//!
//! ```text
//! query  = all
//! all    = either { [ "AND" ] either }
//! either = not { "OR" not }
//! not    = { "-" | "NOT" } atom
//! atom   = "(" all ")" | word [ "*" | "~1" ] | "a phrase" [ "~k" ] | field ":" value
//! ```
//!
//! The lexer bounds the depth of nesting, and so of recursion.

use std::mem::discriminant;
use std::ops::Range;

use super::error::{MAX_BYTES, MAX_WORDS, Problem, QueryError};
use super::lexer::{Lexeme, LexemeKind, Suffix, lexemes, plain_words};
use super::{Days, Node, NodeKind, ParseOptions, Prefix, TextQuery, WordMatch, Words};
use crate::model::FieldValueKind;
use crate::text::{Token, tokens};

impl TextQuery {
    /// Parses a query; `None` if it is blank.
    pub fn parse(text: &str, options: ParseOptions) -> Result<Option<Self>, QueryError> {
        if text.trim().is_empty() {
            return Ok(None);
        }
        let whole = 0..text.len();
        if text.len() > MAX_BYTES {
            return Err(QueryError { problem: Problem::TooLong(text.len()), span: whole });
        }
        let lexemes = if options.words { plain_words(text) } else { lexemes(text, options.fields)? };
        let mut parser = Parser { text, options, lexemes, at: 0 };
        if parser.lexemes.is_empty() {
            return Err(QueryError { problem: Problem::NoWords, span: whole });
        }
        let words = parser.count();
        if words > MAX_WORDS {
            return Err(QueryError { problem: Problem::TooManyWords(words), span: whole });
        }
        let root = parser.all(whole)?;
        Ok(Some(Self { text: text.to_owned(), options, root }))
    }
}

struct Parser<'a> {
    text: &'a str,
    options: ParseOptions,
    lexemes: Vec<Lexeme>,
    at: usize,
}

impl Parser<'_> {
    /// Returns the number of words and fields.
    fn count(&self) -> usize {
        let mut count = 0;
        let mut is_value = false;
        for lexeme in &self.lexemes {
            count += match &lexeme.kind {
                LexemeKind::Word { .. } | LexemeKind::Quoted { .. } if is_value => 1,
                LexemeKind::Word { inner, .. } | LexemeKind::Quoted { inner, .. } => {
                    tokens(&self.text[inner.clone()]).len()
                }
                _ => 0,
            };
            is_value = matches!(lexeme.kind, LexemeKind::Prefix(prefix) if prefix != Prefix::Text);
        }
        count
    }

    fn peek(&self) -> Option<&LexemeKind> {
        self.lexemes.get(self.at).map(|lexeme| &lexeme.kind)
    }

    fn next(&mut self) -> Option<Lexeme> {
        let lexeme = self.lexemes.get(self.at).cloned();
        self.at += 1;
        lexeme
    }

    /// Consumes the next lexeme if it is of the given kind.
    fn take(&mut self, piece: &LexemeKind) -> Option<Range<usize>> {
        (self.peek() == Some(piece)).then(|| self.next()).flatten().map(|lexeme| lexeme.span)
    }

    /// Parses adjacent nodes up to the end or a closing parenthesis.
    fn all(&mut self, span: Range<usize>) -> Result<Node, QueryError> {
        let mut nodes = vec![self.either(None)?];
        while !matches!(self.peek(), None | Some(LexemeKind::Close)) {
            let and = self.take(&LexemeKind::And);
            if let Some(span) = and.clone().filter(|_| self.options.any) {
                return Err(QueryError { problem: Problem::AndInAny, span });
            }
            nodes.push(self.either(and.map(|span| ("AND", span)))?);
        }
        if self.options.any && nodes.len() > 1 {
            let (words, mut restrictions): (Vec<_>, Vec<_>) = nodes.into_iter().partition(Node::has_words);
            if !words.is_empty() {
                restrictions.insert(0, group(NodeKind::Any, words, span.clone()));
            }
            nodes = restrictions;
        }
        Ok(group(NodeKind::All, nodes, span))
    }

    fn either(&mut self, operator: Option<(&'static str, Range<usize>)>) -> Result<Node, QueryError> {
        let mut nodes = vec![self.not(operator)?];
        while let Some(or) = self.take(&LexemeKind::Or) {
            nodes.push(self.not(Some(("OR", or)))?);
        }
        let span = nodes[0].span.start..nodes[nodes.len() - 1].span.end;
        Ok(group(NodeKind::Either, nodes, span))
    }

    fn not(&mut self, operator: Option<(&'static str, Range<usize>)>) -> Result<Node, QueryError> {
        let (mut negative, mut start, mut operator) = (false, None, operator);
        while let Some(span) = self.take(&LexemeKind::Not) {
            negative = !negative;
            start.get_or_insert(span.start);
            operator = Some(("NOT", span));
        }
        let node = self.atom(operator)?;
        let span = start.unwrap_or(node.span.start)..node.span.end;
        Ok(match (negative, node.kind) {
            // A double negation cancels, also through parentheses.
            (true, NodeKind::Not(node)) => *node,
            (true, kind) => Node { kind: NodeKind::Not(Box::new(Node { kind, span: node.span })), span },
            (false, kind) => Node { kind, span: node.span },
        })
    }

    /// Parses a word, phrase, field or group. `operator` is the one before it.
    fn atom(&mut self, operator: Option<(&'static str, Range<usize>)>) -> Result<Node, QueryError> {
        let missing = |name, side, span| Err(QueryError { problem: Problem::MissingOperand(name, side), span });
        let Some(Lexeme { kind, span }) = self.next() else {
            let (name, span) = operator.unwrap_or(("the query", 0..self.text.len()));
            return missing(name, "after", span);
        };
        match (kind, operator) {
            (LexemeKind::Open, _) => {
                if let Some(close) = self.take(&LexemeKind::Close) {
                    return Err(QueryError { problem: Problem::EmptyGroup, span: span.start..close.end });
                }
                let mut node = self.all(span.clone())?;
                let close = self.next().map_or(span.end, |close| close.span.end);
                node.span = span.start..close;
                Ok(node)
            }
            (LexemeKind::Word { inner, suffix }, _) => Ok(self.words(inner, suffix, span)),
            (LexemeKind::Quoted { inner, slop }, _) => Ok(self.phrase(inner, slop, span)),
            (LexemeKind::Prefix(prefix), _) => self.prefixed(prefix, span),
            (_, Some((name, span))) => missing(name, "after", span),
            (LexemeKind::And, None) => missing("AND", "before", span),
            (LexemeKind::Or | LexemeKind::Not | LexemeKind::Close, None) => missing("OR", "before", span),
        }
    }

    fn words(&self, inner: Range<usize>, suffix: Suffix, span: Range<usize>) -> Node {
        let form = match suffix {
            Suffix::None => WordMatch::Any,
            Suffix::Prefix => WordMatch::Prefix,
            Suffix::Fuzzy => WordMatch::Fuzzy,
        };
        let node = self.node(inner, form, false, span);
        match node.kind {
            NodeKind::Words(Words { tokens, form: WordMatch::Any, only_text })
                if self.options.any && tokens.len() > 1 =>
            {
                any_of(tokens, only_text, node.span)
            }
            kind => Node { kind, ..node },
        }
    }

    fn phrase(&self, inner: Range<usize>, slop: u32, span: Range<usize>) -> Node {
        self.node(inner, WordMatch::Exact { slop }, true, span)
    }

    fn node(&self, inner: Range<usize>, form: WordMatch, only_text: bool, span: Range<usize>) -> Node {
        let mut tokens = tokens(&self.text[inner.clone()]);
        for token in &mut tokens {
            token.span = token.span.start + inner.start..token.span.end + inner.start;
        }
        Node { kind: NodeKind::Words(Words { tokens, form, only_text }), span }
    }

    fn prefixed(&mut self, prefix: Prefix, name: Range<usize>) -> Result<Node, QueryError> {
        let is_value = |l: &Lexeme| matches!(l.kind, LexemeKind::Word { .. } | LexemeKind::Quoted { .. });
        let is_adjacent = self.lexemes.get(self.at).is_some_and(|l| l.span.start == name.end && is_value(l));
        let Some(value) = is_adjacent.then(|| self.next()).flatten() else {
            return Err(QueryError { problem: Problem::NoValue(prefix.as_str()), span: name });
        };
        let span = name.start..value.span.end;
        if prefix == Prefix::Text {
            let mut node = match value.kind {
                LexemeKind::Quoted { inner, slop } => self.phrase(inner, slop, span),
                LexemeKind::Word { inner, suffix } => self.words(inner, suffix, span),
                _ => unreachable!("checked above"),
            };
            if let NodeKind::Words(words) = &mut node.kind {
                words.only_text = true;
            }
            return Ok(node);
        }
        let typed = match &value.kind {
            LexemeKind::Quoted { inner, .. } => self.text[inner.clone()].trim(),
            _ => &self.text[value.span.clone()],
        };
        if typed.is_empty() {
            return Err(QueryError { problem: Problem::NoValue(prefix.as_str()), span });
        }
        let wrong = |problem| QueryError { problem, span: value.span.clone() };
        let kind = match prefix {
            Prefix::Date => NodeKind::Days(Days::parse(typed, self.options.as_of).map_err(|e| wrong(e.into()))?),
            Prefix::Field(field) => match field.spec().values {
                FieldValueKind::Words(words) => {
                    let known = words.iter().find(|(word, _)| word.eq_ignore_ascii_case(typed));
                    let (word, _) =
                        known.ok_or_else(|| wrong(Problem::UnknownWord { field, word: typed.to_owned() }))?;
                    NodeKind::Value(field, (*word).to_owned())
                }
                _ => NodeKind::Value(field, typed.to_owned()),
            },
            Prefix::Text => unreachable!("handled above"),
        };
        Ok(Node { kind, span })
    }
}

/// Splits a compound into alternatives: words, and pairs of characters in scripts without spaces.
fn any_of(tokens: Vec<Token>, only_text: bool, span: Range<usize>) -> Node {
    let pairs = |i: usize| {
        let next = tokens.get(i + 1)?;
        let joined = tokens[i].is_unspaced() && next.is_unspaced() && tokens[i].touches(next);
        joined.then(|| vec![tokens[i].clone(), next.clone()])
    };
    let mut nodes = Vec::new();
    for (i, token) in tokens.iter().enumerate() {
        let part = match pairs(i) {
            Some(pair) => pair,
            None if i > 0 && pairs(i - 1).is_some() => continue,
            None => vec![token.clone()],
        };
        let span = part[0].span.start..part[part.len() - 1].span.end;
        nodes.push(Node { kind: NodeKind::Words(Words { tokens: part, form: WordMatch::Any, only_text }), span });
    }
    group(NodeKind::Any, nodes, span)
}

/// Groups nodes. Returns a single node unchanged and flattens nested groups of the same kind.
fn group(kind: fn(Vec<Node>) -> NodeKind, mut nodes: Vec<Node>, span: Range<usize>) -> Node {
    if nodes.len() == 1 {
        return nodes.remove(0);
    }
    let own = discriminant(&kind(Vec::new()));
    let parts = nodes.into_iter().flat_map(|node| match (discriminant(&node.kind) == own, node.kind) {
        (true, NodeKind::All(parts) | NodeKind::Any(parts) | NodeKind::Either(parts)) => parts,
        (_, kind) => vec![Node { kind, span: node.span }],
    });
    Node { kind: kind(parts.collect()), span }
}

#[cfg(test)]
mod tests;
