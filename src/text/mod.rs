//! Text analysis, shared by entries, queries, highlighting and names: tokenization, folding, stemming.

mod abbreviation;
mod analyzer;
mod base;
mod class;
mod cluster;
mod fold;
mod grouped;
mod number;
mod path_key;
mod plain;
mod source_names;
mod stems;

pub use analyzer::{Token, across_space, bounded, bounded_name, each_token, tokens};
pub use class::{is_apostrophe, is_invisible, is_mark, is_separate_sign, is_sign, is_unspaced, joins_next};
pub use fold::{fold, name_key};
pub use grouped::grouped;
pub use path_key::{path_key, path_keys};
pub use source_names::likely_same_source;
pub use stems::{
    Language, MAX_WORDS, Streams, Word, each_word, function_stems, function_words, is_function_word, stem, stems,
    streams,
};
