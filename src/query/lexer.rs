//! Lexer of the query language: words, phrases, operators and parentheses.
//!
//! Operators count only at the start or the end of a word; inside a word they are punctuation. So `dual-use`,
//! `O'Brien`, `f(n)` and `1)` are ordinary words.

use std::ops::Range;

use super::error::{Problem, QueryError};
use super::{Prefix, error};
use crate::model::{CustomFields, Field};
use crate::text::{across_space, tokens};

/// A lexeme with its byte range in the query.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lexeme {
    pub kind: LexemeKind,
    pub span: Range<usize>,
}

/// Kind of a lexeme. Ranges are byte ranges of the query.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LexemeKind {
    Open,
    Close,
    Or,
    And,
    Not,
    /// Prefix of a field; its value is the next lexeme.
    Prefix(Prefix),
    /// Text in quotation marks.
    Quoted {
        inner: Range<usize>,
        slop: u32,
    },
    /// A word without its suffix.
    Word {
        inner: Range<usize>,
        suffix: Suffix,
    },
}

/// Suffix of a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Suffix {
    None,
    Prefix,
    Fuzzy,
}

/// Splits a query into lexemes. Skips punctuation.
pub fn lexemes(text: &str, fields: CustomFields) -> Result<Vec<Lexeme>, QueryError> {
    let mut lexer = Lexer { text, fields, at: 0, groups: Vec::new(), out: Vec::new() };
    while lexer.skip_space() {
        lexer.next()?;
    }
    match lexer.groups.pop() {
        Some(open) => Err(QueryError { problem: Problem::UnclosedGroup, span: open..open + 1 }),
        None => Ok(lexer.out),
    }
}

/// Splits a query into plain words, without operators.
pub fn plain_words(text: &str) -> Vec<Lexeme> {
    let mut at = 0;
    let mut out = Vec::new();
    for word in text.split(char::is_whitespace) {
        let span = at..at + word.len();
        at = span.end + text[span.end..].chars().next().map_or(0, char::len_utf8);
        if !tokens(word).is_empty() {
            out.push(Lexeme { kind: LexemeKind::Word { inner: span.clone(), suffix: Suffix::None }, span });
        }
    }
    out
}

struct Lexer<'a> {
    text: &'a str,
    fields: CustomFields,
    at: usize,
    /// Offsets of the open parentheses.
    groups: Vec<usize>,
    out: Vec<Lexeme>,
}

impl<'a> Lexer<'a> {
    fn rest(&self) -> &'a str {
        &self.text[self.at..]
    }

    /// Skips white space. Returns false at the end.
    fn skip_space(&mut self) -> bool {
        self.at = self.text.len() - self.rest().trim_start().len();
        self.at < self.text.len()
    }

    fn push(&mut self, kind: LexemeKind, end: usize) {
        self.out.push(Lexeme { kind, span: self.at..end });
        self.at = end;
    }

    /// Skips punctuation, including a `-` before it.
    fn skip_punctuation(&mut self, end: usize) {
        if self.out.last().is_some_and(|last| last.kind == LexemeKind::Not && self.text[last.span.clone()] == *"-") {
            self.out.pop();
        }
        self.at = end;
    }

    fn next(&mut self) -> Result<(), QueryError> {
        let rest = self.rest();
        let Some(first) = rest.chars().next() else { return Ok(()) };
        if first == '(' {
            self.groups.push(self.at);
            if self.groups.len() > error::MAX_DEPTH {
                return Err(QueryError { problem: Problem::TooDeep, span: self.at..self.at + 1 });
            }
            self.push(LexemeKind::Open, self.at + 1);
        } else if first == ')' {
            if self.groups.pop().is_none() {
                return Err(QueryError { problem: Problem::UnopenedGroup, span: self.at..self.at + 1 });
            }
            self.push(LexemeKind::Close, self.at + 1);
        } else if self.is_field_value() && !is_quote(first) {
            self.value();
        } else if let Some((operator, length)) = operator(rest) {
            self.push(operator, self.at + length);
        } else if is_quote(first) {
            self.quoted(first.len_utf8())?;
        } else if first == '-' {
            // Several hyphens are a dash.
            match rest[1..].chars().next() {
                Some(c) if c != '-' && c != ')' && !c.is_whitespace() => self.push(LexemeKind::Not, self.at + 1),
                _ => self.at += rest.len() - rest.trim_start_matches('-').len(),
            }
        } else if let Some((name, end)) = field_name(rest, self.fields) {
            let span = self.at..self.at + name.len();
            let unknown = || Problem::UnknownField { name: name.to_owned(), known: Prefix::names(self.fields) };
            let prefix = Prefix::from_name(name, self.fields);
            let prefix = prefix.ok_or_else(|| QueryError { problem: unknown(), span })?;
            self.push(LexemeKind::Prefix(prefix), self.at + end);
        } else {
            self.word()?;
        }
        Ok(())
    }

    /// Reads a phrase up to the next quotation mark, and a suffix such as `~3`.
    fn quoted(&mut self, open: usize) -> Result<(), QueryError> {
        let start = self.at + open;
        let Some((length, close)) = self.text[start..].char_indices().find(|(_, c)| is_quote(*c)) else {
            return Err(QueryError { problem: Problem::UnclosedQuote, span: self.at..start });
        };
        let inner = start..start + length;
        let end = inner.end + close.len_utf8();
        let rest = &self.text[end..];
        if self.is_field_value() && rest.starts_with('~') {
            return Err(QueryError { problem: Problem::FuzzyValue, span: end..end + 1 });
        }
        if self.is_field_value() && rest.starts_with("..") {
            return Err(QueryError { problem: Problem::SplitRange, span: end..end + 2 });
        }
        let (slop, suffix) = match rest.strip_prefix('~') {
            Some(number) => {
                let typed = &number[..number.find(|c: char| c.is_whitespace() || c == ')').unwrap_or(number.len())];
                let slop = typed.parse().ok().filter(|slop| *slop <= error::MAX_SLOP);
                let span = end..end + 1 + typed.len();
                (slop.ok_or_else(|| QueryError { problem: Problem::Slop(typed.to_owned()), span })?, 1 + typed.len())
            }
            None => (0, 0),
        };
        if self.is_field_value() || !tokens(&self.text[inner.clone()]).is_empty() {
            self.push(LexemeKind::Quoted { inner, slop }, end + suffix);
        } else {
            self.skip_punctuation(end + suffix);
        }
        Ok(())
    }

    /// Reads the value of a field verbatim, up to white space or an unmatched closing parenthesis.
    fn value(&mut self) {
        let end = self.at + word_length(self.rest(), true);
        self.push(LexemeKind::Word { inner: self.at..end, suffix: Suffix::None }, end);
    }

    fn word(&mut self) -> Result<(), QueryError> {
        let (rest, in_group) = (self.rest(), !self.groups.is_empty());
        let mut length = word_length(rest, in_group);
        while let Some(end) = across_space(rest, length) {
            length = end + word_length(&rest[end..], in_group);
        }
        let whole = self.at..self.at + length;
        let (inner, suffix) = self.suffix(&self.text[whole.clone()])?;
        if let Some(star) = inner.find('*') {
            let star = whole.start + star;
            return Err(QueryError { problem: Problem::Wildcard, span: star..star + 1 });
        }
        let words = tokens(inner).len();
        let span = whole.clone();
        match (words, suffix) {
            (0, Suffix::Prefix) => return Err(QueryError { problem: Problem::Wildcard, span }),
            (2.., Suffix::Fuzzy) => return Err(QueryError { problem: Problem::FuzzyCompound, span }),
            (0, _) => self.skip_punctuation(whole.end),
            _ => self.push(LexemeKind::Word { inner: whole.start..whole.start + inner.len(), suffix }, whole.end),
        }
        Ok(())
    }

    /// Splits a word and its suffix.
    fn suffix(&self, typed: &'a str) -> Result<(&'a str, Suffix), QueryError> {
        if let Some(prefix) = typed.strip_suffix('*') {
            return Ok((prefix, Suffix::Prefix));
        }
        match typed.rsplit_once('~') {
            Some((word, "" | "1")) if !tokens(word).is_empty() => Ok((word, Suffix::Fuzzy)),
            // Inside several words, as in a URL, `~` is punctuation.
            Some((word, edits)) if tokens(word).len() == 1 || is_number(edits) && !tokens(word).is_empty() => {
                let span = self.at + word.len()..self.at + typed.len();
                Err(QueryError { problem: Problem::Edits(edits.to_owned()), span })
            }
            _ => Ok((typed, Suffix::None)),
        }
    }

    fn is_field_value(&self) -> bool {
        self.out.last().is_some_and(|last| {
            last.span.end == self.at && matches!(&last.kind, LexemeKind::Prefix(prefix) if *prefix != Prefix::Text)
        })
    }
}

/// Returns the operator in capitals at the start, if white space, a parenthesis or a quotation mark follows, and its
/// length.
fn operator(rest: &str) -> Option<(LexemeKind, usize)> {
    [("OR", LexemeKind::Or), ("AND", LexemeKind::And), ("NOT", LexemeKind::Not)].into_iter().find_map(
        |(name, piece)| {
            let after = rest.strip_prefix(name)?;
            let ends = after.chars().next().is_none_or(|c| c.is_whitespace() || is_quote(c) || matches!(c, '(' | ')'));
            ends.then_some((piece, name.len()))
        },
    )
}

fn is_number(text: &str) -> bool {
    text.bytes().all(|b| b.is_ascii_digit())
}

/// Returns the name of a field and the offset of its value. `https://` is not a field. Names with other characters than
/// letters and underscores are only those of custom fields, and what looks like an attribute in an index with such fields.
fn field_name(rest: &str, custom: CustomFields) -> Option<(&str, usize)> {
    let mut length = rest.bytes().take_while(|b| b.is_ascii_alphabetic() || *b == b'_').count();
    if !custom.is_empty() && !rest[length..].starts_with(':') {
        let end = rest.find(|c: char| !c.is_alphanumeric() && !matches!(c, '_' | '-' | '.')).unwrap_or(rest.len());
        let is_field = rest.starts_with(CustomFields::ATTRIBUTE) || Field::from_name(&rest[..end], custom).is_some();
        length = if is_field { end } else { length };
    }
    let value = rest[length..].strip_prefix(':').filter(|_| length > 0)?;
    let is_value = value.chars().next().is_some_and(|c| !c.is_whitespace() && !matches!(c, '/' | ':' | ')'));
    is_value.then_some((&rest[..length], length + 1))
}

/// Returns the length of a word, up to white space or the closing parenthesis of its group.
fn word_length(rest: &str, in_group: bool) -> usize {
    let mut inside = 0;
    for (at, c) in rest.char_indices() {
        match c {
            '(' => inside += 1,
            ')' if inside > 0 => inside -= 1,
            ')' if in_group => return at,
            c if c.is_whitespace() => return at,
            _ => {}
        }
    }
    rest.len()
}

/// Reports whether a character is a quotation mark.
pub fn is_quote(c: char) -> bool {
    matches!(c, '"' | '“' | '”' | '„' | '«' | '»' | '＂')
}
