//! What can be wrong with a query, where, and what to do about it.

use std::ops::Range;

use super::DateError;
use crate::diagnostic::{Diagnostic, Message, Which, message, option};
use crate::model::{Field, FieldValueKind};

/// Longer queries are refused.
pub(super) const MAX_BYTES: usize = 4096;

/// Deeper parentheses are refused.
pub(super) const MAX_DEPTH: usize = 32;

/// More words and fields are refused. The parts of phrases and compounds count one by one, since each is looked up.
pub(super) const MAX_WORDS: usize = 64;

/// Words of a phrase may be moved by so many places at most.
pub(super) const MAX_SLOP: u32 = 20;

/// Why a query can't be understood.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{problem}")]
pub struct QueryError {
    /// What is wrong.
    pub problem: Problem,
    /// Its bytes in what was typed.
    pub span: Range<usize>,
}

/// What is wrong with a query.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Problem {
    /// Over 4 KiB.
    #[error("the query has {0} bytes; at most {MAX_BYTES} are allowed")]
    TooLong(usize),
    /// Over 64 words and fields.
    #[error("the query has {0} words and fields; at most {MAX_WORDS} are allowed")]
    TooManyWords(usize),
    /// Over 32 parentheses in one another.
    #[error("parentheses stand more than {MAX_DEPTH} deep in one another")]
    TooDeep,
    /// A `"` without its partner.
    #[error("this quotation mark is never closed")]
    UnclosedQuote,
    /// A `(` without its partner.
    #[error("this parenthesis is never closed")]
    UnclosedGroup,
    /// A `)` without its partner.
    #[error("this parenthesis closes nothing")]
    Unopened,
    /// Parentheses with nothing in them.
    #[error("there is nothing in these parentheses")]
    EmptyGroup,
    /// Only punctuation.
    #[error("there is no word to search for")]
    NoWords,
    /// An operator without one of its sides.
    #[error("{0} has nothing {1} it")]
    Dangling(&'static str, &'static str),
    /// `AND` where any word will do.
    #[error("AND asks for all words, `any` for any of them")]
    AndInAny,
    /// A `*` that does not end a word.
    #[error("`*` can only stand at the end of a word")]
    Wildcard,
    /// `~` behind more than one word.
    #[error("other spellings can be asked for of one word only")]
    FuzzyCompound,
    /// More than one edit.
    #[error("`~{0}` is not known: one edit at most is allowed")]
    Edits(String),
    /// A phrase with too much slop.
    #[error("`~{0}` is not known: a whole number from 0 to {MAX_SLOP} is expected")]
    Slop(String),
    /// `~` behind the value of a field.
    #[error("`~` can't stand behind the value of a field")]
    MovedValue,
    /// `..` behind the quotation mark of a field's value.
    #[error("`..` can't stand behind a quotation mark")]
    SplitSpan,
    /// A field that there is not.
    #[error("there is no field `{0}`")]
    UnknownField(String),
    /// A field with a list, or with nothing behind the colon.
    #[error("`{0}:` takes one value")]
    NoValue(&'static str),
    /// A value that a field of a fixed set of words does not have.
    #[error("unknown {} `{word}`", .field.spec().label)]
    UnknownWord {
        /// The field.
        field: Field,
        /// The value.
        word: String,
    },
    /// A date that is none.
    #[error(transparent)]
    Date(#[from] DateError),
}

impl QueryError {
    /// Whether the same text is a query where its words are taken as plain words.
    fn is_of_operators(&self) -> bool {
        !matches!(self.problem, Problem::TooLong(_) | Problem::TooManyWords(_) | Problem::NoWords)
    }

    /// What to do about it. Where operators are wrong, the text can be taken as plain words.
    pub fn hint(&self) -> Message {
        let hint = Message::from(self.hint_of_operators());
        match self.is_of_operators() {
            true => message![hint, "; ", option("words"), " takes the text as plain words"],
            false => hint,
        }
    }

    /// The error as data, of a query.
    pub fn diagnostic(&self, text: &str) -> Diagnostic {
        let message = match self.problem {
            Problem::AndInAny => message!["AND asks for all words, ", option("any"), " for any of them"],
            _ => self.to_string().into(),
        };
        let diagnostic = Diagnostic::new("query", message, Some(self.hint()));
        diagnostic.in_text(text, Some(self.span.clone())).of_option("text", Which::At(0))
    }

    fn hint_of_operators(&self) -> String {
        match &self.problem {
            Problem::TooLong(_) => "ask for fewer words".into(),
            Problem::TooManyWords(_) => {
                "ask for fewer; each word of a phrase counts, each part of a word such as dual-use, and each Chinese or \
                 Japanese character"
                    .into()
            }
            Problem::TooDeep => "leave out parentheses that are not needed".into(),
            Problem::UnclosedQuote => "close the phrase with another \", or leave the mark out".into(),
            Problem::UnclosedGroup => "close it with ), or leave it out".into(),
            Problem::Unopened => "open it with ( before, or leave it out".into(),
            Problem::EmptyGroup => "put words in, or leave the parentheses out".into(),
            Problem::NoWords => "search for letters or digits, or leave the text out to see the newest of all".into(),
            Problem::Dangling(operator, _) => {
                format!("put a word there, or write \"{}\" to search for the word", operator.to_lowercase())
            }
            Problem::AndInAny => "leave one of them out".into(),
            Problem::Wildcard => "write the beginning of a word and * behind it, as in licen*".into(),
            Problem::FuzzyCompound => {
                "put ~ behind a word without a hyphen, a dot or a slash; each Chinese or Japanese character is a word"
                    .into()
            }
            Problem::Edits(_) => "write word~ or word~1".into(),
            Problem::Slop(_) => "write \"a phrase\"~3".into(),
            Problem::MovedValue => "leave it out; a value is compared as a whole".into(),
            Problem::SplitSpan => "put the whole span into one pair, as in date:\"Jan 7 2026..\"".into(),
            Problem::UnknownField(_) => {
                format!("fields are {}; put a text with a colon in quotation marks", super::Prefix::names().join(", "))
            }
            Problem::NoValue(name) => {
                format!("write {name}:value or {name}:\"a value\", and OR between alternatives")
            }
            Problem::UnknownWord { field, .. } => match field.spec().values {
                FieldValueKind::Words(words) => {
                    format!("expected one of {}", words.iter().map(|(word, _)| *word).collect::<Vec<_>>().join(", "))
                }
                FieldValueKind::Ids | FieldValueKind::Names | FieldValueKind::Codes => String::new(),
            },
            Problem::Date(error) => {
                format!("{}; put quotation marks around a date with spaces: date:\"last month\"", error.hint())
            }
        }
    }
}
