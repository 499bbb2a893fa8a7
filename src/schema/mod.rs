//! Says what a document is: its fields, how text becomes terms, and how a digest becomes documents. One document is
//! one unit: a highlight, a bullet or a title.

mod abbreviation;
mod analyzer;
mod cluster;
mod document;
mod fields;
mod number;
mod outlets;
mod plain;
mod stems;

pub use crate::letters::{fold, name_key};
pub use analyzer::{Token, across_space, bounded, each_token, tokens};
pub use document::{Document, documents, overlong};
pub use fields::{FIELDS, FieldSpec, Index, Kind, VERSION};
pub use outlets::likely_one;
pub use stems::{
    Language, MAX_WORDS, Streams, Word, each_word, function_stems, function_words, is_function_word, stem, stems,
    streams,
};
