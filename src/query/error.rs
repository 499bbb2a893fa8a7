//! Errors of the query language, with their position and a hint.

use std::ops::Range;

use super::DateError;
use crate::diagnostic::{Diagnostic, Message, ValueRef, message, option};
use crate::model::{Field, FieldValueKind};

/// Maximum length of a query in bytes.
pub(super) const MAX_BYTES: usize = 4096;

/// Maximum nesting depth of parentheses.
pub(super) const MAX_DEPTH: usize = 32;

/// Maximum number of words and fields. Each part of a phrase or compound counts, since each is looked up.
pub(super) const MAX_WORDS: usize = 64;

/// Maximum slop of a phrase.
pub(super) const MAX_SLOP: u32 = 20;

/// Error of parsing a query.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{problem}")]
pub struct QueryError {
    /// Cause of the error.
    pub problem: Problem,
    /// Byte range in the query.
    pub span: Range<usize>,
}

/// Cause of an error.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Problem {
    /// Over 4 KiB.
    #[error("query too long: {0} bytes (limit {MAX_BYTES})")]
    TooLong(usize),
    /// Over 64 words and fields.
    #[error("query too long: {0} words and fields (limit {MAX_WORDS})")]
    TooManyWords(usize),
    /// Over 32 nested parentheses.
    #[error("parentheses exceed the nesting limit of {MAX_DEPTH}")]
    TooDeep,
    /// An unmatched `"`.
    #[error("unclosed quotation mark")]
    UnclosedQuote,
    /// An unmatched `(`.
    #[error("unclosed parenthesis")]
    UnclosedGroup,
    /// An unmatched `)`.
    #[error("unmatched closing parenthesis")]
    UnopenedGroup,
    /// Empty parentheses.
    #[error("empty parentheses")]
    EmptyGroup,
    /// Only punctuation.
    #[error("no words to search for")]
    NoWords,
    /// An operator without an operand, and the missing side.
    #[error("expected a word {1} {0}")]
    MissingOperand(&'static str, &'static str),
    /// `AND` in a query for any word.
    #[error("AND cannot be combined with `any`")]
    AndInAny,
    /// A `*` that does not end a word.
    #[error("`*` is only allowed at the end of a word")]
    Wildcard,
    /// `~` after more than one word.
    #[error("`~` is only allowed after a single word")]
    FuzzyCompound,
    /// More than one edit.
    #[error("invalid `~{0}`: at most one edit is supported")]
    Edits(String),
    /// A phrase with too much slop.
    #[error("invalid `~{0}`: expected a whole number from 0 to {MAX_SLOP}")]
    Slop(String),
    /// `~` after the value of a field.
    #[error("`~` is not allowed after the value of a field")]
    FuzzyValue,
    /// `..` after the quotation mark of a field's value.
    #[error("`..` is not allowed after a quotation mark")]
    SplitRange,
    /// An unknown field.
    #[error("unknown field `{name}`")]
    UnknownField {
        /// Name as typed.
        name: String,
        /// Names of all fields.
        known: Vec<&'static str>,
    },
    /// A field without a value, or with a group.
    #[error("expected one value after `{0}:`")]
    NoValue(&'static str),
    /// An unknown value of a field with a fixed set of values.
    #[error("unknown {} `{word}`", .field.noun(false))]
    UnknownWord {
        /// Field.
        field: Field,
        /// Unknown value.
        word: String,
    },
    /// An invalid date.
    #[error(transparent)]
    Date(#[from] DateError),
}

impl QueryError {
    /// Reports whether the error is avoided by reading the text as plain words.
    fn concerns_operators(&self) -> bool {
        !matches!(self.problem, Problem::TooLong(_) | Problem::TooManyWords(_) | Problem::NoWords)
    }

    /// Returns the next step for the user.
    pub fn hint(&self) -> Message {
        let hint = Message::from(self.hint_of_operators());
        match self.concerns_operators() {
            true => message![hint, ", or search for plain words with ", option("words")],
            false => hint,
        }
    }

    /// Converts to a diagnostic for a query.
    pub fn diagnostic(&self, text: &str) -> Diagnostic {
        let message = match self.problem {
            Problem::AndInAny => message!["AND cannot be combined with ", option("any")],
            _ => self.to_string().into(),
        };
        let diagnostic = Diagnostic::new("query", message, Some(self.hint()));
        diagnostic.in_text(text, Some(self.span.clone())).with_option("text", ValueRef::At(0))
    }

    fn hint_of_operators(&self) -> String {
        match &self.problem {
            Problem::TooLong(_) => "use fewer words".into(),
            Problem::TooManyWords(_) => {
                "use fewer; each word of a phrase counts, each part of a word such as dual-use, and each Chinese or Japanese \
                                 character"
                    .into()
            }
            Problem::TooDeep => "remove unnecessary parentheses".into(),
            Problem::UnclosedQuote => "close the phrase with \", or remove the mark".into(),
            Problem::UnclosedGroup => "close it with ), or remove it".into(),
            Problem::UnopenedGroup => "open it with (, or remove it".into(),
            Problem::EmptyGroup => "add words, or remove the parentheses".into(),
            Problem::NoWords => "search for letters or digits, or omit the text to list the newest entries".into(),
            Problem::MissingOperand(operator, _) => {
                format!("add a word, or write \"{}\" to search for that word", operator.to_lowercase())
            }
            Problem::AndInAny => "remove one of them".into(),
            Problem::Wildcard => "write a prefix followed by *, such as licen*".into(),
            Problem::FuzzyCompound => {
                "use ~ after a word without hyphens, dots or slashes; each Chinese or Japanese character is a word"
                    .into()
            }
            Problem::Edits(_) => "write word~ or word~1".into(),
            Problem::Slop(_) => "write \"a phrase\"~3".into(),
            Problem::FuzzyValue => "remove it; values are compared as a whole".into(),
            Problem::SplitRange => "quote the whole range, such as date:\"Jan 7 2026..\"".into(),
            Problem::UnknownField { known, .. } => {
                format!("use one of {}; quote a text that contains a colon", known.join(", "))
            }
            Problem::NoValue(name) => {
                format!("write {name}:value or {name}:\"a value\", with OR between alternatives")
            }
            Problem::UnknownWord { field, .. } => match field.spec().values {
                FieldValueKind::Words(words) => {
                    format!("use one of {}", words.iter().map(|(word, _)| *word).collect::<Vec<_>>().join(", "))
                }
                _ => String::new(),
            },
            Problem::Date(error) => {
                format!("{}; quote a date with spaces: date:\"last month\"", error.hint())
            }
        }
    }
}
