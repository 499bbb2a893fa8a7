//! Says what a document is: its fields, how text becomes terms, and how a digest becomes documents. One document is
//! one unit: a highlight, a bullet or a title.

mod analyzer;
mod document;
mod fields;
mod stems;

pub use analyzer::{Token, each_token, fold, tokens};
pub use document::{Document, documents};
pub use fields::{FIELDS, FieldSpec, Index, Kind, VERSION};
pub use stems::{
    Language, Streams, Word, each_word, function_stems, function_words, is_function_word, stem, stems, streams,
};
