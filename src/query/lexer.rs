//! Parts what was typed into words, phrases, operators and parentheses.
//!
//! Everything that acts does so at the start of a word only, or at its end: inside a word it is punctuation. So
//! `dual-use`, `O'Brien`, `f(n)` and `1)` are words like any other.

use std::ops::Range;

use super::error::{Problem, QueryError};
use super::{Prefix, error};
use crate::text::{across_space, tokens};

/// A piece of a query.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lexeme {
    pub kind: Piece,
    pub span: Range<usize>,
}

/// What a piece is. Ranges are bytes of what was typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece {
    Open,
    Close,
    Or,
    And,
    Not,
    /// A field's name; its value is the next piece.
    Prefix(Prefix),
    /// What stands in quotation marks.
    Quoted {
        inner: Range<usize>,
        slop: u32,
    },
    /// A word without what stands behind it.
    Word {
        inner: Range<usize>,
        suffix: Suffix,
    },
}

/// What stands behind a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Suffix {
    None,
    Prefix,
    Fuzzy,
}

/// All pieces in order. What is only punctuation is left out.
pub fn lexemes(text: &str) -> Result<Vec<Lexeme>, QueryError> {
    let mut lexer = Lexer { text, at: 0, groups: Vec::new(), out: Vec::new() };
    while lexer.skip_space() {
        lexer.next()?;
    }
    match lexer.groups.pop() {
        Some(open) => Err(QueryError { problem: Problem::UnclosedGroup, span: open..open + 1 }),
        None => Ok(lexer.out),
    }
}

/// All words in order, where nothing is an operator.
pub fn plain_words(text: &str) -> Vec<Lexeme> {
    let mut at = 0;
    let mut out = Vec::new();
    for word in text.split(char::is_whitespace) {
        let span = at..at + word.len();
        at = span.end + text[span.end..].chars().next().map_or(0, char::len_utf8);
        if !tokens(word).is_empty() {
            out.push(Lexeme { kind: Piece::Word { inner: span.clone(), suffix: Suffix::None }, span });
        }
    }
    out
}

struct Lexer<'a> {
    text: &'a str,
    at: usize,
    /// Where the open parentheses are.
    groups: Vec<usize>,
    out: Vec<Lexeme>,
}

impl<'a> Lexer<'a> {
    fn rest(&self) -> &'a str {
        &self.text[self.at..]
    }

    /// To the next piece; false at the end.
    fn skip_space(&mut self) -> bool {
        self.at = self.text.len() - self.rest().trim_start().len();
        self.at < self.text.len()
    }

    fn push(&mut self, kind: Piece, end: usize) {
        self.out.push(Lexeme { kind, span: self.at..end });
        self.at = end;
    }

    /// Leaves punctuation out, with a `-` in front of it.
    fn pass(&mut self, end: usize) {
        if self.out.last().is_some_and(|last| last.kind == Piece::Not && self.text[last.span.clone()] == *"-") {
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
            self.push(Piece::Open, self.at + 1);
        } else if first == ')' {
            if self.groups.pop().is_none() {
                return Err(QueryError { problem: Problem::Unopened, span: self.at..self.at + 1 });
            }
            self.push(Piece::Close, self.at + 1);
        } else if self.is_field_value() && !is_quote(first) {
            self.value();
        } else if let Some((operator, length)) = operator(rest) {
            self.push(operator, self.at + length);
        } else if is_quote(first) {
            self.quoted(first.len_utf8())?;
        } else if first == '-' {
            // Several are a dash.
            match rest[1..].chars().next() {
                Some(c) if c != '-' && c != ')' && !c.is_whitespace() => self.push(Piece::Not, self.at + 1),
                _ => self.at += rest.len() - rest.trim_start_matches('-').len(),
            }
        } else if let Some((name, end)) = field_name(rest) {
            let span = self.at..self.at + name.len();
            let prefix = Prefix::from_name(name)
                .ok_or_else(|| QueryError { problem: Problem::UnknownField(name.to_owned()), span })?;
            self.push(Piece::Prefix(prefix), self.at + end);
        } else {
            self.word()?;
        }
        Ok(())
    }

    /// A phrase from its opening mark to the next mark, and `~3` behind it.
    fn quoted(&mut self, open: usize) -> Result<(), QueryError> {
        let start = self.at + open;
        let Some((length, close)) = self.text[start..].char_indices().find(|(_, c)| is_quote(*c)) else {
            return Err(QueryError { problem: Problem::UnclosedQuote, span: self.at..start });
        };
        let inner = start..start + length;
        let end = inner.end + close.len_utf8();
        let behind = &self.text[end..];
        if self.is_field_value() && behind.starts_with('~') {
            return Err(QueryError { problem: Problem::MovedValue, span: end..end + 1 });
        }
        if self.is_field_value() && behind.starts_with("..") {
            return Err(QueryError { problem: Problem::SplitSpan, span: end..end + 2 });
        }
        let (slop, suffix) = match behind.strip_prefix('~') {
            Some(number) => {
                let typed = &number[..number.find(|c: char| c.is_whitespace() || c == ')').unwrap_or(number.len())];
                let slop = typed.parse().ok().filter(|slop| *slop <= error::MAX_SLOP);
                let span = end..end + 1 + typed.len();
                (slop.ok_or_else(|| QueryError { problem: Problem::Slop(typed.to_owned()), span })?, 1 + typed.len())
            }
            None => (0, 0),
        };
        if self.is_field_value() || !tokens(&self.text[inner.clone()]).is_empty() {
            self.push(Piece::Quoted { inner, slop }, end + suffix);
        } else {
            self.pass(end + suffix);
        }
        Ok(())
    }

    /// What stands behind a field's colon, as it is; but a parenthesis that it does not open closes a group.
    fn value(&mut self) {
        let end = self.at + word_length(self.rest(), true);
        self.push(Piece::Word { inner: self.at..end, suffix: Suffix::None }, end);
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
            (0, _) => self.pass(whole.end),
            _ => self.push(Piece::Word { inner: whole.start..whole.start + inner.len(), suffix }, whole.end),
        }
        Ok(())
    }

    /// A word and what stands behind it.
    fn suffix(&self, typed: &'a str) -> Result<(&'a str, Suffix), QueryError> {
        if let Some(prefix) = typed.strip_suffix('*') {
            return Ok((prefix, Suffix::Prefix));
        }
        match typed.rsplit_once('~') {
            Some((word, "" | "1")) if !tokens(word).is_empty() => Ok((word, Suffix::Fuzzy)),
            // Inside what is more than a word, as in an address, it is punctuation.
            Some((word, edits)) if tokens(word).len() == 1 || is_number(edits) && !tokens(word).is_empty() => {
                let span = self.at + word.len()..self.at + typed.len();
                Err(QueryError { problem: Problem::Edits(edits.to_owned()), span })
            }
            _ => Ok((typed, Suffix::None)),
        }
    }

    fn is_field_value(&self) -> bool {
        self.out.last().is_some_and(|last| {
            last.span.end == self.at && matches!(&last.kind, Piece::Prefix(prefix) if *prefix != Prefix::Text)
        })
    }
}

/// An operator in capitals at the start, with a space, a parenthesis or a quotation mark behind it, and its length.
fn operator(rest: &str) -> Option<(Piece, usize)> {
    [("OR", Piece::Or), ("AND", Piece::And), ("NOT", Piece::Not)].into_iter().find_map(|(name, piece)| {
        let behind = rest.strip_prefix(name)?;
        let ends = behind.chars().next().is_none_or(|c| c.is_whitespace() || is_quote(c) || matches!(c, '(' | ')'));
        ends.then_some((piece, name.len()))
    })
}

fn is_number(text: &str) -> bool {
    text.bytes().all(|b| b.is_ascii_digit())
}

/// A name with a colon and a value behind it, and where the value begins. `https://` is none.
fn field_name(rest: &str) -> Option<(&str, usize)> {
    let length = rest.bytes().take_while(|b| b.is_ascii_alphabetic() || *b == b'_').count();
    let value = rest[length..].strip_prefix(':').filter(|_| length > 0)?;
    let is_value = value.chars().next().is_some_and(|c| !c.is_whitespace() && !matches!(c, '/' | ':' | ')'));
    is_value.then_some((&rest[..length], length + 1))
}

/// To the next space, or to the parenthesis that closes the group the word is in.
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

/// Whether it opens and closes what is taken as it stands.
pub fn is_quote(c: char) -> bool {
    matches!(c, '"' | '“' | '”' | '„' | '«' | '»' | '＂')
}
